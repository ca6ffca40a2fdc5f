# SPDX-License-Identifier: GPL-3.0-or-later
"""Bells, clocks, sirens and horns."""

from __future__ import annotations

import numpy as np

from oscine.engines.foley.hand import Hand, Recipe
from oscine.engines.foley.primitives import (
    RATE,
    Sound,
    arch,
    decay,
    fade,
    frames,
    glide,
    harmonics,
    high,
    low,
    modes,
    noise,
    place,
    saturate,
    saw,
)

_BELL = (0.5, 1.0, 1.183, 1.506, 2.0, 2.514, 2.662, 3.011, 4.166)
"""Partials of a church bell against its strike note. Source: Fletcher & Rossing 1998, chapter 21."""


def chime(hertz: float, seconds: float, ring_s: float) -> Sound:
    """A bar or a small bell that is struck."""
    rings_s = [ring_s, ring_s / 2.5, ring_s / 6]
    return fade(modes(frames(seconds), [hertz * r for r in (1, 2.76, 5.4)], rings_s, (1, 0.4, 0.15)), 0, seconds / 3)


def bell(hand: Hand) -> Sound:
    hertz = hand.around(520, 0.06) * hand.tune
    ring = 2.6 * hand.stretch
    count = frames(min(6.0 * hand.stretch, 8.5))
    body = modes(
        count,
        [hertz * r for r in _BELL],
        [ring / r**0.8 for r in _BELL],
        (0.5, 0.9, 0.5, 0.35, 0.8, 0.3, 0.25, 0.25, 0.2),
    )
    clapper = frames(0.06)
    body[:clapper] += 0.4 * high(noise(hand.rng, clapper), 2500) * decay(clapper, 0.0005, 0.006)
    return fade(body, 0.0005, 0.5)


def small_bell(hand: Hand) -> Sound:
    return chime(hand.around(2100, 0.06) * hand.tune, 1.8, 0.5)


def gong(hand: Hand) -> Sound:
    count = frames(8.0)
    hertz = 88 * hand.tune
    ratios = np.sort(hand.rng.uniform(1, 14, 26))
    swell = np.minimum(np.arange(count) / RATE / 0.35, 1)
    bright = modes(count, (hertz * ratios).tolist(), (3.2 / ratios**0.5).tolist(), (1 / ratios**0.4).tolist())
    return fade(bright * (0.35 + 0.65 * swell) + modes(count, (hertz,), (3.5,), (1.5,)), 0.002, 1.0)


def wind_chime(hand: Hand) -> Sound:
    scale = (1, 9 / 8, 5 / 4, 3 / 2, 5 / 3, 2)
    return chime(hand.tune * 1250 * scale[int(hand.rng.integers(len(scale)))], 2.5, 0.9) * hand.around(0.8, 0.5)


def tick(hand: Hand) -> Sound:
    count = frames(0.07)
    hertz = hand.around(2600, 0.05) * hand.tune
    return modes(count, (hertz, hertz * 1.7, hertz * 2.9), (0.006, 0.004, 0.003), (1, 0.6, 0.4)) + 0.3 * high(
        noise(hand.rng, count), 3000
    ) * decay(count, 0.0003, 0.002)


def cuckoo_strike(hand: Hand) -> Sound:
    hertz = [hand.tune * 260 * r for r in (1, 2.1, 3.2, 4.9)]
    return fade(modes(frames(3.0), hertz, (1.3, 0.7, 0.4, 0.2), (1, 0.5, 0.3, 0.2)), 0, 1.0)


def alarm_bell(hand: Hand) -> Sound:
    count = frames(1.6)
    made = np.zeros(count)
    strike = chime(1650 * hand.tune, 0.25, 0.12)
    for start in np.arange(0, 1.4, 0.045):
        place(strike, made, float(start), 0.6 + 0.2 * hand.rng.random())
    return fade(made, 0.001, 0.1)


def telephone(hand: Hand) -> Sound:
    count = frames(1.9)
    made = np.zeros(count)
    for start in np.arange(0, 1.8, 0.05):
        place(chime((1350, 1720)[int(start / 0.05) % 2] * hand.tune, 0.4, 0.16), made, float(start), 0.6)
    return fade(made, 0.001, 0.3)


