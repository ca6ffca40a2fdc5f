# SPDX-License-Identifier: GPL-3.0-or-later
"""Longer or shorter, at the same pitch, without a click."""

from __future__ import annotations

import numpy as np
import pytest

from oscine.audio.tempo import Tempo
from oscine.domain.audio import Samples
from tests.unit.codecs.listening import find_pitch, noise, sine

RATE = 24000
FACTORS = [0.5, 0.8, 1.0, 1.25, 2.0]


def stretch(samples: Samples, factor: float, piece: int | None = None) -> Samples:
    tempo = Tempo(RATE, factor)
    step = piece or max(len(samples), 1)
    pieces = [tempo.process(samples[i : i + step]) for i in range(0, len(samples), step)]
    return np.concatenate([*pieces, tempo.flush()])


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("frames", [0, 1, 100, 24000, 30011])
def test_length_is_exact(factor: float, frames: int) -> None:
    assert len(stretch(noise(frames) if frames else np.zeros(0, np.float32), factor)) == round(frames / factor)


@pytest.mark.parametrize("factor", FACTORS)
def test_pitch_and_level_stay(factor: float) -> None:
    given = sine(180, 1.0, RATE)
    heard = stretch(given, factor)
    middle = heard[2000:-2000]
    assert find_pitch(middle, RATE) == pytest.approx(180, abs=1)
    assert np.abs(middle).max() == pytest.approx(0.5, abs=0.02)
    assert np.abs(np.diff(middle)).max() < 1.5 * np.abs(np.diff(given)).max()


@pytest.mark.parametrize("factor", FACTORS)
def test_cuts_change_nothing(factor: float) -> None:
    given = noise(12_000)
    for piece in (777, 5000):
        assert np.array_equal(stretch(given, factor, piece), stretch(given, factor))


def test_factor_one_changes_nothing() -> None:
    given = noise(12_000)
    assert np.abs(stretch(given, 1.0)[:-1000] - given[:-1000]).max() < 1e-5


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_events_keep_their_order_and_place(factor: float) -> None:
    given = np.zeros(RATE, np.float32)
    for second in (0.25, 0.5, 0.75):
        start = round(second * RATE)
        given[start : start + 1200] = sine(300, 0.05, RATE)
    heard = np.abs(stretch(given, factor))
    for second in (0.25, 0.5, 0.75):
        place = round(second * RATE / factor)
        assert heard[max(place - 600, 0) : place + 1500].max() > 0.3
    for second in (0.1, 0.4, 0.65, 0.9):
        place = round(second * RATE / factor)
        assert heard[place - 300 : place + 300].max() < 0.05
