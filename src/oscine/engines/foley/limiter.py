# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps true peaks below −1 dBTP without a corner in the gain."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import resample_poly

from oscine.engines.foley.primitives import Sound

_CEILING = 10 ** (-1.3 / 20)
"""0.3 dB below the promise, for what lies between the points that are looked at."""
_REACH = 256
AROUND = 2 * _REACH
"""Frames on each side of one that its gain may depend on."""


def limits(sound: Sound) -> Sound:
    """Gain at each frame that keeps all within 256 frames around it below the ceiling, without corners; (frames,)."""
    peaks = _largest(np.abs(sound))
    if peaks.max(initial=0) > 0.6 * _CEILING:
        between = _largest(_largest(np.abs(resample_poly(sound, 4, 1, axis=0))).reshape(-1, 4))
        peaks = np.maximum(peaks, np.maximum(between, np.concatenate((between[1:], between[-1:]))))
    wanted = np.minimum(1.0, _CEILING / np.maximum(peaks, 1e-9))
    held = minimum_filter1d(wanted, 2 * _REACH + 1, mode="nearest")
    gains: Sound = uniform_filter1d(held, _REACH, mode="nearest")
    return gains


def _largest(rows: Sound) -> Sound:
    """Of each row; for short rows many times as fast as the method."""
    largest: Sound = np.maximum.reduce(list(rows.T))
    return largest


class Limiter:
    """`limits` for a stream: holds back as much as it must see ahead."""

    def __init__(self) -> None:
        self._past = np.zeros((0, 2))
        self._held = np.zeros((0, 2))

    def process(self, block: Sound, *, is_last: bool) -> Sound:
        known = np.concatenate((self._past, self._held, block))
        ready = len(known) if is_last else max(len(self._past), len(known) - AROUND)
        out = known[len(self._past) : ready] * limits(known)[len(self._past) : ready, None] if len(known) else known
        self._past, self._held = known[max(0, ready - AROUND) : ready], known[ready:]
        return out
