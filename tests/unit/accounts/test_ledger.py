# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, Insert, insert, select, update

from oscine.accounts.keys import Keys
from oscine.accounts.ledger import FREE_REPEATS, Ledger
from oscine.domain.account import Key
from oscine.domain.generation import Charge, Outcome
from oscine.domain.problems import QuotaExceeded, WalletShort
from oscine.store.database import Database
from oscine.store.nodes import DEAD_AFTER_S, Nodes
from oscine.store.tables import AccountRow, GenerationRow, KeyRow
from tests import databases

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


def priced(micros: int, cost: int = 0, fingerprint: str | None = None) -> Charge:
    return replace(charge(cost, fingerprint), price_micros=micros)


async def rich(database: Database, micros: int | None, limit: int | None = None) -> Key:
    key, _ = await Keys(database, None, Clock()).create("rich", wallet_micros=micros, credit_limit=limit)
    return key


async def balance(database: Database) -> int | None:
    async with database.session() as session:
        return await session.scalar(select(KeyRow.wallet_micros))


async def test_a_wallet_is_never_less_than_nothing_whichever_process_asks(database: Database, tmp_path: Path) -> None:
    key = await rich(database, 100)
    others = [await Database.open(databases.url_for(tmp_path)) for _ in range(3)]
    ledgers = [Ledger(d, f"n{i}", Clock()) for i, d in enumerate([database, *others])]
    results = await asyncio.gather(
        *(ledgers[i % 4].reserve(key, f"g{i}", priced(7)) for i in range(40)), return_exceptions=True
    )
    taken = [r for r in results if not isinstance(r, BaseException)]
    assert (len(taken), await balance(database)) == (14, 2)
    assert all(isinstance(r, WalletShort) for r in results if isinstance(r, BaseException))
    await ledgers[0].settle(taken[0], DONE)
    await asyncio.gather(*(ledgers[i % 4].release(r) for i, r in enumerate(taken[1:] * 2)))
    assert await balance(database) == 100 - 7
    for other in others:
        await other.close()


async def test_money_and_credits_are_taken_together_or_not_at_all(database: Database) -> None:
    key, ledger = await rich(database, 150_000, limit=10), Ledger(database, "n", Clock())
    with pytest.raises(WalletShort, match=r"costs \$0.16, and the key's wallet holds \$0.15\. .*oscine keys topup"):
        await ledger.reserve(key, "dear", priced(160_000, cost=4))
    with pytest.raises(QuotaExceeded):
        await ledger.reserve(key, "long", priced(100_000, cost=11))
    assert (await used(database), await balance(database)) == (0, 150_000)
    one = await ledger.reserve(key, "one", priced(150_000, cost=10))
    assert (await used(database), await balance(database), one.price_micros) == (10, 0, 150_000)
    await ledger.reserve(key, "without a price", priced(0))


async def test_a_key_without_a_wallet_spends_as_it_likes(database: Database) -> None:
    key, ledger = await rich(database, None), Ledger(database, "n", Clock())
    await ledger.release(await ledger.reserve(key, "one", priced(10**9)))
    assert await balance(database) is None


async def test_a_free_repeat_has_its_price_and_another_month_gives_money_back(database: Database) -> None:
    clock = Clock()
    key, ledger = await rich(database, 100), Ledger(database, "n", clock)
    await ledger.settle(await ledger.reserve(key, "first", priced(10, 5, "same")), DONE)
    repeat = await ledger.reserve(key, "second", priced(10, 5, "same"))
    assert (repeat.cost, repeat.price_micros, await balance(database)) == (0, 10, 80)
    clock.now += 32 * 86400
    await ledger.release(repeat)
    assert await balance(database) == 90


async def test_work_served_after_all_takes_what_the_wallet_still_has(database: Database) -> None:
    key, ledger = await rich(database, 100), Ledger(database, "asleep", Clock())
    late = await ledger.reserve(key, "late", priced(60))
    assert await ledger.sweep(["asleep"]) == 1
    await ledger.reserve(key, "meanwhile", priced(70))
    await ledger.settle(late, DONE)
    assert await balance(database) == 0
    async with database.session() as session:
        prices = dict((await session.execute(select(GenerationRow.id, GenerationRow.price_micros))).all())
    assert prices == {"late": 30, "meanwhile": 70}


def note(name: str = "noted") -> Insert:
    return insert(AccountRow).values(id=name, name=name, created_unix=0)


async def test_what_outlives_its_process_is_not_swept_with_it(database: Database) -> None:
    key = await limited(database, 100)
    dying, living = Ledger(database, "dying", Clock()), Ledger(database, "living", Clock())
    kept = await dying.reserve(key, "kept", charge(40), durable_by=lambda c: c.execute(note()))
    assert await Nodes(database, "living", Clock()).dead() == []
    assert await living.sweep(["dying"]) == 0
    assert await used(database) == 40
    assert await living.settle(kept, DONE)
    assert await used(database) == 40


async def test_no_credits_no_row_of_the_work(database: Database) -> None:
    key = await limited(database, 10)
    with pytest.raises(QuotaExceeded):
        await Ledger(database, "n", Clock()).reserve(key, "g", charge(11), durable_by=lambda c: c.execute(note()))
    async with database.session() as session:
        assert await session.get(AccountRow, "noted") is None


async def test_nothing_is_settled_or_released_unless_what_goes_along_says_so(database: Database) -> None:
    key, ledger = await limited(database, 100), Ledger(database, "n", Clock())
    taken = await ledger.reserve(key, "g", charge(40), durable_by=lambda c: c.execute(note()))

    def refuse(_: Connection) -> bool:
        return False

    def agree(connection: Connection) -> bool:
        connection.execute(note("agreed"))
        return True

    assert not await ledger.settle(taken, DONE, provided=refuse)
    assert not await ledger.release(taken, provided=refuse)
    assert await used(database) == 40
    assert await ledger.release(taken, provided=agree)
    assert await used(database) == 0
    async with database.session() as session:
        assert await session.get(AccountRow, "agreed") is not None
