# SPDX-License-Identifier: GPL-3.0-or-later
"""Loudness of two channels, from passages.

Source: ITU-R BS.1770-4; block 400 ms, overlap 75 %, gates −70 LUFS and −10 LU.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from oscine.domain.music import Stereo

_BLOCK_S, _STEP_S = 0.4, 0.1
_GATE_LUFS, _GATE_LU = -70.0, -10.0
Floats = NDArray[np.float64]


def block_powers(sound: Stereo, rate: int) -> Floats:
    """The K-weighted power of each block, both channels together; of all of it where it is shorter than a block."""
    power = np.square(_weigh(sound, rate)).sum(axis=0)
    block, step = round(_BLOCK_S * rate), round(_STEP_S * rate)
    if len(power) < block:
        return np.array([power.mean()]) if len(power) else np.zeros(0)
    sums = np.concatenate(([0.0], np.cumsum(power)))
    starts = np.arange(0, len(power) - block + 1, step)
    return np.asarray((sums[starts + block] - sums[starts]) / block)


def integrate_lufs(powers: Floats) -> float:
    """Integrated loudness of blocks, gated; −inf for silence."""
    loud = powers[powers > _to_power(_GATE_LUFS)]
    if not loud.size:
        return -math.inf
    loud = loud[loud > _to_power(_to_lufs(float(loud.mean())) + _GATE_LU)]
    return _to_lufs(float(loud.mean()))


def _to_lufs(power: float) -> float:
    return 10 * math.log10(power) - 0.691


def _to_power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def _weigh(sound: Stereo, rate: int) -> Floats:
    """A shelf of +4 dB above 1.7 kHz for the head, a high-pass at 38 Hz: the standard's filters at any rate."""
    k, q, high = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    middle = high**0.4996667741545416
    shelf = (
        (high + middle * k / q + k * k, 2 * (k * k - high), high - middle * k / q + k * k),
        (1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k),
    )
    k, q = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    a0 = 1 + k / q + k * k
    high_pass = ((a0, -2 * a0, a0), (a0, 2 * (k * k - 1), 1 - k / q + k * k))
    weighed: Floats = sound.astype(np.float64)
    for b, a in (shelf, high_pass):
        weighed = lfilter(b, a, weighed, axis=-1)
    return weighed
