# SPDX-License-Identifier: GPL-3.0-or-later
"""Engines, vehicles, tools, guns and explosions."""

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
    harmonics,
    high,
    low,
    modes,
    moving_low,
    noise,
    pink,
    place,
    saturate,
    saw,
    sprinkle,
    tone,
    widen,
)


def _motor(hand: Hand, firing_hz: float, bright_hz: float, rough: float = 0.35) -> Sound:
    """A piston engine: a row of small explosions through an exhaust. firing_hz: explosions a second."""
    base = hand.shared(0.93, 1.07, 1) * firing_hz * hand.tune * hand.pace**0.5
    strain = 0.3 * hand.force
    phase = hand.phase(lambda t: base * (1 + 0.03 * np.sin(1.9 * t) + 0.02 * np.sin(5.1 * t) + strain))
    pulse = np.exp(-6 * (phase % 1.0)) * (1 - rough + rough * np.sin(np.pi * phase) ** 2)
    burst = pulse * (0.7 + 0.6 * low(noise(hand.rng, hand.count), 1200))
    made = low(burst - burst.mean(), bright_hz) + 0.5 * harmonics(phase, (1, 0.6, 0.3, 0.2))
    return saturate(made, 1.5)


def car(hand: Hand) -> Sound:
    tyres = band(noise(hand.rng, hand.count), 250, 1600, 1) * (
        0.25 + 0.2 * hand.pace * (hand.traits.motion is not None)
    )
    return _motor(hand, 62, 1100) * 0.8 + tyres


def race_car(hand: Hand) -> Sound:
    return _motor(hand, 260, 5200, 0.15) + 0.1 * high(noise(hand.rng, hand.count), 800)


def truck(hand: Hand) -> Sound:
    return _motor(hand, 34, 800, 0.5) + 0.5 * low(noise(hand.rng, hand.count), 200)


def motorcycle(hand: Hand) -> Sound:
    return _motor(hand, 48, 2600, 0.7)


def engine_start(hand: Hand) -> Sound:
    count = frames(3.2)
    made = np.zeros(count)
    crank = frames(1.1)
    turning = np.sin(2 * np.pi * np.cumsum(glide(7, 9.5, count=crank)) / RATE)
    place(band(saw(np.cumsum(glide(95, 130, count=crank)) / RATE) * (0.6 + 0.4 * turning), 120, 2400), made, 0)
    run = frames(2.1)
    phase = np.cumsum(glide(70, 46, 38, 36, count=run) * hand.tune) / RATE
    firing = saturate(low(np.exp(-5 * (phase % 1)) - 0.2, 900) * 2 + 0.5 * np.sin(2 * np.pi * phase), 2)
    place(fade(high(firing, 25), 0.02, 0.6), made, 1.05)
    return made


def traffic(hand: Hand) -> Sound:
    sides = []
    for side in range(2):
        passing = np.maximum(hand.slow(0.35, 30 + side) - 0.35, 0) * 1.6
        road = band(pink(hand.rng, hand.count), 200, 1800, 1)
        sides.append(band(pink(hand.rng, hand.count), 35, 180) * 1.5 + road * (0.35 + passing))
    return np.stack(sides, axis=1)


def train(hand: Hand) -> Sound:
    beat = hand.phase(1.6 * hand.pace)
    bump = np.exp(-14 * (beat % 1.0)) + 0.8 * np.exp(-14 * ((beat - 0.17) % 1.0))
    rails = band(noise(hand.rng, hand.count), 120, 900) * (0.35 + 1.6 * bump)
    ring = band(noise(hand.rng, hand.count), 1900, 3200) * 0.08
    return widen(hand.rng, rails + ring + 1.2 * low(noise(hand.rng, hand.count), 110), 0.4)


def plane(hand: Hand) -> Sound:
    whine_hz = hand.shared(1900, 2500, 2) * hand.tune
    whine = 0.12 * np.sin(2 * np.pi * hand.phase(whine_hz)) + 0.06 * np.sin(2 * np.pi * hand.phase(whine_hz * 1.51))
    return low(pink(hand.rng, hand.count), 2600, 1) * (0.9 + 0.3 * hand.slow(0.7, 31)) + whine * 0.6


