# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose turn it is, and what becomes of what the dead had."""

import asyncio
import itertools
from dataclasses import replace
from functools import partial

from oscine.accounts.keys import Keys
from oscine.accounts.ledger import Ledger
from oscine.domain.account import Key
from oscine.domain.generation import Charge
from oscine.domain.job import Job, Order
from oscine.jobs import rows
from oscine.jobs.queue import Jobs
from oscine.store.database import Database
from tests import databases

CHARGE = Charge("TTS", "m", None, 1, 1, None)


async def submit(database: Database, key: Key, priority: int = 5) -> Job:
    jobs = Jobs(database, Ledger(database, "node"), 7.0)
    return await jobs.submit(replace(key, priority=priority), Order("test", "speech", "m", {}), CHARGE)


async def call_up(database: Database, key: Key, limit: int = 100, node: str = "node") -> list[str]:
    return [
        generation_id for generation_id, _ in await database.transact(lambda c: rows.call_up(c, key.id, node, limit))
    ]


async def test_a_key_has_as_many_under_way_as_it_may(database: Database) -> None:
    keys = Keys(database, None)
    usual, _ = await keys.create("usual")
    narrow, _ = await keys.create("narrow", concurrency=1)
    for key in (usual, narrow):
        made = [(await submit(database, key)).generation_id for _ in range(5)]
        limit = 1 if key is narrow else 3
        called = await asyncio.gather(*(call_up(database, key, 3, f"node{i}") for i in range(4)))
        assert sorted(itertools.chain(*called)) == made[:limit]
        jobs = Jobs(database, Ledger(database, "node"), 7.0)
        begun = await jobs.begin(made[0], "node0")
        assert begun is not None
        assert await call_up(database, key, 3) == []
        await jobs.fail(begun, "FAILED", "why")
        assert await call_up(database, key, 3) == [made[limit]]


async def test_what_has_priority_comes_first_and_what_was_under_way_before_it(database: Database) -> None:
    key, _ = await Keys(database, None).create("key", priority=5)
    late, usual, early = [(await submit(database, key, priority)).generation_id for priority in (9, 5, 1)]
    jobs = Jobs(database, Ledger(database, "node"), 7.0)
    assert await call_up(database, key, 1) == [early]
    assert await call_up(database, key, 2) == [usual]
    assert await call_up(database, key) == [late]
    await jobs.begin(late, "node")
    await database.transact(lambda c: rows.disown(c, ["other"]))
    assert await call_up(database, key, 1) == [late]


async def test_only_the_dead_lose_what_they_had(database: Database) -> None:
    key, _ = await Keys(database, None).create("key")
    jobs = Jobs(database, Ledger(database, "node"), 7.0)
    called, begun, others = [(await submit(database, key)).generation_id for _ in range(3)]
    assert await database.transact(rows.waiting_keys) == [key.id]
    assert await call_up(database, key, 2, "dead") == [called, begun]
    assert await call_up(database, key, 3, "alive") == [others]
    await jobs.begin(begun, "dead")
    assert await database.transact(rows.waiting_keys) == []
    assert await database.transact(lambda c: rows.disown(c, ["alive", "dead"])) == 0
    assert await database.transact(lambda c: rows.disown(c, ["alive"])) == 2
    assert await database.transact(rows.waiting_keys) == [key.id]
    assert sorted(await call_up(database, key, 3, "alive")) == [called, begun]
    await database.transact(lambda c: rows.send_back(c, [called]))
    assert await call_up(database, key, 3, "alive") == [called]


async def test_of_equals_the_one_with_less_under_way_comes_first(database: Database) -> None:
    keys = Keys(database, None)
    turns: dict[str, int] = {}
    busy, calm, urgent = [(await keys.create(name))[0] for name in ("busy", "calm", "urgent")]
    for key, count, priority in ((busy, 4, 5), (calm, 2, 5), (urgent, 1, 4)):
        for _ in range(count):
            await submit(database, key, priority)
        called = await database.transact(partial(rows.call_up, key_id=key.id, node_id="node", usual_limit=3))
        turns |= {f"{key.name} {place}": turn for place, (_, turn) in enumerate(called)}
    assert sorted(turns, key=turns.__getitem__) == ["urgent 0", "busy 0", "calm 0", "busy 1", "calm 1", "busy 2"]


if databases.has_many_writers():

    async def test_calling_up_waits_for_no_job_that_is_being_cancelled(database: Database) -> None:
        """Who cancels one holds it, and then waits for the key that calling up holds."""
        key, _ = await Keys(database, None).create("key")
        cancelled, other = await submit(database, key), await submit(database, key)
        async with database.session.begin() as session:
            connection = await session.connection()
            assert await connection.run_sync(lambda c: rows.cancel(c, cancelled, 0, 0)) is not None
            async with asyncio.timeout(30):
                assert await call_up(database, key) == [other.generation_id]
