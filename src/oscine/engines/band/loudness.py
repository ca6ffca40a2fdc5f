# SPDX-License-Identifier: GPL-3.0-or-later
"""Loudness of two channels, while they are being made."""

from __future__ import annotations

import numpy as np
from scipy.signal import lfilter

from oscine.domain import loudness
from oscine.domain.loudness import Floats
from oscine.domain.music import Stereo

STEP_S = 0.1
_STEPS_A_BLOCK = 4
"""Blocks of 0.4 s, one every 0.1 s. Source: ITU-R BS.1770-4, annex 1."""


class Meter:
    """Push sound, ask for the powers of the blocks so far."""

    def __init__(self, rate: int) -> None:
        self._size = round(STEP_S * rate)
        self._filters = loudness.k_weighting(rate)
        self._states = [np.zeros((2, 2)) for _ in self._filters]
        self._left: Floats = np.zeros(0)
        """Weighted power since the last whole step."""
        self._steps: Floats = np.zeros(0)

    def push(self, sound: Stereo) -> None:
        """sound: (2, frames)."""
        weighed: Floats = sound.astype(np.float64)
        for number, (b, a) in enumerate(self._filters):
            weighed, self._states[number] = lfilter(b, a, weighed, axis=-1, zi=self._states[number])
        power = np.concatenate((self._left, np.square(weighed).sum(axis=0)))
        whole = len(power) // self._size * self._size
        self._steps = np.concatenate((self._steps, power[:whole].reshape(-1, self._size).mean(axis=1)))
        self._left = power[whole:]

    def blocks(self) -> Floats:
        """The K-weighted power of each block, both channels together."""
        return to_blocks(self._steps)


def to_blocks(steps: Floats) -> Floats:
    """Mean power of each block, from those of steps; of all there is where it is shorter than a block."""
    if len(steps) <= _STEPS_A_BLOCK:
        return np.array([steps.mean()]) if len(steps) else steps
    return np.convolve(steps, np.full(_STEPS_A_BLOCK, 1 / _STEPS_A_BLOCK), mode="valid")


def block_powers(sound: Stereo, rate: int) -> Floats:
    """The K-weighted power of each block of sound that is whole."""
    meter = Meter(rate)
    meter.push(sound)
    return meter.blocks()
