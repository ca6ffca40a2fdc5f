# SPDX-License-Identifier: GPL-3.0-or-later
"""Animals. Caricatures: a source that buzzes or hisses, through the resonances of a throat."""

from __future__ import annotations

import numpy as np

from oscine.engines.foley.hand import Hand, Recipe
from oscine.engines.foley.primitives import (
    RATE,
    Sound,
    arch,
    band,
    decay,
    frames,
    glide,
    harmonics,
    low,
    noise,
    place,
    saturate,
    saw,
    tone,
)
from oscine.engines.foley.sources import throat


def bark(hand: Hand) -> Sound:
    count = frames(hand.around(0.2) * hand.stretch)
    pitch = hand.around(330) * hand.tune
    made = throat(
        hand, glide(pitch * 0.7, pitch * 1.25, pitch * 0.6, count=count), [750 * hand.tune, 1500 * hand.tune, 2600], 0.5
    )
    return saturate(made, 3) * arch(count, 0.18)


def growl(hand: Hand) -> Sound:
    count = frames(hand.around(1.8) * hand.stretch)
    pitch = hand.around(70) * hand.tune
    rough = 0.6 + 0.4 * np.sin(2 * np.pi * 27 * np.arange(count) / RATE)
    return saturate(
        throat(hand, glide(pitch, pitch * 1.2, pitch * 0.9, count=count), [380, 900, 1900], 0.6) * rough, 4
    ) * arch(count)


def roar(hand: Hand) -> Sound:
    count = frames(hand.around(2.4) * hand.stretch)
    pitch = hand.around(95) * hand.tune
    rough = 0.55 + 0.45 * np.sin(2 * np.pi * np.cumsum(glide(33, 48, 26, count=count)) / RATE)
    voice = throat(hand, glide(pitch, pitch * 1.9, pitch * 0.7, count=count), [420, 850, 1700], 1.1)
    return saturate(voice * rough, 6) * arch(count, 0.2) + 0.25 * low(noise(hand.rng, count), 300) * arch(count, 0.2)


def howl(hand: Hand) -> Sound:
    count = frames(hand.around(2.8))
    pitch = hand.around(420, 0.1) * hand.tune
    path = glide(pitch * 0.6, pitch, pitch * 1.06, pitch, pitch * 0.65, count=count)
    path *= 1 + 0.008 * np.sin(2 * np.pi * 5.2 * np.arange(count) / RATE)
    return harmonics(np.cumsum(path) / RATE, (1, 0.45, 0.2, 0.07)) * arch(count, 0.3)


def meow(hand: Hand) -> Sound:
    count = frames(hand.around(0.75) * hand.stretch)
    pitch = hand.around(560) * hand.tune
    path = glide(pitch * 0.8, pitch * 1.25, pitch, pitch * 0.75, count=count)
    nasal = throat(hand, path, [900, 1900, 3400], 0.04)
    opened = throat(hand, path, [1250, 2500], 0.04)
    share = arch(count, 0.45)
    return (nasal * (1 - share) + opened * share) * arch(count, 0.3)


def purr(hand: Hand) -> Sound:
    pulse = (0.5 + 0.5 * np.sin(2 * np.pi * hand.phase(25 * hand.tune))) ** 3
    breath = 0.5 + 0.5 * np.sin(2 * np.pi * hand.phase(0.55 * hand.pace))
    return low(noise(hand.rng, hand.count), 700, 1) * pulse * (0.35 + 0.65 * breath)


def moo(hand: Hand) -> Sound:
    count = frames(hand.around(1.7))
    pitch = hand.around(125) * hand.tune
    return throat(hand, glide(pitch * 0.8, pitch, pitch * 1.1, pitch * 0.8, count=count), [320, 700, 2100], 0.1) * arch(
        count, 0.25
    )


def bleat(hand: Hand) -> Sound:
    count = frames(hand.around(0.9))
    pitch = hand.around(310) * hand.tune
    shake = 1 + 0.09 * np.sin(2 * np.pi * 9 * np.arange(count) / RATE)
    return throat(hand, glide(pitch, pitch * 1.1, pitch * 0.9, count=count) * shake, [700, 1500, 2600], 0.2) * arch(
        count, 0.15
    )


def oink(hand: Hand) -> Sound:
    count = frames(hand.around(0.3))
    pitch = hand.around(150) * hand.tune
    rough = 0.5 + 0.5 * np.sin(2 * np.pi * 38 * np.arange(count) / RATE)
    return saturate(throat(hand, glide(pitch, pitch * 1.8, pitch, count=count), [550, 1300], 1.0) * rough, 3) * arch(
        count
    )


def neigh(hand: Hand) -> Sound:
    count = frames(hand.around(1.5))
    pitch = hand.around(780) * hand.tune
    shake = 1 + 0.1 * np.sin(2 * np.pi * 11 * np.arange(count) / RATE)
    return throat(
        hand, glide(pitch * 0.8, pitch * 1.4, pitch * 0.9, pitch * 0.45, count=count) * shake, [1000, 2200, 3300], 0.4
    ) * arch(count, 0.15)


