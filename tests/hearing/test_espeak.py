# SPDX-License-Identifier: GPL-3.0-or-later
"""What a listener would notice of the espeak voices."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from oscine.audio.loudness import loudness_lufs
from oscine.domain.alignment import Run
from oscine.domain.audio import Samples
from oscine.domain.speech import Boundary, Segment, VoiceSettings
from oscine.domain.voice import Voice
from oscine.engines.espeak import EspeakEngine
from oscine.voices.catalogue import Catalogue

VOICES = tuple(Catalogue())
SENTENCES = (
    "The first move is what sets everything in motion.",
    "Have you ever seen a lighthouse from the sea, on a clear night?",
    "No! Leave the boxes by the door, we shall carry them up tomorrow.",
)


@pytest.fixture(scope="module")
def engine() -> Iterator[EspeakEngine]:
    engine = EspeakEngine()
    yield engine
    engine.close()


def pieces(engine: EspeakEngine, voice: Voice, text: str, settings: VoiceSettings | None = None) -> list[Samples]:
    everything = Run(0, len(text), 0, len(text))
    segment = Segment(text, "en", 0, len(text), (everything,), Boundary.EDGE, Boundary.EDGE)
    takes = engine.speak(segment, voice.timbres["espeak"], settings or voice.settings, 5)
    return [take.samples for take in takes]


def speak(engine: EspeakEngine, voice: Voice, text: str, settings: VoiceSettings | None = None) -> Samples:
    return np.concatenate(pieces(engine, voice, text, settings))


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.name)
def test_all_voices_are_equally_loud_and_none_clips(engine: EspeakEngine, voice: Voice) -> None:
    samples = np.concatenate([speak(engine, voice, sentence) for sentence in SENTENCES])
    assert loudness_lufs(samples, engine.card.rate) == pytest.approx(-20, abs=2)
    assert np.abs(samples).max() < 10 ** (-1 / 20)


def test_no_two_voices_are_the_same(engine: EspeakEngine) -> None:
    """Average spectra and pitches differ between any two voices, in decibels over 24 bands."""

    def portrait(voice: Voice) -> Samples:
        steady = replace(voice.settings, stability=1.0)  # nothing by chance
        samples = np.concatenate([speak(engine, voice, sentence, steady) for sentence in SENTENCES])
        frames = samples[: len(samples) // 1024 * 1024].reshape(-1, 1024) * np.hanning(1024)
        power = (np.abs(np.fft.rfft(frames)) ** 2).mean(axis=0)
        edges = np.geomspace(4, 480, 25).astype(int)
        bands = np.array([10 * np.log10(power[a : max(b, a + 1)].mean()) for a, b in itertools.pairwise(edges)])
        return np.append(bands - bands.mean(), 40 * np.log2(voice.timbres["espeak"].pitch_hz)).astype(np.float32)

    portraits = {voice.id: portrait(voice) for voice in VOICES}
    for one, other in itertools.combinations(VOICES, 2):
        distance = np.sqrt(np.mean((portraits[one.id] - portraits[other.id]) ** 2))
        pace = abs(one.timbres["espeak"].rate - other.timbres["espeak"].rate)
        assert distance + 20 * pace > 1.5, (one.name, other.name, distance)


@pytest.mark.parametrize("speed", [0.7, 1.2])
@pytest.mark.parametrize("voice", VOICES[:4], ids=lambda voice: voice.name)
def test_duration_scales_with_speed(engine: EspeakEngine, voice: Voice, speed: float) -> None:
    """Range of speed: reference/api-facts.md §2.2."""
    normal = speak(engine, voice, SENTENCES[1])
    changed = speak(engine, voice, SENTENCES[1], replace(voice.settings, speed=speed))
    assert len(normal) / len(changed) == pytest.approx(speed, rel=0.05)


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.name)
def test_the_last_word_is_there(engine: EspeakEngine, voice: Voice) -> None:
    rate = engine.card.rate
    long, short = speak(engine, voice, "Turn left at the harbour"), speak(engine, voice, "Turn left at the")
    assert len(long) > len(short) + 0.2 * rate
    last = long[-int(0.35 * rate) :]
    assert np.sqrt(np.mean(last**2)) > 0.2 * np.sqrt(np.mean(long**2))


@pytest.mark.parametrize("voice", VOICES[::6], ids=lambda voice: voice.name)
def test_no_click_where_takes_join(engine: EspeakEngine, voice: Voice) -> None:
    takes = [take for take in pieces(engine, voice, " ".join(SENTENCES)) if len(take)]
    assert len(takes) > 4
    seams = [abs(float(after[0]) - float(before[-1])) for before, after in itertools.pairwise(takes)]
    inside = max(float(np.abs(np.diff(take)).max()) for take in takes if len(take) > 1)
    assert max(seams) <= inside


def test_speech_does_not_carry_an_offset(engine: EspeakEngine) -> None:
    samples = speak(engine, VOICES[0], SENTENCES[0])
    assert abs(float(samples.mean())) < 0.005
