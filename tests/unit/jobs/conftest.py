# SPDX-License-Identifier: GPL-3.0-or-later
"""A queue, a key with 100 credits and a cent, and a process that does jobs, whose steps are taken by hand; and a post
between jobs and their webhooks."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from oscine.accounts.keys import Keys
from oscine.accounts.ledger import Ledger
from oscine.domain.account import Key
from oscine.domain.generation import Charge
from oscine.domain.job import Job, Order
from oscine.jobs import rows
from oscine.jobs.queue import Jobs
from oscine.store.database import Database
from oscine.store.tables import KeyRow
from tests.post import Post

ORDER = Order("test", "speech", "model", {"text": "Hello."})
CHARGE = Charge("TTS", "eleven_v3", None, 30, 30, "print", 3000)


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


class Desk:
    def __init__(self, database: Database, key: Key) -> None:
        self.database, self.key, self.clock = database, key, Clock()
        self.ledger = Ledger(database, "node", self.clock)
        self.jobs = Jobs(database, self.ledger, 7.0, self.clock)

    async def submit(self) -> Job:
        return await self.jobs.submit(self.key, ORDER, CHARGE)

    async def begin(self, job: Job) -> Job:
        begun = await self.jobs.begin(job.generation_id, "node")
        assert begun is not None
        return begun

    async def now(self, job: Job) -> Job:
        return await self.jobs.get(None, job.id)

    async def left(self) -> tuple[int, int | None]:
        """Credits used, micro-dollars in the wallet."""
        async with self.database.session() as session:
            used, wallet = (await session.execute(select(KeyRow.credits_used, KeyRow.wallet_micros))).one()
            return used, wallet

    async def called(self, limit: int = 100) -> list[str]:
        found = await self.database.transact(lambda c: rows.call_up(c, self.key.id, "node", limit))
        return [generation_id for generation_id, _ in found]


@pytest.fixture
async def desk(database: Database) -> Desk:
    key, _ = await Keys(database, None, Clock()).create("key", wallet_micros=10_000, credit_limit=100)
    return Desk(database, key)


@pytest.fixture
async def post(database: Database) -> Post:
    key, _ = await Keys(database, None).create("mine")
    return Post(database, key.id)
