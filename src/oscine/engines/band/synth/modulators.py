# SPDX-License-Identifier: GPL-3.0-or-later
"""Modulators: how hard and where a key is struck, and how controllers stand, changes the generators.

Source: SoundFont technical specification 2.04, §8.2 (sources), §8.4 (the ten that hold where a font says nothing).
"""

from __future__ import annotations

import math
from collections.abc import Callable

from oscine.engines.band.generators import Generator
from oscine.engines.band.soundfont import Layer, Modulator

_NONE, _VELOCITY, _KEY = 0, 2, 3
_CONTROLLER = 0x80
_WHEEL = 0x81
_VELOCITY_TO_CUTOFF = (0x0102, Generator.CUTOFF)

DEFAULTS = (
    Modulator(0x0502, Generator.ATTENUATION, 960, 0, 0),
    Modulator(0x0102, Generator.CUTOFF, -2400, 0, 0),
    Modulator(_WHEEL, Generator.VIBRATO_LFO_TO_PITCH, 50, 0, 0),
)
AT_THE_MIXER = frozenset({7, 10, 11, 91, 93})
"""Controllers that change a whole part all the time: see `part.py`. A font's own amounts for them do not count."""


def sum_up(layer: Layer, key: int, velocity: int, controller: Callable[[int], int]) -> dict[int, float]:
    """The layer's generators, changed by all modulators that are settled when the key goes down.

    controller: where each stood at that moment, 0–127.
    """
    values: dict[int, float] = dict(layer.generators)
    for modulator in _effective(layer):
        if modulator.source != _WHEEL:
            change = modulator.amount * _read(modulator.source, key, velocity, controller)
            if modulator.scale:
                change *= _read(modulator.scale, key, velocity, controller)
            change = abs(change) if modulator.transform == 2 else change
            values[modulator.target] = values.get(modulator.target, 0) + change
    return values


def wheel_depth(layer: Layer, target: Generator) -> float:
    """How many cents the modulation wheel, all the way up, adds to the generator."""
    return sum(m.amount for m in _effective(layer) if m.source == _WHEEL and m.target == target)


def _effective(layer: Layer) -> list[Modulator]:
    own = {_identity(modulator): modulator for modulator in (*DEFAULTS, *layer.modulators)}
    return [*own.values(), *layer.added]


def _identity(modulator: Modulator) -> tuple[int, ...]:
    """Version 2.01 gave the default from velocity to cutoff another scale; fonts that turn it off name either."""
    identity = modulator.identity
    return _VELOCITY_TO_CUTOFF if identity[:2] == _VELOCITY_TO_CUTOFF and identity[2] in {0, 0x0D02} else identity


def _read(source: int, key: int, velocity: int, controller: Callable[[int], int]) -> float:
    """0–1, or −1–1 for a bipolar source."""
    number = source & 0x7F
    if source & _CONTROLLER:
        if number in AT_THE_MIXER:
            return 0.0
        value = controller(number)
    elif number in {_VELOCITY, _KEY}:
        value = velocity if number == _VELOCITY else key
    else:
        return 1.0 if number == _NONE else 0.0  # pressure and the pitch wheel: a score has none, or not here
    share = value / 127
    if source & 0x100:
        share = 1 - share
    shape = _SHAPES[min(source >> 10, 3)]
    if not source & 0x200:
        return shape(share)
    return math.copysign(shape(abs(2 * share - 1)), 2 * share - 1) if source >> 10 < 3 else 2 * shape(share) - 1


def _concave(x: float) -> float:
    return 1.0 if x >= 1 else min(1.0, -40 / 96 * math.log10(1 - x))


_SHAPES: tuple[Callable[[float], float], ...] = (
    lambda x: x,
    _concave,
    lambda x: 1 - _concave(1 - x),
    lambda x: float(x >= 0.5),
)
