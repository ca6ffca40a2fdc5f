# SPDX-License-Identifier: GPL-3.0-or-later
"""The other languages of the engine hts, with the voices of today: what a listener would notice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from oscine.audio.loudness import loudness_lufs
from oscine.domain.alignment import Run
from oscine.domain.audio import Samples
from oscine.domain.problems import EngineUnavailable
from oscine.domain.speech import Boundary, Segment, Take, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.hts import HtsEngine
from oscine.engines.hts.tongues import TONGUES
from oscine.voices.catalogue import Catalogue
from tests.unit.engines.hts.test_engine import median_hz

TEXTS = {
    "ky": "Балдар мектептин жанындагы паркта ойноп жатышат, алар кечинде гана үйгө келишет.",
    "pt": "As crianças estão brincando no parque perto da escola, e ninguém sabe quando voltam para casa.",
    "ru": "Дети играют в парке около школы, и никто не знает, когда они вернутся домой.",
    "uk": "Діти граються в парку біля школи, і ніхто не знає, коли вони повернуться додому.",
}
VOICES = [voice for voice in Catalogue() if not voice.is_legacy]


def test_there_is_a_text_for_every_language() -> None:
    assert TEXTS.keys() | {"en"} == TONGUES.keys()


@pytest.fixture(scope="module")
def engine() -> Iterator[HtsEngine]:
    try:
        engine = HtsEngine()
    except EngineUnavailable as missing:
        pytest.skip(str(missing))
    yield engine
    engine.close()


def perform(engine: HtsEngine, language: str, text: str, timbre: Timbre) -> list[Take]:
    """With nothing left to chance."""
    segment = Segment(text, language, 0, len(text), (Run(0, len(text), 0, len(text)),), Boundary.EDGE, Boundary.EDGE)
    return list(engine.speak(segment, timbre, VoiceSettings(stability=1.0), 1))


def join(takes: list[Take]) -> Samples:
    return np.concatenate([take.samples for take in takes])


@pytest.mark.parametrize("language", TEXTS)
def test_all_voices_are_equally_loud_and_at_their_pitch(engine: HtsEngine, language: str) -> None:
    off = {}
    for voice in VOICES[list(TEXTS).index(language) % 2 :: 2]:  # each voice in two of the languages
        timbre = voice.timbres["hts"]
        samples = join(perform(engine, language, TEXTS[language], timbre))
        assert np.abs(samples).max() < 0.999, voice.name
        loudness, octaves = loudness_lufs(samples, 24000), np.log2(median_hz(samples) / timbre.pitch_hz)
        if abs(loudness + 20) > 2.2 or abs(octaves) > 0.2:
            off[voice.name] = round(loudness, 1), round(float(octaves), 2)
    assert off == {}


@pytest.mark.parametrize("variant", ["slt", "bdl"])
@pytest.mark.parametrize("language", TEXTS)
def test_marks_rise_and_span_all_letters(engine: HtsEngine, language: str, variant: str) -> None:
    text = TEXTS[language]
    takes = perform(engine, language, text, Timbre(variant, 150.0))
    marks = [mark for take in takes for mark in take.marks]
    seconds = len(join(takes)) / 24000
    covered = {i for mark in marks for i in range(mark.start, mark.end)}
    assert all(i in covered for i, character in enumerate(text) if character.isalpha())
    assert all(a.end_s <= b.start_s and a.end <= b.start for a, b in pairwise(marks))
    assert seconds - 0.2 < marks[-1].end_s <= seconds


@pytest.mark.parametrize("variant", ["slt", "bdl"])
@pytest.mark.parametrize("language", TEXTS)
def test_the_last_word_is_heard(engine: HtsEngine, language: str, variant: str) -> None:
    text = TEXTS[language]
    takes = perform(engine, language, text, Timbre(variant, 150.0))
    samples = join(takes)
    start = max(i for i in range(len(text)) if text[i] == " ") + 1
    marks = [mark for take in takes for mark in take.marks if mark.start >= start]
    word = samples[int(marks[0].start_s * 24000) : int(marks[-1].end_s * 24000)]
    assert len(word) > 0.2 * 24000
    assert np.sqrt((word**2).mean()) > 0.3 * np.sqrt((samples**2).mean())


@pytest.mark.parametrize("variant", ["slt", "bdl"])
@pytest.mark.parametrize("language", TEXTS)
def test_the_pace_is_that_of_speech(engine: HtsEngine, language: str, variant: str) -> None:
    """In letters a second: the slt of English has 15."""
    text = TEXTS[language]
    seconds = len(join(perform(engine, language, text, Timbre(variant, 150.0)))) / 24000
    assert 11 < len(text) / seconds < 20


def test_a_man_made_of_a_woman_has_lower_formants(engine: HtsEngine) -> None:
    """Portuguese has no man's file. The middle of the energy from 300 Hz to 5 kHz, on a logarithmic axis."""

    def middle_hz(variant: str) -> float:
        power = np.abs(np.fft.rfft(join(perform(engine, "pt", TEXTS["pt"], Timbre(variant, 150.0))))) ** 2
        hertz = np.fft.rfftfreq(2 * len(power) - 2, 1 / 24000)
        inside = (hertz > 300) & (hertz < 5000)
        return float(np.exp(np.average(np.log(hertz[inside]), weights=np.sqrt(power[inside]))))

    assert middle_hz("bdl") < 0.97 * middle_hz("slt")
