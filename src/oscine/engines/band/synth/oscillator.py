# SPDX-License-Identifier: GPL-3.0-or-later
"""A sample played at any pitch, once or round its loop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from oscine.domain.audio import Samples


class Cut(NamedTuple):
    """Which frames of a font to play; all places count from the font's first frame."""

    start: int
    end: int
    loop_start: int
    loop_end: int
    """Not after loop_start: there is no loop."""
    is_loop_left: bool
    """Whether the rest after the loop is played once the key is up."""


@dataclass(frozen=True, slots=True)
class Wave:
    pieces: NDArray[np.float32]
    """The curve from each frame to the next: a polynomial of the third degree, highest power first; (frames, 4)."""
    loop_start: int
    loop_end: int
    end: int
    """Where the sound ends, unless it stays in its loop."""
    is_loop_left: bool

    @property
    def size(self) -> int:
        """Numbers in memory."""
        return self.pieces.size

    @property
    def is_looped(self) -> bool:
        return self.loop_end > self.loop_start

    def read(self, places: NDArray[np.float64], *, is_looping: bool) -> Samples:
        """Values at places ≥ 0, in order; fewer than asked where the sound ends."""
        if is_looping:
            length = self.loop_end - self.loop_start
            if places[-1] >= self.loop_end:
                # a division that is cut off takes a third of what % does
                turns = (np.maximum(places - self.loop_start, 0) / length).astype(np.int64)
                places = places - turns * length
        elif places[-1] >= self.end:
            places = places[: int(np.searchsorted(places, self.end))]
        whole = places.astype(np.int64)
        part = (places - whole).astype(np.float32)
        piece = self.pieces.take(whole, axis=0)
        values: Samples = piece[:, 0] * part
        for power in (1, 2):
            values += piece[:, power]
            values *= part
        values += piece[:, 3]
        return values


def make_wave(frames: Samples, cut: Cut) -> Wave:
    """frames: those of `cut`, from its start to its end. A loop that does not lie within them is no loop."""
    first, last = cut.loop_start - cut.start, cut.loop_end - cut.start
    if not 0 <= first < last - 1 or last > len(frames):
        first = last = 0
    if last and not cut.is_loop_left:
        line = np.concatenate((frames[:1], frames[:last], np.resize(frames[first:last], 2)))
    else:
        line = np.concatenate((frames[:1], frames, np.zeros(2, np.float32)))
    return Wave(_interpolate(line), first, last, max(len(frames) - 1, 0), cut.is_loop_left)


def _interpolate(line: Samples) -> NDArray[np.float32]:
    """Catmull-Rom: through all frames, with the slope that their neighbours have.

    line: with one frame more at the front and two at the end.
    """
    before, here, after, beyond = line[:-3], line[1:-2], line[2:-1], line[3:]
    pieces = np.empty((len(here), 4), np.float32)
    pieces[:, 0] = 0.5 * (beyond - before) + 1.5 * (here - after)
    pieces[:, 1] = before - 2.5 * here + 2 * after - 0.5 * beyond
    pieces[:, 2] = 0.5 * (after - before)
    pieces[:, 3] = here
    return pieces
