# SPDX-License-Identifier: GPL-3.0-or-later
"""What a recipe works with: how the sound is to be, when it is, and chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from oscine.engines.foley.primitives import RATE, Random, Sound, frames

_GRID_S = 0.001
_CORNER = 64
"""Frames between the points that a slow movement is reckoned at."""
_MOODS = 997
"""Points of a slow movement before it repeats: prime, so that two of them never repeat together."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What the words around a sound say about it. 0 and None: nothing."""

    size: float = 0.0
    """−1 tiny … 1 huge."""
    force: float = 0.0
    """−1 gentle … 1 violent."""
    pace: float = 0.0
    """−1 slow … 1 fast."""
    pitch: float = 0.0
    """−1 deep … 1 high."""
    distance: float = 0.0
    """0 here … 1 on the horizon."""
    number: int | None = None
    """How many times, or how many of them."""
    material: str | None = None
    space: str | None = None
    motion: Literal["passes", "nears", "leaves"] | None = None


class Hand:
    """Renders one stretch of one layer."""

    def __init__(
        self,
        rng: Random,
        traits: Traits,
        variation: float,
        layer_seed: int,
        start_s: float,
        seconds: float,
        loop_s: float | None = None,
    ) -> None:
        """variation: how far figures stray, 1 as usual. layer_seed: what all stretches of a layer share.
        start_s: where the stretch lies; `seconds`: its length, which an event does not have to keep. loop_s: after how
        long tones are to be where they began."""
        self._loop_s = loop_s
        self.rng = rng
        self.traits = traits
        self.seconds = seconds
        self.count = frames(seconds)
        self.t: Sound = start_s + np.arange(self.count) / RATE
        """Seconds since the layer began, (frames,)."""
        self._variation = variation
        self._layer_seed = layer_seed
        shared = np.random.default_rng((layer_seed, 1))
        self.tune: float = float(2 ** (0.5 * traits.pitch - 0.55 * traits.size)) * float(
            np.exp(0.08 * variation * shared.standard_normal())
        )
        """Factor on what has a pitch: small things and high ones above 1; the same for all of a layer."""
        self.stretch: float = float(2 ** (0.5 * traits.size - 0.3 * traits.pace))
        """Factor on how long things ring."""
        self.force: float = 0.5 + 0.5 * traits.force
        """0 gentle, 0.5 as usual, 1 violent."""
        self.pace: float = float(2**traits.pace)
        """Factor on how quickly things follow one another."""

    def around(self, value: float, spread: float = 0.15) -> float:
        """About `value`, by chance. spread: of its logarithm."""
        return value * float(np.exp(spread * self._variation * self.rng.standard_normal()))

    def shared(self, low: float, high: float, salt: int) -> float:
        """Between two values, by chance, but the same for all stretches of the layer."""
        middle, reach = (low + high) / 2, (high - low) / 2 * min(self._variation, 1.5)
        return middle + reach * float(np.random.default_rng((self._layer_seed, 2, salt)).uniform(-1, 1))

    def slow(self, hertz: float, salt: int) -> Sound:
        """A smooth aimless movement between 0 and 1 over the layer's time, (frames,)."""
        points = np.random.default_rng((self._layer_seed, 3, salt)).random(_MOODS)
        place = (self.t[0] + np.arange(-(-self.count // _CORNER) + 1) * _CORNER / RATE) * hertz
        before = place.astype(np.int64)
        share = 0.5 - 0.5 * np.cos(np.pi * (place - before))
        moved = points[before % _MOODS] * (1 - share) + points[(before + 1) % _MOODS] * share
        between: Sound = moved[:-1, None] + np.diff(moved)[:, None] * (np.arange(_CORNER) / _CORNER)
        return between.ravel()[: self.count]

    def phase(self, hertz: float | Callable[[Sound], Sound]) -> Sound:
        """Cycles at each frame since the layer began, (frames,): tones run on from stretch to stretch."""
        if not callable(hertz):
            return self.t * (hertz if self._loop_s is None else max(1, round(hertz * self._loop_s)) / self._loop_s)
        grid = np.arange(0, max(self.t[-1], self._loop_s or 0.0) + 2 * _GRID_S, _GRID_S)
        cycles = np.concatenate(([0.0], np.cumsum(hertz(grid[:-1] + _GRID_S / 2)) * _GRID_S))
        if self._loop_s is not None:
            around = float(np.interp(self._loop_s, grid, cycles))
            cycles *= max(1, round(around)) / around
        run: Sound = np.interp(self.t, grid, cycles)
        return run


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one kind of sound is made."""

    name: str
    keys: str
    """What calls for it: alternatives separated by `|`; of one, all words must be there."""
    cook: Callable[[Hand], Sound]
    """(frames,) or (frames, 2). A texture fills the hand's stretch; an event is as long as it is."""
    is_texture: bool = False
    """Goes on as long as it is wanted; else it happens at moments."""
    is_tonal: bool = False
    """A texture of steady tones: its stretches are joined in step."""
    seconds: float = 6.0
    """Of a texture: length where nobody says. Of an event: how long one lasts, about; the longest it may."""
    every_s: float = 0.0
    """Of an event: from one to the next; 0: it happens once."""
    jitter: float = 0.1
    """How uneven the intervals are: 0 as a clock, 1 as chance has it."""
    times: int = 1
    """How often an event happens where nobody says."""
    level_db: float = 0.0
    """Louder or softer than sounds usually are."""
    space: str | None = None
    """The room it is in where nobody says."""
    moves: bool = False
    """Whether it can pass by."""