def rooster(hand: Hand) -> Sound:
    made = np.zeros(frames(2.2))
    pitch = 620 * hand.tune
    for start, length, bends in (
        (0, 0.18, (1, 1.2)),
        (0.25, 0.16, (1.2, 1.3)),
        (0.48, 0.3, (1.3, 1.6)),
        (0.85, 1.1, (1.7, 1.75, 1.0)),
    ):
        count = frames(length)
        place(
            throat(hand, glide(*(pitch * bend for bend in bends), count=count), [1400, 2600, 3800], 0.15)
            * arch(count, 0.2),
            made,
            start,
        )
    return made


def bird(hand: Hand) -> Sound:
    base = hand.around(3300, 0.25) * hand.tune
    made = np.zeros(frames(1.1))
    start = 0.0
    for _ in range(int(hand.rng.integers(2, 7))):
        count = frames(hand.rng.uniform(0.04, 0.14))
        bends = base * np.exp(hand.rng.uniform(-0.35, 0.35, 3))
        sung = np.cumsum(glide(*bends, count=count)) / RATE
        place(harmonics(sung, (1, 0.12, 0.04)) * arch(count), made, start, hand.rng.uniform(0.5, 1))
        start += count / RATE + hand.rng.uniform(0.01, 0.07)
    return made


def gull(hand: Hand) -> Sound:
    made = np.zeros(frames(1.8))
    pitch = hand.around(1050) * hand.tune
    for start in np.cumsum(hand.rng.uniform(0.25, 0.4, 3)) - 0.25:
        count = frames(0.3)
        place(
            throat(hand, glide(pitch, pitch * 1.5, pitch * 0.9, count=count), [2100, 3300], 0.1) * arch(count, 0.3),
            made,
            start,
        )
    return made


def crow(hand: Hand) -> Sound:
    count = frames(hand.around(0.38))
    pitch = hand.around(480) * hand.tune
    rough = 0.6 + 0.4 * np.sign(np.sin(2 * np.pi * 75 * np.arange(count) / RATE))
    return (
        throat(hand, glide(pitch, pitch * 1.1, pitch * 0.85, count=count), [1300, 2100], 0.5)
        * rough
        * arch(count, 0.15)
    )


def owl(hand: Hand) -> Sound:
    made = np.zeros(frames(1.7))
    pitch = hand.around(370, 0.08) * hand.tune
    for start, length in ((0.0, 0.3), (0.55, 0.16), (0.8, 0.65)):
        count = frames(length)
        place(
            harmonics(np.cumsum(glide(pitch, pitch * 1.05, pitch * 0.94, count=count)) / RATE, (1, 0.12)) * arch(count),
            made,
            start,
        )
    return made


def duck(hand: Hand) -> Sound:
    count = frames(hand.around(0.22))
    pitch = hand.around(240) * hand.tune
    return throat(hand, glide(pitch * 1.1, pitch, pitch * 0.9, count=count), [1100, 2300, 3200], 0.2) * arch(
        count, 0.15
    )


def cricket(hand: Hand) -> Sound:
    pitch = hand.shared(4200, 4900, 3) * hand.tune
    chirp = (np.sin(2 * np.pi * hand.phase(2.2 * hand.pace)) > 0.1) * np.maximum(
        np.sin(2 * np.pi * hand.phase(31)), 0
    ) ** 0.6
    second = (np.sin(2 * np.pi * hand.phase(1.7 * hand.pace)) > 0.3) * np.maximum(
        np.sin(2 * np.pi * hand.phase(28)), 0
    ) ** 0.6
    one = np.sin(2 * np.pi * hand.phase(pitch)) * low(chirp.astype(float), 300)
    other = np.sin(2 * np.pi * hand.phase(pitch * 1.07)) * low(second.astype(float), 300) * 0.6
    return np.stack((one + 0.3 * other, other + 0.3 * one), axis=1)


def bee(hand: Hand) -> Sound:
    pitch = hand.shared(190, 240, 4) * hand.tune
    path = hand.phase(lambda t: pitch * (1 + 0.05 * np.sin(2.1 * t) + 0.04 * np.sin(5.3 * t)))
    made = band(saw(path) + 0.5 * saw(path * 1.013), 150, 3800)
    sway = hand.slow(0.7, 5)
    return np.stack((made * (0.3 + sway), made * (1.3 - sway)), axis=1) * (0.5 + hand.slow(0.5, 6))[:, None]


def frog(hand: Hand) -> Sound:
    count = frames(hand.around(0.4))
    rough = np.maximum(np.sin(2 * np.pi * hand.around(34) * np.arange(count) / RATE), 0) ** 2
    croak: Sound = throat(hand, np.full(count, hand.around(170) * hand.tune), [600, 1400], 0.2) * rough * arch(count)
    return croak


