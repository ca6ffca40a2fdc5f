# SPDX-License-Identifier: GPL-3.0-or-later
"""The sound engine behind its worker processes."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from oscine.domain.problems import EngineUnavailable, TextUnspeakable
from oscine.domain.sound import Reading, SoundPrompt, SoundTake
from oscine.engines import wire
from oscine.engines.child import Child
from oscine.engines.foley import FoleyEngine
from oscine.engines.soundstage import SoundStage


@pytest.fixture
async def stage() -> AsyncIterator[SoundStage]:
    opened = SoundStage("foley", 1, 5.0)
    yield opened
    await opened.close()


def test_orders_and_takes_survive_the_wire() -> None:
    for prompt in (SoundPrompt("rain"), SoundPrompt("wind", 2.5, 0.75, True)):
        for seed in (None, 0, 2**32 - 1):
            assert wire.read_order(wire.write_order(prompt, seed)) == (prompt, seed)
    reading = Reading(1.5, ("rain",), (("thuner", "thunder"),), ("zamboni",))
    samples = np.array([[0.5, -0.25], [1.0, -1.0]], np.float32)
    take = wire.read_sound(wire.write_sound(SoundTake(samples, 44100, reading)), 44100)
    assert take.reading == reading
    assert np.allclose(take.samples, samples, atol=1e-4)
    assert wire.read_sound(wire.write_sound(SoundTake(samples, 44100)), 44100).reading is None


async def test_nothing_starts_before_the_first_sound(stage: SoundStage) -> None:
    assert stage._pool is None
    takes = [take async for take in stage.make(SoundPrompt("knocking", 1.0), 3)]
    assert sum(len(take.samples) for take in takes) == 44100
    assert takes[0].reading is not None
    here = np.concatenate([take.samples for take in FoleyEngine().make(SoundPrompt("knocking", 1.0), 3)])
    assert np.allclose(np.concatenate([take.samples for take in takes]), here, atol=1e-4)


async def test_a_dead_worker_is_not_heard(stage: SoundStage, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    start = Child.start.__func__  # type: ignore[attr-defined]

    async def watched(kind: type[Child], engine_id: str, socket: Path) -> Child:
        child: Child = await start(kind, engine_id, socket)
        started.append(child.process.pid)
        return child

    monkeypatch.setattr(Child, "start", classmethod(watched))
    prompt = SoundPrompt("heavy rain", 20.0)
    first = stage.make(prompt, 9)
    takes = [await anext(first)]
    (pid,) = started
    os.kill(pid, signal.SIGKILL)
    takes += [take async for take in first]
    assert len(started) == 2
    whole = np.concatenate([take.samples for take in takes])
    expected = np.concatenate([take.samples for take in FoleyEngine().make(prompt, 9)])
    assert len(whole) == len(expected)
    assert np.allclose(whole, expected, atol=1e-4)


async def test_leaving_early_frees_the_worker(stage: SoundStage) -> None:
    for _ in range(3):
        takes = stage.make(SoundPrompt("thunderstorm", 30.0), 1)
        await anext(takes)
        await takes.aclose()
    async with asyncio.timeout(5):
        assert [take async for take in stage.make(SoundPrompt("click", 0.5), 1)]


async def test_refusals_come_through(stage: SoundStage) -> None:
    with pytest.raises(TextUnspeakable, match="names no sound"):
        await anext(stage.make(SoundPrompt("!!!"), 1))


@pytest.mark.parametrize("engine", ["nowhere", "espeak"])
async def test_an_engine_that_makes_no_sounds_is_refused(engine: str) -> None:
    stage = SoundStage(engine, 1, 5.0)
    with pytest.raises(EngineUnavailable):
        await anext(stage.make(SoundPrompt("rain"), 1))
    await stage.close()
