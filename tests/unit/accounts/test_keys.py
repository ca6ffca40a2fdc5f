# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from oscine.accounts.credits import Credits
from oscine.accounts.keys import Keys
from oscine.domain.problems import KeyInvalid, QuotaExceeded, SettingOutOfRange
from oscine.store.database import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'new' / 'oscine.db'}")
    yield opened
    await opened.close()


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


async def test_a_key_is_found_by_its_secret_alone(database: Database, tmp_path: Path) -> None:
    keys = Keys(database, None)
    key, secret = await keys.create("mine", ["text_to_speech"])
    assert (await keys.find(secret)).id == key.id
    assert secret.startswith("sk_")
    assert secret.endswith(key.hint)
    assert key.may("text_to_speech")
    assert not key.may("voices_read")
    with pytest.raises(KeyInvalid):
        await keys.find(secret + "x")
    with pytest.raises(KeyInvalid):
        await keys.find("\udc00")
    stored = b"".join(p.read_bytes() for p in (tmp_path / "new").iterdir())
    assert secret.encode() not in stored


async def test_only_the_owner_can_read_the_folder(database: Database, tmp_path: Path) -> None:
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


async def test_a_revoked_key_is_believed_two_seconds_at_most(database: Database) -> None:
    clock = Clock()
    keys = Keys(database, None, clock)
    key, secret = await keys.create("mine")
    await keys.find(secret)
    assert await keys.revoke(key.id)
    clock.now += 2.1
    with pytest.raises(KeyInvalid):
        await keys.find(secret)
    assert not await keys.revoke("key_unknown")
    assert [k.is_revoked for k in await keys.list()] == [True]


async def test_the_fixed_key_needs_no_row(database: Database) -> None:
    keys = Keys(database, "any syntax at all")
    assert (await keys.find("any syntax at all")).may("voices_read")
    assert await keys.count() == 0


async def test_bad_limits_and_scopes_are_named(database: Database) -> None:
    keys = Keys(database, None)
    with pytest.raises(SettingOutOfRange, match="nonsense"):
        await keys.create("x", ["nonsense"])
    with pytest.raises(SettingOutOfRange, match="-1"):
        await keys.create("x", credit_limit=-1)


async def test_credits_are_exact_under_concurrency(database: Database) -> None:
    keys, account = Keys(database, None), Credits(database)
    key, _ = await keys.create("limited", credit_limit=100)
    results = await asyncio.gather(*(account.reserve(key, 7) for _ in range(32)), return_exceptions=True)
    assert sum(r is None for r in results) == 14
    assert all(r is None or isinstance(r, QuotaExceeded) for r in results)
    await account.refund(key, 7)
    await account.reserve(key, 9)
    with pytest.raises(QuotaExceeded, match=r"exceeds your quota of 100. You have 0 credits remaining, while 1 "):
        await account.reserve(key, 1)
    assert (await keys.list())[0].credits_used == 100


async def test_a_new_month_starts_at_nothing(database: Database) -> None:
    clock = Clock()
    keys, account = Keys(database, None, clock), Credits(database, clock)
    key, _ = await keys.create("limited", credit_limit=10)
    await account.reserve(key, 10)
    clock.now += 32 * 86400
    await account.refund(key, 10)  # of another month: gives nothing
    await account.reserve(key, 10)
    with pytest.raises(QuotaExceeded):
        await account.reserve(key, 1)
