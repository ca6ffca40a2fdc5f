# SPDX-License-Identifier: GPL-3.0-or-later
"""What DBOS does for us, and what it has to be told."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from oscine.jobs.durable import Durable, Item
from tests import databases


class Worker:
    """A process's share of the work, which it does while its gate is open."""

    def __init__(self, folder: Path, node_id: str, at_once: int = 1) -> None:
        self.durable = Durable(databases.url_for(folder), node_id)
        self.durable.register("work", self.work, at_once)
        self.began: list[str] = []
        self.done: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def work(self, item_id: str) -> None:
        self.began.append(item_id)
        await self.gate.wait()
        self.done.append(item_id)


async def nothing(_: str) -> None:
    """Work that is done at once."""


@pytest.fixture
async def worker(tmp_path: Path) -> AsyncIterator[Worker]:
    opened = Worker(tmp_path, "first")
    await opened.durable.open()
    yield opened
    await opened.durable.close()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


async def test_what_is_queued_is_done_once_and_what_has_priority_first(worker: Worker) -> None:
    worker.gate.clear()
    await worker.durable.enqueue("work", [Item("first")])
    await until(lambda: worker.began == ["first"])
    await worker.durable.enqueue(
        "work", [Item("late", 9), Item("usual", 5), Item("early", 1), Item("first"), Item("late")]
    )
    worker.gate.set()
    await until(lambda: len(worker.done) == 4)
    assert worker.done == ["first", "early", "usual", "late"]
    await worker.durable.enqueue("work", [Item("first"), Item("next")])
    await until(lambda: "next" in worker.done)
    assert worker.done.count("first") == 1


async def test_what_is_done_is_forgotten_and_what_is_under_way_is_not(worker: Worker) -> None:
    await worker.durable.enqueue("work", [Item("done")])
    await until(lambda: worker.done == ["done"])
    worker.gate.clear()
    await worker.durable.enqueue("work", [Item("under way"), Item("waiting")])
    await until(lambda: "under way" in worker.began)
    assert await worker.durable.forget(0.0) == 0
    async with asyncio.timeout(30):
        while await worker.durable.forget(4e9) == 0:  # DBOS writes the end of a work down after it
            await asyncio.sleep(0.01)
    worker.gate.set()
    await until(lambda: worker.done == ["done", "under way", "waiting"])


async def test_what_a_process_leaves_another_takes_over_when_it_is_told(tmp_path: Path) -> None:
    first = Worker(tmp_path, "first")
    first.gate.clear()
    await first.durable.open()
    await first.durable.enqueue("work", [Item("under way"), Item("waiting")])
    await until(lambda: first.began == ["under way"])
    await first.durable.close()
    second = Worker(tmp_path, "second", at_once=4)
    await second.durable.open()
    try:
        await until(lambda: second.done == ["waiting"])
        assert await second.durable.adopt(["first", "second"]) == 0
        assert await second.durable.adopt(["second"]) == 1
        await until(lambda: second.done == ["waiting", "under way"])
    finally:
        await second.durable.close()
    assert first.done == []


async def test_the_file_is_written_ahead_and_its_owners_alone(tmp_path: Path) -> None:
    """Of SQLite, whatever else the tests run on."""
    path = tmp_path / "jobs.db"
    durable = Durable(f"sqlite+aiosqlite:///{tmp_path / 'oscine.db'}", "first")
    durable.register("work", nothing, 1)
    await durable.open()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    await durable.close()
