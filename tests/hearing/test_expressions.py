# SPDX-License-Identifier: GPL-3.0-or-later
"""What a listener would notice of directions, with espeak's voices."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from oscine.audio.loudness import loudness_lufs
from oscine.domain.audio import Samples
from oscine.domain.speech import VoiceSettings
from oscine.engines.espeak import EspeakEngine
from oscine.engines.vocalise import KINDS, vocalise
from oscine.text.directions import ACCENTS
from oscine.text.utterance import Markup, prepare
from oscine.voices.catalogue import Catalogue

V3 = Markup(breaks=False, phonemes=False, directions=True)
SENTENCE = "The boats lay still on the water, and nobody was willing to row."
VOICES = [voice.timbres["espeak"] for voice in tuple(Catalogue())[:3]]


@pytest.fixture(scope="module")
def engine() -> Iterator[EspeakEngine]:
    engine = EspeakEngine()
    yield engine
    engine.close()


def say(engine: EspeakEngine, text: str, who: int = 0, language: str = "en") -> Samples:
    utterance = prepare(text, language=language, languages=("en", "de"), home="en", normalize=True, markup=V3)
    takes = [t for s in utterance if s.text or s.vocalisation for t in engine.speak(s, VOICES[who], VoiceSettings(), 3)]
    for take in takes:
        assert np.isfinite(take.samples).all()
        assert np.abs(take.samples).max(initial=0) < 0.9
    return np.concatenate([take.samples for take in takes])


def pitches(samples: Samples, rate: int) -> tuple[Samples, float]:
    """Fundamental frequency of the voiced frames, and their share of the loud ones."""
    found, loud = [], 0
    level = 0.2 * float(np.sqrt(np.mean(samples**2)))
    for start in range(0, len(samples) - 1024, 512):
        frame = samples[start : start + 1024] - samples[start : start + 1024].mean()
        if np.sqrt(np.mean(frame**2)) < level:
            continue
        loud += 1
        spectrum = np.fft.rfft(frame * np.hanning(1024), 4096)
        likeness = np.fft.irfft(np.abs(spectrum) ** 2)
        low, high = rate // 450, rate // 65
        place = low + int(likeness[low:high].argmax())
        if likeness[place] > 0.45 * likeness[0]:
            found.append(rate / place)
    return np.array(found, np.float32), len(found) / max(loud, 1)


def seconds(engine: EspeakEngine, samples: Samples) -> float:
    return len(samples) / engine.card.rate


@pytest.mark.parametrize("who", range(len(VOICES)))
def test_a_whisper_has_no_pitch(engine: EspeakEngine, who: int) -> None:
    rate = engine.card.rate
    plain, whispered = say(engine, SENTENCE, who), say(engine, f"[whispers] {SENTENCE}", who)
    assert pitches(plain, rate)[1] > 0.6
    assert pitches(whispered, rate)[1] < 0.2
    assert loudness_lufs(whispered, rate) < loudness_lufs(plain, rate) - 4
    assert loudness_lufs(whispered, rate) > -40


@pytest.mark.parametrize("who", range(len(VOICES)))
def test_shouts_are_louder_and_higher(engine: EspeakEngine, who: int) -> None:
    rate = engine.card.rate
    plain, shouted = say(engine, SENTENCE, who), say(engine, f"[shouts] {SENTENCE}", who)
    assert loudness_lufs(shouted, rate) > loudness_lufs(plain, rate) + 3
    assert np.median(pitches(shouted, rate)[0]) > 1.1 * np.median(pitches(plain, rate)[0])


@pytest.mark.parametrize("who", range(len(VOICES)))
def test_excited_is_higher_wider_and_faster_than_sad(engine: EspeakEngine, who: int) -> None:
    rate = engine.card.rate
    excited, sad = say(engine, f"[excited] {SENTENCE}", who), say(engine, f"[sad] {SENTENCE}", who)
    high, low = pitches(excited, rate)[0], pitches(sad, rate)[0]
    assert np.median(high) > 1.15 * np.median(low)
    assert np.std(np.log(high)) > 1.2 * np.std(np.log(low))
    assert seconds(engine, excited) < 0.9 * seconds(engine, sad)


def test_pace_follows_directions(engine: EspeakEngine) -> None:
    tags = ("[rushed]", "[excited]", "", "[sad]", "[slows down]")
    lengths = [seconds(engine, say(engine, f"{tag} {SENTENCE}")) for tag in tags]
    assert lengths == sorted(lengths)
    assert lengths[-1] > 1.5 * lengths[0]


def test_more_of_a_direction_is_more(engine: EspeakEngine) -> None:
    tags = ("[very sad]", "[sad]", "[slightly sad]", "")
    medians = [np.median(pitches(say(engine, f"{tag} {SENTENCE}"), engine.card.rate)[0]) for tag in tags]
    assert medians == sorted(medians)
    assert medians[0] < 0.95 * medians[-1]


def test_what_is_sung_stays_on_notes(engine: EspeakEngine) -> None:
    def drift(text: str) -> float:
        notes = 12 * np.log2(pitches(say(engine, text), engine.card.rate)[0])
        steps = np.abs(np.diff(notes))
        return float(np.mean(steps[steps < 6] < 0.25))

    assert drift(f"[sings] {SENTENCE}") > 0.75 > drift(SENTENCE)


def test_a_stressed_word_is_higher_and_longer(engine: EspeakEngine) -> None:
    plain = say(engine, "I said never on a Monday.")
    stressed = say(engine, "I said NEVER on a Monday.")
    assert seconds(engine, stressed) > seconds(engine, plain) + 0.05
    assert pitches(stressed, engine.card.rate)[0].max() > 1.08 * pitches(plain, engine.card.rate)[0].max()


def test_an_accent_changes_the_sound_and_loses_no_word(engine: EspeakEngine) -> None:
    plain = say(engine, SENTENCE)
    for tag in ("[strong French accent]", "[thick Russian accent]", "[Scottish accent]"):
        accented = say(engine, f"{tag} {SENTENCE}")
        assert len(accented) != len(plain)
        assert 0.6 < len(accented) / len(plain) < 1.7


def test_laughter_is_heard_in_its_place(engine: EspeakEngine) -> None:
    rate = engine.card.rate
    utterance = prepare("Well. [laughs] Yes.", language="en", languages=("en",), home="en", normalize=True, markup=V3)
    levels = []
    for segment in utterance:
        samples = np.concatenate([t.samples for t in engine.speak(segment, VOICES[0], VoiceSettings(), 3)])
        levels.append((segment.vocalisation, float(np.sqrt(np.mean(samples**2))), len(samples) / rate))
    assert [kind for kind, _, _ in levels] == [None, "laugh", None]
    assert levels[1][1] > 0.25 * levels[0][1]
    assert 0.5 < levels[1][2] < 2


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_sounds_of_the_voice_are_sound(kind: str) -> None:
    for who in VOICES:
        one, same, other = (vocalise(kind, who, 22050, seed) for seed in (1, 1, 2))  # type: ignore[arg-type]
        assert np.array_equal(one, same)
        assert not np.array_equal(one, other)
        assert np.isfinite(one).all()
        assert 0.02 < np.abs(one).max() < 0.9
        assert 0.1 < len(one) / 22050 < 2.5
        assert abs(float(one.mean())) < 0.01
        assert abs(float(one[0])) < 0.02 > abs(float(one[-1]))


def test_laughter_has_pulses_that_fall(engine: EspeakEngine) -> None:
    laugh = vocalise("laugh", VOICES[0], 22050, 1)
    level = np.sqrt(np.convolve(laugh**2, np.ones(440) / 440, "same"))[::220]
    loud = level > 0.3 * level.max()
    assert 4 <= np.count_nonzero(np.diff(loud.astype(int)) == 1) + bool(loud[0]) <= 8
    found = pitches(laugh, 22050)[0]
    assert found[: len(found) // 3].mean() > 1.1 * found[-len(found) // 3 :].mean()


@pytest.mark.parametrize("language", sorted(set(ACCENTS.values())))
def test_all_accents_can_be_spoken(engine: EspeakEngine, language: str) -> None:
    name = next(name for name, code in ACCENTS.items() if code == language)
    accented = say(engine, f"[strong {name} accent] {SENTENCE}")
    assert 1.5 < seconds(engine, accented) < 8
