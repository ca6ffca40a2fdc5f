# SPDX-License-Identifier: GPL-3.0-or-later
"""Length to the sample, tones where they belong, and nothing that was not there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oscine.audio.resample import Resampler
from oscine.domain.audio import Samples

RATES = (8000, 16000, 22050, 24000, 32000, 44100, 48000)


def resample(samples: Samples, source: int, target: int, piece: int | None = None) -> Samples:
    resampler = Resampler(source, target)
    step = piece or max(len(samples), 1)
    pieces = [resampler.process(samples[i : i + step]) for i in range(0, len(samples), step)]
    return np.concatenate([*pieces, resampler.flush()])


def tone(hz: float, rate: int, seconds: float = 1.0) -> Samples:
    return (0.5 * np.sin(2 * np.pi * hz * np.arange(round(rate * seconds)) / rate)).astype(np.float32)


@given(st.sampled_from(RATES), st.sampled_from(RATES), st.integers(0, 3000), st.integers(1, 500))
@settings(max_examples=200, deadline=None)
def test_length_is_exact_however_it_is_cut(source: int, target: int, frames: int, piece: int) -> None:
    whole = np.random.default_rng(frames).uniform(-1, 1, frames).astype(np.float32)
    made = resample(whole, source, target, piece)
    assert made.dtype == np.float32
    assert len(made) == (2 * frames * target + source) // (2 * source)
    np.testing.assert_allclose(made, resample(whole, source, target), atol=1e-6)


@pytest.mark.parametrize("source", [22050, 24000, 48000])
@pytest.mark.parametrize("target", RATES)
def test_tone_keeps_its_place_and_level(source: int, target: int) -> None:
    """Compared with the tone sampled at the target rate: neither shifted nor coloured."""
    for hz in (100.0, 0.3 * min(source, target), 0.44 * min(source, target)):
        made, ideal = resample(tone(hz, source), source, target), tone(hz, target)
        middle = slice(target // 10, -target // 10)
        assert np.abs(made[middle] - ideal[middle]).max() < 0.5 * 10 ** (-60 / 20)


@pytest.mark.parametrize("hz", [4500, 6000, 8000, 10500])
def test_what_the_target_cannot_hold_is_gone(hz: int) -> None:
    made = resample(tone(hz, 22050), 22050, 8000)
    assert np.abs(made[800:-800]).max() < 0.5 * 10 ** (-100 / 20)


def test_equal_rates_pass_the_very_same_array() -> None:
    resampler = Resampler(22050, 22050)
    given_samples = tone(440, 22050)
    assert resampler.process(given_samples) is given_samples
    assert len(resampler.flush()) == 0


def test_holds_back_less_than_90_ms() -> None:
    for source, target in ((22050, 44100), (24000, 16000), (22050, 8000), (44100, 8000)):
        resampler = Resampler(source, target)
        given_frames = made = 0
        for _ in range(100):
            made += len(resampler.process(np.zeros(source // 100, np.float32)))
            given_frames += source // 100
            assert given_frames / source - made / target < 0.09


def test_takes_arrays_it_may_not_write_to() -> None:
    samples = np.frombuffer(tone(440, 22050).tobytes(), np.float32)
    assert len(resample(samples, 22050, 44100)) == 44100
