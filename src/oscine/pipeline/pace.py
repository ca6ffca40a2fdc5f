# SPDX-License-Identifier: GPL-3.0-or-later
"""Speeds that no engine has: what it cannot speak faster or slower, is made so afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace

from oscine.audio.tempo import Tempo
from oscine.domain.speech import Segment, Take

ENGINE_SPEEDS = (0.5, 2.0)
"""What engines are asked for. Beyond it speech synthesised so is less clear than speech that is stretched."""


def part_speed(speed: float) -> tuple[float, float]:
    """The engine's share of a speed and the factor that is left."""
    own = min(max(speed, ENGINE_SPEEDS[0]), ENGINE_SPEEDS[1])
    return own, speed / own


def at_pace(segment: Segment, takes: AsyncIterator[Take], factor: float) -> tuple[Segment, AsyncIterator[Take]]:
    """A segment and its takes, so many times faster: sound, marks and the pause afterwards."""
    return replace(segment, pause_s=segment.pause_s / factor), _stretched(takes, factor)


async def _stretched(takes: AsyncIterator[Take], factor: float) -> AsyncGenerator[Take, None]:
    tempo: Tempo | None = None
    async for take in takes:
        tempo = tempo or Tempo(take.rate, factor)
        samples = await asyncio.to_thread(tempo.process, take.samples)
        marks = tuple(replace(mark, start_s=mark.start_s / factor, end_s=mark.end_s / factor) for mark in take.marks)
        yield replace(take, samples=samples, marks=marks)
    if tempo is not None:
        yield Take(await asyncio.to_thread(tempo.flush), take.rate)
