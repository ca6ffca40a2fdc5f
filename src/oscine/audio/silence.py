# SPDX-License-Identifier: GPL-3.0-or-later
"""Silence: made, and taken away at the edges of a segment."""

from __future__ import annotations

import numpy as np

from oscine.audio.join import FADE_S, fade_in, fade_out
from oscine.domain.audio import Samples

THRESHOLD_DBFS = -55.0
"""Mean level of a block under which it counts as silent. Speech sits near −20, its weakest consonants near −50."""
_BLOCK_S = 0.005
_LEAD_BLOCKS = 2
"""Kept before the first sound (10 ms): an attack begins under the threshold."""
_TAIL_S = 0.02
"""Kept after the last sound, fading: a decay ends under the threshold."""


def silence(seconds: float, rate: int) -> Samples:
    """So many seconds of zeros, to the nearest frame."""
    return np.zeros(round(seconds * rate), np.float32)


class SilenceTrimmer:
    """Removes silence at both ends of one segment while it streams; silence inside stays.

    The result does not depend on how the samples were cut into pieces. The start is faded in if something was
    dropped before it, the end is always faded out. Holds back 5–10 ms, and silence until it is known to be inside.
    """

    def __init__(self, rate: int) -> None:
        """rate: hertz of all samples."""
        self._rate = rate
        self._block = max(round(_BLOCK_S * rate), 1)
        self._threshold = 10 ** (THRESHOLD_DBFS / 10)
        """Mean square."""
        self._partial = np.zeros(0, np.float32)
        """What does not fill a block yet."""
        self._held: list[Samples] = []
        """Whole blocks. Before the first sound: the silent ones that would be kept. After it: the last that
        sounded, and the silent ones since, which may be the end."""
        self._has_begun = False
        self._dropped = 0

    @property
    def lead_s(self) -> float:
        """Seconds dropped at the start so far; final once a sample came out. Marks move earlier by it."""
        return self._dropped / self._rate

    def process(self, samples: Samples) -> Samples:
        """(frames,) float32 in; what is known not to be the end out, possibly none."""
        waiting = np.concatenate((self._partial, samples))
        count = len(waiting) // self._block
        blocks, self._partial = waiting[: count * self._block], waiting[count * self._block :]
        power = np.square(blocks.reshape(count, self._block)).mean(axis=1)
        loud = np.flatnonzero(power >= self._threshold) * self._block
        if not loud.size:
            self._hold(blocks)
            return blocks[:0]
        held = np.concatenate((*self._held, blocks))
        first, last = (len(held) - len(blocks) + int(place) for place in (loud[0], loud[-1]))
        sound, self._held = held[:last], [held[last:]]
        return sound if self._has_begun else self._begin(sound, first)

    def finish(self) -> Samples:
        """The end of the segment: what still sounds, and a short tail. Nothing if no sound ever came."""
        rest = self._partial
        is_loud = rest.size > 0 and np.square(rest).mean() >= self._threshold
        held = np.concatenate((*self._held, rest))
        self._partial, self._held = rest[:0], []
        sound_end = len(held) if is_loud else self._block
        if not self._has_begun:
            if not is_loud:
                self._dropped += len(held)
                return held[:0]
            held = self._begin(held, len(held) - len(rest))
            sound_end = len(held)
        end = min(sound_end + round(_TAIL_S * self._rate), len(held))
        return fade_out(held[:end], self._rate, max((end - sound_end) / self._rate / 2, FADE_S))

    def _hold(self, silent: Samples) -> None:
        if self._has_begun:
            self._held.append(silent)
            return
        held = np.concatenate((*self._held, silent))
        excess = max(len(held) - _LEAD_BLOCKS * self._block, 0)
        self._dropped += excess
        self._held = [held[excess:]]

    def _begin(self, sound: Samples, first: int) -> Samples:
        """Cut the silence before the first sound; first counts frames."""
        self._has_begun = True
        excess = max(first - _LEAD_BLOCKS * self._block, 0)
        self._dropped += excess
        # Where something was dropped the whole lead is left, and longer than the fade.
        return fade_in(sound[excess:], self._rate) if self._dropped else sound
