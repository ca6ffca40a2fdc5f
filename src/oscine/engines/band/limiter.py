# SPDX-License-Identifier: GPL-3.0-or-later
"""A limiter that looks ahead: gain falls before a peak, in a straight line, and comes back slowly.

True peaks are those of the curve between the samples, found at four times the rate (ITU-R BS.1770-4, annex 2).
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from oscine.domain.music import Stereo
from oscine.engines.band.synth.grid import spread

CEILING_DBTP = -1.0
_MARGIN_DB = 0.3
"""For peaks that four times the rate still misses."""
_OVER = 4
_STEP = 32
"""Frames between two values of the gain."""
_AHEAD = 8
"""Steps; 6 ms at 44.1 kHz."""
_RELEASE_S = 0.15
_EDGE = 32
"""Frames that the oversampling filter looks at on both sides."""
_WHOLE = 0.9999
"""A gain that counts as 1 on the way back."""
_SAFE = 0.5
"""No true peak above the ceiling comes from samples below this, by far."""


class Limiter:
    """Push blocks, then flush once; what comes out is as long as what went in, and in step with it."""

    def __init__(self, rate: int) -> None:
        self._ceiling = 10 ** ((CEILING_DBTP - _MARGIN_DB) / 20)
        self._return = 1 - math.exp(-_STEP / (_RELEASE_S * rate))
        self._past: Stereo = np.zeros((2, _EDGE), np.float32)
        self._held: Stereo = np.zeros((2, 0), np.float32)
        self._wanted: list[float] = []
        """The last gains, before they are smoothed; none before the beginning."""

    def push(self, block: Stereo) -> Stereo:
        """What can be given now, (2, frames); may be nothing."""
        self._held = np.concatenate((self._held, block), axis=1)
        ready = (self._held.shape[1] - _AHEAD * _STEP - _EDGE) // _STEP * _STEP
        return self._give(ready) if ready > 0 else self._held[:, :0]

    def flush(self) -> Stereo:
        left = self._held.shape[1]
        silence = np.zeros((2, _AHEAD * _STEP + _EDGE + _STEP), np.float32)
        return self.push(silence)[:, :left]

    def _give(self, frames: int) -> Stereo:
        line = np.concatenate((self._past, self._held), axis=1)
        values = self._gains(line, frames // _STEP)
        out: Stereo = self._held[:, :frames] * spread(values, _STEP, frames).astype(np.float32)
        self._past = line[:, frames : frames + _EDGE]
        self._held = self._held[:, frames:]
        return out

    def _gains(self, line: Stereo, steps: int) -> NDArray[np.float64]:
        """At the beginning of each step, and at the end of the last."""
        if np.abs(line).max() <= _SAFE and min(self._wanted, default=1) == 1:
            lowest = [1.0] * steps
        else:
            allowed = np.minimum(1, self._ceiling / np.maximum(_true_peaks(line, steps + _AHEAD), 1e-9))
            lowest = np.lib.stride_tricks.sliding_window_view(allowed, _AHEAD + 1).min(axis=1).tolist()
        wanted = self._wanted or [lowest[0]] * (_AHEAD + 1)
        for least in lowest:
            back = wanted[-1] + (1 - wanted[-1]) * self._return
            wanted.append(min(least, back if back < _WHOLE else 1.0))
        sums = np.concatenate(([0.0], np.cumsum(wanted)))
        self._wanted = wanted[-_AHEAD - 1 :]
        return np.asarray((sums[_AHEAD + 1 :] - sums[1:-_AHEAD]) / _AHEAD)


def limit(sound: Stereo, rate: int) -> Stereo:
    """All of it at once."""
    limiter = Limiter(rate)
    return np.concatenate((limiter.push(sound), limiter.flush()), axis=1)


def _true_peaks(line: Stereo, steps: int) -> NDArray[np.float32]:
    """Of each step, whichever channel is higher; 0 where even its loudest sample is far below the ceiling.

    line: begins _EDGE frames before the first step.
    """
    steps_of = np.lib.stride_tricks.sliding_window_view(line, _STEP + 2 * _EDGE, axis=1)[:, : steps * _STEP : _STEP]
    loudest = np.maximum(steps_of.max(axis=(0, 2)), -steps_of.min(axis=(0, 2)))
    peaks = np.zeros(steps, np.float32)
    loud = loudest > _SAFE
    peaks[loud] = np.abs(steps_of[:, loud] @ _between()).max(axis=(0, 2))
    return peaks


@cache
def _between() -> NDArray[np.float32]:
    """From a step with its edges to the curve within it at four times the rate; (frames, points)."""
    dense: NDArray[np.float64] = resample_poly(np.eye(_STEP + 2 * _EDGE), _OVER, 1, axis=1)
    return dense[:, _EDGE * _OVER : (_EDGE + _STEP) * _OVER].astype(np.float32)
