# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays a scene: its layers are added up, and kept below the ceiling."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from oscine.engines.foley.limiter import AROUND, Limiter
from oscine.engines.foley.loop import Circle
from oscine.engines.foley.player import Player
from oscine.engines.foley.primitives import Sound, frames
from oscine.engines.foley.prompt import Scene

_FIRST_S, _BLOCK_S = 0.25, 1.0
_END_FADE_S = 0.06


def play(scene: Scene, seed: int, variation: float) -> Iterator[Sound]:
    """Blocks of the scene, (frames, 2), exactly as long as it says, peaks at most −1 dBTP."""
    players = [Player(layer, seed + 7919 * number, variation, scene) for number, layer in enumerate(scene.layers)]
    total = frames(scene.seconds)
    yield from _play_around(players, total) if scene.is_loop else _play_once(players, total)


def _play_once(players: list[Player], total: int) -> Iterator[Sound]:
    limiter = Limiter()
    ending = _end_fade(total)
    left = total - len(ending)
    made = 0
    for count in _counts(total):
        block = sum((player.block(count) for player in players), np.zeros((count, 2)))
        made += count
        if made > left:
            first = max(0, left - (made - count))
            block[first:] *= ending[made - count + first - left : made - left][:, None]
        block = limiter.process(block, is_last=made == total)
        if len(block):
            yield block


def _play_around(players: list[Player], total: int) -> Iterator[Sound]:
    """The limiter sees the end before the beginning, and the beginning after the end."""
    circles = [Circle(player, total) for player in players]
    limiter = Limiter()
    limiter.process(sum((circle.enter() for circle in circles), np.zeros((AROUND, 2))), is_last=False)
    opening, unheard = np.zeros((0, 2)), AROUND
    for count in _counts(total):
        block = sum((circle.block(count) for circle in circles), np.zeros((count, 2)))
        opening = opening if unheard == 0 else block[:AROUND]
        yield limiter.process(block, is_last=False)[unheard:]
        unheard = 0
    yield limiter.process(opening, is_last=False)


def _counts(total: int) -> Iterator[int]:
    """Frames of each block."""
    made = 0
    while made < total:
        count = min(frames(_BLOCK_S if made else _FIRST_S), total - made)
        made += count
        yield count


def _end_fade(total: int) -> Sound:
    count = min(frames(_END_FADE_S), total // 4)
    fall: Sound = np.cos(np.linspace(0, np.pi / 2, count)) ** 2
    return fall
