# SPDX-License-Identifier: GPL-3.0-or-later
"""From an engine's marks to the times of characters, as far as they are final, segment by segment."""

from __future__ import annotations

from oscine.domain.alignment import Alignment, Mark, Run, character_times
from oscine.domain.speech import Segment


class SegmentClock:
    """Gives out each character of one segment once, in order, as sent and as spoken."""

    def __init__(self, segment: Segment, text: str, start_s: float) -> None:
        """text: as sent, whole. start_s: where the segment's audio begins in the response."""
        self._spoken = segment.text
        self._original = text[segment.original_start : segment.original_end]
        self._runs = list(segment.runs)
        self._start_s = start_s
        self._until_s = start_s
        self._given = 0
        """Spoken characters given out."""
        self._marks: list[Mark] = []
        """Those that end after `_given`; times within the response."""

    def hear(self, marks: tuple[Mark, ...], lead_s: float) -> tuple[Alignment, Alignment]:
        """Take note of marks; returns (as sent, as spoken) what became final.

        lead_s: silence that was cut off the start of the segment's audio.
        """
        if not marks:
            return Alignment(), Alignment()
        shift = self._start_s - lead_s
        self._marks += [Mark(m.start, m.end, max(0.0, m.start_s + shift), m.end_s + shift) for m in marks]
        upto = self._border(min(self._marks[-1].end, len(self._spoken) - 1))  # the last one waits for the pause
        if upto <= self._given:
            return Alignment(), Alignment()
        end_s = next((m.start_s for m in self._marks if m.start >= upto), self._marks[-1].end_s)
        return self._give(upto, max(self._until_s, end_s), max(self._until_s, end_s))

    def rest(self, speech_end_s: float, end_s: float) -> tuple[Alignment, Alignment]:
        """What is left. speech_end_s: end of the sound; end_s: end of the pause after it.

        Markup at the end (a break) is heard in the pause; without any, the last spoken character lasts until end_s.
        """
        ends_in_markup = bool(self._runs) and self._runs[-1].spoken_start == self._runs[-1].spoken_end
        return self._give(len(self._spoken), speech_end_s if ends_in_markup else end_s, end_s)

    def _border(self, spoken: int) -> int:
        """The last position up to `spoken` that has a counterpart in the text as sent."""
        for run in self._runs:
            if run.spoken_end > spoken:
                return spoken if run.is_identity else min(spoken, run.spoken_start)
        return spoken

    def _give(self, upto: int, speech_end_s: float, end_s: float) -> tuple[Alignment, Alignment]:
        first = self._given
        local = [Mark(m.start - first, m.end - first, m.start_s, m.end_s) for m in self._marks]
        times = character_times(upto - first, local, self._until_s, speech_end_s)
        characters: list[str] = []
        bounds: list[float] = []
        while self._runs:
            run = self._runs[0]
            if run.spoken_start >= upto and run.spoken_end > upto:
                break
            is_whole = run.spoken_end <= upto
            bounds += _bounds(run, first, upto, times, end_s if run.spoken_start == len(self._spoken) else None)
            start = run.original_start + (max(0, first - run.spoken_start) if run.is_identity else 0)
            stop = run.original_end if is_whole else run.original_start + upto - run.spoken_start
            characters += self._original[start:stop]
            if not is_whole:
                break
            del self._runs[0]
        spoken = list(self._spoken[first:upto])
        self._given, self._until_s = upto, end_s
        self._marks = [m for m in self._marks if m.end > upto]
        return (
            Alignment(characters, bounds, [*bounds[1:], end_s] if bounds else []),
            Alignment(spoken, times[: len(spoken)], [*times[1 : len(spoken)], end_s] if spoken else []),
        )


def _bounds(run: Run, first: int, upto: int, times: list[float], pause_end_s: float | None) -> list[float]:
    """Start times of the run's original characters; `times` are the boundaries of spoken[first:upto]."""
    if run.is_identity and run.spoken_end > run.spoken_start:
        return times[max(run.spoken_start, first) - first : min(run.spoken_end, upto) - first]
    count = run.original_end - run.original_start
    start = times[max(run.spoken_start, first) - first]
    end = times[run.spoken_end - first] if pause_end_s is None else pause_end_s
    return [start + (end - start) * i / count for i in range(count)]
