# SPDX-License-Identifier: GPL-3.0-or-later
"""Sounds beside speech: in front for a moment, then under the words."""

from __future__ import annotations

import numpy as np

from oscine.audio.join import fade_out
from oscine.audio.loudness import limit
from oscine.audio.resample import Resampler
from oscine.domain.audio import Samples

_FRONT_DB, _UNDER_DB = -1.0, -15.0
"""Gain in front of speech and under it. Speech is near −20 dBFS, events of sound engines near −13, what goes on −19."""
_BLOCK_S = 0.02
_FALLEN = 10 ** (-12 / 20)
"""Of the loudest block: below it, a sound is as good as over."""
_SHORT_S, _MOST_FRONT_S, _LEAST_FRONT_S = 2.5, 1.6, 0.3
"""What is over by then is waited for; what is not, is in front for the second; nothing for less than the third."""
_RAMP_S = 0.35
_RING_S = 1.5
"""How long a sound may outlast the last word."""


def front_s(sound: Samples, rate: int) -> float:
    """For how long a listener attends to a sound before words go on: short ones to their end, others to their onset."""
    size = round(_BLOCK_S * rate)
    count = len(sound) // size
    levels = np.sqrt(np.square(sound[: count * size].reshape(count, size)).mean(axis=1))
    if not count or not levels.max():
        return 0.0
    over_s = float(np.flatnonzero(levels >= _FALLEN * levels.max())[-1] + 1) * _BLOCK_S
    return min(max(over_s if over_s <= _SHORT_S else _MOST_FRONT_S, _LEAST_FRONT_S), len(sound) / rate)


class Bed:
    """What is still to be heard of sounds that have begun; it is mixed into all that passes."""

    def __init__(self, rate: int) -> None:
        """rate: hertz of all samples."""
        self._rate = rate
        self._ahead = np.zeros(0, np.float32)

    def lay(self, sound: Samples, *, is_last: bool) -> float:
        """A sound that begins with the next frame. Returns the seconds to leave to it before words go on.

        sound: (frames,). is_last: nothing is said after it, so it stays in front to its end.
        """
        seconds = len(sound) / self._rate if is_last else front_s(sound, self._rate)
        times = np.arange(len(sound), dtype=np.float32) / np.float32(self._rate)
        gains_db = np.interp(times, (seconds, seconds + _RAMP_S), (_FRONT_DB, _FRONT_DB if is_last else _UNDER_DB))
        laid = sound * (10 ** (gains_db / 20)).astype(np.float32)
        longer, shorter = (laid, self._ahead) if len(laid) > len(self._ahead) else (self._ahead, laid)
        self._ahead = longer.copy()
        self._ahead[: len(shorter)] += shorter
        return seconds

    def under(self, samples: Samples) -> Samples:
        """The samples with what sounds at the same time; the very same array where nothing does."""
        count = min(len(samples), len(self._ahead))
        if not count:
            return samples
        mixed = samples.copy()
        mixed[:count] += self._ahead[:count]
        self._ahead = self._ahead[count:]
        return limit(mixed)

    def rest(self) -> Samples:
        """The end of what still sounds after the last word, fading."""
        ringing, self._ahead = self._ahead[: round(_RING_S * self._rate)], self._ahead[:0]
        return limit(fade_out(ringing, self._rate, _RING_S))

    def at(self, rate: int) -> Bed:
        """The same for samples of another rate."""
        bed, resampler = Bed(rate), Resampler(self._rate, rate)
        bed._ahead = np.concatenate((resampler.process(self._ahead), resampler.flush()))
        return bed
