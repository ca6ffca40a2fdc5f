# SPDX-License-Identifier: GPL-3.0-or-later
"""What hands do with paper, tools, cloth and switches."""

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
    high,
    low,
    moving_band,
    noise,
    place,
    sprinkle,
    tone,
    widen,
)
from oscine.engines.foley.sources import material_of, struck


def typing(hand: Hand) -> Sound:
    count = frames(0.09)
    press = band(noise(hand.rng, count), 1200, 5500) * decay(count, 0.0005, 0.004)
    made = press.copy()
    place(struck(hand, "plastic", 0.08, hand.rng.uniform(2, 3)), made, 0, 0.3)
    place(band(noise(hand.rng, count), 400, 2500) * decay(count, 0.0005, 0.007), made, 0.035, 0.5)
    return made


def typewriter(hand: Hand) -> Sound:
    made = np.zeros(frames(0.2))
    place(struck(hand, "metal", 0.12, 3.2) * 0.5, made, 0)
    place(band(noise(hand.rng, 2000), 700, 5000) * decay(2000, 0.0005, 0.008), made, 0, 1.2)
    return made


def paper(hand: Hand) -> Sound:
    count = frames(hand.around(0.9))
    grains = [
        band(noise(hand.rng, 300), hand.rng.uniform(1200, 4500), 9000) * decay(300, 0.0004, 0.0015) for _ in range(10)
    ]
    flow = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, 9), hand.rng.random(9) ** 2)
    return fade(
        sprinkle(hand.rng, count, 900, grains, 0.9) * flow + 0.15 * band(noise(hand.rng, count), 3000, 10000) * flow,
        0.01,
        0.05,
    )


def page(hand: Hand) -> Sound:
    count = frames(hand.around(0.6))
    return moving_band(noise(hand.rng, count), glide(1500, 5200, 2400, count=count), 2.5) * arch(count, 0.6) ** 1.5


def tear(hand: Hand) -> Sound:
    count = frames(hand.around(0.9) / hand.pace)
    grains = [band(noise(hand.rng, 160), 1500, 9000) * decay(160, 0.0003, 0.0009) for _ in range(8)]
    return fade(
        sprinkle(hand.rng, count, 700, grains, 0.5)
        + 0.25 * moving_band(noise(hand.rng, count), glide(1800, 4800, count=count), 2),
        0.005,
        0.04,
    )


def zipper(hand: Hand) -> Sound:
    count = frames(hand.around(0.7) / hand.pace)
    rate = glide(60, 190, 120, count=count)
    ticks = np.diff(np.floor(np.cumsum(rate) / RATE), prepend=0)
    return (band(ticks, 1800, 7000) * 6 + 0.12 * high(noise(hand.rng, count), 3500)) * arch(count)


def scissors(hand: Hand) -> Sound:
    count = frames(0.22)
    made = moving_band(noise(hand.rng, count), glide(3200, 7500, count=count), 2) * arch(count, 0.7)
    place(struck(hand, "metal", 0.1, 9), made, 0.16, 0.4)
    return made


def saw_wood(hand: Hand) -> Sound:
    count = frames(0.42 / hand.pace)
    teeth = 0.5 + 0.5 * np.sign(np.sin(2 * np.pi * np.cumsum(glide(70, 140, 80, count=count)) / RATE))
    return band(noise(hand.rng, count), 500, 4500) * teeth * arch(count)


def hammer(hand: Hand) -> Sound:
    made = struck(hand, "metal", 0.5, 3) * 0.35
    place(struck(hand, material_of(hand, "wood")), made, 0, 0.9)
    return made


def twig(hand: Hand) -> Sound:
    made = np.zeros(frames(0.25))
    for start in (0, *hand.rng.uniform(0.01, 0.08, 3)):
        place(
            band(noise(hand.rng, 900), 700, 6000) * decay(900, 0.0003, 0.004),
            made,
            float(start),
            hand.rng.uniform(0.4, 1),
        )
    return made


def switch(hand: Hand) -> Sound:
    made = np.zeros(frames(0.16))
    place(struck(hand, "plastic", 0.06, 6), made, 0)
    place(struck(hand, "plastic", 0.06, 4.5), made, 0.028, 0.6)
    return made


def cork(hand: Hand) -> Sound:
    count = frames(0.25)
    return tone(glide(420, 820, count=count) * hand.tune) * decay(count, 0.001, 0.022) + 0.5 * band(
        noise(hand.rng, count), 600, 5000
    ) * decay(count, 0.0005, 0.006)


