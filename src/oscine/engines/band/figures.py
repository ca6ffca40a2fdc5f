# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures read into strokes, and strokes into time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from oscine.engines.band.theory import Metre

LOUDNESS = {"X": 1.15, "x": 1.0, "o": 0.55, "?": 0.5}


class Stroke(NamedTuple):
    """A sign of a figure, in beats from the beginning of the bar."""

    beat: float
    length: float
    sign: str


class Event(NamedTuple):
    """A note in beats from the beginning of a passage, not yet played by a person."""

    beat: float
    length: float
    key: int
    velocity: float


@lru_cache(maxsize=2048)
def read_figure(figure: str, metre: Metre) -> tuple[tuple[Stroke, ...], ...]:
    """The strokes of each bar of a figure. Short lines end in rests."""
    return tuple(_read_bar(bar.ljust(16, "."), metre) for bar in figure.split("|"))


def _read_bar(bar: str, metre: Metre) -> tuple[Stroke, ...]:
    steps = 3 if metre.is_compound else 4
    if metre.is_compound:
        bar = "".join(_three(bar[start : start + 4]) for start in range(0, len(bar), 4))
    count = round(metre.beats * steps)
    bar = (bar * (count // len(bar) + 1))[:count]
    strokes = []
    for step, sign in enumerate(bar):
        if sign in ".-":
            continue
        end = step + 1
        while end < count and bar[end] == "-":
            end += 1
        strokes.append(Stroke(step / steps, (end - step) / steps, sign))
    return tuple(strokes)


def _three(beat: str) -> str:
    """Four sixteenths as three eighths of a dotted beat."""
    return beat[0] + beat[1] + (beat[3] if beat[2] in ".-" and beat[3] not in ".-" else beat[2])


@dataclass(frozen=True, slots=True)
class Swing:
    """Where the off-beat falls. Source: swing ratio, Friberg & Sundström 2002."""

    place: float
    unit: float
    """Of beats that are parted in two: 1 swings eighths, 0.5 sixteenths."""

    def warp(self, beat: float) -> float:
        if self.place == 0.5:
            return beat
        whole, inside = divmod(beat / self.unit + 1e-9, 1.0)
        late = inside * 2 * self.place if inside < 0.5 else self.place + (inside - 0.5) * 2 * (1 - self.place)
        return (whole + late) * self.unit


def choose(figures: tuple[str, ...], intensity: float, busyness: float) -> str:
    """The figure for an intensity, of figures from calm to busy."""
    place = int((intensity + 0.6 * busyness) * len(figures))
    return figures[max(0, min(len(figures) - 1, place))]
