# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from oscine.accounts.keys import Keys
from oscine.accounts.ledger import FREE_REPEATS, Ledger
from oscine.domain.account import Key
from oscine.domain.generation import Charge, Outcome
from oscine.domain.problems import QuotaExceeded
from oscine.store.database import Database
from oscine.store.nodes import DEAD_AFTER_S, Nodes
from oscine.store.tables import AccountRow, GenerationRow, KeyRow

DONE = Outcome(5.0, 1.0)


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def charge(cost: int, fingerprint: str | None = None) -> Charge:
    return Charge("TTS", "eleven_v3", "voice", cost, cost, fingerprint)


async def limited(database: Database, limit: int | None, clock: Clock | None = None) -> Key:
    key, _ = await Keys(database, None, clock or Clock()).create("limited", credit_limit=limit)
    return key


async def used(database: Database) -> int:
    async with database.session() as session:
        return await session.scalar(select(KeyRow.credits_used)) or 0


async def test_no_more_than_the_limit_is_taken_however_many_ask(database: Database) -> None:
    key, ledger = await limited(database, 100), Ledger(database, "n", Clock())
    results = await asyncio.gather(
        *(ledger.reserve(key, f"g{i}", charge(7)) for i in range(32)), return_exceptions=True
    )
    taken = [r for r in results if not isinstance(r, BaseException)]
    assert len(taken) == 14
    assert all(isinstance(r, QuotaExceeded) for r in results if isinstance(r, BaseException))
    assert sorted(r.used_before for r in taken) == list(range(0, 98, 7))
    await ledger.release(taken[0])
    await ledger.reserve(key, "more", charge(9))
    with pytest.raises(QuotaExceeded, match=r"exceeds your quota of 100. You have 0 credits remaining, while 1 "):
        await ledger.reserve(key, "too much", charge(1))
    assert await used(database) == 100


async def test_each_generation_is_settled_or_released_once(database: Database) -> None:
    key, ledger = await limited(database, None), Ledger(database, "n", Clock())
    one, two = await ledger.reserve(key, "one", charge(5)), await ledger.reserve(key, "two", charge(3))
    for _ in range(2):
        await ledger.settle(one, DONE)
        await ledger.release(one)
        await ledger.release(two)
    assert await used(database) == 5
    async with database.session() as session:
        states = await session.execute(select(GenerationRow.id, GenerationRow.state))
        assert dict(states.all()) == {"one": "settled", "two": "released"}


async def test_a_new_month_starts_at_nothing(database: Database) -> None:
    clock = Clock()
    key, ledger = await limited(database, 10, clock), Ledger(database, "n", clock)
    old = await ledger.reserve(key, "old", charge(10))
    clock.now += 32 * 86400
    await ledger.release(old)  # of another month: gives nothing
    await ledger.reserve(key, "new", charge(10))
    with pytest.raises(QuotaExceeded):
        await ledger.reserve(key, "more", charge(1))


async def test_two_identical_repeats_are_free_and_the_next_is_paid(database: Database) -> None:
    """reference/api-facts.md §6: up to two identical repeats are not charged."""
    key, ledger = await limited(database, None), Ledger(database, "n", Clock())
    costs = []
    for i in range(7):
        reservation = await ledger.reserve(key, f"g{i}", charge(5, "same"))
        costs.append(reservation.cost)
        await ledger.settle(reservation, DONE)
    assert costs == [5, *[0] * FREE_REPEATS, 5, *[0] * FREE_REPEATS, 5]
    assert (await ledger.reserve(key, "other", charge(5, "different"))).cost == 5


async def test_a_repeat_is_free_only_of_what_is_done_and_a_failed_one_does_not_count(database: Database) -> None:
    key, ledger = await limited(database, None), Ledger(database, "n", Clock())
    first = await ledger.reserve(key, "first", charge(5, "same"))
    assert (await ledger.reserve(key, "meanwhile", charge(5, "same"))).cost == 5
    await ledger.settle(first, DONE)
    for i in range(4):
        failed = await ledger.reserve(key, f"failed{i}", charge(5, "same"))
        assert failed.cost == 0
        await ledger.release(failed)


async def test_concurrent_repeats_take_no_more_than_there_are(database: Database) -> None:
    key, ledger = await limited(database, None), Ledger(database, "n", Clock())
    await ledger.settle(await ledger.reserve(key, "first", charge(5, "same")), DONE)
    repeats = await asyncio.gather(*(ledger.reserve(key, f"g{i}", charge(5, "same")) for i in range(8)))
    assert sorted(r.cost for r in repeats) == [0, 0, 5, 5, 5, 5, 5, 5]


async def test_another_accounts_repeat_is_not_free(database: Database) -> None:
    key, ledger = await limited(database, None), Ledger(database, "n", Clock())
    await ledger.settle(await ledger.reserve(key, "first", charge(5, "same")), DONE)
    async with database.session.begin() as session:
        session.add(AccountRow(id="other", name="other", created_unix=0))
        await session.flush()
        await session.execute(update(KeyRow).values(account_id="other"))
    assert (await ledger.reserve(replace(key, account_id="other"), "second", charge(5, "same"))).cost == 5


async def test_what_a_dead_process_had_reserved_goes_back_once(database: Database) -> None:
    clock = Clock()
    key = await limited(database, 100, clock)
    dying, living = Ledger(database, "dying", clock), Ledger(database, "living", clock)
    await Nodes(database, "dying", clock).beat()
    nodes = Nodes(database, "living", clock)
    lost = await dying.reserve(key, "lost", charge(40))
    await living.reserve(key, "kept", charge(30))
    await nodes.beat()
    assert await nodes.dead() == []
    clock.now += DEAD_AFTER_S + 1
    await nodes.beat()
    assert await nodes.dead() == ["dying"]
    assert await living.sweep(["dying"]) == 1
    assert await living.sweep(["dying"]) == 0
    assert await used(database) == 30
    await dying.settle(lost, DONE)  # it was only asleep, and has served its caller
    assert await used(database) == 70
    await dying.settle(lost, DONE)
    assert await used(database) == 70
