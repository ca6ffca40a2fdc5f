# SPDX-License-Identifier: GPL-3.0-or-later
"""The beeps of screens, keys and games."""

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
    low,
    modes,
    place,
    saw,
    tone,
)
from oscine.engines.foley.recipes.signals import chime


def beep(hand: Hand) -> Sound:
    count = frames(hand.around(0.14, 0.1))
    return fade(harmonics(np.arange(count) / RATE * 1000 * hand.tune, (1, 0.08, 0.12)), 0.004, 0.012)


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
        place(chime(hand.around(1046, 0.05) * note * hand.tune, 0.9, 0.22), made, 0.11 * number)
    return made


def success(hand: Hand) -> Sound:
    made = np.zeros(frames(1.4))
    for number, note in enumerate((1, 1.25, 1.5, 2)):
        place(chime(659 * note * hand.tune, 1.0, 0.25), made, 0.09 * number)
    return made


def failure(hand: Hand) -> Sound:
    made = np.zeros(frames(0.9))
    for start, hertz in ((0, 220), (0.22, 165)):
        count = frames(0.2 if start == 0 else 0.45)
        place(fade(low(saw(np.arange(count) / RATE * hertz * hand.tune), 2200), 0.006, 0.04), made, start)
    return made


def coin_game(hand: Hand) -> Sound:
    made = np.zeros(frames(0.6))
    for start, hertz, length in ((0, 988, 0.08), (0.08, 1319, 0.45)):
        count = frames(length)
        square = np.sign(np.sin(2 * np.pi * np.arange(count) / RATE * hertz * hand.tune))
        place(fade(low(square, 7000) * decay(count, 0.001, 0.2), 0.001, 0.01), made, start)
    return made


def jump_game(hand: Hand) -> Sound:
    count = frames(0.3)
    return low(np.sign(tone(glide(260, 820, count=count) * hand.tune)), 5000) * arch(count, 0.1)


def dial(hand: Hand) -> Sound:
    count = frames(0.11)
    rows, columns = (697, 770, 852, 941), (1209, 1336, 1477)
    t = np.arange(count) / RATE
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
