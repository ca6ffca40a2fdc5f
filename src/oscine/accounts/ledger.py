# SPDX-License-Identifier: GPL-3.0-or-later
"""Credits: reserved before the work, settled after it, given back when it fails.

The one place where credits are counted. Each step is one transaction of conditional updates, so that the sum is exact
whatever else happens at the same time, in this process or another. Rows are locked in one order everywhere:
generations, then keys.

    reserve ──► settle      the work is done, or the caller left it
       │  └───► release     it failed: credits go back
       └──────► sweep       its process is gone: credits go back; a settle that comes after all takes them again
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, case, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from oscine.domain.account import Key
from oscine.domain.generation import Charge, Outcome, Reservation
from oscine.domain.problems import QuotaExceeded
from oscine.store.database import Database
from oscine.store.tables import Base, GenerationRow, KeyRow

FREE_REPEATS = 2
"""Identical requests after a paid one that cost nothing (reference/api-facts.md §6)."""


class Ledger:
    def __init__(self, database: Database, node_id: str, clock: Callable[[], float] = time.time) -> None:
        """node_id: this process among those that share the database."""
        self._database = database
        self._node_id = node_id
        self._clock = clock

    async def reserve(self, key: Key, generation_id: str, charge: Charge) -> Reservation:
        """Take the charge from the key's month, or one of the free repeats. Raises: QuotaExceeded."""
        now = self._clock()
        month = _month(now)
        async with self._database.session.begin() as session:
            repeat_of = await self._take_repeat(session, key, charge)
            cost = 0 if repeat_of else charge.cost
            used_after = await self._charge(session, key, cost, month)
            await session.execute(
                insert(GenerationRow).values(
                    id=generation_id,
                    account_id=key.account_id,
                    key_id=key.id,
                    node_id=self._node_id,
                    source=charge.source,
                    model_id=charge.model_id,
                    voice_id=charge.voice_id,
                    characters=charge.characters,
                    cost=cost,
                    used_before=used_after - cost,
                    month=month,
                    state="reserved",
                    fingerprint=charge.fingerprint,
                    repeats_left=0,
                    repeat_of=repeat_of,
                    created_ms=int(now * 1000),
                )
            )
        return Reservation(generation_id, key.id, key.account_id, cost, used_after - cost)

    async def settle(self, reservation: Reservation, outcome: Outcome, keep: Base | None = None) -> None:
        """The work is done: what was reserved is spent. Once is enough; a second call changes nothing.

        keep: a row that is to be there exactly when the generation is settled.
        """
        row = GenerationRow
        settled = update(row).values(
            state="settled",
            first_audio_ms=outcome.first_audio_ms,
            audio_s=outcome.audio_s,
            repeats_left=case((row.fingerprint.is_not(None) & row.repeat_of.is_(None), FREE_REPEATS), else_=0),
        )
        mine = row.id == reservation.generation_id
        async with self._database.session.begin() as session:
            if not (await session.execute(settled.where(mine, row.state == "reserved").returning(row.id))).all():
                # Swept while it was at work: it has been served, so it is owed.
                late = await session.execute(settled.where(mine, row.state == "released").returning(row.id))
                if not late.all():
                    return
                await session.execute(
                    update(KeyRow)
                    .where(KeyRow.id == reservation.key_id)
                    .values(credits_used=KeyRow.credits_used + reservation.cost)
                )
            if keep is not None:
                session.add(keep)

    async def release(self, reservation: Reservation) -> None:
        """The work failed: what was reserved goes back. After a settle, or a second time, it changes nothing."""
        async with self._database.session.begin() as session:
            await _release(session, GenerationRow.id == reservation.generation_id)

    async def sweep(self, dead_nodes: Sequence[str]) -> int:
        """Give back what processes that are gone had reserved. Returns how many reservations."""
        if not dead_nodes:
            return 0
        async with self._database.session.begin() as session:
            return await _release(session, GenerationRow.node_id.in_(dead_nodes))

    async def _take_repeat(self, session: AsyncSession, key: Key, charge: Charge) -> str | None:
        """The paid generation that this is a free repeat of, one repeat the less."""
        if charge.fingerprint is None:
            return None
        row = GenerationRow
        newest = (
            select(row.id)
            .where(
                row.account_id == key.account_id,
                row.fingerprint == charge.fingerprint,
                row.state == "settled",
                row.repeats_left > 0,
            )
            .order_by(row.created_ms.desc())
            .limit(1)
            .scalar_subquery()
        )
        taken = await session.scalar(
            update(row)
            .where(row.id == newest, row.repeats_left > 0)
            .values(repeats_left=row.repeats_left - 1)
            .returning(row.id)
        )
        return str(taken) if taken else None

    async def _charge(self, session: AsyncSession, key: Key, cost: int, month: str) -> int:
        """Returns what the key has used now. Raises: QuotaExceeded."""
        used = case((KeyRow.month == month, KeyRow.credits_used), else_=0)
        after: int | None = await session.scalar(
            update(KeyRow)
            .where(KeyRow.id == key.id, KeyRow.credit_limit.is_(None) | (used + cost <= KeyRow.credit_limit))
            .values(credits_used=used + cost, month=month)
            .returning(KeyRow.credits_used)
        )
        if after is not None:
            return after
        limit, spent = (await session.execute(select(KeyRow.credit_limit, used).where(KeyRow.id == key.id))).one()
        raise QuotaExceeded(
            f"This request exceeds your quota of {limit}. You have {max(0, limit - spent)} credits remaining, while "
            f"{cost} credits are required for this request."
        )


async def _release(session: AsyncSession, which: ColumnElement[bool]) -> int:
    """Turn open reservations into released ones, each once."""
    row = GenerationRow
    released = (
        await session.execute(
            update(row)
            .where(which, row.state == "reserved")
            .values(state="released")
            .returning(row.key_id, row.cost, row.month, row.repeat_of)
        )
    ).all()
    for _, _, _, repeat_of in released:
        if repeat_of is not None:
            await session.execute(update(row).where(row.id == repeat_of).values(repeats_left=row.repeats_left + 1))
    for key_id, cost, month, _ in released:
        await session.execute(
            update(KeyRow)
            .where(KeyRow.id == key_id, KeyRow.month == month)
            .values(credits_used=KeyRow.credits_used - cost)
        )
    return len(released)


def _month(now: float) -> str:
    return time.strftime("%Y-%m", time.gmtime(now))
