# SPDX-License-Identifier: GPL-3.0-or-later
"""Bells, clocks, sirens, alarms, and the beeps of screens."""

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
    harmonics,
    high,
    low,
    modes,
    noise,
    place,
    saturate,
    saw,
    tone,
)

_BELL = (0.5, 1.0, 1.183, 1.506, 2.0, 2.514, 2.662, 3.011, 4.166)
"""Partials of a church bell against its strike note. Source: Fletcher & Rossing 1998, chapter 21."""


def _chime(hertz: float, seconds: float, ring_s: float) -> Sound:
    return modes(
        frames(seconds), [hertz * r for r in (1, 2.76, 5.4)], [ring_s, ring_s / 2.5, ring_s / 6], (1, 0.4, 0.15)
    )


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
    return fade(body + 0.4 * high(noise(hand.rng, count), 2500) * decay(count, 0.0005, 0.006), 0.0005, 0.5)


def small_bell(hand: Hand) -> Sound:
    return _chime(hand.around(2100, 0.06) * hand.tune, 1.8, 0.5)


def gong(hand: Hand) -> Sound:
    count = frames(8.0)
    hertz = 88 * hand.tune
    ratios = np.sort(hand.rng.uniform(1, 14, 26))
    swell = np.minimum(np.arange(count) / 44100 / 0.35, 1)
    bright = modes(count, (hertz * ratios).tolist(), (3.2 / ratios**0.5).tolist(), (1 / ratios**0.4).tolist())
    return fade(bright * (0.35 + 0.65 * swell) + modes(count, (hertz,), (3.5,), (1.5,)), 0.002, 1.0)


def wind_chime(hand: Hand) -> Sound:
    scale = (1, 9 / 8, 5 / 4, 3 / 2, 5 / 3, 2)
    return _chime(hand.tune * 1250 * scale[int(hand.rng.integers(len(scale)))], 2.5, 0.9) * hand.around(0.8, 0.5)


def tick(hand: Hand) -> Sound:
    count = frames(0.07)
    hertz = hand.around(2600, 0.05) * hand.tune
    return modes(count, (hertz, hertz * 1.7, hertz * 2.9), (0.006, 0.004, 0.003), (1, 0.6, 0.4)) + 0.3 * high(
        noise(hand.rng, count), 3000
    ) * decay(count, 0.0003, 0.002)


def cuckoo_strike(hand: Hand) -> Sound:
    return modes(
        frames(3.0), [hand.tune * 260 * r for r in (1, 2.1, 3.2, 4.9)], (1.3, 0.7, 0.4, 0.2), (1, 0.5, 0.3, 0.2)
    )


def alarm_bell(hand: Hand) -> Sound:
    count = frames(1.6)
    made = np.zeros(count)
    strike = _chime(1650 * hand.tune, 0.25, 0.12)
    for start in np.arange(0, 1.4, 0.045):
        place(strike, made, float(start), 0.6 + 0.2 * hand.rng.random())
    return fade(made, 0.001, 0.1)


def telephone(hand: Hand) -> Sound:
    count = frames(1.9)
    made = np.zeros(count)
    for start in np.arange(0, 1.8, 0.05):
        place(_chime((1350, 1720)[int(start / 0.05) % 2] * hand.tune, 0.4, 0.16), made, float(start), 0.6)
    return fade(made, 0.001, 0.3)


def ringtone(hand: Hand) -> Sound:
    made = np.zeros(frames(1.3))
    for number, note in enumerate((1, 1.26, 1.5, 2, 1.5, 1.26)):
        place(_chime(880 * note * hand.tune, 0.5, 0.15), made, 0.12 * number)
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
    phase = np.cumsum(glide(260, 330, 310, count=count) * hand.tune) / 44100
    return low(saturate(saw(phase) + 0.5 * saw(phase * 1.01), 3), 3500) * arch(count, 0.08)


def car_horn(hand: Hand) -> Sound:
    count = frames(hand.around(0.6))
    t = np.arange(count) / 44100
    made = harmonics(t * 415 * hand.tune, (0.5, 1, 0.8, 0.6, 0.4, 0.3)) + harmonics(
        t * 523 * hand.tune, (0.5, 1, 0.7, 0.5, 0.3)
    )
    return fade(saturate(made, 1.2), 0.012, 0.05)


def ship_horn(hand: Hand) -> Sound:
    count = frames(3.2)
    t = np.arange(count) / 44100
    made = sum((low(saw(t * hertz * hand.tune), 900) for hertz in (82, 103, 123)), np.zeros(count))
    return fade(made + 0.1 * low(noise(hand.rng, count), 600), 0.12, 0.7)


def train_horn(hand: Hand) -> Sound:
    count = frames(2.0)
    t = np.arange(count) / 44100
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
                harmonics(np.arange(count) / 44100 * 349 * note * hand.tune, (0.5, 0.8, 1, 0.8, 0.6, 0.4, 0.3, 0.2)),
                0.02,
                0.05,
            ),
            made,
            start,
        )
    return made


def beep(hand: Hand) -> Sound:
    count = frames(hand.around(0.14, 0.1))
    return fade(harmonics(np.arange(count) / 44100 * 1000 * hand.tune, (1, 0.08, 0.12)), 0.004, 0.012)


def sonar(hand: Hand) -> Sound:
    return modes(frames(2.6), (820 * hand.tune, 1640 * hand.tune), (0.55, 0.2), (1, 0.15))


def monitor(hand: Hand) -> Sound:
    count = frames(0.11)
    return fade(tone(np.full(count, 1250 * hand.tune)), 0.004, 0.02)


