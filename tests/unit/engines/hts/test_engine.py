# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine with its real voices: what a listener would notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from oscine.domain.expression import Expression
from oscine.domain.problems import LanguageUnsupported, PhonemeInvalid
from oscine.domain.speech import Boundary, Phonemes, Segment, Take, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.hts.engine import HtsEngine
from oscine.engines.hts.speakers import STAND_INS
from tests.unit.engines.hts.conftest import a_segment

TEXT = "The children are playing in the park near the school, and nobody knows when they will come home."
SLT = Timbre("slt", 175.0)


def perform(
    engine: HtsEngine,
    said: str | Segment,
    timbre: Timbre = SLT,
    seed: int | None = 1,
    settings: VoiceSettings | None = None,
) -> list[Take]:
    segment = a_segment(said) if isinstance(said, str) else said
    return list(engine.speak(segment, timbre, settings or VoiceSettings(), seed))


def join(takes: Sequence[Take]) -> NDArray[np.float32]:
    return np.concatenate([take.samples for take in takes])


def track_hz(samples: NDArray[np.float32], *, lowest: float = 70, highest: float = 400) -> NDArray[np.float64]:
    """F0 by autocorrelation, every 10 ms; 0 where there is no clear pitch."""
    size, hop = 960, 240
    frames = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float64), size)[::hop]
    spectra = np.abs(np.fft.rfft(frames - frames.mean(axis=1, keepdims=True), 2 * size)) ** 2
    correlation = np.fft.irfft(spectra)[:, :size] / (1 - np.arange(size) / size)
    lags = slice(int(24000 / highest), int(24000 / lowest))
    best = correlation[:, lags].argmax(axis=1) + lags.start
    strength = correlation[np.arange(len(best)), best] / np.maximum(correlation[:, 0], 1e-9)
    is_clear = (strength > 0.5) & (correlation[:, 0] > 0.05 * np.median(correlation[:, 0]))
    return np.where(is_clear, 24000 / best, 0.0)


def median_hz(samples: NDArray[np.float32]) -> float:
    track = track_hz(samples)
    return float(np.median(track[track > 0]))


@pytest.mark.parametrize("name", [*STAND_INS["en"], "slt:0.6+bdl:0.4", "clb@en-gb"])
@pytest.mark.parametrize("pitch_hz", [110.0, 190.0])
def test_every_voice_has_the_pitch_and_level_it_is_given(engine: HtsEngine, name: str, pitch_hz: float) -> None:
    samples = join(perform(engine, TEXT, Timbre(name, pitch_hz)))
    assert median_hz(samples) == pytest.approx(pitch_hz, rel=0.1)
    assert 0.03 < float(np.sqrt((samples**2).mean())) < 0.2
    assert np.abs(samples).max() < 0.9


def test_the_same_seed_is_bit_identical_and_another_is_not(engine: HtsEngine) -> None:
    first, again, other = (perform(engine, TEXT, seed=seed) for seed in (5, 5, 6))
    assert [take.marks for take in first] == [take.marks for take in again]
    assert join(first).tobytes() == join(again).tobytes()
    assert join(first).tobytes() != join(other).tobytes()


def test_without_a_seed_no_two_are_alike(engine: HtsEngine) -> None:
    assert join(perform(engine, "Hello.", seed=None)).tobytes() != join(perform(engine, "Hello.", seed=None)).tobytes()


def test_speed_changes_time_and_not_pitch(engine: HtsEngine) -> None:
    normal = join(perform(engine, TEXT))
    for speed in (0.5, 0.7, 1.2, 2.0):
        samples = join(perform(engine, TEXT, settings=VoiceSettings(speed=speed)))
        assert len(normal) / len(samples) == pytest.approx(speed, rel=0.08)
        assert median_hz(samples) == pytest.approx(median_hz(normal), rel=0.03)


def test_joins_are_as_smooth_as_the_rest(engine: HtsEngine) -> None:
    takes = perform(engine, TEXT)
    samples = join(takes).astype(np.float64)
    ends = np.cumsum([len(take.samples) for take in takes])[:-2]
    assert len(ends) > 4
    bends = np.abs(np.diff(samples, 2))
    for end in ends:
        inside = bends[max(end - 2400, 0) : end + 2400]
        assert bends[end - 3 : end + 2].max() <= np.quantile(inside, 0.999) + 1e-3


def test_the_first_piece_does_not_grow_with_the_text(engine: HtsEngine) -> None:
    def heard(text: str) -> int:
        """Clauses that espeak was given before the first take."""
        count = 0
        listen = engine._front_end.listen

        def counted(*given: object) -> object:
            nonlocal count
            count += 1
            return listen(*given)  # type: ignore[arg-type]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(engine._front_end, "listen", counted)
            takes = engine.speak(a_segment(text), SLT, VoiceSettings(), 1)
            first = next(takes)
            takes.close()
        assert len(first.samples) == 29 * 120
        return count

    assert heard("word " * 400) == heard(TEXT * 20) == 2


