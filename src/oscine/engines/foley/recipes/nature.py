# SPDX-License-Identifier: GPL-3.0-or-later
"""Weather, water, fire."""

from __future__ import annotations

import numpy as np

from oscine.engines.foley.hand import Hand, Recipe
from oscine.engines.foley.primitives import (
    RATE,
    Sound,
    band,
    decay,
    fade,
    frames,
    glide,
    high,
    low,
    moving_band,
    noise,
    pink,
    place,
    saturate,
    sprinkle,
    tone,
    widen,
)

_ROOFS = {"metal": (900, 4200, 0.05), "tin": (900, 4200, 0.05), "wood": (200, 900, 0.02), "glass": (1800, 5200, 0.02)}
"""What drops fall on: lowest and highest pitch, hertz, and how long it rings, seconds."""


def _drops(hand: Hand, low_hz: float, high_hz: float, ring_s: float, count: int = 20) -> list[Sound]:
    drops = []
    for _ in range(count):
        size = frames(min(0.15, 6 * ring_s))
        hertz = np.exp(hand.rng.uniform(np.log(low_hz), np.log(high_hz)))
        path = hertz * (1 + 0.25 * np.linspace(0, 1, size))
        drops.append(tone(path) * decay(size, 0.0005, ring_s * hand.rng.uniform(0.6, 1.4)))
    return drops


def rain(hand: Hand) -> Sound:
    heavy = hand.force
    lows, highs, ring = _ROOFS.get(hand.traits.material or "", (1400, 7000, 0.0025))
    sides = []
    for _ in range(2):
        hiss = band(noise(hand.rng, hand.count), 1000 - 500 * heavy, 6000 + 6000 * heavy)
        falls = sprinkle(hand.rng, hand.count, 60 + 700 * heavy, _drops(hand, lows, highs, ring, 32))
        patter = 0.9 - 0.5 * heavy if ring < 0.01 else 1.1
        sides.append((0.12 + 0.5 * heavy) * hiss + patter * falls)
    return np.stack(sides, axis=1) * (0.85 + 0.3 * hand.slow(0.4, 1))[:, None]


def drizzle_drip(hand: Hand) -> Sound:
    count = frames(0.35)
    hertz = hand.around(1100, 0.3) * hand.tune
    drop = tone(glide(hertz * 0.7, hertz * 1.7, count=count)) * decay(count, 0.003, 0.035)
    return drop + 0.3 * high(noise(hand.rng, count), 2500) * decay(count, 0.001, 0.006)


def thunder(hand: Hand) -> Sound:
    seconds = hand.around(5.5, 0.2) * hand.stretch
    count = frames(min(seconds, 9.0))
    t = np.arange(count) / RATE
    far = hand.traits.distance
    crack = np.zeros(count)
    for start in np.sort(hand.rng.uniform(0.02, 0.5, 5)):
        place(
            high(noise(hand.rng, frames(0.5)), 150) * decay(frames(0.5), 0.002, 0.07), crack, start, hand.rng.random()
        )
    rolls = np.zeros(count)
    for _ in range(12):
        centre, width = hand.rng.uniform(0.1, seconds * 0.6), hand.rng.uniform(0.12, 0.6)
        rolls += hand.rng.uniform(0.2, 1) * np.exp(-(((t - centre) / width) ** 2))
    rolls *= np.exp(-t / (seconds / 3))
    sides = [low(noise(hand.rng, count), 110 - 30 * far, 3) * 9 + low(noise(hand.rng, count), 320) for _ in range(2)]
    rumble = np.stack(sides, axis=1) * rolls[:, None]
    clap = (1.3 * (0.5 + hand.force) * (1 - far) ** 2) * crack
    return fade(rumble + clap[:, None], 0.002 + 0.5 * far, seconds * 0.3)


def wind(hand: Hand) -> Sound:
    gust = hand.slow(0.35 * hand.pace, 2)
    base = (320 + 260 * hand.force) * hand.tune
    sides = []
    for side in range(2):
        howl = moving_band(pink(hand.rng, hand.count), base * (0.6 + 1.3 * hand.slow(0.4, 3 + side)), 1.5)
        air = band(noise(hand.rng, hand.count), 300, 2500) * 0.12
        sides.append((howl * 2 + air) * (0.25 + gust * (0.5 + hand.force)))
    return np.stack(sides, axis=1)


def leaves(hand: Hand) -> Sound:
    gust = (0.2 + hand.slow(0.5, 4)) * (0.6 + hand.force)
    grains = [band(noise(hand.rng, 400), 2500, 9000) * decay(400, 0.001, 0.002) for _ in range(8)]
    made = sprinkle(hand.rng, hand.count, 500, grains) + 0.35 * band(noise(hand.rng, hand.count), 2500, 9000)
    return widen(hand.rng, made * gust, 0.7)


