# SPDX-License-Identifier: GPL-3.0-or-later
"""Level: measured as ears weigh it, changed by a constant, and kept inside full scale."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from oscine.domain.audio import Samples

_KNEE = 10 ** (-1 / 20)
"""−1 dBFS."""
_BLOCK_S, _STEP_S = 0.4, 0.1
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
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
    block, step = round(_BLOCK_S * rate), round(_STEP_S * rate)
    if len(power) < block:
        return _to_lufs(float(power.mean())) if len(power) else -math.inf
    sums = np.concatenate(([0.0], np.cumsum(power)))
    starts = np.arange(0, len(power) - block + 1, step)
    blocks = (sums[starts + block] - sums[starts]) / block
    loud = blocks[blocks > _to_power(_ABSOLUTE_GATE_LUFS)]
    if not loud.size:
        return -math.inf
    loud = loud[loud > _to_power(_to_lufs(float(loud.mean())) + _RELATIVE_GATE_LU)]
    return _to_lufs(float(loud.mean()))


def _to_lufs(power: float) -> float:
    return 10 * math.log10(power) - 0.691 if power > 0 else -math.inf


def _to_power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def _weigh(samples: Samples, rate: int) -> NDArray[np.float64]:
    """K weighting: a shelf of +4 dB above 1.7 kHz for the head, a high-pass at 38 Hz.

    Done on the spectrum: the two filters are recursive, which numpy alone is slow at. The standard gives
    coefficients for 48 kHz only; these are the analogue filters behind them, carried over by the bilinear transform.
    """
    if not len(samples):
        return np.zeros(0)
    size = len(samples) + round(_RING_S * rate)
    z = np.exp(-1j * 2 * np.pi * np.fft.rfftfreq(size))

    k, q, high = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    middle = high**0.4996667741545416
    shelf = _biquad(
        z,
        (high + middle * k / q + k * k, 2 * (k * k - high), high - middle * k / q + k * k),
        (1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k),
    )
    k, q = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    a0 = 1 + k / q + k * k
    high_pass = _biquad(z, (a0, -2 * a0, a0), (a0, 2 * (k * k - 1), 1 - k / q + k * k))
    return np.fft.irfft(np.fft.rfft(samples, size) * shelf * high_pass, size)[: len(samples)]


def _biquad(
    z: NDArray[np.complex128], b: tuple[float, float, float], a: tuple[float, float, float]
) -> NDArray[np.complex128]:
    """Response of a second-order filter; z holds e^(−jω)."""
    return (b[0] + (b[1] + b[2] * z) * z) / (a[0] + (a[1] + a[2] * z) * z)
