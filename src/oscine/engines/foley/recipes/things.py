# SPDX-License-Identifier: GPL-3.0-or-later
"""Feet, doors, things of wood, metal, glass and paper, and what happens when they meet."""

from __future__ import annotations

import numpy as np

from oscine.engines.foley.hand import Hand, Recipe
from oscine.engines.foley.primitives import (
    Sound,
    arch,
    band,
    decay,
    fade,
    frames,
    glide,
    high,
    low,
    modes,
    moving_band,
    noise,
    place,
    saturate,
    sprinkle,
    tone,
    widen,
)

_BODIES = {
    "wood": ((180, 1.0, 2.3, 3.9, 5.6, 7.7), 0.055),
    "metal": ((420, 1.0, 2.76, 5.4, 8.93, 13.3), 0.9),
    "glass": ((1900, 1.0, 2.1, 3.4, 4.6, 6.2), 0.22),
    "plastic": ((330, 1.0, 1.9, 3.1, 4.8, 6.1), 0.02),
    "stone": ((520, 1.0, 1.7, 2.9, 4.1, 6.3), 0.018),
    "ceramic": ((1200, 1.0, 1.9, 3.2, 4.9, 6.6), 0.09),
}
"""How a struck body of a material sounds: its lowest mode in hertz, ratios, and how long it rings, seconds."""
_SAME = {
    "tin": "metal",
    "steel": "metal",
    "iron": "metal",
    "concrete": "stone",
    "tile": "ceramic",
    "rock": "stone",
    "brick": "stone",
}

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


def struck(hand: Hand, material: str, seconds: float = 1.2, base: float = 1.0) -> Sound:
    """A body of that material, hit once."""
    (lowest, *ratios), ring = _BODIES[_SAME.get(material, material)]
    ring *= hand.stretch
    hertz = hand.around(lowest, 0.1) * hand.tune * base
    count = frames(min(seconds * hand.stretch, 9 * ring + 0.1))
    body = modes(
        count,
        [hertz * ratio * hand.around(1, 0.02) for ratio in ratios],
        [ring / ratio**0.6 for ratio in ratios],
        [hand.around(1, 0.4) / (1 + 0.5 * number) for number in range(len(ratios))],
    )
    return body + 0.8 * band(noise(hand.rng, count), hertz, 5000) * decay(count, 0.0005, 0.006)


def material_of(hand: Hand, otherwise: str) -> str:
    asked = hand.traits.material or otherwise
    return asked if _SAME.get(asked, asked) in _BODIES else otherwise


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
    ticks = np.diff(np.floor(np.cumsum(rate) / 44100), prepend=0)
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
    made = np.zeros(frames(0.9))
    for start in np.cumsum(hand.rng.exponential(0.08, 5)):
        place(
            struck(hand, "metal", 0.35, hand.rng.uniform(8, 12)) * 0.7,
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
    grains = [high(noise(hand.rng, 300), hand.rng.uniform(1200, 4500)) * decay(300, 0.0004, 0.0015) for _ in range(10)]
    flow = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, 9), hand.rng.random(9) ** 2)
    return fade(
        sprinkle(hand.rng, count, 900, grains, 0.9) * flow + 0.15 * high(noise(hand.rng, count), 3000) * flow,
        0.01,
        0.05,
    )


def page(hand: Hand) -> Sound:
    count = frames(hand.around(0.6))
    return moving_band(noise(hand.rng, count), glide(1500, 5200, 2400, count=count), 2.5) * arch(count, 0.6) ** 1.5


def tear(hand: Hand) -> Sound:
    count = frames(hand.around(0.9) / hand.pace)
    grains = [high(noise(hand.rng, 160), 1500) * decay(160, 0.0003, 0.0009) for _ in range(8)]
    return fade(
        sprinkle(hand.rng, count, 700, grains, 0.5)
        + 0.25 * moving_band(noise(hand.rng, count), glide(1800, 4800, count=count), 2),
        0.005,
        0.04,
    )


def zipper(hand: Hand) -> Sound:
    count = frames(hand.around(0.7) / hand.pace)
    rate = glide(60, 190, 120, count=count)
    ticks = np.diff(np.floor(np.cumsum(rate) / 44100), prepend=0)
    return (band(ticks, 1800, 7000) * 6 + 0.12 * high(noise(hand.rng, count), 3500)) * arch(count)


def scissors(hand: Hand) -> Sound:
    count = frames(0.22)
    made = moving_band(noise(hand.rng, count), glide(3200, 7500, count=count), 2) * arch(count, 0.7)
    place(struck(hand, "metal", 0.1, 9), made, 0.16, 0.4)
    return made


def saw_wood(hand: Hand) -> Sound:
    count = frames(0.42 / hand.pace)
    teeth = 0.5 + 0.5 * np.sign(np.sin(2 * np.pi * np.cumsum(glide(70, 140, 80, count=count)) / 44100))
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
        seconds=1,
        every_s=0.9,
        jitter=0.3,
        times=2,
        space="room",
    ),
    Recipe("keys", "key|keys|jingle|key jingle|keychain|spur", keys, seconds=0.7, every_s=0.5, jitter=0.3, times=3),
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