def propeller(hand: Hand) -> Sound:
    return _motor(hand, 85, 1600, 0.2) + 0.3 * low(pink(hand.rng, hand.count), 900)


def helicopter(hand: Hand) -> Sound:
    blade = hand.phase(11.5 * hand.pace**0.5 * hand.tune)
    chop = np.exp(-5 * (blade % 1.0)) * np.minimum(12 * (blade % 1.0), 1)
    rotor = low(noise(hand.rng, hand.count), 320) * chop * 6 + low(chop - 0.2, 130) * 2.5
    turbine = 0.08 * np.sin(2 * np.pi * hand.phase(2100.0)) + 0.15 * band(noise(hand.rng, hand.count), 900, 4000)
    return high(saturate(rotor, 1.2), 35) + turbine


def boat(hand: Hand) -> Sound:
    return high(_motor(hand, 21, 420, 0.6), 35) + 0.25 * band(noise(hand.rng, hand.count), 300, 2500) * (
        0.4 + hand.slow(0.5, 32)
    )


def rocket(hand: Hand) -> Sound:
    grown = np.clip(0.35 + hand.t / 3, 0, 1)
    made = low(noise(hand.rng, hand.count), 900, 1) * 2 + low(noise(hand.rng, hand.count), 90) * 5
    return widen(hand.rng, saturate(made * (0.8 + 0.5 * hand.slow(14, 33)), 1.1) * grown, 0.6)


def machine(hand: Hand) -> Sound:
    beat = hand.phase(3.2 * hand.pace)
    stamp = np.exp(-18 * (beat % 1.0))
    hum = harmonics(hand.phase(50 * hand.tune), (1, 0.7, 0.35, 0.3, 0.15, 0.12))
    return (
        0.35 * hum
        + low(noise(hand.rng, hand.count), 700) * stamp * 3
        + 0.1 * band(noise(hand.rng, hand.count), 1000, 4000)
    )


def fan(hand: Hand) -> Sound:
    blade = 0.75 + 0.25 * np.sin(2 * np.pi * hand.phase(23 * hand.pace))
    return band(pink(hand.rng, hand.count), 90, 2400, 1) * blade + 0.12 * harmonics(
        hand.phase(100 * hand.tune), (1, 0.4, 0.2)
    )


def vacuum(hand: Hand) -> Sound:
    return 0.35 * harmonics(hand.phase(230 * hand.tune), (1, 0.6, 0.5, 0.3, 0.3, 0.2)) + band(
        noise(hand.rng, hand.count), 400, 6000, 1
    )


def drill(hand: Hand) -> Sound:
    spin = hand.phase(lambda t: 185 * hand.tune * (1 + 0.05 * np.sin(3.0 * t)) * np.clip(0.6 + t, 0, 1))
    return low(saw(spin) + 0.4 * saw(spin * 7.03) + 0.6 * noise(hand.rng, hand.count) * (0.4 + 0.6 * (spin % 1)), 6000)


def chainsaw(hand: Hand) -> Sound:
    return saturate(_motor(hand, 115, 5500, 0.6) * 2 + 0.3 * high(noise(hand.rng, hand.count), 1500), 2)


def hum(hand: Hand) -> Sound:
    flicker = 0.9 + 0.1 * hand.slow(9, 34)
    return harmonics(hand.phase(100 * hand.tune), (0.8, 0.5, 0.2, 0.3, 0.08, 0.15)) * flicker + 0.02 * noise(
        hand.rng, hand.count
    )


