# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever happens to generations, in whatever order and on however many processes: the sum agrees."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from oscine.accounts.keys import Keys
from oscine.accounts.ledger import Ledger
from oscine.domain.generation import Charge, Outcome, Reservation
from oscine.domain.problems import QuotaExceeded, WalletShort
from oscine.store.database import Database
from oscine.store.nodes import DEAD_AFTER_S, Nodes
from oscine.store.tables import GenerationRow, KeyRow
from tests import databases

LIMIT = 60
WALLET = 80
"""Micro-dollars."""
NODES = 3
_numbers = itertools.count()

steps = st.one_of(
    st.tuples(
        st.just("reserve"),
        st.integers(0, NODES - 1),
        st.integers(0, 25),
        st.sampled_from([None, "a", "b"]),
        st.integers(0, 40),
    ),
    st.tuples(st.just("settle"), st.integers(0, 30)),
    st.tuples(st.just("release"), st.integers(0, 30)),
    st.tuples(st.just("kill"), st.integers(0, NODES - 1)),
    st.tuples(st.just("top up"), st.integers(1, 30)),
)
batches = st.lists(st.lists(steps, min_size=1, max_size=5), min_size=1, max_size=8)
"""Steps of one batch happen at the same time."""


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


class World:
    """One key, three processes, and what is under way."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Clock()
        self.name = f"w{next(_numbers)}"
        self.life = [0] * NODES
        self.open: list[tuple[str, Reservation]] = []
        self.paid_in = WALLET

    def node(self, i: int) -> str:
        return f"{self.name}-{i}-{self.life[i]}"

    def ledger(self, node_id: str) -> Ledger:
        return Ledger(self.database, node_id, self.clock)

    async def run(self, batches: list[list[tuple[object, ...]]]) -> None:
        self.keys = Keys(self.database, None, self.clock)
        self.key, _ = await self.keys.create(self.name, wallet_micros=WALLET, credit_limit=LIMIT)
        for batch in batches:
            for i in range(NODES):
                await Nodes(self.database, self.node(i), self.clock).beat()
            await asyncio.gather(*(self.step(*step) for step in batch))
            await self.check()

    async def step(self, what: object, *rest: object) -> None:
        if what == "reserve":
            i, cost, fingerprint, price = rest
            assert isinstance(i, int)
            assert isinstance(cost, int)
            assert isinstance(price, int)
            node_id = self.node(i)
            fingerprint = fingerprint and f"{self.name}-{fingerprint}"
            charge = Charge("TTS", "m", None, cost, cost, fingerprint, price)  # type: ignore[arg-type]
            try:
                taken = await self.ledger(node_id).reserve(self.key, f"{self.name}-{next(_numbers)}", charge)
            except (QuotaExceeded, WalletShort):
                return
            self.open.append((node_id, taken))
        elif what == "kill":
            (i,) = rest
            assert isinstance(i, int)
            dead = self.node(i)
            self.life[i] += 1
            await Nodes(self.database, self.node(i), self.clock).beat()
            await self.ledger("sweeper").sweep([dead])
        elif what == "top up":
            (amount,) = rest
            assert isinstance(amount, int)
            self.paid_in += amount
            await self.keys.top_up(self.key.id, amount)
        elif self.open:
            (number,) = rest
            assert isinstance(number, int)
            node_id, reservation = self.open[number % len(self.open)]
            ledger = self.ledger(node_id)
            if what == "settle":
                await ledger.settle(reservation, Outcome(1.0, 1.0))
            else:
                await ledger.release(reservation)

    async def check(self) -> None:
        async with self.database.session() as session:
            key = await session.get_one(KeyRow, self.key.id)
            owed, priced = (
                await session.execute(
                    select(
                        func.coalesce(func.sum(GenerationRow.cost), 0),
                        func.coalesce(func.sum(GenerationRow.price_micros), 0),
                    ).where(GenerationRow.key_id == self.key.id, GenerationRow.state.in_(("reserved", "settled")))
                )
            ).one()
            left = await session.scalar(
                select(func.min(GenerationRow.repeats_left)).where(GenerationRow.key_id == self.key.id)
            )
            settled_late = await session.scalar(
                select(func.count()).where(GenerationRow.key_id == self.key.id, GenerationRow.state == "settled")
            )
        assert key.credits_used == owed
        assert key.wallet_micros is not None
        assert key.wallet_micros >= 0
        assert key.wallet_micros + priced == self.paid_in
        assert left is None or left >= 0
        assert key.credits_used <= LIMIT or settled_late, (
            "only work that was swept and served after all goes over the limit"
        )


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("ledger")
    return databases.url_for(folder)


@given(batches)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_taken_is_what_is_reserved_or_settled(url: str, batches: list[list[tuple[object, ...]]]) -> None:
    async def scenario() -> None:
        database = await Database.open(url)
        try:
            await World(database).run(batches)
        finally:
            await database.close()

    asyncio.run(scenario())


def test_a_process_that_is_not_heard_of_is_dead(url: str) -> None:
    async def scenario() -> list[str]:
        database = await Database.open(url)
        world = World(database)
        await world.run([[("reserve", 0, 5, None, 0)]])
        world.clock.now += DEAD_AFTER_S + 1
        dead = await Nodes(database, "another", world.clock).dead()
        await database.close()
        return [node_id for node_id in dead if node_id.startswith(world.name + "-")]

    assert len(asyncio.run(scenario())) == 1
