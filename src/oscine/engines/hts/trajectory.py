# SPDX-License-Identifier: GPL-3.0-or-later
"""From a plan of states to parameters frame by frame, in pieces, while later phrases are still being planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from oscine.engines.hts.mlpg import solve
from oscine.engines.hts.speakers import Cast, Statistics
from oscine.engines.hts.voicefile import Floats

_FIRST, _LATER = 30, 160
"""Frames of the first piece, and the most of the others."""
_MARGIN = 40
"""Frames on either side that a piece is solved with: what lies further away moves no log value by 0.0005."""
_LIGHT_FIRST, _LIGHT_MARGIN = 20, 20
"""The same where first sound counts more: what lies further away moves no log value by 0.01."""
_HAS_VALUE = 0.5


@dataclass(frozen=True, slots=True)
class Frames:
    """Parameters of consecutive frames."""

    cepstra: Floats
    """(frames, order)."""
    pitch: Floats
    """(frames,): natural logarithm of F0 in hertz; where a frame has none, of nothing in particular."""
    is_voiced: NDArray[np.bool_]
    band_noise_db: Floats
    """(frames, bands), 0 dB or less: the part of the power that is noise."""


class Trajectory:
    """Plans in, frames out; at most one margin of frames waits for the next plan."""

    def __init__(self, cast: Cast, *, is_light: bool) -> None:
        self._streams = cast.file.streams
        self._means = {name: np.zeros((0, s.length * len(s.windows))) for name, s in self._streams.items()}
        self._precisions = dict(self._means)
        self._is_voiced = np.zeros(0, bool)
        self._moves = np.zeros((0, 3))
        self._done = 0
        """Frames at the front of the buffers that have left already; the margin."""
        self._is_light = is_light
        self._size, self._margin = (_LIGHT_FIRST, _LIGHT_MARGIN) if is_light else (_FIRST, _MARGIN)

    def add(self, streams: Mapping[str, Statistics], counts: NDArray[np.int64], moves: Floats) -> None:
        """counts: frames of each state, (labels, states). moves: (frames, 3), what intonation makes of the pitch, a
        factor on it and what is added, and what is added to the logarithm of the amplitude."""
        repeats = counts.ravel()
        for name, rows in streams.items():
            self._means[name] = np.concatenate([self._means[name], np.repeat(rows.means, repeats, axis=0)])
            precisions = np.repeat(1 / rows.variances, repeats, axis=0)
            self._precisions[name] = np.concatenate([self._precisions[name], precisions])
        voiced = np.repeat(streams["LF0"].weights > _HAS_VALUE, repeats)
        self._is_voiced = np.concatenate([self._is_voiced, voiced])
        self._moves = np.concatenate([self._moves, moves])

    def take(self) -> Iterator[Frames]:
        """The pieces that can be made now."""
        while self._waiting >= self._size + self._margin:
            yield self._cut(self._size)

    def finish(self) -> Iterator[Frames]:
        """All that is left; nothing follows."""
        while self._waiting:
            yield self._cut(min(self._waiting, self._size))

    @property
    def _waiting(self) -> int:
        return len(self._is_voiced) - self._done

    def _cut(self, size: int) -> Frames:
        self._size = min(2 * self._size, _LATER) if self._is_light else _LATER
        start, end = self._done, self._done + size
        keep = slice(start, end)
        pitch = self._solve_pitch(end + self._margin)[keep]
        moves = self._moves[keep]
        cepstra = self._solve("MCP", end + self._margin)[keep]
        cepstra[:, 0] += moves[:, 2]
        frames = Frames(
            cepstra=cepstra,
            pitch=pitch * moves[:, 0] + moves[:, 1],
            is_voiced=self._is_voiced[keep],
            band_noise_db=self._solve("BAP", end + self._margin)[keep]
            if "BAP" in self._streams
            else np.zeros((size, 0)),
        )
        self._drop(max(end - self._margin, 0))
        self._done = end - max(end - self._margin, 0)
        return frames

    def _solve(self, name: str, end: int) -> Floats:
        means, precisions = self._windowed(name, slice(end))
        return solve(means, precisions, self._streams[name].windows, np.zeros(means.shape[1], bool))

    def _solve_pitch(self, end: int) -> Floats:
        """Over the voiced frames alone; each voiced stretch by itself."""
        voiced = self._is_voiced[:end]
        out = np.zeros(len(voiced))
        if voiced.any():
            means, precisions = self._windowed("LF0", np.flatnonzero(voiced))
            breaks = ~np.concatenate([[False], voiced[:-1]])[voiced]
            out[voiced] = solve(means, precisions, self._streams["LF0"].windows, breaks)[:, 0]
        return out

    def _windowed(self, name: str, rows: slice | NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Means and precisions, (windows, frames, length)."""
        stream = self._streams[name]

        def fold(table: Floats) -> Floats:
            return table[rows].reshape(-1, len(stream.windows), stream.length).swapaxes(0, 1)

        return fold(self._means[name]), fold(self._precisions[name])

    def _drop(self, count: int) -> None:
        for name in self._streams:
            self._means[name] = self._means[name][count:]
            self._precisions[name] = self._precisions[name][count:]
        self._is_voiced, self._moves = self._is_voiced[count:], self._moves[count:]
