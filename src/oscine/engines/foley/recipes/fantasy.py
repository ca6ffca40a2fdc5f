# SPDX-License-Identifier: GPL-3.0-or-later
"""What films and games sound like: whooshes, hits, lasers, magic, and the drones below."""

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
    harmonics,
    high,
    low,
    modes,
    moving_band,
    moving_low,
    noise,
    pink,
    place,
    saturate,
    supersaw,
    tone,
    widen,
)


def whoosh(hand: Hand) -> Sound:
    count = frames(min(hand.around(0.8) * hand.stretch / hand.pace, 3))
    top = hand.around(2600) * hand.tune
    air = moving_band(noise(hand.rng, count), glide(top / 6, top, top / 5, count=count), 2.2) * arch(count, 0.5) ** 1.5
    across = np.linspace(0.1, 0.9, count) if hand.rng.random() < 0.5 else np.linspace(0.9, 0.1, count)
    return np.stack((air * np.cos(across * np.pi / 2), air * np.sin(across * np.pi / 2)), axis=1)


def arrow(hand: Hand) -> Sound:
    made = np.zeros(frames(1.0))
    twang = frames(0.3)
    place(
        harmonics(np.cumsum(glide(190, 150, count=twang)) / RATE, (1, 0.6, 0.4, 0.3)) * decay(twang, 0.001, 0.05),
        made,
        0,
    )
    flight = frames(0.5)
    place(
        moving_band(noise(hand.rng, flight), glide(5200, 2400, count=flight), 1.6) * arch(flight, 0.2), made, 0.05, 1.2
    )
    place(modes(frames(0.2), (240, 610), (0.03, 0.015), (1, 0.5)), made, 0.56, 1.3)
    return made


def braam(hand: Hand) -> Sound:
    seconds = min(hand.around(5.0, 0.1) * hand.stretch, 8.0)
    count = frames(seconds)
    t = np.arange(count) / RATE
    root = 36.7 * hand.tune
    made = np.zeros(count)
    for note, voices in ((1, 5), (1.5, 3), (2, 3), (3, 3)):
        made += supersaw(hand.rng, t * root * note, voices, 0.008)
    swell = np.minimum(t / 0.25, 1) * np.exp(-np.maximum(t - 0.25, 0) / (seconds * 0.35))
    made = saturate(moving_low(made, 160 + 2800 * swell), 1.4) * swell
    made += tone(glide(root * 1.2, root * 0.75, count=count)) * decay(count, 0.004, seconds / 4)
    return fade(widen(hand.rng, made, 0.7), 0.005, seconds * 0.3)


def boom(hand: Hand) -> Sound:
    count = frames(min(4.0 * hand.stretch, 7))
    drop = tone(glide(110 * hand.tune, 28, 24, count=count)) * decay(count, 0.003, 0.9 * hand.stretch) * 2
    hit = low(noise(hand.rng, count), 2200) * decay(count, 0.001, 0.06) * 2
    air = band(noise(hand.rng, count), 60, 500) * decay(count, 0.02, 0.5)
    return fade(widen(hand.rng, saturate(drop + hit + air, 1.3), 0.5), 0.0005, 1.0)


def riser(hand: Hand) -> Sound:
    count = frames(hand.around(4.0, 0.05))
    grow = np.linspace(0, 1, count) ** 2
    made = moving_band(noise(hand.rng, count), glide(200, 7000, count=count), 1.8) * 1.2
    phase = np.cumsum(glide(110 * hand.tune, 880 * hand.tune, count=count)) / RATE
    made += 0.5 * low(supersaw(hand.rng, phase, 5, 0.01), 6000)
    return fade(widen(hand.rng, made * grow, 0.6), 0.05, 0.02)


def downer(hand: Hand) -> Sound:
    count = frames(hand.around(2.2))
    return fade(low(supersaw(hand.rng, np.cumsum(glide(620, 38, count=count) * hand.tune) / RATE, 3), 2500), 0.005, 0.3)


def laser(hand: Hand) -> Sound:
    count = frames(0.5 * hand.stretch)
    path = (180 + hand.around(3400) * np.exp(-np.arange(count) / RATE * hand.around(9))) * hand.tune
    return fm(path, 1.5, 1.5) * decay(count, 0.002, 0.14 * hand.stretch)


def lightsaber(hand: Hand) -> Sound:
    swing = hand.slow(0.9 * hand.pace, 1)
    base = 92 * hand.tune
    phase = hand.phase(lambda t: base * (1 + 0.08 * np.sin(2.6 * t) * np.sin(1.1 * t)))
    return saturate(harmonics(phase, (1, 0.8, 0.3, 0.5, 0.2, 0.2)), 1.3) * (0.6 + 0.7 * swing) + 0.02 * noise(
        hand.rng, hand.count
    )


