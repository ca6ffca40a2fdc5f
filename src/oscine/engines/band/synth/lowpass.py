# SPDX-License-Identifier: GPL-3.0-or-later
"""The low-pass filter of a voice: second order, with resonance, its cutoff moving.

Source: SoundFont technical specification 2.04, §8.1.3 (generators 8 and 9); bilinear transform of 1/(s² + s/Q + 1).
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from oscine.domain.audio import Samples

STEP = 64
"""Frames for which the cutoff stays."""
_GRAIN_CENTS = 30
"""Cutoffs nearer to one another than this count as equal."""
_OPEN_SHARE = 0.45
"""Of the rate; no cutoff is above."""
_A_440_CENTS = 6900


class Lowpass:
    def __init__(self, resonance_db: float, rate: int) -> None:
        self._resonance_db, self._rate = resonance_db, rate
        self._open = 1200 * math.log2(_OPEN_SHARE * rate / 440) + _A_440_CENTS
        self._state = np.zeros(2, np.float32)

    def is_open(self, cents: float) -> bool:
        """Whether nothing would be heard of a filter with that cutoff."""
        return cents >= min(self._open, 13500) and self._resonance_db == 0

    def run(self, samples: Samples, cents: NDArray[np.float64]) -> Samples:
        """cents: the cutoff of each STEP frames, in cents above 8.176 Hz. Goes on where the last call ended."""
        grains = np.clip(cents, 1500, self._open) // _GRAIN_CENTS
        grains[1::2] = grains[: len(grains) // 2 * 2 : 2]  # in pairs: a sweep costs half
        turns = np.flatnonzero(np.diff(grains)) + 1
        edges = (0, *turns.tolist(), len(grains))
        out = np.empty_like(samples)
        for first, last in pairwise(edges):
            b, a = _design(int(grains[first]), self._resonance_db, self._rate)
            stretch = slice(first * STEP, last * STEP)
            out[stretch], self._state = lfilter(b, a, samples[stretch], zi=self._state)
        return out


@lru_cache(4096)
def _design(grain: int, resonance_db: float, rate: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Gain at 0 Hz: half the resonance below 0 dB; without resonance −3 dB at the cutoff."""
    turn = 2 * math.pi * 440 * 2 ** ((grain * _GRAIN_CENTS - _A_440_CENTS) / 1200) / rate
    alpha = math.sin(turn) / (2 * 10 ** ((resonance_db - 3.01) / 20))
    height = (1 - math.cos(turn)) * 10 ** (-resonance_db / 40)
    b = np.array([height / 2, height, height / 2]) / (1 + alpha)
    a = np.array([1 + alpha, -2 * math.cos(turn), 1 - alpha]) / (1 + alpha)
    return b.astype(np.float32), a.astype(np.float32)