def chain(hand: Hand) -> Sound:
    made = np.zeros(frames(1.0))
    for start in hand.rng.uniform(0, 0.8, 14):
        place(struck(hand, "metal", 0.16, hand.rng.uniform(3, 7)), made, float(start), hand.rng.uniform(0.2, 1))
    return made


def cloth(hand: Hand) -> Sound:
    count = frames(hand.around(0.5))
    return band(noise(hand.rng, count), 400, 3500, 1) * arch(count, 0.4) ** 2


def roll(hand: Hand) -> Sound:
    made = low(noise(hand.rng, hand.count), 350) * 2 + 0.6 * band(noise(hand.rng, hand.count), 500, 1800)
    return widen(hand.rng, made * (0.6 + 0.4 * np.sin(2 * np.pi * hand.phase(5.5 * hand.pace))), 0.3)


RECIPES = (
    Recipe(
        "typing",
        "type|keyboard|typing|keyboard type|computer type|mechanical keyboard|laptop",
        typing,
        seconds=0.2,
        every_s=0.16,
        jitter=0.6,
        times=24,
        space="room",
    ),
    Recipe(
        "typewriter",
        "typewriter|typewriter type",
        typewriter,
        seconds=0.3,
        every_s=0.18,
        jitter=0.5,
        times=18,
        space="room",
    ),
    Recipe(
        "paper",
        "paper|crumple|paper rustle|paper crumple|wrap paper|plastic bag|bag rustle|foil|wrapper|rustle",
        paper,
        seconds=1.3,
        every_s=1.1,
        jitter=0.3,
        times=2,
    ),
    Recipe(
        "page",
        "page|page turn|page flip|book|turn page|book page|map unfold|card shuffle|newspaper",
        page,
        seconds=0.9,
        every_s=1.4,
        jitter=0.3,
        times=2,
    ),
    Recipe("tear", "tear|rip|tear paper|paper tear|rip cloth|velcro|rip paper|tape", tear, seconds=1.2, every_s=1.5),
    Recipe("zipper", "zipper|zip|unzip", zipper, seconds=1, every_s=1.2),
    Recipe(
        "scissors", "scissor|snip|cut paper|haircut|shear", scissors, seconds=0.3, every_s=0.45, jitter=0.1, times=4
    ),
    Recipe(
        "saw",
        "handsaw|saw wood|saw|sawing|scrape|scratch|sand paper|file metal|drag",
        saw_wood,
        seconds=0.8,
        every_s=0.5,
        jitter=0.05,
        times=7,
        space="room",
    ),
    Recipe(
        "hammer",
        "hammer|nail|hammer nail|build|construction|forge|blacksmith|chisel",
        hammer,
        seconds=0.8,
        every_s=0.65,
        jitter=0.08,
        times=5,
        space="room",
    ),
    Recipe(
        "twig",
        "twig|branch|stick|twig snap|branch snap|bone|bone crack|wood crack|crack|branch break|bone break|"
        "neck crack|ice crack",
        twig,
        seconds=0.4,
        every_s=0.9,
        jitter=0.5,
        times=2,
    ),
    Recipe(
        "switch",
        "switch|light switch|click switch|mouse click|pen click|camera shutter|shutter|camera|mouse|lever|trigger",
        switch,
        seconds=0.2,
        every_s=0.6,
        jitter=0.3,
        times=2,
        space="room",
    ),
    Recipe(
        "cork",
        "cork|pop|champagne|bottle open|cork pop|balloon|balloon pop|can open|uncork",
        cork,
        seconds=0.4,
        every_s=1.2,
        space="room",
    ),
    Recipe(
        "chain",
        "chain|chain rattle|shackle|armor|armour|rattle metal|handcuff|dungeon chain",
        chain,
        seconds=1.3,
        every_s=1.1,
        jitter=0.4,
        times=2,
        space="room",
    ),
    Recipe(
        "cloth",
        "cloth|fabric|clothes|curtain|bedsheet|flag|cape|sail|cloth rustle|clothing",
        cloth,
        seconds=0.8,
        every_s=0.7,
        jitter=0.4,
        times=3,
    ),
    Recipe(
        "roll",
        "roll|bowl ball|skateboard|trolley|wheel|ball roll|marble roll|cart|bowl|suitcase|wagon|carriage",
        roll,
        is_texture=True,
        seconds=4,
        moves=True,
    ),
)
