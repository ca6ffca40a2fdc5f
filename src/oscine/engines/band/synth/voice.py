# SPDX-License-Identifier: GPL-3.0-or-later
"""A tone played by one note: from when, how loud, how long."""

from __future__ import annotations

import math

import numpy as np

from oscine.domain.audio import Samples
from oscine.engines.band.synth.envelope import Envelope
from oscine.engines.band.synth.grid import count_points, spread
from oscine.engines.band.synth.tone import Tone

_ATTACK_GRID, _GRID = 16, 64
"""Frames between two values of the envelope, straight lines between them: an attack may be over in a millisecond."""
_FLOOR_DB = 76.0
"""So far below full scale a voice counts as silent: 90 dB below it once all are mixed."""
_FLOOR = 10 ** (-_FLOOR_DB / 20)
_HUSH = 1024
"""Frames without a sound after which a key that was let go is not heard again."""


class Voice:
    def __init__(self, tone: Tone, gain: float, volume: Envelope, start: int, released_s: float, rate: int) -> None:
        """start: the frame of the piece at which the key goes down. released_s: how long it stays down."""
        self._tone, self._gain, self._volume = tone, np.float32(gain), volume
        self._start, self._released_s, self._rate = start, released_s, rate
        silent_s = volume.silent_s(released_s, _FLOOR_DB + 20 * math.log10(max(gain, 1e-9)))
        self._frames: float = math.inf if math.isinf(silent_s) else math.ceil(max(silent_s, 0) * rate)

    def add_to(self, bus: Samples, at: int, *, is_shared: bool) -> bool:
        """Add what sounds from frame `at` of the piece for as long as the bus is; False when that was the end."""
        offset = max(self._start - at, 0)
        first = max(at - self._start, 0)
        last = int(min(at + len(bus) - self._start, self._frames))
        if last <= first:
            return False
        samples = self._tone.read(first, last)
        is_heard = True
        if len(samples):
            sounding = samples * self._levels(first, len(samples))
            bus[offset : offset + len(samples)] += sounding
            if last - _HUSH > max(first, self._released_s * self._rate):
                is_heard = bool(np.abs(sounding[-_HUSH:]).max() > _FLOOR)
        if not is_shared:
            self._tone.forget(last)
        return is_heard and len(samples) == last - first and last < self._frames

    def _levels(self, first: int, frames: int) -> Samples | np.float32:
        """One number where the level does not move."""
        step = _ATTACK_GRID if first < self._volume.top_s * self._rate else _GRID
        times = (first + step * np.arange(count_points(step, frames))) / self._rate
        levels = self._volume.volume(times, self._released_s) * self._gain
        return levels[0] if (levels == levels[0]).all() else spread(levels, step, frames)
