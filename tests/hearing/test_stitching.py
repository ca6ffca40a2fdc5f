# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests that are stitched together sound as one: pitch, pace and level run on over the seam."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from oscine.domain.alignment import Run
from oscine.domain.speech import Boundary, Drawn, Segment, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.espeak import EspeakEngine
from oscine.engines.hts import HtsEngine
from tests.hearing.measure import level_db, track_hz

FIRST, SECOND = "The boat came in late that evening.", "Nobody had lit the lamp by the door."
SPEAKERS = {"hts": Timbre("bdl", 110.0), "espeak": Timbre("klatt4", 120.0)}
LIVELY = VoiceSettings(stability=0.0)
Engine = HtsEngine | EspeakEngine


@pytest.fixture(params=SPEAKERS)
def engine(request: pytest.FixtureRequest) -> Engine:
    engine: Engine = request.getfixturevalue(request.param)
    return engine


def manner(engine: Engine, text: str, seed: int) -> Any:
    """Pitch (logarithm), pace (logarithm) and level (dB / 8.7) of a text."""
    everything = (Run(0, len(text), 0, len(text)),)
    segment = Segment(text, "en", 0, len(text), everything, Boundary.EDGE, Boundary.EDGE)
    takes = engine.speak(segment, SPEAKERS[engine.card.id], LIVELY, Drawn(seed))
    samples = np.concatenate([take.samples for take in takes])
    pitch = np.log(track_hz(samples, engine.card.rate)).mean()
    return np.array([pitch, np.log(len(samples)), level_db(samples) / 8.7])


def test_a_seed_that_is_taken_over_carries_pitch_pace_and_level_on(engine: Engine) -> None:
    """What the two texts differ in themselves is taken off; then twelve pairs that share a seed and as many that do
    not are compared."""
    first = np.array([manner(engine, FIRST, seed) for seed in range(12)])
    second = np.array([manner(engine, SECOND, seed) for seed in range(12)])
    first, second = first - first.mean(axis=0), second - second.mean(axis=0)
    stitched = np.sqrt(((first - second) ** 2).mean(axis=0))
    apart = np.sqrt(((first - np.roll(second, 5, axis=0)) ** 2).mean(axis=0))
    assert (stitched < 0.85 * apart).all(), (stitched, apart)
