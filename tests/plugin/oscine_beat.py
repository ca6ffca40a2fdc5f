# SPDX-License-Identifier: GPL-3.0-or-later
"""A music engine from outside: a quarter of a second of a ramp a take, the same for the same seed. Words steer it:

crash    the process ends half-way through the piece, once per file that CRASH_MARK names
hang     no sound ever comes
alive    for more than a second there are but signs of life
gate     the second half waits until the file that TONE_GATE names exists
endless  the piece never ends
sing     is refused
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Generator
from pathlib import Path

import numpy as np

from oscine.domain.composition import CompositionPlan, MusicPrompt, MusicTake, Piece, PlannedSection
from oscine.domain.problems import NotServed
from oscine.engines.protocol import Card

RATE = 8000
_TAKE = RATE // 4
_NOTHING = np.zeros((0, 2), np.float32)


class BeatEngine:
    def __init__(self) -> None:
        self.card = Card("beat", RATE, ("en",), True, "GPL-3.0-or-later", "a ramp", "music")

    def play(self, prompt: MusicPrompt, seed: int | None) -> Generator[MusicTake, None, None]:
        if "sing" in prompt.text:
            raise NotServed("Beats do not sing.")
        seconds = prompt.seconds or (prompt.plan.length_s if prompt.plan else 4.0)
        plan = prompt.plan or CompositionPlan((PlannedSection("all", seconds),))
        yield MusicTake(_NOTHING, RATE, Piece("Beats", seconds, 120.0, "C major", (4, 4), plan))
        while "hang" in prompt.text:
            time.sleep(0.01)
        for _ in range(60 if "alive" in prompt.text else 0):
            yield MusicTake(_NOTHING, RATE)
            time.sleep(0.02)
        total = round(seconds * RATE)
        for start in itertools.count(0, _TAKE) if "endless" in prompt.text else range(0, total, _TAKE):
            if "endless" in prompt.text:
                total = start + _TAKE
            elif start >= total / 2:
                _act(prompt.text)
            ramp = (np.arange(start, min(start + _TAKE, total)) + (seed or 0)) % 100 / 200
            yield MusicTake(np.stack([ramp, -ramp], axis=1).astype(np.float32), RATE)

    def close(self) -> None: ...


def _act(text: str) -> None:
    mark, gate = Path(os.environ["CRASH_MARK"]), Path(os.environ["TONE_GATE"])
    if "crash" in text and not mark.exists():
        mark.touch()
        os._exit(1)
    while "gate" in text and not gate.exists():
        time.sleep(0.01)
