# SPDX-License-Identifier: GPL-3.0-or-later
"""Of what an engine makes, the part that is wanted."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from oscine.domain.account import Key
from oscine.domain.audio import FORMATS
from oscine.domain.generation import Charge
from oscine.domain.sound import Reading, SoundTake
from oscine.pipeline.house import House
from oscine.pipeline.production import Production

RATE = 44100
SECONDS = 2.0
HOUSE = cast(
    House, SimpleNamespace(new_id=lambda: "id", metrics=SimpleNamespace(audio_seconds=SimpleNamespace(inc=abs)))
)
KEY = cast(Key, None)


class Ramp(Production[Reading, SoundTake]):
    """Each sample says where it lies; takes are of odd sizes."""

    async def _takes(self) -> AsyncGenerator[SoundTake, None]:
        ramp = np.linspace(0, 0.9, int(SECONDS * RATE), dtype=np.float32)
        for number, piece in enumerate(np.array_split(ramp, 7)):
            reading = None if number else Reading(SECONDS, ())
            yield SoundTake(np.stack((piece, piece), axis=1), RATE, reading)

    def _charge(self, reading: Reading) -> Charge:
        return Charge("SFX", "ramp", None, 4, 80, None)


@pytest.mark.parametrize(
    ("kept_s", "start", "end"),
    [
        (None, 0, 2),
        ((0, 2), 0, 2),
        ((0.5, 1.25), 0.5, 1.25),
        ((1.9, 2.0), 1.9, 2),
        ((0, 0.01), 0, 0.01),
        ((1, 9), 1, 2),
    ],
)
async def test_it_is_cut_to_the_sample(kept_s: Any, start: float, end: float) -> None:
    ramp = Ramp(HOUSE, KEY, FORMATS["pcm_44100"], None, kept_s)
    body = b"".join([chunk.audio async for chunk in ramp.rendered()])
    heard = np.frombuffer(body, "<i2") / 32768
    first, last = round(start * RATE), round(end * RATE)
    wanted = np.linspace(0, 0.9, int(SECONDS * RATE))[first:last]
    assert len(heard) == len(wanted)
    assert np.abs(heard - wanted).max() < 1e-4
    assert ramp.kept_seconds == pytest.approx(end - start)
    assert ramp.progress == pytest.approx(1.0)
    assert ramp.seconds == pytest.approx(SECONDS)
