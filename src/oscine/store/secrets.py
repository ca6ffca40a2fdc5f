# SPDX-License-Identifier: GPL-3.0-or-later
"""What this server signs with: made on first use, kept in the database, the same for all processes that share it."""

from __future__ import annotations

import contextlib
import secrets
from typing import cast

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.exc import IntegrityError

from oscine.store.database import Database
from oscine.store.tables import SecretRow

_BYTES = 32
_SECRETS = cast(Table, SecretRow.__table__)


class Secrets:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, name: str) -> bytes:
        """The secret of that name. name: what is signed with it."""
        known = await self._read(name)
        if known is not None:
            return known
        value = secrets.token_bytes(_BYTES)
        made = {"name": name, "value": value}
        with contextlib.suppress(IntegrityError):  # another process may be faster
            await self._database.transact(lambda connection: connection.execute(insert(_SECRETS), made))
        return await self._read(name) or value

    async def _read(self, name: str) -> bytes | None:
        wanted = select(_SECRETS.c.value).where(_SECRETS.c.name == name)

        def work(connection: Connection) -> bytes | None:
            return connection.scalar(wanted)

        return await self._database.transact(work)
