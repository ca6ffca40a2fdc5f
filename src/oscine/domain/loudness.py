# SPDX-License-Identifier: GPL-3.0-or-later
"""Loudness as ears weigh it: the figures and the arithmetic of ITU-R BS.1770-4, for any number of channels.

Whoever measures filters as suits it: `k_weighting` → squares, summed over channels → `block_powers` → `integrate_lufs`.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Biquad = tuple[tuple[float, float, float], tuple[float, float, float]]
"""Coefficients (b0, b1, b2), (a0, a1, a2) of a second-order filter."""

_BLOCK_S, _STEP_S = 0.4, 0.1
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0


def k_weighting(rate: int) -> tuple[Biquad, Biquad]:
    """A shelf of +4 dB above 1.7 kHz for the head, and a high-pass at 38 Hz. rate: hertz.

    The standard gives coefficients for 48 kHz only; these are the analogue filters behind them, carried over by the
    bilinear transform.
    """
    k, q, high = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    middle = high**0.4996667741545416
    shelf = (
        (high + middle * k / q + k * k, 2 * (k * k - high), high - middle * k / q + k * k),
        (1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k),
    )
    k, q = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    a0 = 1 + k / q + k * k
    return shelf, ((a0, -2 * a0, a0), (a0, 2 * (k * k - 1), 1 - k / q + k * k))


def block_powers(power: Floats, rate: int) -> Floats:
    """Mean power of each block of 0.4 s, a block every 0.1 s; none where it is shorter than a block.

    power: (frames,) weighted samples, squared.
    """
    block, step = round(_BLOCK_S * rate), round(_STEP_S * rate)
    if len(power) < block:
        return np.zeros(0)
    sums = np.concatenate(([0.0], np.cumsum(power)))
    starts = np.arange(0, len(power) - block + 1, step)
    return np.asarray((sums[starts + block] - sums[starts]) / block)


def integrate_lufs(powers: Floats) -> float:
    """Integrated loudness of blocks, gated at −70 LUFS and −10 LU; −inf for silence."""
    loud = powers[powers > _to_power(_ABSOLUTE_GATE_LUFS)]
    if not loud.size:
        return -math.inf
    loud = loud[loud > _to_power(to_lufs(float(loud.mean())) + _RELATIVE_GATE_LU)]
    return to_lufs(float(loud.mean()))


def to_lufs(power: float) -> float:
    """−inf for nothing."""
    return 10 * math.log10(power) - 0.691 if power > 0 else -math.inf


def _to_power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))
