# SPDX-License-Identifier: GPL-3.0-or-later
"""Speech made faster or slower without a change of pitch.

WSOLA (Verhelst & Roelands 1993): overlapping frames are taken at another pace than they are laid down, each where it
goes on best from the one before.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from oscine.domain.audio import Samples

_HOP_S = 0.015
"""Half of a frame; a frame holds two periods of the lowest voice."""
_SEARCH_S = 0.008
"""How far from its place a frame may be taken: a period of most voices."""


class Tempo:
    """Stretches one stream. The samples that come out do not depend on how those that went in were cut."""

    def __init__(self, rate: int, factor: float) -> None:
        """rate: hertz. factor: 2 makes half as long, 0.5 twice as long."""
        self._factor = factor
        self._hop = round(_HOP_S * rate)
        self._search = round(_SEARCH_S * rate)
        rise = np.sin(np.arange(self._hop) / self._hop * np.pi / 2) ** 2
        self._rise = rise.astype(np.float32)
        self._fall = (1 - rise).astype(np.float32)
        self._waiting: Samples = np.zeros(0, np.float32)
        self._origin = 0
        """Place of the first waiting sample in the stream."""
        self._given = self._made = 0
        self._count = 0
        """Frames laid down."""
        self._natural = 0
        """Where the last frame would go on."""
        self._tail: Samples = np.zeros(0, np.float32)
        """Second half of the last frame, faded out."""

    def process(self, samples: Samples) -> Samples:
        """samples: (frames,). What became final with them. Cost: about 1 % of real time on one core."""
        self._given += len(samples)
        self._waiting = np.concatenate((self._waiting, samples))
        return self._run()

    def flush(self) -> Samples:
        """The rest; in all there are 1/factor as many samples as there were."""
        wanted = round(self._given / self._factor) - self._made
        spare = np.zeros(round((self._hop + self._search) * 2 + (wanted + self._hop) * self._factor), np.float32)
        self._waiting = np.concatenate((self._waiting, spare))
        rest = self._run()
        return rest[:wanted]

    def _run(self) -> Samples:
        pieces: list[Samples] = []
        while True:
            place = round(self._count * self._hop * self._factor)
            if max(place + self._search, self._natural) + 2 * self._hop > self._origin + len(self._waiting):
                break
            start = self._find(place)
            frame = self._waiting[start - self._origin :][: 2 * self._hop]
            head, tail = frame[: self._hop], frame[self._hop :]
            pieces.append(head * self._rise + self._tail if self._count else head)
            self._tail = tail * self._fall
            self._natural = start + self._hop
            self._count += 1
            following = round(self._count * self._hop * self._factor) - self._search
            self._forget(min(following, self._natural))
        made: Samples = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
        self._made += len(made)
        return made

    def _find(self, place: int) -> int:
        """The start near `place` that is most like what came after the last frame."""
        if not self._count:
            return place
        first = max(place - self._search, self._origin)
        template = self._waiting[self._natural - self._origin :][: self._hop]
        field = self._waiting[first - self._origin : place + self._search + self._hop - self._origin]
        likeness = np.correlate(field, template, "valid")
        energy = np.einsum("ij,ij->i", frames := sliding_window_view(field, self._hop), frames)
        return first + int((likeness / np.sqrt(energy + 1e-9)).argmax())

    def _forget(self, place: int) -> None:
        if place > self._origin:
            self._waiting = self._waiting[place - self._origin :]
            self._origin = place
