# SPDX-License-Identifier: GPL-3.0-or-later
"""Who calls up what, with work that is queued by hand and done by nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable
from pathlib import Path

import pytest

from oscine.jobs.dispatch import Dispatcher
from oscine.jobs.durable import Durable, Item, Work
from oscine.jobs.expiry import Expiry
from oscine.jobs.runner import Runner
from oscine.store.blobs import Blobs
from oscine.store.nodes import Nodes
from tests.unit.jobs.conftest import Desk


class Line(Durable):
    """What was given to DBOS."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.alive: list[Collection[str]] = []
        self.failures = 0
        self.is_open = False

    def register(self, name: str, work: Work, at_once: int) -> None:
        assert (name, at_once) == ("job", 4)

    async def open(self) -> None:
        self.is_open = True

    async def enqueue(self, name: str, items: Iterable[Item]) -> None:
        assert name == "job"
        if self.failures:
            self.failures -= 1
            raise OSError
        self.items += items

    async def adopt(self, alive: Collection[str]) -> int:
        self.alive.append(sorted(alive))
        return 0

    async def forget(self, before_unix: float) -> int:
        return 0

    async def close(self) -> None:
        self.is_open = False


class Process:
    def __init__(self, desk: Desk, blobs: Blobs, node_id: str) -> None:
        self.desk, self.line = desk, Line()
        self.nodes = Nodes(desk.database, node_id, desk.clock)
        self.dispatcher = Dispatcher(
            desk.jobs,
            Runner(desk.jobs, blobs, {}, node_id),
            self.line,
            Expiry(desk.database, blobs, desk.clock),
            desk.database,
            self.nodes,
            at_once=4,
            per_key=2,
        )

    async def has(self, count: int) -> list[str]:
        """What was called up, once it is so much."""
        async with asyncio.timeout(20):
            while len(self.line.items) < count:
                await asyncio.sleep(0.01)
        return [item.id for item in self.line.items]


@pytest.fixture
async def blobs(tmp_path: Path) -> Blobs:
    return await Blobs.open(None, tmp_path / "blobs")


@pytest.fixture
async def process(desk: Desk, blobs: Blobs) -> AsyncIterator[Process]:
    made = Process(desk, blobs, "node")
    await made.nodes.beat()
    await made.dispatcher.open()
    yield made
    await made.dispatcher.close(0.0)
    assert not made.line.is_open


async def test_a_job_is_called_up_when_it_is_queued_and_the_next_when_it_ends(desk: Desk, process: Process) -> None:
    first, second, third = [(await desk.submit()).generation_id for _ in range(3)]
    assert await process.has(2) == [first, second]
    begun = await desk.jobs.begin(first, "node")
    assert begun is not None
    await desk.jobs.fail(begun, "FAILED", "why")
    assert await process.has(3) == [first, second, third]


async def test_a_cancelled_job_makes_room_too(desk: Desk, process: Process) -> None:
    jobs = [await desk.submit() for _ in range(3)]
    await process.has(2)
    await desk.jobs.cancel(None, jobs[1].id)
    assert await process.has(3) == [job.generation_id for job in jobs]


async def test_what_could_not_be_called_up_is_called_up_later(desk: Desk, process: Process) -> None:
    process.line.failures = 1
    job = await desk.submit()
    assert await process.has(1) == [job.generation_id]


async def test_what_was_queued_before_or_by_others_is_called_up(desk: Desk, blobs: Blobs) -> None:
    job = await desk.submit()
    process = Process(desk, blobs, "node")
    await process.nodes.beat()
    await process.dispatcher.open()
    assert await process.has(1) == [job.generation_id]
    await process.dispatcher.close(0.0)


async def test_one_process_looks_after_what_the_dead_had(desk: Desk, blobs: Blobs) -> None:
    processes = [Process(desk, blobs, name) for name in ("a", "b", "z")]
    for process in processes:
        await process.nodes.beat()
    job = await desk.submit()
    await desk.begin(job)  # by nobody that lives
    assert [await process.dispatcher.recover() for process in processes] == [1, 0, 0]
    assert [process.line.alive for process in processes] == [[["a", "b", "z"]], [], []]
    desk.clock.now += 20
    for process in processes[1:]:
        await process.nodes.beat()
    assert [await process.dispatcher.recover() for process in processes[1:]] == [0, 0]
    assert [process.line.alive for process in processes[1:]] == [[["b", "z"]], []]