def _breaker(cycles: Sound) -> Sound:
    """How strong a wave is: it comes slowly, breaks, and runs out on the sand."""
    part = cycles % 1.0
    running_out = np.exp(-4 * np.maximum(part - 0.5, 0)) * np.minimum((1 - part) / 0.2, 1)
    strength: Sound = np.minimum(part / 0.5, 1) ** 3 * running_out
    return strength


def ocean(hand: Hand) -> Sound:
    waves = _breaker(hand.phase(0.15 * hand.pace) + 0.25) + 0.6 * _breaker(hand.phase(0.11 * hand.pace) + 0.7)
    sides = []
    for side in range(2):
        swell = 0.85 * waves + 0.25 * hand.slow(0.6, 6 + side)
        body = low(noise(hand.rng, hand.count), 420, 1) * 2.4
        foam = band(noise(hand.rng, hand.count), 600, 5500) * 0.32
        sides.append(body * (0.15 + 0.6 * swell) + foam * swell**1.5 * (0.5 + hand.force))
    return np.stack(sides, axis=1)


def stream(hand: Hand) -> Sound:
    bubbles = _drops(hand, 450 * hand.tune, 2200 * hand.tune, 0.012, 28)
    sides = [
        0.55 * sprinkle(hand.rng, hand.count, 110 * hand.pace, bubbles, 0.8)
        + (0.12 + 0.3 * hand.force) * band(noise(hand.rng, hand.count), 400, 4500)
        for _ in range(2)
    ]
    return np.stack(sides, axis=1)


def waterfall(hand: Hand) -> Sound:
    sides = [
        low(pink(hand.rng, hand.count), 6000, 1) * (0.9 + 0.2 * hand.slow(0.8, 8 + i))
        + 0.5 * band(noise(hand.rng, hand.count), 150, 900)
        for i in range(2)
    ]
    return np.stack(sides, axis=1)


def bubbles(hand: Hand) -> Sound:
    grains = []
    for _ in range(24):
        size = frames(0.09)
        hertz = np.exp(hand.rng.uniform(np.log(220), np.log(900))) * hand.tune
        grains.append(tone(glide(hertz, hertz * 1.6, count=size)) * decay(size, 0.006, 0.02))
    made = sprinkle(hand.rng, hand.count, 22 * hand.pace * (0.5 + hand.force), grains)
    return widen(hand.rng, made + 0.02 * low(noise(hand.rng, hand.count), 600), 0.4)


def splash(hand: Hand) -> Sound:
    count = frames(hand.around(1.6) * hand.stretch)
    burst = band(noise(hand.rng, count), 300, 6500) * decay(count, 0.02, 0.16 * hand.stretch)
    thump = low(noise(hand.rng, count), 160) * decay(count, 0.004, 0.07) * 5 * hand.force
    falls = sprinkle(hand.rng, count, 160, _drops(hand, 500, 3000, 0.01)) * decay(count, 0.2, 0.35) * 0.7
    return widen(hand.rng, fade(burst + thump + falls, 0, 0.2), 0.5)


def pour(hand: Hand) -> Sound:
    filling = np.clip(hand.t / 6, 0, 1)
    gurgle = sprinkle(hand.rng, hand.count, 60, _drops(hand, 350, 1500, 0.014, 24), 0.9)
    stream_ = moving_band(noise(hand.rng, hand.count), (500 + 1300 * filling) * hand.tune, 1.6) * 0.9
    return gurgle * 0.7 + stream_ + 0.06 * high(noise(hand.rng, hand.count), 2000)


def shower(hand: Hand) -> Sound:
    sides = [
        band(noise(hand.rng, hand.count), 700, 9000)
        + 0.5 * sprinkle(hand.rng, hand.count, 260, _drops(hand, 900, 3500, 0.004))
        for _ in range(2)
    ]
    return np.stack(sides, axis=1)


def fire(hand: Hand) -> Sound:
    cracks = []
    for _ in range(16):
        size = frames(hand.rng.uniform(0.004, 0.03))
        lowest = hand.rng.uniform(400, 2000)
        cracks.append(band(noise(hand.rng, size), lowest, 3 * lowest, 1) * decay(size, 0.0003, size / RATE / 4))
    roar = low(noise(hand.rng, hand.count), 240, 1) * (0.8 + 1.4 * hand.slow(3, 9)) * (0.5 + 1.1 * hand.force)
    hiss = high(noise(hand.rng, hand.count), 3000) * 0.03
    crackle = sprinkle(hand.rng, hand.count, 9 + 16 * hand.force, cracks, 0.9) * 1.1
    return widen(hand.rng, roar + hiss + crackle, 0.4)


