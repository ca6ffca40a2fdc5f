# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts: each has its own keys, history and dictionaries. All but the owner's are service accounts."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from oscine.domain.account import OWNER, Account, clean_name, is_id
from oscine.domain.problems import AccountExists, AccountNotFound, AccountsFull
from oscine.store.database import Database
from oscine.store.tables import AccountRow


class Accounts:
    def __init__(self, database: Database, most: int, clock: Callable[[], float] = time.time) -> None:
        """most: service accounts there may be."""
        self._database = database
        self._most = most
        self._clock = clock

    async def create(self, name: str) -> Account:
        """Make a service account. Raises: SettingOutOfRange, AccountExists, AccountsFull."""
        row = AccountRow(id=f"user_{secrets.token_hex(10)}", name=clean_name(name), created_unix=int(self._clock()))
        try:
            async with self._database.session.begin() as session:
                # Whoever makes an account holds the owner's row, so that the count stays true until the end.
                await session.execute(update(AccountRow).where(AccountRow.id == OWNER).values(name=AccountRow.name))
                there_are = await session.scalar(select(func.count()).where(AccountRow.id != OWNER)) or 0
                if there_are >= self._most:
                    raise AccountsFull(
                        f"There are {there_are} service accounts, as many as OSCINE_MAX_SERVICE_ACCOUNTS allows. "
                        "Use one of them, or raise the setting."
                    )
                session.add(row)
        except IntegrityError:
            raise AccountExists(f"There is an account named {row.name!r} already.", parameter="name") from None
        return _read(row)

    async def find(self, account_id: str) -> Account:
        """Raises: AccountNotFound."""
        row = None
        if is_id(account_id):
            async with self._database.session() as session:
                row = await session.get(AccountRow, account_id)
        if row is None:
            raise AccountNotFound(f"There is no account {account_id[:40]!r}.")
        return _read(row)

    async def named(self, name: str) -> Account:
        """The account of that name, made where there is none. Raises: SettingOutOfRange, AccountsFull."""
        wanted = select(AccountRow).where(AccountRow.name == clean_name(name))
        async with self._database.session() as session:
            row = await session.scalar(wanted)
        return _read(row) if row else await self.create(name)

    async def list(self) -> list[Account]:
        """The owner first, then the service accounts, oldest first."""
        async with self._database.session() as session:
            rows = await session.scalars(
                select(AccountRow).order_by(AccountRow.id != OWNER, AccountRow.created_unix, AccountRow.id)
            )
            return [_read(row) for row in rows]


def _read(row: AccountRow) -> Account:
    return Account(row.id, row.name, row.created_unix)
