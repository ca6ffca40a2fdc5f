# SPDX-License-Identifier: GPL-3.0-or-later
"""Level: measured as ears weigh it, changed by a constant, and kept inside full scale."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from oscine.domain.audio import Samples
from oscine.domain.loudness import block_powers, integrate_lufs, k_weighting, to_lufs

_KNEE = 10 ** (-1 / 20)
"""−1 dBFS."""
_RING_S = 0.5
"""After so long the weighting filter's response is below −150 dB."""


def gain(samples: Samples, db: float) -> Samples:
    """The samples louder by `db` decibels, negative for softer; the very same array for 0. No limit is applied."""
    return samples if db == 0 else samples * np.float32(10 ** (db / 20))


def limit(samples: Samples) -> Samples:
    """Bend peaks above −1 dBFS so that none exceeds full scale; what lies below stays as it is, bit by bit.

    Without memory, so it may be applied piece by piece. (frames,) in and out; the same array if no peak is too high.
    """
    size = np.abs(samples)
    if not (size > _KNEE).any():
        return samples
    room = 1 - _KNEE
    bent = np.copysign(_KNEE + room * np.tanh((size - _KNEE) / room), samples)
    return np.where(size > _KNEE, bent, samples).astype(np.float32)


def loudness_lufs(samples: Samples, rate: int) -> float:
    """Integrated loudness of one channel, gated; −inf for silence. Shorter than 0.4 s: of all of it, ungated.

    samples: (frames,). A 997 Hz sine at full scale has −3.01. Cost: O(frames log frames) time, about 60 bytes a frame.
    Source: ITU-R BS.1770-4; block 400 ms, overlap 75 %, gates −70 LUFS and −10 LU.
    """
    power = np.square(_weigh(samples, rate))
    blocks = block_powers(power, rate)
    if not blocks.size:
        return to_lufs(float(power.mean())) if len(power) else -math.inf
    return integrate_lufs(blocks)


def _weigh(samples: Samples, rate: int) -> NDArray[np.float64]:
    """K weighting, done on the spectrum: the two filters are recursive, which numpy alone is slow at."""
    if not len(samples):
        return np.zeros(0)
    size = len(samples) + round(_RING_S * rate)
    z = np.exp(-1j * 2 * np.pi * np.fft.rfftfreq(size))
    shelf, high_pass = (_biquad(z, *biquad) for biquad in k_weighting(rate))
    return np.fft.irfft(np.fft.rfft(samples, size) * shelf * high_pass, size)[: len(samples)]


def _biquad(
    z: NDArray[np.complex128], b: tuple[float, float, float], a: tuple[float, float, float]
) -> NDArray[np.complex128]:
    """Response of a second-order filter; z holds e^(−jω)."""
    return (b[0] + (b[1] + b[2] * z) * z) / (a[0] + (a[1] + a[2] * z) * z)
