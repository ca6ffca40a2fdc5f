# SPDX-License-Identifier: GPL-3.0-or-later
"""What every speech engine must do, ours or anyone's: the promises of engines/protocol.py."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest

from oscine.domain.alignment import Run
from oscine.domain.problems import LanguageUnsupported
from oscine.domain.speech import Boundary, Segment, Take, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.protocol import SpeechEngine
from oscine.engines.registry import installed, open_engine
from oscine.settings import Settings
from oscine.voices.catalogue import Catalogue

TEXTS = {
    "sentence": "The boats lay still on the water, and nobody spoke.",
    "question": "Why not?",
    "word": "Hello",
    "quoted": "“Well,” she said — “it’s naïve… isn’t it?”",
    "paragraph": "It went on, and on; then it stopped. Nobody knew why! " * 8,
}
WITHOUT_WORDS = {Settings.model_fields[f"{kind}_engine"].default for kind in ("sound", "music")}
FLOODS = {
    "one letter": "a" * 5000,
    "consonants": "bcdfg" * 400,
    "capitals": "XYZ " * 500,
    "brackets": "[[<&\\" * 300,
    "controls": "".join(map(chr, range(32))) * 20,
    "combining": "a" + "\u0301" * 2000,
    "bidirectional": "\u202eabc\u202d\u2066\u2069" * 100,
    "private": "\ue000\U000f0000\uffff" * 100,
    "surrogates": "a\ud800\udfffb" * 50,
    "emoji": "👩‍👩‍👧‍👦🇩🇪👍🏽" * 20,
    "ideographs": "漢字仮名交じり文" * 20,
    "digits": "0123456789" * 40,
    "spaces": " \u00a0\u2003\u3000\u200b" * 300,
}


@pytest.fixture(scope="module", params=sorted(installed().keys() - WITHOUT_WORDS))
def engine(request: pytest.FixtureRequest) -> Iterator[SpeechEngine]:
    engine = open_engine(request.param)
    yield engine
    engine.close()


def a_timbre(engine: SpeechEngine) -> Timbre:
    """A speaker of that engine, from our catalogue."""
    for voice in Catalogue():
        if engine.card.id in voice.timbres:
            return voice.timbres[engine.card.id]
    pytest.skip(f"no voice in the catalogue is spoken by {engine.card.id}")


def segment(text: str, language: str, opens: Boundary = Boundary.EDGE, closes: Boundary = Boundary.EDGE) -> Segment:
    everything = Run(0, len(text), 0, len(text))
    return Segment(text, language, 0, len(text), (everything,), opens, closes)


def a_language(engine: SpeechEngine) -> str:
    return "en" if "en" in engine.card.languages else engine.card.languages[0]


def speak(engine: SpeechEngine, text: str, seed: int | None = None, **boundaries: Boundary) -> list[Take]:
    said = segment(text, a_language(engine), **boundaries)
    return list(engine.speak(said, a_timbre(engine), VoiceSettings(), seed))


def check(engine: SpeechEngine, text: str, takes: list[Take]) -> float:
    """Samples and marks are sound; returns the seconds."""
    assert takes
    assert {take.rate for take in takes} == {engine.card.rate}
    for take in takes:
        assert take.samples.dtype == np.float32
        assert take.samples.ndim == 1
        assert np.isfinite(take.samples).all()
        assert np.abs(take.samples).max(initial=0) <= 1
    seconds = sum(len(take.samples) for take in takes) / engine.card.rate
    position, time = 0, 0.0
    for mark in itertools.chain.from_iterable(take.marks for take in takes):
        assert position <= mark.start < mark.end <= len(text)
        assert time <= mark.start_s <= mark.end_s <= seconds + 1e-6
        position, time = mark.end, mark.end_s
    return seconds


def test_card_is_sane(engine: SpeechEngine) -> None:
    card = engine.card
    assert card.id in installed()
    assert 8000 <= card.rate <= 48000
    assert list(card.languages) == sorted(set(card.languages))
    assert all(2 <= len(code) <= 3 and code.isalpha() and code.islower() for code in card.languages)
    assert card.licence
    assert card.attribution
    assert engine.card == card


@pytest.mark.parametrize("name", TEXTS)
def test_marks_rise_and_span_all_words(engine: SpeechEngine, name: str) -> None:
    text = TEXTS[name]
    takes = speak(engine, text)
    seconds = check(engine, text, takes)
    assert seconds > 0.03 * len(text)
    marks = [mark for take in takes for mark in take.marks]
    covered = {i for mark in marks for i in range(mark.start, mark.end)}
    assert [text[i] for i in range(len(text)) if text[i].isalnum() and i not in covered] == []
    assert marks[-1].end_s > seconds - 0.2


@pytest.mark.parametrize(("opens", "closes"), list(itertools.product(Boundary, repeat=2)))
def test_all_boundaries_are_spoken(engine: SpeechEngine, opens: Boundary, closes: Boundary) -> None:
    text = "and then they went"
    assert check(engine, text, speak(engine, text, opens=opens, closes=closes)) > 0.5


def test_edges_are_not_silent_for_long(engine: SpeechEngine) -> None:
    samples = np.concatenate([take.samples for take in speak(engine, TEXTS["sentence"])])
    loud = np.flatnonzero(np.abs(samples) > 0.002)
    assert loud[0] < 0.1 * engine.card.rate
    assert len(samples) - loud[-1] < 0.2 * engine.card.rate


def test_equal_seeds_are_equal_samples_in_any_engine_and_order(engine: SpeechEngine) -> None:
    if not engine.card.is_seeded:
        pytest.skip("this engine takes no seeds")
    text = TEXTS["quoted"]
    here = speak(engine, text, seed=7)
    speak(engine, TEXTS["word"])
    again = speak(engine, text, seed=7)
    other = open_engine(engine.card.id)
    speak(other, TEXTS["question"])
    there = speak(other, text, seed=7)
    other.close()
    for takes in (again, there):
        assert len(takes) == len(here)
        assert all(np.array_equal(a.samples, b.samples) for a, b in zip(takes, here, strict=True))
        assert [take.marks for take in takes] == [take.marks for take in here]


def test_speed_is_a_factor(engine: SpeechEngine) -> None:
    def seconds(speed: float) -> float:
        said = segment(TEXTS["paragraph"], a_language(engine))
        takes = engine.speak(said, a_timbre(engine), VoiceSettings(speed=speed), 1 if engine.card.is_seeded else None)
        return sum(len(take.samples) for take in takes) / engine.card.rate

    normal = seconds(1.0)
    assert normal / seconds(1.2) == pytest.approx(1.2, rel=0.06)
    assert normal / seconds(0.7) == pytest.approx(0.7, rel=0.06)


@pytest.mark.parametrize("takes_read", [0, 1, 2, 5])
def test_closing_early_stops_and_frees_the_engine(engine: SpeechEngine, takes_read: int) -> None:
    takes = engine.speak(segment(TEXTS["paragraph"] * 5, a_language(engine)), a_timbre(engine), VoiceSettings(), None)
    for _ in range(takes_read):
        next(takes)
    takes.close()
    assert check(engine, "Hello", speak(engine, "Hello")) > 0.1


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "\u200b"])
def test_no_words_no_speech(engine: SpeechEngine, text: str) -> None:
    assert check(engine, text, speak(engine, text)) < 0.1


@pytest.mark.parametrize("name", FLOODS)
def test_any_text_ends(engine: SpeechEngine, name: str) -> None:
    """Nothing a caller sends may hang or crash an engine."""
    check(engine, FLOODS[name], speak(engine, FLOODS[name]))


def test_a_language_that_is_not_on_the_card_is_refused(engine: SpeechEngine) -> None:
    with pytest.raises(LanguageUnsupported):
        next(engine.speak(segment("hello", "xx"), a_timbre(engine), VoiceSettings(), None))
