# SPDX-License-Identifier: GPL-3.0-or-later
"""Controllers over time, and what pedal and repeated keys make of how long notes are held."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from oscine.domain.music import Control, Part
from oscine.engines.band.synth.envelope import Floats

SUSTAIN = 64
_GLIDE_S = 0.01
"""A step takes so long, lest it click."""


class Curve:
    """One controller's way through a part."""

    def __init__(self, controls: Iterable[Control], number: int, initial: float) -> None:
        steps = sorted((control.at_s, control.value) for control in controls if control.number == number)
        self._steps_s = [at_s for at_s, _value in steps]
        self._values: list[float] = [initial, *(value for _at_s, value in steps)]
        points = [(-1e6, initial)]
        for (at_s, value), next_s in zip(steps, [*self._steps_s[1:], np.inf], strict=False):
            points.append((max(at_s, points[-1][0]), points[-1][1]))
            points.append((min(at_s + _GLIDE_S, max(next_s, at_s)), value))
        self._points_s, self._points = (np.array(column, float) for column in zip(*points, strict=True))

    def value_at(self, time_s: float) -> float:
        return self._values[bisect_right(self._steps_s, time_s)]

    def over(self, times: Floats) -> Floats | float:
        """The values at the times, in order; one number where it does not move between them."""
        first, last = self._find(times[0]), self._find(times[-1])
        if (self._points[max(first - 1, 0) : last + 1] == self._points[max(first - 1, 0)]).all():
            return float(self._points[max(first - 1, 0)])
        return np.asarray(np.interp(times, self._points_s, self._points))

    def is_ever(self, start_s: float, end_s: float) -> bool:
        """Whether it is anything but 0 in that time."""
        first = bisect_right(self._steps_s, start_s - _GLIDE_S)
        return any(self._values[first : bisect_right(self._steps_s, end_s) + 1])

    def _find(self, time_s: float) -> int:
        return int(np.searchsorted(self._points_s, time_s, side="right"))


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key struck, and when it is really let go."""

    start_s: float
    held_s: float
    key: int
    velocity: int


def find_strokes(part: Part) -> list[Stroke]:
    """The part's notes in order of time. The pedal holds them; the same key struck again ends the one before."""
    pedal = Curve(part.controls, SUSTAIN, 0)
    lifts = sorted(c.at_s for c in part.controls if c.number == SUSTAIN and c.value < 64)
    sounding: dict[int, int] = {}
    strokes: list[Stroke] = []
    for note in sorted(part.notes, key=lambda note: (note.start_s, note.key)):
        end_s = note.start_s + note.length_s
        if not part.is_drums and pedal.value_at(end_s) >= 64:
            at = bisect_right(lifts, end_s)
            end_s = lifts[at] if at < len(lifts) else np.inf
        earlier = sounding.get(note.key)
        if earlier is not None:
            stroke = strokes[earlier]
            strokes[earlier] = replace(stroke, held_s=min(stroke.held_s, max(note.start_s - stroke.start_s, 0)))
        sounding[note.key] = len(strokes)
        strokes.append(Stroke(note.start_s, end_s - note.start_s, note.key, note.velocity))
    return strokes
