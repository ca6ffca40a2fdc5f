# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import resample_poly

from oscine.engines.foley.limiter import AROUND, Limiter, limits
from oscine.engines.foley.primitives import RATE, Sound


def loud(count: int = RATE) -> Sound:
    rng = np.random.default_rng(3)
    return rng.standard_normal((count, 2)) * (0.2 + 2 * (np.arange(count)[:, None] % 9000 < 60))


def test_peaks_between_the_samples_stay_below_a_decibel_under_full_scale() -> None:
    sound = loud()
    limited = sound * limits(sound)[:, None]
    assert np.abs(resample_poly(limited, 8, 1, axis=0)).max() < 10 ** (-1 / 20)


def test_what_is_soft_is_not_touched() -> None:
    sound = 0.1 * np.sin(np.arange(RATE) / 20)[:, None] * np.ones((1, 2))
    assert np.array_equal(limits(sound), np.ones(RATE))


def test_the_gain_has_no_corner() -> None:
    gains = limits(loud())
    assert np.abs(np.diff(gains)).max() < 0.01


@pytest.mark.parametrize("size", [100, AROUND, 11025, RATE])
def test_a_stream_comes_out_as_if_it_were_whole(size: int) -> None:
    sound, limiter = loud(), Limiter()
    blocks = [
        limiter.process(sound[start : start + size], is_last=start + size >= len(sound))
        for start in range(0, len(sound), size)
    ]
    assert np.allclose(np.concatenate(blocks), sound * limits(sound)[:, None], atol=2e-3)
