# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import select

from oscine.accounts.keys import Keys
from oscine.accounts.tokens import LIFETIME_S, TokenKind, Tokens
from oscine.domain.account import Key
from oscine.domain.problems import KeyInvalid, TokenInvalid
from oscine.store.database import Database
from oscine.store.tables import AccountRow, TokenRow
from tests import databases

KIND: TokenKind = "tts_websocket"


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


async def opened(database: Database, clock: Clock | None = None) -> tuple[Keys, Tokens, Key]:
    keys = Keys(database, None, clock or Clock())
    key, _ = await keys.create("mine", ["text_to_speech"], credit_limit=10, concurrency=2)
    return keys, Tokens(database, keys, clock or Clock()), key


async def test_a_token_stands_for_its_key_once(database: Database) -> None:
    """Source: reference/api-facts.md §9.4."""
    _, tokens, key = await opened(database)
    secret = await tokens.create(key, KIND)
    assert secret.startswith("sutkn_")
    assert len(secret) == 54
    assert await tokens.spend(secret, KIND) == key
    for wrong in (secret, "sutkn_", "", secret[:-1], "\ud800"):
        with pytest.raises(TokenInvalid, match=r"unknown, spent or expired.*within 15 minutes"):
            await tokens.spend(wrong, KIND)


async def test_it_stands_for_a_key_of_any_account(database: Database) -> None:
    async with database.session.begin() as session:
        session.add(AccountRow(id="acme", name="Acme", created_unix=0))
    keys, tokens, _ = await opened(database)
    foreign, _ = await keys.create("theirs", account_id="acme")
    assert (await tokens.spend(await tokens.create(foreign, KIND), KIND)).account_id == "acme"


async def test_of_many_who_spend_it_at_once_one_gets_through(tmp_path: Path) -> None:
    """Two databases opened on the same file are as good as two processes."""
    both = [await Database.open(databases.url_for(tmp_path)) for _ in range(2)]
    _, tokens, key = await opened(both[0])
    rivals = [tokens, Tokens(both[1], Keys(both[1], None, Clock()), Clock())]
    for _ in range(5):
        secret = await tokens.create(key, KIND)
        results = await asyncio.gather(*(rivals[i % 2].spend(secret, KIND) for i in range(16)), return_exceptions=True)
        assert [r for r in results if isinstance(r, Key)] == [key]
        assert sum(isinstance(r, TokenInvalid) for r in results) == 15
    for database in both:
        await database.close()


async def test_it_works_for_a_quarter_of_an_hour(database: Database) -> None:
    clock = Clock()
    _, tokens, key = await opened(database, clock)
    early, late = await tokens.create(key, KIND), await tokens.create(key, KIND)
    clock.now += LIFETIME_S - 0.001
    assert await tokens.spend(early, KIND) == key
    clock.now += 0.001
    with pytest.raises(TokenInvalid):
        await tokens.spend(late, KIND)


async def test_only_what_expired_is_purged(database: Database) -> None:
    clock = Clock()
    _, tokens, key = await opened(database, clock)
    for _ in range(3):
        await tokens.create(key, KIND)
    clock.now += LIFETIME_S
    young = await tokens.create(key, KIND)
    assert [await tokens.purge(), await tokens.purge()] == [3, 0]
    assert await tokens.spend(young, KIND) == key


async def test_a_key_out_of_use_takes_its_tokens_along_at_once(database: Database) -> None:
    clock = Clock()
    keys, tokens, key = await opened(database, clock)
    revoked, _ = await keys.create("revoked")
    expiring, _ = await keys.create("expiring", expires_unix=int(clock.now) + 60)
    of = [await tokens.create(which, KIND) for which in (key, revoked, expiring)]
    beside = Keys(database, None, clock)  # another process: nothing is told to `keys`
    await beside.edit(key.id, is_disabled=True)
    await beside.revoke(revoked.id)
    clock.now += 60
    for secret in of:
        with pytest.raises(KeyInvalid):
            await tokens.spend(secret, KIND)


async def test_a_token_of_the_environments_key_dies_with_it(database: Database) -> None:
    keys = Keys(database, "sk_environment", Clock())
    await keys.open()
    tokens = Tokens(database, keys, Clock())
    one, two = [await tokens.create(await keys.find("sk_environment"), KIND) for _ in range(2)]
    assert (await tokens.spend(one, KIND)).name == "environment"
    with pytest.raises(KeyInvalid):
        await Tokens(database, Keys(database, "sk_another", Clock()), Clock()).spend(two, KIND)


async def test_another_kind_opens_nothing_and_spends_nothing(database: Database) -> None:
    _, tokens, key = await opened(database)
    secret = await tokens.create(key, KIND)
    with pytest.raises(TokenInvalid):
        await tokens.spend(secret, cast(TokenKind, "realtime_scribe"))
    assert await tokens.spend(secret, KIND) == key


async def test_the_secret_is_nowhere(database: Database) -> None:
    _, tokens, key = await opened(database)
    secret = await tokens.create(key, KIND)
    async with database.session() as session:
        row = (await session.scalars(select(TokenRow))).one()
    assert secret[6:] not in repr({column.name: getattr(row, column.name) for column in TokenRow.__table__.columns})