def ringtone(hand: Hand) -> Sound:
    made = np.zeros(frames(1.3))
    for number, note in enumerate((1, 1.26, 1.5, 2, 1.5, 1.26)):
        place(chime(880 * note * hand.tune, 0.5, 0.15), made, 0.12 * number)
    return made


def siren(hand: Hand) -> Sound:
    base = 620 * hand.tune
    phase = hand.phase(lambda t: base * 2 ** (0.55 - 0.6 * np.cos(2 * np.pi * 0.28 * hand.pace * t)))
    return low(saturate(harmonics(phase, (1, 0.5, 0.35, 0.2)), 1.5), 4000)


def two_tone(hand: Hand) -> Sound:
    base = 440 * hand.tune
    phase = hand.phase(lambda t: np.where((t * 0.95 * hand.pace) % 1 < 0.5, base, base * 1.333))
    return low(saturate(harmonics(phase, (1, 0.6, 0.4, 0.25)), 1.5), 4000)


def air_raid(hand: Hand) -> Sound:
    phase = hand.phase(lambda t: hand.tune * (180 + 290 * np.clip(0.62 - 0.6 * np.cos(2 * np.pi * t / 8), 0, 1)))
    return low(saw(phase) + 0.8 * saw(phase * 1.2), 2400)


def alarm(hand: Hand) -> Sound:
    gate = low(((hand.t * 2.2 * hand.pace) % 1 < 0.55).astype(float), 150)
    return harmonics(hand.phase(980 * hand.tune), (1, 0.1, 0.4, 0.05, 0.15)) * gate


def klaxon(hand: Hand) -> Sound:
    count = frames(1.1)
    phase = np.cumsum(glide(260, 330, 310, count=count) * hand.tune) / RATE
    return low(saturate(saw(phase) + 0.5 * saw(phase * 1.01), 3), 3500) * arch(count, 0.08)


def car_horn(hand: Hand) -> Sound:
    count = frames(hand.around(0.6))
    t = np.arange(count) / RATE
    made = harmonics(t * 415 * hand.tune, (0.5, 1, 0.8, 0.6, 0.4, 0.3)) + harmonics(
        t * 523 * hand.tune, (0.5, 1, 0.7, 0.5, 0.3)
    )
    return fade(saturate(made, 1.2), 0.012, 0.05)


def ship_horn(hand: Hand) -> Sound:
    count = frames(3.2)
    t = np.arange(count) / RATE
    made = sum((low(saw(t * hertz * hand.tune), 900) for hertz in (82, 103, 123)), np.zeros(count))
    return fade(made + 0.1 * low(noise(hand.rng, count), 600), 0.12, 0.7)


def train_horn(hand: Hand) -> Sound:
    count = frames(2.0)
    t = np.arange(count) / RATE
    made = sum(
        (harmonics(t * hertz * hand.tune, (0.6, 1, 0.7, 0.5, 0.35, 0.2)) for hertz in (311, 370, 440, 554)),
        np.zeros(count),
    )
    return fade(saturate(made * 0.5, 1.2), 0.05, 0.3)


def trumpet(hand: Hand) -> Sound:
    made = np.zeros(frames(2.2))
    for start, note, length in (
        (0, 1, 0.16),
        (0.18, 1, 0.12),
        (0.32, 1, 0.12),
        (0.46, 1.333, 0.3),
        (0.8, 1.667, 0.25),
        (1.06, 2, 0.9),
    ):
        count = frames(length)
        place(
            fade(
                harmonics(np.arange(count) / RATE * 349 * note * hand.tune, (0.5, 0.8, 1, 0.8, 0.6, 0.4, 0.3, 0.2)),
                0.02,
                0.05,
            ),
            made,
            start,
        )
    return made