def drone(hand: Hand) -> Sound:
    root = hand.shared(48, 62, 2) * hand.tune
    sides = []
    for side in range(2):
        made = np.zeros(hand.count)
        for number, ratio in enumerate((1, 1.003, 1.498, 2.004, 2.995)):
            made += harmonics(hand.phase(root * ratio * (1 + 0.001 * side)), (1, 0.4, 0.25, 0.12)) * (
                0.3 + hand.slow(0.15, 3 + number + 7 * side)
            )
        sides.append(made * 0.4 + 0.15 * low(pink(hand.rng, hand.count), 400))
    return np.stack(sides, axis=1)


def spaceship(hand: Hand) -> Sound:
    root = 55 * hand.tune
    phase = hand.phase(root)
    throb = 0.75 + 0.25 * np.sin(2 * np.pi * hand.phase(1.4 * hand.pace))
    made = harmonics(phase, (1, 0.7, 0.5, 0.15, 0.2)) * throb + 0.12 * np.sin(2 * np.pi * hand.phase(root * 13.5))
    return widen(hand.rng, made + 0.5 * band(pink(hand.rng, hand.count), 80, 900), 0.5)


def teleport(hand: Hand) -> Sound:
    count = frames(1.6 * hand.stretch)
    shimmer = sum(
        (tone(glide(hertz, hertz * 2.2, count=count) * hand.tune) for hertz in hand.rng.uniform(500, 2600, 7)),
        np.zeros(count),
    )
    flutter = 0.5 + 0.5 * np.sin(2 * np.pi * np.cumsum(glide(9, 34, count=count)) / RATE)
    return widen(hand.rng, (shimmer * 0.3 * flutter + high(noise(hand.rng, count), 4000) * 0.3) * arch(count, 0.7), 0.6)


def force_field(hand: Hand) -> Sound:
    phase = hand.phase(lambda t: 130 * hand.tune * (1 + 0.03 * np.sin(7 * t)))
    index = 2 + np.sin(2 * np.pi * hand.phase(0.6))
    field: Sound = np.sin(2 * np.pi * phase + index * np.sin(4.02 * np.pi * phase))
    return 0.8 * field + 0.1 * high(noise(hand.rng, hand.count), 3000)


