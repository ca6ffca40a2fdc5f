# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio

import pytest

from oscine.accounts.accounts import Accounts
from oscine.domain.account import Account
from oscine.domain.problems import AccountExists, AccountNotFound, AccountsFull, SettingOutOfRange
from oscine.store.database import Database


async def test_an_account_is_made_once(database: Database) -> None:
    accounts = Accounts(database, 20, lambda: 1_700_000_000.5)
    acme = await accounts.create(" Acme Ltd ")
    assert acme == Account(acme.id, "Acme Ltd", 1_700_000_000) == await accounts.find(acme.id)
    with pytest.raises(AccountExists, match="Acme Ltd"):
        await accounts.create("Acme Ltd")
    with pytest.raises(AccountExists):
        await accounts.create("owner")
    assert await accounts.named("Acme Ltd") == acme
    other = await accounts.named("Other")
    assert [account.id for account in await accounts.list()] == ["owner", *sorted((acme.id, other.id))]


async def test_there_are_never_more_than_allowed(database: Database) -> None:
    accounts = Accounts(database, 3)
    results = await asyncio.gather(*(accounts.create(f"tenant {i}") for i in range(8)), return_exceptions=True)
    refused = [result for result in results if isinstance(result, BaseException)]
    assert len(refused) == 5
    assert all(isinstance(result, AccountsFull) for result in refused)
    assert len(await accounts.list()) == 4


async def test_what_is_no_account_is_not_found(database: Database) -> None:
    accounts = Accounts(database, 3)
    for account_id in ("user_nobody", "", "\x00", "a" * 10_000):
        with pytest.raises(AccountNotFound):
            await accounts.find(account_id)
    with pytest.raises(SettingOutOfRange):
        await accounts.named("\n")
