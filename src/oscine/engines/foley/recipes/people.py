# SPDX-License-Identifier: GPL-3.0-or-later
"""People, one by one and in crowds; nobody says a word."""

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
    fm,
    frames,
    glide,
    low,
    noise,
    place,
    saturate,
    saw,
    sprinkle,
    tone,
)
from oscine.engines.foley.sources import throat


def _melody(hand: Hand, pitch_hz: float, salt: int) -> Sound:
    """Phase of a voice that talks, cycles."""
    return hand.phase(lambda t: pitch_hz * (1 + 0.13 * np.sin(2.3 * t + salt) + 0.1 * np.sin(7.1 * t + 3 * salt)))


def babble(hand: Hand) -> Sound:
    """A crowd: many throats at once, no word to be heard."""
    sides = []
    people = 5
    for side in range(2):
        made = np.zeros(hand.count)
        for person in range(people):
            salt = 20 + person + 10 * side
            pitch = hand.shared(95, 260, salt)
            speech = np.maximum(hand.slow(5.0, salt) - 0.3, 0) * (hand.slow(0.6, salt + 30) > 0.35)
            move = hand.slow(3.1, salt + 60)
            voice = saw(_melody(hand, pitch, salt)) * low(speech, 20, 1)
            made += band(voice, 350 + 120 * person, 1500 + 150 * person, 1) * (0.6 + move)
        sides.append(made + (0.12 + 0.1 * hand.force) * band(noise(hand.rng, hand.count), 250, 2200))
    return np.stack(sides, axis=1)


def cheer(hand: Hand) -> Sound:
    sides = []
    for side in range(2):
        made = 0.9 * band(noise(hand.rng, hand.count), 700, 2800) * (0.7 + 0.5 * hand.slow(1.2, 80 + side))
        for person in range(6):
            salt = 90 + person + 10 * side
            pitch = hand.shared(280, 620, salt)
            voice = saw(hand.phase(lambda t, p=pitch, s=salt: p * (1 + 0.12 * np.sin(1.3 * t + s))))  # type: ignore[misc]
            made += band(voice, 800, 2400, 1) * np.maximum(hand.slow(0.9, salt) - 0.35, 0) * 1.2
        sides.append(made)
    return np.stack(sides, axis=1)


def applause(hand: Hand) -> Sound:
    claps = []
    for _ in range(24):
        count = frames(0.05)
        centre = hand.rng.uniform(800, 2600)
        claps.append(band(noise(hand.rng, count), centre / 1.7, centre * 1.7) * decay(count, 0.0006, 0.008))
    people = hand.traits.number or 60 + 140 * hand.force
    sides = [sprinkle(hand.rng, hand.count, 2.3 * people * 0.8, claps, 0.8) for _ in range(2)]
    return np.stack(sides, axis=1) * (0.9 + 0.2 * hand.slow(0.8, 15))[:, None]


def clap(hand: Hand) -> Sound:
    count = frames(0.12)
    return band(noise(hand.rng, count), 700, 3500) * decay(count, 0.0006, 0.012)


def scream(hand: Hand) -> Sound:
    count = frames(hand.around(1.4) * hand.stretch)
    pitch = hand.around(850) * hand.tune
    return saturate(
        throat(hand, glide(pitch * 0.8, pitch * 1.3, pitch * 1.15, pitch * 0.8, count=count), [1200, 2300, 3500], 0.3),
        2,
    ) * arch(count, 0.1)


def breath(hand: Hand) -> Sound:
    count = frames(hand.around(1.3) / hand.pace)
    return band(noise(hand.rng, count), 500, 3500 + 1000 * hand.rng.random(), 1) * arch(count, 0.45)


def cough(hand: Hand) -> Sound:
    count = frames(hand.around(0.33))
    voice = throat(hand, glide(190 * hand.tune, 120 * hand.tune, count=count), [650, 1300, 2500], 2.5)
    return saturate(voice, 2) * decay(count, 0.01, 0.08)


def sneeze(hand: Hand) -> Sound:
    made = np.zeros(frames(0.9))
    count = frames(0.3)
    place(band(noise(hand.rng, count), 900, 3000) * arch(count, 0.8), made, 0, 0.3)
    place(band(noise(hand.rng, count), 1200, 9000) * decay(count, 0.006, 0.07), made, 0.38)
    return made


def snore(hand: Hand) -> Sound:
    count = frames(hand.around(1.6))
    pulse = np.maximum(np.sin(2 * np.pi * 29 * hand.tune * np.arange(count) / RATE), 0) ** 2
    return band(noise(hand.rng, count), 90, 900) * (0.2 + pulse) * arch(count, 0.6)


def heartbeat(hand: Hand) -> Sound:
    count = frames(0.7)
    made = np.zeros(count)
    beat = tone(glide(62, 40, count=frames(0.2))) * decay(frames(0.2), 0.006, 0.05)
    place(beat, made, 0, 1.0)
    place(beat, made, 0.24 / hand.pace**0.5, 0.65)
    return made + 0.05 * low(noise(hand.rng, count), 120) * arch(count)