def test_marks_tile_the_words_and_end_with_the_sound(engine: HtsEngine) -> None:
    takes = perform(engine, TEXT, settings=VoiceSettings(stability=1.0))
    marks = [mark for take in takes for mark in take.marks]
    seconds = len(join(takes)) / 24000
    covered = {i for mark in marks for i in range(mark.start, mark.end)}
    assert all(i in covered for i, character in enumerate(TEXT) if character.isalpha())
    assert all(a.end_s <= b.start_s and a.end <= b.start for a, b in pairwise(marks))
    assert seconds - 0.2 < marks[-1].end_s <= seconds
    comma = next(mark for mark in marks if mark.start >= TEXT.index("and")).start_s
    level = np.abs(join(takes)[int((comma - 0.12) * 24000) : int((comma - 0.04) * 24000)]).max()
    assert level < 0.05, "the pause before `and` is where the marks say"


def end_over_start(engine: HtsEngine, segment: Segment) -> float:
    """F0 of the last voiced stretch over that of the whole."""
    track = track_hz(join(perform(engine, segment, settings=VoiceSettings(stability=1.0))))
    voiced = track[track > 0]
    return float(np.median(voiced[-8:]) / np.median(voiced))


def test_questions_rise_and_clauses_stay_up(engine: HtsEngine) -> None:
    stem = "You are going home to your family"
    falls = end_over_start(engine, a_segment(f"{stem}."))
    goes_on = end_over_start(engine, a_segment(f"{stem},", closes=Boundary.CLAUSE))
    cut = end_over_start(engine, a_segment(stem, closes=Boundary.CUT))
    asks = end_over_start(engine, a_segment(f"{stem}?"))
    assert falls < cut
    assert falls < goes_on < asks
    assert asks > 1.15


def test_settings_act(engine: HtsEngine) -> None:
    def spread(settings: VoiceSettings, timbre: Timbre = SLT) -> float:
        track = track_hz(join(perform(engine, TEXT, timbre, settings=settings)))
        low, high = np.quantile(np.log(track[track > 0]), [0.1, 0.9])
        return float(high - low)

    def presence(settings: VoiceSettings) -> float:
        power = np.abs(np.fft.rfft(join(perform(engine, TEXT, settings=settings)))) ** 2
        hertz = np.fft.rfftfreq(2 * len(power) - 2, 1 / 24000)
        return float(10 * np.log10(power[(hertz > 2000) & (hertz < 4000)].sum() / power[hertz < 1000].sum()))

    assert spread(VoiceSettings(stability=0.0)) > spread(VoiceSettings()) > spread(VoiceSettings(stability=1.0))
    assert spread(VoiceSettings(style=1.0)) > spread(VoiceSettings())
    assert spread(VoiceSettings(), Timbre("slt", 175.0, range=0.5)) < spread(VoiceSettings())
    assert presence(VoiceSettings(speaker_boost=True)) > presence(VoiceSettings(speaker_boost=False)) + 1.5


def test_pronunciations_are_followed(engine: HtsEngine) -> None:
    plain = perform(engine, "Say tomato.")
    other = perform(engine, a_segment("Say tomato.", phonemes=(Phonemes(4, 10, "bɪɡ"),)))
    assert len(join(other)) < len(join(plain))
    with pytest.raises(PhonemeInvalid):
        perform(engine, a_segment("Say it.", phonemes=(Phonemes(4, 6, "7"),)))


@pytest.mark.parametrize("text", ["", " ", "...", "—", "\u200b", "🎉"])
def test_nothing_to_say_is_not_a_sound(engine: HtsEngine, text: str) -> None:
    takes = perform(engine, text)
    assert len(join(takes)) == 0 or text == "🎉"


def test_other_languages_are_refused(engine: HtsEngine) -> None:
    segment = a_segment("hola")
    other = Segment(segment.text, "es", 0, 4, segment.runs, Boundary.EDGE, Boundary.EDGE)
    with pytest.raises(LanguageUnsupported, match="Allowed: en, ky, pt, ru, uk"):
        perform(engine, other)


def test_an_unknown_speaker_is_refused(engine: HtsEngine) -> None:
    with pytest.raises(ValueError, match="natia"):
        perform(engine, "Hello.", Timbre("natia", 175.0))


@pytest.mark.parametrize(
    ("language", "accent", "is_brazilian"),
    [("pt", None, True), ("pt-BR", None, True), ("por", "fr", True), ("pt_PT", None, False), ("pt", "pt-pt", False)],
)
def test_the_region_or_a_direction_chooses_the_variety(
    engine: HtsEngine, monkeypatch: pytest.MonkeyPatch, language: str, accent: str | None, *, is_brazilian: bool
) -> None:
    heard: list[str] = []
    listen = engine._front_end.listen

    def listening(*given: object) -> object:
        found = listen(*given)  # type: ignore[arg-type]
        heard.extend(phone.name for word in found for phone in word.phones)
        return found

    monkeypatch.setattr(engine._front_end, "listen", listening)
    said = replace(a_segment("leite"), language=language, expression=Expression(accent=accent))
    perform(engine, said)
    assert ("tj" in heard) is is_brazilian
    assert ("t" in heard) is not is_brazilian
