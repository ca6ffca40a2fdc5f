# SPDX-License-Identifier: GPL-3.0-or-later
"""Glass, metal, blades, fists: what happens when things meet."""

from __future__ import annotations

import numpy as np

from oscine.engines.foley.hand import Hand, Recipe
from oscine.engines.foley.primitives import (
    Sound,
    arch,
    band,
    decay,
    frames,
    glide,
    high,
    low,
    moving_band,
    noise,
    place,
    saturate,
    tone,
)
from oscine.engines.foley.sources import material_of, struck


def shatter(hand: Hand) -> Sound:
    made = np.zeros(frames(2.0 * hand.stretch))
    burst = frames(0.3)
    place(high(noise(hand.rng, burst), 2200) * decay(burst, 0.0005, 0.035), made, 0, 1.2)
    for start in np.minimum(hand.rng.exponential(0.22, 46), 1.6):
        place(
            struck(hand, material_of(hand, "glass"), 0.4, hand.rng.uniform(0.9, 3.2)),
            made,
            float(start),
            0.4 * hand.rng.random() * np.exp(-start),
        )
    return high(made, 500)


def clink(hand: Hand) -> Sound:
    return struck(hand, material_of(hand, "glass"), 1.2, 1.2)


def clang(hand: Hand) -> Sound:
    made = struck(hand, "metal", 3.0)
    place(struck(hand, "metal", 1.0, 1.63), made, 0.004, 0.6)
    return made


def sword(hand: Hand) -> Sound:
    made = np.zeros(frames(1.6))
    for share in (1.0, 1.13):
        place(struck(hand, "metal", 1.4, 4.6 * share), made, 0)
    scrape = frames(0.25)
    place(moving_band(noise(hand.rng, scrape), glide(3000, 8000, count=scrape), 1.5) * arch(scrape), made, 0.03, 1.2)
    return high(made, 900)


def thud(hand: Hand) -> Sound:
    count = frames(0.7 * hand.stretch)
    drop = tone(glide(130 * hand.tune, 48 * hand.tune, count=count)) * decay(count, 0.003, 0.09 * hand.stretch)
    made = drop + 1.4 * low(noise(hand.rng, count), 500) * decay(count, 0.002, 0.025)
    if hand.traits.material:
        place(struck(hand, material_of(hand, "wood")), made, 0, 0.5)
    return made


def punch(hand: Hand) -> Sound:
    count = frames(0.28)
    return saturate(
        tone(glide(190, 60, count=count)) * decay(count, 0.002, 0.04) * 1.5
        + 2 * band(noise(hand.rng, count), 300, 2800) * decay(count, 0.001, 0.018),
        2,
    )


def crash(hand: Hand) -> Sound:
    made = np.zeros(frames(2.6 * hand.stretch))
    for start in np.sort(hand.rng.exponential(0.2, 16)):
        made_of = ("metal", "wood", "glass", "plastic", "ceramic")[int(hand.rng.integers(5))]
        if hand.traits.material:
            made_of = material_of(hand, made_of)
        place(struck(hand, made_of, 1.0, hand.rng.uniform(0.6, 1.8)), made, min(float(start), 1.4), np.exp(-start))
    burst = frames(0.8)
    place(saturate(low(noise(hand.rng, burst), 2500) * decay(burst, 0.002, 0.12), 2), made, 0, 1.5)
    return made


def coins(hand: Hand) -> Sound:
    made = np.zeros(frames(1.6))
    for start in np.cumsum(hand.rng.exponential(0.08, 5)):
        place(
            struck(hand, "metal", 0.9, hand.rng.uniform(8, 12)) * 0.7,
            made,
            float(min(start, 0.7)),
            hand.rng.uniform(0.3, 1),
        )
    return high(made, 2000)


def keys(hand: Hand) -> Sound:
    made = np.zeros(frames(0.5))
    for start in hand.rng.uniform(0, 0.35, 6):
        place(struck(hand, "metal", 0.2, hand.rng.uniform(6, 14)), made, float(start), hand.rng.random())
    return high(made, 1800)


RECIPES = (
    Recipe(
        "glass break",
        "glass break|glass shatter|shatter|break|window break|smash|bottle break|bottle smash|window smash|"
        "glass smash|plate break|vase break|dish break",
        shatter,
        seconds=2.4,
        every_s=2,
        space="room",
    ),
    Recipe(
        "clink",
        "clink|glass|glass clink|cheers|toast glass|cup|dish|plate|cutlery|bottle|spoon|fork|tableware|crystal",
        clink,
        seconds=1.2,
        every_s=0.7,
        jitter=0.4,
        times=2,
        space="room",
    ),
    Recipe(
        "metal clang",
        "metal|clang|metal hit|pipe|anvil|metallic|metal clang|metal bang|pan|pot|iron|steel|gong metal|"
        "metal impact|shield",
        clang,
        seconds=4,
        every_s=2,
        jitter=0.3,
        space="room",
    ),
    Recipe(
        "sword",
        "sword|blade|sword clash|sword fight|sword draw|knife|katana|dagger|sheath|knife sharpen|axe",
        sword,
        seconds=2,
        every_s=0.9,
        jitter=0.4,
        times=2,
    ),
    Recipe(
        "thud",
        "thud|fall|drop heavy|body fall|thump|hit ground|land|box fall|impact|hit|wood hit|object fall|bump|"
        "stomp|giant step",
        thud,
        seconds=1.2,
        every_s=1,
        space="room",
    ),
    Recipe(
        "punch",
        "punch|kick|fight|fist|hit face|body hit|slap face|punch face",
        punch,
        seconds=0.5,
        every_s=0.7,
        jitter=0.4,
        times=2,
    ),
    Recipe(
        "crash",
        "crash|car crash|collision|wreck|collapse|junk|clatter|metal crash|accident|dish crash|debris",
        crash,
        seconds=4,
        every_s=3,
        space="room",
    ),
    Recipe(
        "coins",
        "coin|money|coin drop|coin fall|cash|treasure|jingle coin|change",
        coins,
        seconds=1.6,
        every_s=0.9,
        jitter=0.3,
        times=2,
        space="room",
    ),
    Recipe("keys", "key|keys|jingle|key jingle|keychain|spur", keys, seconds=0.7, every_s=0.5, jitter=0.3, times=3),
)