RECIPES = (
    Recipe(
        "church bell",
        "bell|church bell|bell toll|bell ring|cathedral bell|toll|church|temple bell|bell tower",
        bell,
        seconds=8.5,
        every_s=2.4,
        jitter=0.02,
        times=3,
    ),
    Recipe(
        "small bell",
        "small bell|hand bell|doorbell|reception bell|ding|desk bell|bicycle bell|shop bell|door bell|"
        "cow bell|sleigh bell|triangle|bike bell|service bell",
        small_bell,
        seconds=2,
        every_s=0.7,
        jitter=0.1,
        times=2,
    ),
    Recipe("gong", "gong|cymbal|temple|tam tam|crash cymbal|singing bowl|bowl sing", gong, seconds=8, every_s=6),
    Recipe(
        "wind chime", "wind chime|chime|chimes", wind_chime, seconds=2.8, every_s=0.4, jitter=1, times=14, level_db=-12
    ),
    Recipe(
        "clock",
        "clock|tick|clock tick|watch|tick clock|tick tock|metronome|timer|stopwatch|pocket watch|time bomb|tock",
        tick,
        seconds=0.15,
        every_s=0.5,
        jitter=0,
        times=12,
        space="room",
    ),
    Recipe(
        "clock strike",
        "clock strike|grandfather clock|clock chime|strike clock|clock tower|midnight",
        cuckoo_strike,
        seconds=3.2,
        every_s=1.8,
        jitter=0,
        times=3,
        space="hall",
    ),
    Recipe(
        "alarm clock",
        "alarm clock|school bell|fire bell|boxing bell|alarm bell|fire alarm bell",
        alarm_bell,
        seconds=1.8,
        every_s=2,
        jitter=0,
        times=2,
    ),
    Recipe(
        "telephone",
        "telephone|phone|phone ring|telephone ring|old phone|rotary phone",
        telephone,
        seconds=2.2,
        every_s=3.2,
        jitter=0,
        times=2,
        space="room",
    ),
    Recipe(
        "ringtone",
        "ringtone|cell phone|mobile phone|smartphone|cellphone|mobile",
        ringtone,
        seconds=1.6,
        every_s=1.8,
        jitter=0,
        times=2,
    ),
    Recipe(
        "siren",
        "siren|police|police siren|police car|emergency|fire engine|fire truck",
        siren,
        is_texture=True,
        is_tonal=True,
        moves=True,
    ),
    Recipe(
        "ambulance",
        "ambulance|ambulance siren|two tone|european siren|hi-lo",
        two_tone,
        is_texture=True,
        is_tonal=True,
        moves=True,
    ),
    Recipe(
        "air raid",
        "air raid|air raid siren|tornado siren|war siren|civil defense siren",
        air_raid,
        is_texture=True,
        is_tonal=True,
        seconds=9,
        space="street",
    ),
    Recipe(
        "alarm",
        "alarm|warning|smoke alarm|fire alarm|smoke detector|burglar alarm|car alarm|alert|security alarm|"
        "warning alarm",
        alarm,
        is_texture=True,
        is_tonal=True,
        seconds=5,
    ),
    Recipe(
        "klaxon",
        "klaxon|submarine|dive alarm|red alert|awooga|factory siren",
        klaxon,
        seconds=1.4,
        every_s=1.4,
        jitter=0,
        times=3,
    ),
    Recipe(
        "car horn",
        "horn|car horn|honk|car honk|beep horn|horn honk|truck horn|vuvuzela",
        car_horn,
        seconds=0.9,
        every_s=0.9,
        jitter=0.4,
        times=2,
    ),
    Recipe(
        "ship horn",
        "ship horn|foghorn|fog horn|ship|boat horn|cruise ship|ferry horn|harbor|harbour|port",
        ship_horn,
        seconds=4,
        every_s=5,
    ),
    Recipe(
        "train horn",
        "train horn|train whistle|locomotive horn|train honk",
        train_horn,
        seconds=2.4,
        every_s=2.6,
        jitter=0.2,
        times=2,
    ),
    Recipe(
        "fanfare",
        "fanfare|trumpet|bugle|victory|royal|herald|horn fanfare",
        trumpet,
        seconds=2.6,
        every_s=3.5,
        space="hall",
    ),
)
