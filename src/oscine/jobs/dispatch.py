# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls jobs up, for each key as many as it may have under way, and takes over those of processes that are gone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from oscine.domain.job import Job
from oscine.domain.problems import describe_failure
from oscine.jobs import rows
from oscine.jobs.durable import Durable, Item
from oscine.jobs.expiry import Expiry
from oscine.jobs.queue import Jobs
from oscine.jobs.runner import Runner
from oscine.store.database import Database
from oscine.store.nodes import BEAT_S, Nodes

log = structlog.get_logger(__name__)

LINE = "job"
"""What durable.py knows them as."""
_TIDY_S = 60.0
_PAUSE_S = 1.0


class Dispatcher:
    """What a process does that does jobs."""

    def __init__(
        self,
        jobs: Jobs,
        runner: Runner,
        durable: Durable,
        expiry: Expiry,
        database: Database,
        nodes: Nodes,
        *,
        at_once: int,
        per_key: int,
    ) -> None:
        """at_once: jobs that this process does at the same time. per_key: that a key may have under way in all, unless
        it has a limit of its own."""
        self._jobs, self._runner, self._durable, self._expiry = jobs, runner, durable, expiry
        self._database, self._nodes = database, nodes
        self._per_key = per_key
        self._hungry: set[str] = set()
        """Keys that may have a job to call up."""
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        durable.register(LINE, runner.run, at_once)
        jobs.listeners.append(self._hear)

    @property
    def running(self) -> int:
        """Jobs that this process works on."""
        return self._runner.running

    async def open(self) -> None:
        """Begin to do jobs. May be called in a task: until it is done, jobs wait; where it cannot be done, for a server
        that can."""
        try:
            await self._durable.open()
        except Exception as error:
            log.error("jobs.not_started", failure=describe_failure(error))  # noqa: TRY400 - which would say too much
            return
        self._tasks = [asyncio.create_task(self._feed()), asyncio.create_task(self._tend())]

    async def close(self, grace_s: float) -> None:
        """grace_s: how long jobs under way may go on."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._runner.close(grace_s)
        await self._durable.close()

    def _hear(self, job: Job) -> None:
        if job.state == "CANCELLED":
            self._runner.stop(job.id)
        if job.state != "PROCESSING":
            self._hungry.add(job.key_id)
            self._wake.set()

    async def _feed(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            keys, self._hungry = self._hungry, set()
            try:
                for key_id in keys:
                    await self._call_up(key_id)
            except Exception as error:
                log.warning("jobs.not_called", failure=describe_failure(error))
                self._hungry |= keys
                asyncio.get_running_loop().call_later(_PAUSE_S, self._wake.set)

    async def _call_up(self, key_id: str) -> None:
        node_id, per_key = self._nodes.node_id, self._per_key
        called = await self._database.transact(lambda c: rows.call_up(c, key_id, node_id, per_key))
        try:
            await self._durable.enqueue(LINE, [Item(generation_id, turn) for generation_id, turn in called])
        except Exception:
            await self._database.transact(lambda c: rows.send_back(c, [generation_id for generation_id, _ in called]))
            raise

    async def recover(self) -> int:
        """Take from processes that are gone what they had, and call up what nobody has. Returns how many jobs were
        taken over. One process does it for all: the first among those that live."""
        alive = await self._nodes.alive()
        if min(alive, default="") != self._nodes.node_id:
            return 0
        taken = await self._database.transact(lambda c: rows.disown(c, alive))
        await self._durable.adopt(alive)
        self._hungry |= {*await self._database.transact(rows.waiting_keys)}
        self._wake.set()
        return taken

    async def _tend(self) -> None:
        last_tidied = time.monotonic()
        while True:
            with _logged():
                if taken := await self.recover():
                    log.warning("jobs.taken_over", count=taken)
            with _logged():
                await self._runner.look_after()
            if time.monotonic() - last_tidied >= _TIDY_S:
                last_tidied = time.monotonic()
                with _logged():
                    while await self._durable.forget(time.time() - _TIDY_S):
                        continue
                with _logged():
                    await self._expiry.tidy()
            await asyncio.sleep(BEAT_S)


@contextmanager
def _logged() -> Iterator[None]:
    """A database or a store that is away for a while costs a line in the log, no more."""
    try:
        yield
    except Exception as error:
        log.warning("jobs.upkeep_failed", failure=describe_failure(error))
