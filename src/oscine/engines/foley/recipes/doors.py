# SPDX-License-Identifier: GPL-3.0-or-later
"""Feet and doors."""

from __future__ import annotations

import numpy as np

from oscine.engines.foley.hand import Hand, Recipe
from oscine.engines.foley.primitives import (
    RATE,
    Sound,
    arch,
    band,
    decay,
    fade,
    frames,
    glide,
    low,
    noise,
    place,
    sprinkle,
)
from oscine.engines.foley.sources import material_of, struck

_GROUNDS = {
    "gravel": (14, 700, 5500, 0.006, 0.35),
    "snow": (40, 1500, 7000, 0.003, 0.15),
    "leaves": (22, 2000, 9000, 0.004, 0.15),
    "grass": (16, 900, 5000, 0.006, 0.2),
    "sand": (50, 1200, 6000, 0.003, 0.15),
    "mud": (7, 200, 1200, 0.02, 0.6),
    "water": (12, 400, 3000, 0.015, 0.3),
}
"""Loose grounds: grains a step, lowest and highest hertz of one, how long it lasts, and how much of a thud remains."""


def step(hand: Hand) -> Sound:
    ground = hand.traits.material or "stone"
    count = frames(0.4)
    heavy = 0.5 + hand.force + 0.5 * hand.traits.size
    if ground in _GROUNDS:
        grains_per_step, lows, highs, ring, thud = _GROUNDS[ground]
        grains = [
            band(noise(hand.rng, frames(6 * ring)), hand.rng.uniform(lows, highs / 2), highs)
            * decay(frames(6 * ring), 0.0005, ring)
            for _ in range(10)
        ]
        press = arch(count, 0.25) ** 2
        made = sprinkle(hand.rng, count, grains_per_step / 0.12, grains, 0.8) * press
    else:
        made, thud = np.zeros(count), 1.0
        place(struck(hand, material_of(hand, "stone"), 0.3) * 0.35, made, 0)
        place(struck(hand, material_of(hand, "stone"), 0.2, 1.3) * 0.18, made, hand.around(0.075, 0.1))
    heel = band(noise(hand.rng, count), 70, 320) * decay(count, 0.003, 0.03)
    return fade(made + thud * heavy * 1.8 * heel, 0.001, 0.05)


def slam(hand: Hand) -> Sound:
    count = frames(1.0 * hand.stretch)
    made = (
        low(noise(hand.rng, count), 160 * hand.tune) * decay(count, 0.002, 0.07 * hand.stretch) * (4 + 4 * hand.force)
    )
    made += band(noise(hand.rng, count), 300, 2500) * decay(count, 0.001, 0.03)
    place(struck(hand, material_of(hand, "wood")), made, 0.0, 0.8)
    place(struck(hand, "metal", 0.2, 4) * 0.12, made, 0.02)
    return made


def creak(hand: Hand) -> Sound:
    seconds = hand.around(2.0) * hand.stretch / hand.pace**0.5
    count = frames(seconds)
    rate = glide(*hand.rng.uniform(18, 75, 5) * hand.tune, count=count)
    ticks = np.diff(np.floor(np.cumsum(rate) / RATE), prepend=0)
    ticks *= hand.rng.uniform(0.5, 1, count)
    body = np.zeros(count)
    lowest = 1500 if material_of(hand, "wood") == "metal" else 420
    for ratio in (1.0, 1.9, 2.9, 4.3):
        centre = hand.around(lowest * ratio) * hand.tune
        body += band(ticks, centre / 1.08, centre * 1.08, 1)
    return fade(body * arch(count), 0.02, 0.1)


def latch(hand: Hand) -> Sound:
    made = np.zeros(frames(0.5))
    place(struck(hand, "metal", 0.2, 3.5) * 0.5, made, 0.0)
    place(low(noise(hand.rng, frames(0.1)), 900) * decay(frames(0.1), 0.001, 0.015), made, 0.01)
    place(struck(hand, "metal", 0.2, 2.7) * 0.7, made, hand.around(0.13))
    return made


def door_open(hand: Hand) -> Sound:
    made = np.zeros(frames(3.6))
    place(latch(hand) * 0.7, made, 0.0)
    groan = creak(hand)
    place(groan / (np.abs(groan).max() + 1e-9) * 0.6, made, 0.3)
    return made


def knock(hand: Hand) -> Sound:
    made = np.zeros(frames(0.5))
    place(struck(hand, material_of(hand, "wood"), 0.5), made, 0)
    place(low(noise(hand.rng, frames(0.1)), 300) * decay(frames(0.1), 0.002, 0.02), made, 0, 2.0)
    return made


RECIPES = (
    Recipe(
        "footsteps",
        "footstep|step|walk|foot|run|boot|heel|jog|stroll|march|high heel|walk person|stair|climb stair",
        step,
        seconds=0.5,
        every_s=0.55,
        jitter=0.04,
        times=8,
        space="room",
    ),
    Recipe(
        "door slam",
        "door slam|slam|door|door close|door shut|car door|car door slam|gate slam|hatch close|bang",
        slam,
        seconds=1.8,
        every_s=1.6,
        space="room",
    ),
    Recipe(
        "door creak",
        "creak|squeak|door creak|hinge|floorboard|floor creak|creak open|stair creak|gate creak|squeaky",
        creak,
        seconds=3.2,
        every_s=3,
        space="room",
    ),
    Recipe(
        "door open",
        "door open|open door|gate open|cabinet open|drawer|drawer open|window open|door creak open",
        door_open,
        seconds=3.6,
        every_s=4,
        space="room",
    ),
    Recipe(
        "latch",
        "lock|latch|unlock|bolt|key turn|key lock|lock click|door lock|door unlock|handle",
        latch,
        seconds=0.6,
        every_s=0.9,
        space="room",
    ),
    Recipe(
        "knock",
        "knock|door knock|rap|wood block|tap door|pound door",
        knock,
        seconds=0.7,
        every_s=0.22,
        jitter=0.06,
        times=3,
        space="room",
    ),
)