def snake(hand: Hand) -> Sound:
    count = frames(hand.around(1.4))
    shake = 0.4 + 0.6 * (np.sin(2 * np.pi * 24 * hand.pace * np.arange(count) / RATE) > 0)
    return band(noise(hand.rng, count), 3500, 11000) * shake * arch(count, 0.3)


def wings(hand: Hand) -> Sound:
    count = frames(0.13 / hand.pace)
    return (band(noise(hand.rng, count), 180, 1800) * arch(count, 0.4)) * hand.around(1, 0.3)


def horse_gallop(hand: Hand) -> Sound:
    made = np.zeros(frames(0.5))
    for start in (0.0, 0.11, 0.23):
        count = frames(0.16)
        knock = (
            tone(glide(420, 210, count=count)) * decay(count, 0.001, 0.022)
            + low(noise(hand.rng, count), 500) * decay(count, 0.002, 0.03) * 2
        )
        place(knock, made, start / hand.pace, hand.around(1, 0.3))
    return made


RECIPES = (
    Recipe("dog", "dog|bark|dog bark|puppy|woof|hound|wolf bark", bark, seconds=0.5, every_s=0.55, jitter=0.5, times=4),
    Recipe("growl", "growl|snarl|dog growl|wolf growl|zombie|grunt", growl, seconds=3, every_s=2.4, jitter=0.3),
    Recipe(
        "roar",
        "roar|lion|lion roar|dragon|monster|dinosaur|bear|tiger|beast|creature|dragon roar|monster roar|bear roar",
        roar,
        seconds=5,
        every_s=4,
    ),
    Recipe(
        "howl",
        "howl|wolf|wolf howl|dog howl|coyote|werewolf",
        howl,
        seconds=4.2,
        every_s=4.4,
        jitter=0.3,
        space="outdoors",
    ),
    Recipe("cat", "cat|meow|kitten|cat meow|miaow", meow, seconds=1.2, every_s=1.5, jitter=0.3, times=2),
    Recipe("purr", "purr|cat purr|kitten purr", purr, is_texture=True),
    Recipe("cow", "cow|moo|cattle|bull|cow moo", moo, seconds=2.4, every_s=3, jitter=0.3),
    Recipe("sheep", "sheep|goat|lamb|bleat|sheep bleat", bleat, seconds=1.4, every_s=1.8, jitter=0.4, times=2),
    Recipe("pig", "pig|oink|hog|boar|pig grunt", oink, seconds=0.6, every_s=0.6, jitter=0.5, times=4),
    Recipe("horse", "horse|neigh|whinny|donkey|horse neigh", neigh, seconds=2.2, every_s=3),
    Recipe(
        "gallop",
        "gallop|hoof|horse gallop|hoofbeat|horse run|horse trot|trot|hooves",
        horse_gallop,
        seconds=0.8,
        every_s=0.46,
        jitter=0.03,
        times=12,
    ),
    Recipe(
        "rooster",
        "rooster|cock crow|cockerel|rooster crow|cock-a-doodle-doo|chicken|hen",
        rooster,
        seconds=2.4,
        every_s=4,
    ),
    Recipe(
        "bird",
        "bird|birdsong|chirp|tweet|songbird|bird sing|bird chirp|robin|sparrow|canary",
        bird,
        seconds=1.2,
        every_s=0.55,
        jitter=0.8,
        times=9,
        space="forest",
    ),
    Recipe(
        "gull", "gull|seagull|eagle|hawk|falcon|gull cry|eagle cry", gull, seconds=1.9, every_s=2.6, jitter=0.5, times=2
    ),
    Recipe("crow", "crow|raven|caw|crow caw", crow, seconds=0.6, every_s=0.8, jitter=0.4, times=3),
    Recipe("owl", "owl|hoot|owl hoot|dove|cuckoo|pigeon", owl, seconds=1.9, every_s=3, jitter=0.3, space="forest"),
    Recipe("duck", "duck|quack|goose|duck quack|honk goose", duck, seconds=0.4, every_s=0.4, jitter=0.4, times=5),
    Recipe(
        "cricket",
        "cricket|cicada|insect|grasshopper|night|cricket chirp|locust",
        cricket,
        is_texture=True,
        is_tonal=True,
        seconds=8,
        level_db=-3,
    ),
    Recipe(
        "bee",
        "bee|fly|mosquito|wasp|buzz insect|bee buzz|fly buzz|mosquito buzz|hornet|swarm|swarm bee",
        bee,
        is_texture=True,
        is_tonal=True,
        moves=True,
    ),
    Recipe("frog", "frog|toad|croak|ribbit|frog croak", frog, seconds=0.7, every_s=0.8, jitter=0.6, times=6),
    Recipe("snake", "snake|rattlesnake|snake hiss|rattle|hiss snake|rattlesnake rattle", snake, seconds=2, every_s=2),
    Recipe(
        "wings",
        "wing|flap|wing flap|bat|flutter|bird wing flap|wing beat",
        wings,
        seconds=0.25,
        every_s=0.16,
        jitter=0.1,
        times=10,
    ),
)