def whistle(hand: Hand) -> Sound:
    count = frames(hand.around(0.9))
    pitch = hand.around(1500) * hand.tune
    return fm(glide(pitch, pitch * 1.5, pitch * 0.9, count=count), 1, 0.05) * arch(count, 0.15) + 0.03 * band(
        noise(hand.rng, count), 1000, 4000
    )


def kiss(hand: Hand) -> Sound:
    count = frames(0.16)
    return (
        band(noise(hand.rng, count), 1400, 4500) * arch(count, 0.8) ** 2
        + tone(glide(1300, 2300, count=count)) * arch(count, 0.85) ** 3
    )


def chew(hand: Hand) -> Sound:
    grains = [band(noise(hand.rng, 500), 900, 5500) * decay(500, 0.0005, 0.004) for _ in range(8)]
    count = frames(0.28)
    return fade(sprinkle(hand.rng, count, 130, grains, 0.9) * arch(count), 0.002, 0.02)


def burp(hand: Hand) -> Sound:
    count = frames(hand.around(0.55) * hand.stretch)
    pitch = hand.around(92) * hand.tune
    rough = 0.45 + 0.55 * np.maximum(np.sin(2 * np.pi * hand.around(31) * np.arange(count) / RATE), 0)
    voice = throat(hand, glide(pitch * 0.8, pitch * 1.25, pitch * 0.75, count=count), [430, 900, 2300], 0.5)
    return saturate(voice * rough, 4) * arch(count, 0.2)


def fart(hand: Hand) -> Sound:
    count = frames(hand.around(0.8) * hand.stretch)
    bends = hand.rng.uniform(0.75, 1.3, 5) * hand.around(95) * hand.tune
    flutter = glide(*bends, count=count) * (1 + 0.3 * low(noise(hand.rng, count), 30) * 8)
    buzz = (0.5 + 0.5 * saw(np.cumsum(flutter) / RATE)) ** 3 * (0.8 + 0.4 * noise(hand.rng, count))
    return saturate(band(buzz, 120, 900, 1) + 0.3 * band(buzz, 900, 3200, 1), 3) * arch(count, 0.12)


RECIPES = (
    Recipe(
        "crowd",
        "crowd|murmur|chatter|people|people talk|crowd murmur|crowd talk|babble|restaurant|audience|voice",
        babble,
        is_texture=True,
        seconds=8,
        space="hall",
    ),
    Recipe(
        "cheer",
        "cheer|crowd cheer|stadium|fan cheer|crowd roar|hooray|audience cheer|celebrate",
        cheer,
        is_texture=True,
        seconds=6,
        space="hall",
    ),
    Recipe(
        "applause",
        "applause|applaud|audience clap|crowd clap|ovation|people clap|audience applaud|crowd applause|"
        "audience applause|crowd applaud",
        applause,
        is_texture=True,
        seconds=6,
        space="hall",
    ),
    Recipe(
        "clap",
        "clap|handclap|hand clap|slap|smack|snap|finger snap",
        clap,
        seconds=0.3,
        every_s=0.5,
        jitter=0.08,
        times=3,
        space="room",
    ),
    Recipe("scream", "scream|shriek|yell|shout|banshee|woman scream|man scream|cry", scream, seconds=2.4, every_s=2.5),
    Recipe(
        "breath",
        "breath|breathe|pant|sigh|inhale|exhale|heavy breath|gasp",
        breath,
        seconds=1.8,
        every_s=1.7,
        jitter=0.1,
        times=4,
    ),
    Recipe(
        "cough", "cough|clear throat|throat clear", cough, seconds=0.6, every_s=0.6, jitter=0.3, times=2, space="room"
    ),
    Recipe("sneeze", "sneeze|achoo|sniff", sneeze, seconds=1, every_s=1.6, space="room"),
    Recipe("snore", "snore|sleep|man snore", snore, seconds=2.2, every_s=3, jitter=0.05, times=2, space="room"),
    Recipe("heartbeat", "heartbeat|heart|pulse|heart beat", heartbeat, seconds=0.9, every_s=0.85, jitter=0.01, times=7),
    Recipe(
        "whistle",
        "whistle|wolf whistle|man whistle|tea kettle|kettle|kettle whistle",
        whistle,
        seconds=1.4,
        every_s=1.4,
        jitter=0.2,
    ),
    Recipe("kiss", "kiss|smooch", kiss, seconds=0.3, every_s=0.7, jitter=0.2),
    Recipe(
        "chew",
        "chew|eat|crunch|bite|munch|apple bite|eat chip|crunch apple",
        chew,
        seconds=0.4,
        every_s=0.5,
        jitter=0.15,
        times=5,
    ),
    Recipe("burp", "burp|belch|hiccup", burp, seconds=1, every_s=1.5),
    Recipe("fart", "fart|whoopee cushion", fart, seconds=1.4, every_s=1.6),
)
