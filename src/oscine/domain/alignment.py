# SPDX-License-Identifier: GPL-3.0-or-later
"""When each character is heard, and how original and spoken text correspond.

`Run`s tile two texts side by side: the text that was sent and the text that is spoken. Where nothing changed
a run has the same length on both sides and maps character by character; where the normaliser rewrote
("$5" → "five dollars") the times of the whole stretch are shared out evenly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """`original[original_start:original_end]` is spoken as `spoken[spoken_start:spoken_end]`.

    Runs of one text follow each other without gap or overlap on both sides; either side may be empty.
    """

    original_start: int
    original_end: int
    spoken_start: int
    spoken_end: int

    @property
    def is_identity(self) -> bool:
        """Both sides have the same length, so characters correspond one to one."""
        return self.original_end - self.original_start == self.spoken_end - self.spoken_start


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a segment's text and when it is heard, as finely as the engine knows.

    Marks of a segment are sorted and do not overlap, in text or in time. What lies between two marks
    (spaces, punctuation) is heard between their times.
    """

    start: int
    """First character, an index into the segment's text."""
    end: int
    """One past the last character."""
    start_s: float
    """Seconds from the start of the segment's audio."""
    end_s: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Start and end in seconds of each character; the three sequences have equal length and times never fall."""

    characters: Sequence[str] = ()
    starts_s: Sequence[float] = ()
    ends_s: Sequence[float] = ()

    def __len__(self) -> int:
        return len(self.characters)


def character_times(length: int, marks: Iterable[Mark], start_s: float, end_s: float) -> list[float]:
    """Boundaries of `length` characters: entry i is the start of character i, entry `length` the end of the last.

    marks count characters from 0; what lies outside [start_s, end_s] or out of order is pulled back into order.
    Characters outside all marks share the time between their neighbours. Returns length + 1 numbers that
    never fall, the first start_s and the last end_s.
    """
    known: dict[int, float] = {}
    for mark in marks:
        count = mark.end - mark.start
        for i in range(count + 1 if count > 0 else 0):
            if 0 < mark.start + i < length:
                known.setdefault(mark.start + i, mark.start_s + (mark.end_s - mark.start_s) * i / count)
    known[length] = end_s
    times = [start_s]
    for position in sorted(known):
        before, gap = times[-1], position + 1 - len(times)
        bound = min(max(known[position], before), end_s)
        times.extend(before + (bound - before) * i / gap for i in range(1, gap + 1))
    return times
