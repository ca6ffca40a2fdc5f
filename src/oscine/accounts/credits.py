# SPDX-License-Identifier: GPL-3.0-or-later
"""Credits of keys with a limit: reserved before the work, given back when it fails."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import case, select, update

from oscine.domain.account import Key
from oscine.domain.problems import QuotaExceeded
from oscine.store.database import Database
from oscine.store.tables import KeyRow


class Credits:
    """The one place where credits are counted. Each change is a single conditional update, so that it is exact
    whatever else happens at the same time, in this process or another."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    async def reserve(self, key: Key, amount: int) -> None:
        """Take `amount` from the key's month. A key without limit is not counted. Raises: QuotaExceeded."""
        if key.credit_limit is None:
            return
        month = self._month()
        used = case((KeyRow.month == month, KeyRow.credits_used), else_=0)
        async with self._database.session.begin() as session:
            taken = await session.execute(
                update(KeyRow)
                .where(KeyRow.id == key.id, used + amount <= KeyRow.credit_limit)
                .values(credits_used=used + amount, month=month)
                .returning(KeyRow.id)
            )
            if taken.first() is not None:
                return
            spent = await session.scalar(select(used).where(KeyRow.id == key.id)) or 0
        raise QuotaExceeded(
            f"This request exceeds your quota of {key.credit_limit}. You have {max(0, key.credit_limit - spent)} "
            f"credits remaining, while {amount} credits are required for this request."
        )

    async def refund(self, key: Key, amount: int) -> None:
        """Give back what `reserve` took for work that failed."""
        if key.credit_limit is None:
            return
        async with self._database.session.begin() as session:
            await session.execute(
                update(KeyRow)
                .where(KeyRow.id == key.id, KeyRow.month == self._month(), KeyRow.credits_used >= amount)
                .values(credits_used=KeyRow.credits_used - amount)
            )

    def _month(self) -> str:
        return time.strftime("%Y-%m", time.gmtime(self._clock()))