def steam(hand: Hand) -> Sound:
    count = frames(hand.around(2.0) * hand.stretch)
    return fade(band(noise(hand.rng, count), 2500 * hand.tune, 11000 * hand.tune), 0.03, 0.9) * decay(count, 0.05, 1.2)


def hail(hand: Hand) -> Sound:
    grains = [
        band(noise(hand.rng, 500), 1200, 6000) * decay(500, 0.0003, 0.003)
        + tone(np.full(500, hz)) * decay(500, 0.0003, 0.004)
        for hz in hand.rng.uniform(1500, 4500, 12)
    ]
    sides = [sprinkle(hand.rng, hand.count, 120 + 300 * hand.force, grains, 0.8) for _ in range(2)]
    return np.stack(sides, axis=1) + 0.02 * noise(hand.rng, hand.count)[:, None]


def earthquake(hand: Hand) -> Sound:
    shake = 0.4 + hand.slow(5, 10)
    rubble = [low(noise(hand.rng, 1800), 900) * decay(1800, 0.001, 0.01) for _ in range(10)]
    made = saturate(low(noise(hand.rng, hand.count), 65, 3) * 12 * shake, 0.8) * 1.5
    return widen(hand.rng, made + 0.5 * sprinkle(hand.rng, hand.count, 18, rubble), 0.6)


def lava(hand: Hand) -> Sound:
    blobs = []
    for _ in range(12):
        size = frames(0.3)
        hertz = hand.rng.uniform(50, 140)
        blobs.append(tone(glide(hertz, hertz * 1.9, count=size)) * decay(size, 0.05, 0.06))
    return widen(hand.rng, sprinkle(hand.rng, hand.count, 7, blobs) + 0.8 * low(noise(hand.rng, hand.count), 150), 0.4)


RECIPES = (
    Recipe("rain", "rain|downpour|raindrop|rainfall|drizzle|shower rain", rain, is_texture=True, seconds=8),
    Recipe(
        "drip",
        "drip|water drop|drop|faucet drip|leak",
        drizzle_drip,
        seconds=0.5,
        every_s=0.8,
        jitter=0.3,
        times=6,
        space="room",
    ),
    Recipe(
        "thunder",
        "thunder|thunderclap|lightning|lightning strike|thunderstorm rumble",
        thunder,
        seconds=9,
        every_s=7,
        jitter=0.4,
    ),
    Recipe(
        "wind",
        "wind|breeze|gust|gale|draft|wind howl|howl wind|blizzard|wind blow|sandstorm",
        wind,
        is_texture=True,
        seconds=8,
    ),
    Recipe("leaves", "leaves|leaf rustle|leaf|foliage|tree rustle|bush|tree sway", leaves, is_texture=True, seconds=6),
    Recipe("ocean", "ocean|sea|wave|surf|wave crash|tide|shore|seaside", ocean, is_texture=True, seconds=10),
    Recipe(
        "stream",
        "stream|brook|creek|river|babble|water flow|water|fountain|water run",
        stream,
        is_texture=True,
        seconds=8,
    ),
    Recipe("waterfall", "waterfall|rapids|cascade|flood", waterfall, is_texture=True, seconds=8),
    Recipe(
        "bubbles",
        "bubble|boil|boil water|gurgle|aquarium|diver|underwater bubble|cauldron",
        bubbles,
        is_texture=True,
        seconds=6,
    ),
    Recipe("splash", "splash|plunge|water splash|dive|dive water|puddle", splash, seconds=2.5, every_s=2.2, jitter=0.4),
    Recipe(
        "pour",
        "pour|pour water|fill glass|fill|pee|pour drink|water pour",
        pour,
        is_texture=True,
        seconds=4,
        space="room",
    ),
    Recipe(
        "shower",
        "shower|tap|faucet|sprinkler|hose|shower run|tap run",
        shower,
        is_texture=True,
        seconds=6,
        space="bathroom",
    ),
    Recipe(
        "fire",
        "fire|campfire|fireplace|flame|burn|fire crackle|crackle|bonfire|torch",
        fire,
        is_texture=True,
        seconds=8,
    ),
    Recipe(
        "steam",
        "steam|hiss|air release|pressure release|spray|aerosol|sizzle|frying|fry|gas leak",
        steam,
        seconds=3,
        every_s=2.5,
    ),
    Recipe("hail", "hail|hailstorm|hailstone|sleet", hail, is_texture=True, seconds=8),
    Recipe(
        "earthquake",
        "earthquake|quake|rumble|avalanche|landslide|tremor|rockslide",
        earthquake,
        is_texture=True,
        seconds=7,
    ),
    Recipe("lava", "lava|volcano|magma|mud bubble|swamp", lava, is_texture=True, seconds=8),
)
