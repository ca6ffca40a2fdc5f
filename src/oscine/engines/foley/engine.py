# SPDX-License-Identifier: GPL-3.0-or-later
"""The foley engine: a `SoundEngine` that makes all sounds from scratch."""

from __future__ import annotations

import secrets
from collections.abc import Generator
from dataclasses import replace

import numpy as np

from oscine.domain.sound import SoundPrompt, SoundTake
from oscine.engines.foley.mix import play
from oscine.engines.foley.primitives import RATE
from oscine.engines.foley.prompt import read
from oscine.engines.protocol import Card

_CARD = Card(
    id="foley",
    rate=RATE,
    languages=("en",),
    is_seeded=True,
    licence="GPL-3.0-or-later",
    attribution="Procedural synthesis by Oscine; no recordings.",
    kind="sound",
)
_WIDEST, _NARROWEST = 1.6, 0.15
"""How far figures stray where a prompt has no influence, and where it has all."""


class FoleyEngine:
    def __init__(self) -> None:
        self.card = _CARD

    def make(self, prompt: SoundPrompt, seed: int | None) -> Generator[SoundTake, None, None]:
        """See `SoundEngine.make`. Cost: 30–500 times real time on one core (bench/sound.py)."""
        scene = read(prompt)
        variation = _WIDEST + (_NARROWEST - _WIDEST) * prompt.influence
        reading = scene.reading
        if seed is None:
            seed = secrets.randbits(32)
        for number, block in enumerate(play(scene, seed, variation)):
            take = SoundTake(block.astype(np.float32), RATE)
            yield take if number else replace(take, reading=reading)

    def close(self) -> None: ...
