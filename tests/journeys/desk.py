# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody who queues jobs beside running servers, over their database, and looks what becomes of them."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Collection, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import func, select

from oscine.accounts.keys import Keys
from oscine.accounts.ledger import Ledger
from oscine.domain.account import Key
from oscine.domain.audio import find_format
from oscine.domain.generation import Charge
from oscine.domain.job import Job, Order
from oscine.domain.speech import SpeechRequest
from oscine.jobs.queue import Jobs
from oscine.pipeline.orders import pack
from oscine.store.database import Database
from oscine.store.tables import GenerationRow, JobRow, KeyRow
from tests import databases
from tests.conftest import LiveServer, start_tone_server, stop_server
from tests.journeys.ear import VOICE

T = TypeVar("T")

AT_ONCE = 4
COST, PRICE_MICROS, WALLET_MICROS = 7, 700, 10**9
_PATIENCE_S = 90


class Desk:
    """One key, and all jobs there are."""

    def __init__(self, folder: Path, database: Database, key: Key, secret: str) -> None:
        self.folder, self.database, self.key, self.secret = folder, database, key, secret
        self.jobs = Jobs(database, Ledger(database, "desk"), 7.0)

    async def submit(self, *texts: str) -> list[Job]:
        """Each costs COST credits and PRICE_MICROS."""
        charge = Charge("TTS", "eleven_v3", VOICE, 1, COST, None, PRICE_MICROS)
        requests = [SpeechRequest(text, VOICE, "eleven_v3", find_format("wav_24000")) for text in texts]
        orders = [Order("test", "speech", "model", pack(request)) for request in requests]
        return [await self.jobs.submit(self.key, order, charge) for order in orders]

    async def until(self, condition: Callable[[list[Job]], bool]) -> list[Job]:
        """All jobs, once that holds of them."""
        latest = time.monotonic() + _PATIENCE_S
        while not condition(jobs := [*await self.jobs.list(limit=1000)]):
            assert time.monotonic() < latest, [(job.state, job.attempts, job.error) for job in jobs][:20]
            await asyncio.sleep(0.05)
        return jobs

    async def ended(self, count: int) -> list[Job]:
        return await self.until(lambda jobs: sum(not job.is_open for job in jobs) == count)

    async def under_way(self, count: int) -> list[Job]:
        found = await self.until(lambda jobs: sum(job.state == "PROCESSING" for job in jobs) >= count)
        return [job for job in found if job.state == "PROCESSING"]

    async def workers(self) -> Collection[str]:
        """Processes that have jobs."""
        async with self.database.session() as session:
            held = select(JobRow.node_id).where(JobRow.node_id.is_not(None), JobRow.state == "PROCESSING").distinct()
            return [node_id for node_id in await session.scalars(held) if node_id]

    async def check_accounts(self) -> None:
        """What was completed is paid for, once, and nothing else."""
        done = [job for job in await self.jobs.list(limit=1000) if job.state == "COMPLETED"]
        async with self.database.session() as session:
            purse = select(KeyRow.credits_used, KeyRow.wallet_micros).where(KeyRow.id == self.key.id)
            used, wallet = (await session.execute(purse)).one()
            counted = select(GenerationRow.state, func.count()).group_by(GenerationRow.state)
            booked = await session.execute(counted.where(GenerationRow.key_id == self.key.id))
            states = {row[0]: row[1] for row in booked}
        assert used == sum(job.cost for job in done)
        assert wallet == WALLET_MICROS - sum(job.price_micros for job in done)
        assert states.get("settled", 0) == len(done)
        assert "reserved" not in states

    def files(self) -> list[str]:
        """Outputs that are kept, by the id of their job."""
        return sorted(path.name for path in (self.folder / "blobs" / "jobs").rglob("*") if path.is_file())


def at_desk(folder: Path, work: Callable[[Desk], Coroutine[Any, Any, T]]) -> T:
    """What the work returns, which gets a key of its own."""

    async def sit() -> T:
        database = await Database.open(databases.url_for(folder))
        try:
            key, secret = await Keys(database, None).create(secrets.token_hex(4), wallet_micros=WALLET_MICROS)
            return await work(Desk(folder, database, key, secret))
        finally:
            await database.close()

    return asyncio.run(sit())


def begin(folder: Path, **environment: str) -> LiveServer:
    """A server that does AT_ONCE jobs at once; those whose text has a gate in it wait at that."""
    few = {"OSCINE_JOBS": str(AT_ONCE), "OSCINE_ENGINE_IDLE_TIMEOUT_S": "60", "OSCINE_SHUTDOWN_GRACE_S": "1"}
    return start_tone_server(folder, **{**few, **environment})


@contextmanager
def stopping() -> Iterator[list[LiveServer]]:
    """Servers that are put into it are stopped at the end, unless they are gone."""
    started: list[LiveServer] = []
    try:
        yield started
    finally:
        for server in started:
            if server.process.poll() is None:
                stop_server(server)
            elif server.process.stdout is not None:
                server.process.stdout.close()