def magic(hand: Hand) -> Sound:
    made = np.zeros(frames(2.8))
    scale = (1, 9 / 8, 5 / 4, 45 / 32, 3 / 2, 5 / 3, 15 / 8)
    upward = hand.rng.random() < 0.75
    for number in range(22):
        step = number if upward else 21 - number
        hertz = 880 * hand.tune * scale[step % 7] * 2 ** (step // 7)
        ping = modes(frames(1.0), (hertz, hertz * 2.01), (0.22, 0.1), (1, 0.3))
        place(ping, made, 0.05 * number + 0.02 * hand.rng.random(), 0.4 + 0.3 * hand.rng.random())
    air = high(noise(hand.rng, len(made)), 6000) * arch(len(made), 0.4) * 0.06
    return widen(hand.rng, fade(made + air, 0, 0.3), 0.7)


def spell(hand: Hand) -> Sound:
    count = frames(1.5)
    rush = moving_band(noise(hand.rng, count), glide(400, 5200, 900, count=count), 1.9) * arch(count, 0.4)
    glow = fm(glide(220, 660, 330, count=count) * hand.tune, 2.01, 3 * arch(count, 0.4)) * arch(count, 0.35)
    return widen(hand.rng, rush + 0.5 * glow, 0.7)


def ghost(hand: Hand) -> Sound:
    base = 330 * hand.tune
    phase = hand.phase(lambda t: base * 2 ** (0.4 * np.sin(0.9 * t) + 0.25 * np.sin(2.3 * t)))
    made = harmonics(phase, (1, 0.25, 0.12)) * (0.4 + hand.slow(0.5, 4))
    return widen(
        hand.rng, made + 0.2 * moving_band(noise(hand.rng, hand.count), 500 + 1200 * hand.slow(0.7, 5), 1.3), 0.8
    )


def slime(hand: Hand) -> Sound:
    made = np.zeros(frames(0.6))
    for start in hand.rng.uniform(0, 0.4, 7):
        count = frames(hand.rng.uniform(0.03, 0.1))
        hertz = hand.rng.uniform(180, 800) * hand.tune
        place(
            tone(glide(hertz, hertz * hand.rng.uniform(0.5, 2.2), count=count)) * arch(count, 0.3)
            + 0.5 * band(noise(hand.rng, count), 400, 2500) * arch(count),
            made,
            float(start),
        )
    return made


def glitch(hand: Hand) -> Sound:
    made = np.zeros(frames(0.7))
    for start in hand.rng.uniform(0, 0.6, 9):
        count = frames(hand.rng.uniform(0.01, 0.08))
        square = np.sign(np.sin(2 * np.pi * hand.rng.uniform(80, 3000) * np.arange(count) / RATE))
        place(
            fade(band(square + 0.5 * noise(hand.rng, count), 150, 8000), 0.001, 0.002),
            made,
            float(start),
            hand.rng.random(),
        )
    return made


def ambience(hand: Hand) -> Sound:
    sides = [high(low(pink(hand.rng, hand.count), 700, 1), 35) * (0.8 + 0.3 * hand.slow(0.3, 6 + i)) for i in range(2)]
    return np.stack(sides, axis=1)


RECIPES = (
    Recipe(
        "whoosh",
        "whoosh|swoosh|swish|swing|transition|swipe|throw|whip|air swing|sweep",
        whoosh,
        seconds=2,
        every_s=1.1,
        jitter=0.2,
    ),
    Recipe("arrow", "arrow|bow|bow arrow|archer|crossbow|dart", arrow, seconds=1.2, every_s=1.4, jitter=0.2),
    Recipe(
        "braam",
        "braam|trailer|movie trailer|cinematic hit|inception|brass hit|epic horn|bram|cinematic|trailer hit",
        braam,
        seconds=8,
        every_s=6,
        space="hall",
    ),
    Recipe(
        "cinematic boom",
        "sub boom|bass drop|cinematic boom|cinematic impact|deep boom|sub bass|trailer boom|deep impact|"
        "drum hit|taiko|war drum|drum",
        boom,
        seconds=6,
        every_s=2.5,
        jitter=0.02,
        space="hall",
    ),
    Recipe(
        "riser",
        "riser|rise|build up|tension|uplifter|suspense riser|charge up|power charge|crescendo",
        riser,
        seconds=4.5,
        every_s=5,
    ),
    Recipe(
        "power down",
        "power down|downlifter|shutdown|shut down|turn off|machine stop|deflate|falling pitch",
        downer,
        seconds=3,
        every_s=3,
    ),
    Recipe(
        "laser",
        "laser|blaster|ray gun|laser gun|phaser|pew|laser shot|laser beam|plasma|space gun",
        laser,
        seconds=0.9,
        every_s=0.35,
        jitter=0.4,
        times=3,
        space="room",
    ),
    Recipe(
        "energy sword",
        "lightsaber|light saber|laser sword|energy sword|energy blade",
        lightsaber,
        is_texture=True,
        is_tonal=True,
        seconds=5,
    ),
    Recipe(
        "drone",
        "drone|dark ambient|ominous|eerie|horror|dark drone|ambient drone|suspense|scary|haunted|dread|creepy|spooky",
        drone,
        is_texture=True,
        is_tonal=True,
        seconds=10,
        space="hall",
    ),
    Recipe(
        "spaceship",
        "spaceship|starship|ufo|alien ship|space ship|warp|spaceship engine|sci-fi|science fiction|"
        "spacecraft|engine room|reactor|alien",
        spaceship,
        is_texture=True,
        is_tonal=True,
        seconds=8,
        moves=True,
    ),
    Recipe(
        "teleport",
        "teleport|portal|beam up|materialize|vanish|time travel|hologram|warp jump|disappear",
        teleport,
        seconds=2.6,
        every_s=2.6,
        space="hall",
    ),
    Recipe(
        "force field",
        "force field|forcefield|energy shield|energy|energy field|power field|electric field|shield hum",
        force_field,
        is_texture=True,
        is_tonal=True,
    ),
    Recipe(
        "magic",
        "magic|magic chime|sparkle|fairy|twinkle|glitter|fairy dust|shimmer|wand|harp|enchant|magical|dream|star",
        magic,
        seconds=3,
        every_s=3,
        space="hall",
    ),
    Recipe(
        "spell",
        "spell|cast spell|wizard|sorcery|fireball|magic spell|potion|witch|curse|heal",
        spell,
        seconds=2,
        every_s=2,
        space="hall",
    ),
    Recipe(
        "ghost",
        "ghost|spirit|phantom|theremin|wail|ghost wail|haunt|soul",
        ghost,
        is_texture=True,
        is_tonal=True,
        seconds=6,
        space="hall",
    ),
    Recipe(
        "slime",
        "slime|squish|goo|squelch|gore|blood|wet|flesh|splat|mud squish|jelly|stab",
        slime,
        seconds=0.8,
        every_s=0.9,
        jitter=0.3,
        times=2,
    ),
    Recipe(
        "glitch",
        "glitch|digital|malfunction|corrupt|data glitch|digital glitch|stutter|distortion",
        glitch,
        seconds=0.9,
        every_s=0.9,
        jitter=0.3,
        times=2,
    ),
    Recipe(
        "ambience",
        "ambience|ambient|atmosphere|background|silence|cave ambience|basement|empty room|tunnel|dungeon|soundscape",
        ambience,
        is_texture=True,
        seconds=8,
        level_db=-4,
    ),
)
