# SPDX-License-Identifier: GPL-3.0-or-later
"""Loudness of two channels. Source of the measures: ITU-R BS.1770-4."""

from __future__ import annotations

import numpy as np
import pytest

from oscine.audio.loudness import loudness_lufs
from oscine.domain.loudness import integrate_lufs
from oscine.domain.music import Stereo
from oscine.engines.band.loudness import Meter, block_powers

RATE = 44100


def noise(seconds: float) -> Stereo:
    return np.random.default_rng(1).standard_normal((2, round(seconds * RATE))).astype(np.float32)


def test_two_channels_are_measured_as_one_is() -> None:
    sound = 0.1 * noise(3)
    expected = loudness_lufs(sound[0], RATE)
    assert integrate_lufs(block_powers(np.stack([sound[0], 0 * sound[0]]), RATE)) == pytest.approx(expected, abs=0.01)
    both = integrate_lufs(block_powers(np.stack([sound[0], sound[0]]), RATE))
    assert both == pytest.approx(expected + 3.01, abs=0.01)


def test_how_sound_is_pushed_changes_nothing() -> None:
    sound, meter = noise(2.35), Meter(RATE)
    for at in range(0, sound.shape[1], 7777):
        meter.push(sound[:, at : at + 7777])
    assert np.allclose(meter.blocks(), block_powers(sound, RATE))
    assert len(meter.blocks()) == 20


def test_what_is_shorter_than_a_block_is_one() -> None:
    assert len(block_powers(noise(0.25), RATE)) == 1
    assert len(block_powers(noise(0.05), RATE)) == 0
