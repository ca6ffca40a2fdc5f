# SPDX-License-Identifier: GPL-3.0-or-later
"""When each sound of a prompt begins and how long it lasts."""

from __future__ import annotations

from dataclasses import dataclass, field

from oscine.domain.sound import LONGEST_S, SHORTEST_S
from oscine.engines.foley.hand import Recipe, Traits

_HANDOVER_S = 0.4
"""How long what ends and what follows are heard together."""
_LONGEST_AUTO_S = 22.0
_RING_S = 2.5
"""As much of an event's end as a length of our own choice allows for; fading does the rest."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A sound that a prompt names."""

    recipe: Recipe
    traits: Traits = field(default_factory=Traits)
    level_db: float = 0.0


@dataclass(frozen=True, slots=True)
class Layer:
    """A sound with its place in time."""

    recipe: Recipe
    traits: Traits
    start_s: float
    seconds: float
    level_db: float
    times: int
    """Of an event: how often, if there is time."""
    is_filling: bool
    """Whether an event goes on for as long as the layer lasts, however often that is."""
    fade_s: float
    """Of a texture: how long its end takes."""


def arrange(rows: list[list[Wish]], wanted_s: float | None) -> tuple[tuple[Layer, ...], float]:
    """Layers and the length of all. rows: what sounds together, one after the other; not empty."""
    natural = [_length(row) for row in rows]
    usual = sum(natural) - _HANDOVER_S * (len(rows) - 1)
    seconds = wanted_s if wanted_s is not None else round(min(max(usual, SHORTEST_S), _LONGEST_AUTO_S), 1)
    seconds = min(max(seconds, SHORTEST_S), LONGEST_S)
    lengths = _fit(rows, natural, seconds)
    loudest = max(_level(wish) for row in rows for wish in row)
    layers, start = [], 0.0
    for number, (row, length) in enumerate(zip(rows, lengths, strict=True)):
        is_last = number == len(rows) - 1
        end = seconds if is_last else min(seconds, start + length)
        crowd = 2.0 * (len(row) - 1)
        has_texture = any(wish.recipe.is_texture for wish in row)
        for wish in row:
            delay = 0.0 if wish.recipe.is_texture or not has_texture else min(0.8, 0.1 * length)
            delay = delay if start + delay < end - 0.2 else 0.0
            layers.append(
                Layer(
                    wish.recipe,
                    wish.traits,
                    start + delay,
                    max(end - start - delay, 0.05),
                    _level(wish) - 0.7 * loudest - crowd,
                    _times(wish),
                    _is_filling(wish, end - start, wanted_s is not None or has_texture),
                    min(0.5, length / 4) if is_last else min(2 * _HANDOVER_S, length / 3),
                )
            )
        start = max(start, end - _HANDOVER_S)
    return tuple(layers), seconds


def _is_filling(wish: Wish, seconds: float, has_time: bool) -> bool:
    """Whether an event goes on and on. What happens once does so only where there is time for several."""
    recipe = wish.recipe
    if wish.traits.number is not None or not recipe.every_s or not has_time:
        return False
    return recipe.times > 1 or seconds > 2 * (recipe.seconds + recipe.every_s)


def _level(wish: Wish) -> float:
    traits = wish.traits
    return wish.level_db + wish.recipe.level_db + 5 * traits.force + 2 * traits.size - 14 * traits.distance


def _times(wish: Wish) -> int:
    return wish.traits.number or wish.recipe.times


def _length(row: list[Wish]) -> float:
    textures = [wish.recipe.seconds for wish in row if wish.recipe.is_texture]
    if textures:
        return max(textures)
    return max(
        (_times(wish) - 1) * wish.recipe.every_s / 2 ** (0.8 * wish.traits.pace) + _ending(wish.recipe.seconds)
        for wish in row
    )


def _ending(seconds: float) -> float:
    return seconds if seconds <= _RING_S else _RING_S + (seconds - _RING_S) * 0.6


def _fit(rows: list[list[Wish]], natural: list[float], seconds: float) -> list[float]:
    """Lengths of the rows so that they fill the time: textures give and take first."""
    available = seconds + _HANDOVER_S * (len(rows) - 1)
    spare = available - sum(natural)
    stretchy = [number for number, row in enumerate(rows) if any(wish.recipe.is_texture for wish in row)]
    if spare < 0:
        return [length * available / sum(natural) for length in natural]
    chosen = stretchy or list(range(len(rows)))
    return [length + (spare / len(chosen) if number in chosen else 0) for number, length in enumerate(natural)]
