# SPDX-License-Identifier: GPL-3.0-or-later
"""Directions as the HTS voices follow them: what a listener would notice, measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import pytest

from oscine.domain.audio import Samples
from oscine.domain.speech import VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.hts import HtsEngine
from oscine.text.utterance import Markup, prepare

RATE = 24000
SENTENCE = "This is something that nobody expected to happen today."
SPEAKER = Timbre("slt", 200.0)
Say = Callable[[str], Samples]


@pytest.fixture(scope="module")
def say() -> Iterator[Say]:
    engine = HtsEngine()

    @cache
    def spoken(text: str) -> Samples:
        utterance = prepare(
            text, language=None, languages=("en",), home="en", normalize=True, markup=Markup(False, False, True)
        )
        takes = [
            take.samples
            for segment in utterance
            if segment.text.strip() or segment.vocalisation
            for take in engine.speak(segment, SPEAKER, VoiceSettings(), 1)
        ]
        return np.concatenate(takes)

    yield spoken
    engine.close()


def pitches(samples: Samples) -> list[float]:
    """F0 in hertz of the frames that have one, by autocorrelation."""
    found = []
    for start in range(0, len(samples) - 1200, 600):
        frame = samples[start : start + 1200]
        if frame.std() < 0.01:
            continue
        likeness = np.correlate(frame, frame, "full")[1199:]
        lag = 50 + int(np.argmax(likeness[50:400]))
        if likeness[lag] > 0.5 * likeness[0]:
            found.append(RATE / lag)
    return found


def level_db(samples: Samples) -> float:
    return float(20 * np.log10(samples.std()))


def test_a_whisper_has_no_voice_and_is_softer(say: Say) -> None:
    plain, whispered = say(SENTENCE), say(f"[whispers] {SENTENCE}")
    assert len(pitches(whispered)) < 0.2 * len(pitches(plain))
    assert level_db(plain) - 20 < level_db(whispered) < level_db(plain) - 4


def test_shouting_is_louder_and_higher(say: Say) -> None:
    plain, shouted = say(SENTENCE), say(f"[shouts] {SENTENCE}")
    assert level_db(shouted) > level_db(plain) + 2.5
    assert np.median(pitches(shouted)) > 1.1 * np.median(pitches(plain))


def test_excitement_is_higher_livelier_and_quicker_than_grief(say: Say) -> None:
    excited, sad = say(f"[excited] {SENTENCE}"), say(f"[sad] {SENTENCE}")
    assert np.median(pitches(excited)) > 1.15 * np.median(pitches(sad))
    assert np.std(np.log(pitches(excited))) > 1.2 * np.std(np.log(pitches(sad)))
    assert len(sad) > 1.1 * len(excited)


def test_rushing_and_slowing_down(say: Say) -> None:
    assert len(say(f"[slows down] {SENTENCE}")) > 1.4 * len(say(f"[rushed] {SENTENCE}"))


def test_what_is_sung_stays_on_notes(say: Say) -> None:
    def distance(samples: Samples) -> float:
        """Median distance from the notes, in semitones, in the best key."""
        semitones = 12 * np.log2(np.array(pitches(samples)))
        keys = np.arange(0, 1, 0.05)[:, np.newaxis]
        return float(np.median(np.abs(semitones - keys - np.rint(semitones - keys)), axis=1).min())

    assert distance(say(f"[sings] {SENTENCE}")) < 0.75 * distance(say(SENTENCE))


def test_a_laugh_is_heard_before_the_words(say: Say) -> None:
    assert len(say(f"[laughs] {SENTENCE}")) > len(say(SENTENCE)) + 0.3 * RATE


def test_capitals_stand_out(say: Say) -> None:
    plain, stressed = (say(f"I said that this was {word} the last one.") for word in ("really", "REALLY"))
    assert max(pitches(stressed)) > 1.05 * max(pitches(plain))


def test_nothing_clips(say: Say) -> None:
    for mood in ("shouts", "excited", "angry", "sings", "laughs"):
        assert np.abs(say(f"[{mood}] {SENTENCE}")).max() < 0.98
