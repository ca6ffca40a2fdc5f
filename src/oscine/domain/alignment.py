# SPDX-License-Identifier: GPL-3.0-or-later
"""When each character is heard, and how original and spoken text correspond.

`Run`s tile two texts side by side: the text that was sent and the text that is spoken. Where nothing changed
a run has the same length on both sides and maps character by character; where the normaliser rewrote
("$5" → "five dollars") the times of the whole stretch are shared out evenly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


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


@dataclass(slots=True)
class AlignmentBuilder:
    """Collects the characters of one text in order, each with its times."""

    characters: list[str] = field(default_factory=list)
    starts_s: list[float] = field(default_factory=list)
    ends_s: list[float] = field(default_factory=list)

    def spread(self, text: str, start_s: float, end_s: float) -> None:
        """Append `text`, its characters sharing [start_s, end_s] evenly."""
        step = (end_s - start_s) / len(text) if text else 0.0
        for i, character in enumerate(text):
            self.characters.append(character)
            self.starts_s.append(start_s + i * step)
            self.ends_s.append(start_s + (i + 1) * step)

    def build(self) -> Alignment:
        return Alignment(self.characters, self.starts_s, self.ends_s)


def character_times(length: int, marks: Iterable[Mark], start_s: float, end_s: float) -> list[float]:
    """Boundaries of `length` characters: entry i is the start of character i, entry `length` the end of the last.

    marks lie within [start_s, end_s]; characters outside all marks share the time between their neighbours.
    Returns length + 1 rising numbers, the first start_s and the last end_s.
    """
    bounds: list[float | None] = [None] * (length + 1)
    bounds[0], bounds[length] = start_s, end_s
    for mark in marks:
        count = mark.end - mark.start
        if count <= 0 or mark.start < 0 or mark.end > length:
            continue
        for i in range(count + 1):
            position = mark.start + i
            if 0 < position < length:
                bounds[position] = mark.start_s + (mark.end_s - mark.start_s) * i / count
    times: list[float] = []
    last = start_s
    known = 0
    for position, bound in enumerate(bounds):
        if bound is None:
            continue
        bound = min(max(bound, last), end_s)
        gap = position - known
        times.extend(last + (bound - last) * i / gap for i in range(1, gap + 1)) if gap else times.append(bound)
        last, known = bound, position
    return times


def project(runs: Iterable[Run], spoken_times: Sequence[float]) -> list[float]:
    """Carry boundaries of the spoken text over to the original text.

    spoken_times: len(spoken) + 1 boundaries as `character_times` gives them. Returns len(original) + 1.
    """
    times: list[float] = []
    for run in runs:
        count = run.original_end - run.original_start
        if run.is_identity:
            times.extend(spoken_times[run.spoken_start + i] for i in range(count))
        elif count:
            start, end = spoken_times[run.spoken_start], spoken_times[run.spoken_end]
            times.extend(start + (end - start) * i / count for i in range(count))
    times.append(spoken_times[-1])
    return times