def spark(hand: Hand) -> Sound:
    count = frames(hand.around(0.5))
    arc = np.sign(np.sin(2 * np.pi * 100 * np.arange(count) / RATE)) * noise(hand.rng, count)
    gate = np.repeat(hand.rng.random(count // 400 + 1) > 0.45, 400)[:count]
    return high(arc * low(gate.astype(float), 400), 1200) * decay(count, 0.001, 0.2)


def static(hand: Hand) -> Sound:
    crackle = [high(noise(hand.rng, 60), 1000) for _ in range(6)]
    return band(noise(hand.rng, hand.count), 300, 5000) * 0.5 + sprinkle(hand.rng, hand.count, 25, crackle, 0.9) * 1.5


def gunshot(hand: Hand) -> Sound:
    count = frames(1.5 * hand.stretch)
    snap = high(noise(hand.rng, count), 900) * decay(count, 0.0002, 0.012) * 2.2
    body = low(noise(hand.rng, count), 1300 * hand.tune) * decay(count, 0.0005, 0.06 * hand.stretch) * 3
    boom = tone(glide(140 * hand.tune, 45, count=count)) * decay(count, 0.001, 0.08) * 1.5
    tail = band(noise(hand.rng, count), 150, 1800) * decay(count, 0.02, 0.28) * 0.22
    return widen(hand.rng, saturate(snap + body + boom, 2.5) + tail, 0.3)


def reload(hand: Hand) -> Sound:
    made = np.zeros(frames(0.9))
    for start, hertz in ((0.0, 2100), (0.16, 1500), (0.5, 1800), (0.62, 1200)):
        count = frames(0.12)
        place(
            modes(count, (hertz, hertz * 2.3), (0.012, 0.008), (0.5, 0.4))
            + band(noise(hand.rng, count), 900, 6000) * decay(count, 0.0005, 0.008),
            made,
            start,
        )
    return made


def explosion(hand: Hand) -> Sound:
    seconds = min(hand.around(3.6) * hand.stretch, 7.5)
    count = frames(seconds)
    corner = 120 + 6000 * np.exp(-np.arange(count) / RATE / (0.28 * hand.stretch))
    sides = [moving_low(noise(hand.rng, count), corner) * decay(count, 0.003, seconds / 4) * 2.5 for _ in range(2)]
    deep = tone(glide(75 * hand.tune, 26, count=count)) * decay(count, 0.004, seconds / 6) * 1.8
    rubble = [band(noise(hand.rng, 1500), 300, 3500) * decay(1500, 0.0005, 0.008) for _ in range(8)]
    debris = sprinkle(hand.rng, count, 30, rubble, 0.9) * arch(count, 0.35) * 0.35
    return fade(saturate(np.stack(sides, axis=1) + (deep + debris)[:, None], 1.6), 0.0005, seconds * 0.35)


def firework(hand: Hand) -> Sound:
    made = np.zeros(frames(3.4))
    climb = frames(1.1)
    place(tone(glide(900, 2600, count=climb) * (1 + 0.02 * noise(hand.rng, climb))) * arch(climb, 0.8) * 0.25, made, 0)
    boom = frames(0.9)
    place(low(noise(hand.rng, boom), 900) * decay(boom, 0.001, 0.11) * 3, made, 1.2)
    sparks = [high(noise(hand.rng, 260), 1800) * decay(260, 0.0003, 0.0016) for _ in range(6)]
    shower = frames(1.8)
    place(sprinkle(hand.rng, shower, 110, sparks, 0.8) * decay(shower, 0.15, 0.5), made, 1.35, 0.9)
    return made


def skid(hand: Hand) -> Sound:
    count = frames(hand.around(1.5) * hand.stretch)
    path = glide(1050 * hand.tune, 900, 1150, 800, count=count) * (1 + 0.01 * low(noise(hand.rng, count), 60) * 10)
    squeal = saturate(
        harmonics(np.cumsum(path) / RATE, (1, 0.5, 0.4)) + 0.4 * band(noise(hand.rng, count), 700, 2500), 2
    )
    return squeal * arch(count, 0.15)


RECIPES = (
    Recipe(
        "car",
        "car|engine|vehicle|automobile|car engine|car idle|taxi|car drive|car pass|drive|motor|tractor car|sedan",
        car,
        is_texture=True,
        moves=True,
    ),
    Recipe(
        "race car",
        "race car|sports car|formula|race|racecar|rally|engine rev|rev",
        race_car,
        is_texture=True,
        moves=True,
    ),
    Recipe(
        "truck",
        "truck|bus|lorry|tractor|tank|bulldozer|diesel|diesel engine|truck pass|garbage truck|van",
        truck,
        is_texture=True,
        moves=True,
    ),
    Recipe(
        "motorcycle",
        "motorcycle|motorbike|bike|harley|scooter|moped|lawnmower|lawn mower",
        motorcycle,
        is_texture=True,
        moves=True,
    ),
    Recipe(
        "engine start",
        "engine start|car start|ignition|start engine|car engine start|start car|start car engine|truck start",
        engine_start,
        seconds=3.6,
        every_s=4,
    ),
    Recipe(
        "traffic",
        "traffic|highway|street|road|city traffic|city|rush hour|motorway|busy street",
        traffic,
        is_texture=True,
        seconds=8,
    ),
    Recipe(
        "train",
        "train|railway|locomotive|subway|tram|train pass|steam train|railroad|metro|train track",
        train,
        is_texture=True,
        seconds=8,
        moves=True,
    ),
    Recipe(
        "plane",
        "plane|jet|airplane|aircraft|jet engine|airliner|plane pass|jet pass|fighter jet|cabin airplane|turbine",
        plane,
        is_texture=True,
        moves=True,
    ),
    Recipe(
        "propeller",
        "propeller|propeller plane|biplane|small plane|drone copter|quadcopter|drone fly",
        propeller,
        is_texture=True,
        moves=True,
    ),
    Recipe("helicopter", "helicopter|chopper|rotor|helicopter pass", helicopter, is_texture=True, moves=True),
    Recipe(
        "boat",
        "boat|ship engine|motorboat|ferry|boat engine|submarine engine|tugboat",
        boat,
        is_texture=True,
        moves=True,
    ),
    Recipe(
        "rocket",
        "rocket|rocket launch|spacecraft launch|thruster|missile|launch|blast off|jetpack|afterburner",
        rocket,
        is_texture=True,
        seconds=7,
        moves=True,
    ),
    Recipe(
        "machine",
        "machine|factory|machinery|industrial|conveyor|printer|washing machine|press machine|robot factory|"
        "pump|generator",
        machine,
        is_texture=True,
    ),
    Recipe(
        "fan",
        "fan|ventilation|air conditioner|air condition|computer fan|ac|hair dryer|server room|vent|"
        "ventilator|room tone",
        fan,
        is_texture=True,
    ),
    Recipe("vacuum", "vacuum|vacuum cleaner|hoover|blender|mixer|leaf blower|dryer|dentist", vacuum, is_texture=True),
    Recipe(
        "drill",
        "drill|power drill|electric drill|jackhammer|sander|electric saw|circular saw|power tool|tattoo",
        drill,
        is_texture=True,
        seconds=4,
    ),
    Recipe("chainsaw", "chainsaw|chain saw", chainsaw, is_texture=True),
    Recipe(
        "electric hum",
        "hum|electric|electricity|transformer|buzz|electric hum|neon|electric buzz|power line|fridge|"
        "refrigerator|amplifier hum|fluorescent",
        hum,
        is_texture=True,
        is_tonal=True,
    ),
    Recipe(
        "spark",
        "spark|electric spark|zap|short circuit|taser|electric shock|shock|arc|electrocute",
        spark,
        seconds=0.8,
        every_s=0.5,
        jitter=0.8,
        times=4,
    ),
    Recipe(
        "static",
        "static|radio static|white noise|noise|tv static|interference|vinyl crackle|vinyl|record crackle",
        static,
        is_texture=True,
    ),
    Recipe(
        "gunshot",
        "gun|gunshot|shot|shoot|rifle|pistol|gunfire|shotgun|bullet|sniper|fire gun|gun shot|machine gun|"
        "revolver|firearm",
        gunshot,
        seconds=2.2,
        every_s=0.6,
        jitter=0.4,
    ),
    Recipe(
        "reload", "reload|gun reload|cock gun|gun cock|magazine|load gun|pump shotgun", reload, seconds=1, every_s=1.2
    ),
    Recipe(
        "explosion",
        "explosion|explode|blast|bomb|grenade|detonate|dynamite|boom|nuclear|cannon|artillery|mine explode",
        explosion,
        seconds=7.5,
        every_s=2.6,
        jitter=0.4,
    ),
    Recipe(
        "firework",
        "firework|firecracker|rocket firework|new year|pyrotechnic",
        firework,
        seconds=3.6,
        every_s=1.3,
        jitter=0.7,
        times=3,
        space="outdoors",
    ),
    Recipe(
        "skid",
        "skid|tire screech|tyre screech|screech|tire squeal|brake|tire skid|car brake|car skid|car screech|"
        "drift|brake squeal",
        skid,
        seconds=2,
        every_s=2.4,
    ),
)