def click(hand: Hand) -> Sound:
    count = frames(0.05)
    return modes(count, (2800 * hand.tune, 4100), (0.004, 0.002), (1, 0.5))


def notification(hand: Hand) -> Sound:
    made = np.zeros(frames(1.1))
    for number, note in enumerate((1, 1.5)):
        place(_chime(hand.around(1046, 0.05) * note * hand.tune, 0.9, 0.22), made, 0.11 * number)
    return made


def success(hand: Hand) -> Sound:
    made = np.zeros(frames(1.4))
    for number, note in enumerate((1, 1.25, 1.5, 2)):
        place(_chime(659 * note * hand.tune, 1.0, 0.25), made, 0.09 * number)
    return made


def failure(hand: Hand) -> Sound:
    made = np.zeros(frames(0.9))
    for start, hertz in ((0, 220), (0.22, 165)):
        count = frames(0.2 if start == 0 else 0.45)
        place(fade(low(saw(np.arange(count) / 44100 * hertz * hand.tune), 2200), 0.006, 0.04), made, start)
    return made


def coin_game(hand: Hand) -> Sound:
    made = np.zeros(frames(0.6))
    for start, hertz, length in ((0, 988, 0.08), (0.08, 1319, 0.45)):
        count = frames(length)
        square = np.sign(np.sin(2 * np.pi * np.arange(count) / 44100 * hertz * hand.tune))
        place(fade(low(square, 7000) * decay(count, 0.001, 0.2), 0.001, 0.01), made, start)
    return made


def jump_game(hand: Hand) -> Sound:
    count = frames(0.3)
    return low(np.sign(tone(glide(260, 820, count=count) * hand.tune)), 5000) * arch(count, 0.1)


def dial(hand: Hand) -> Sound:
    count = frames(0.11)
    rows, columns = (697, 770, 852, 941), (1209, 1336, 1477)
    t = np.arange(count) / 44100
    made = np.sin(2 * np.pi * t * hand.rng.choice(rows)) + np.sin(2 * np.pi * t * hand.rng.choice(columns))
    return fade(made, 0.004, 0.01)


def computer(hand: Hand) -> Sound:
    count = frames(0.08)
    hertz = hand.rng.choice((880, 1175, 1397, 1760, 2093, 2637)) * hand.tune
    return fade(band(np.sign(tone(np.full(count, float(hertz)))), 500, 5000), 0.004, 0.015)


def radio_beep(hand: Hand) -> Sound:
    count = frames(hand.rng.choice((0.06, 0.18)))
    return fade(tone(np.full(count, 700 * hand.tune)), 0.004, 0.006)


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
    Recipe("wind chime", "wind chime|chime|chimes", wind_chime, seconds=2.8, every_s=0.4, jitter=1, times=14),
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
    Recipe(
        "beep",
        "beep|bleep|microwave|checkout|scanner|barcode|censor|countdown|reverse beep|truck reverse|tone",
        beep,
        seconds=0.3,
        every_s=0.8,
        jitter=0,
        times=4,
    ),
    Recipe(
        "sonar",
        "sonar|ping|radar|submarine sonar|sonar ping",
        sonar,
        seconds=3,
        every_s=2.4,
        jitter=0,
        times=3,
        space="cave",
    ),
    Recipe(
        "heart monitor",
        "heart monitor|ecg|hospital monitor|hospital|ekg|heart rate monitor|life support",
        monitor,
        seconds=0.2,
        every_s=0.9,
        jitter=0,
        times=6,
        space="room",
    ),
    Recipe(
        "click",
        "click|button|ui click|button click|button press|tap|select|menu|interface|toggle|press",
        click,
        seconds=0.15,
        every_s=0.5,
        jitter=0.1,
    ),
    Recipe(
        "notification",
        "notification|message|pop up|email|popup|chat|ui notification|text message|inbox|reminder",
        notification,
        seconds=1.3,
        every_s=1.6,
    ),
    Recipe(
        "success",
        "success|correct|level up|achievement|complete|reward|correct answer|power up|bonus|unlock achievement",
        success,
        seconds=1.6,
        every_s=2,
    ),
    Recipe(
        "failure",
        "failure|error|wrong|wrong answer|fail|buzzer|lose|game over|denied|incorrect|error message",
        failure,
        seconds=1.1,
        every_s=1.5,
    ),
    Recipe(
        "game coin",
        "game coin|retro coin|arcade|8-bit coin|8-bit|pickup|video game coin|collect coin|8bit|chiptune|retro game",
        coin_game,
        seconds=0.7,
        every_s=0.7,
        jitter=0.3,
        times=2,
    ),
    Recipe(
        "game jump",
        "game jump|jump|hop|boing|retro jump|spring|bounce",
        jump_game,
        seconds=0.4,
        every_s=0.7,
        jitter=0.2,
        times=2,
    ),
    Recipe(
        "dial",
        "dial|keypad|phone dial|dtmf|atm|pin|touch tone|calculator",
        dial,
        seconds=0.2,
        every_s=0.22,
        jitter=0.1,
        times=7,
    ),
    Recipe(
        "computer",
        "computer|data|terminal|computer beep|process|hack|sci-fi computer|readout|robot|robot beep|droid|robot talk",
        computer,
        seconds=0.15,
        every_s=0.11,
        jitter=0.3,
        times=18,
    ),
    Recipe("morse", "morse|morse code|telegraph", radio_beep, seconds=0.25, every_s=0.26, jitter=0.15, times=16),
)
