# SPDX-License-Identifier: GPL-3.0-or-later
"""Credits and money: reserved before the work, settled after it, given back when it fails.

The one place where either is counted. Credits are a key's share of a month; money is in its wallet until it is spent,
in micro-dollars, and is never less than nothing. A key without a limit of credits, or without a wallet, has as much as
it likes. Each step is one transaction of conditional updates, so that the sum is exact
whatever else happens at the same time, in this process or another. Rows are locked in one order everywhere:
jobs, generations, then keys.

    reserve ──► settle      the work is done, or the caller left it
       │  └───► release     it failed: all goes back
       └──────► sweep       its process is gone: all goes back; a settle that comes after all takes it again

A durable reservation belongs to no process: the work goes on elsewhere, and what says so is a row that changes in the
same transactions (jobs/rows.py).

The statements are built once: a reservation stands between a request and its first sound.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Insert, Table, bindparam, case, insert, select, update

from oscine.domain.account import Key, month_of
from oscine.domain.generation import Charge, Outcome, Reservation
from oscine.domain.money import show_usd
from oscine.domain.problems import QuotaExceeded, WalletShort
from oscine.store.database import Database
from oscine.store.nodes import NOBODY
from oscine.store.tables import GenerationRow, KeyRow

FREE_REPEATS = 2
"""Identical requests after a paid one that cost nothing (reference/api-facts.md §6)."""

_GENERATIONS, _KEYS = cast(Table, GenerationRow.__table__), cast(Table, KeyRow.__table__)
_generations, _keys = _GENERATIONS.c, _KEYS.c
_cost: ColumnElement[int] = bindparam("cost")
_price: ColumnElement[int] = bindparam("price")
_used = case((_keys.month == bindparam("this_month"), _keys.credits_used), else_=0)

_RECORD = insert(_GENERATIONS)
_TAKE_REPEAT = (
    update(_GENERATIONS)
    .where(
        _generations.id
        == select(_generations.id)
        .where(
            _generations.account_id == bindparam("account"),
            _generations.fingerprint == bindparam("print"),
            _generations.state == "settled",
            _generations.repeats_left > 0,
        )
        .order_by(_generations.created_ms.desc())
        .limit(1)
        .scalar_subquery(),
        _generations.repeats_left > 0,
    )
    .values(repeats_left=_generations.repeats_left - 1)
    .returning(_generations.id)
)
_GIVE_REPEAT = (
    update(_GENERATIONS).where(_generations.id == bindparam("which")).values(repeats_left=_generations.repeats_left + 1)
)
_CHARGE = (
    update(_KEYS)
    .where(
        _keys.id == bindparam("key"),
        _keys.credit_limit.is_(None) | (_used + _cost <= _keys.credit_limit),
        _keys.wallet_micros.is_(None) | (_keys.wallet_micros >= _price),
    )
    .values(credits_used=_used + _cost, month=bindparam("this_month"), wallet_micros=_keys.wallet_micros - _price)
    .returning(_keys.credits_used)
)
_LOCK_WALLET = select(_keys.wallet_micros).where(_keys.id == bindparam("key")).with_for_update()
_CHARGE_LATE = (
    update(_KEYS)
    .where(_keys.id == bindparam("key"))
    .values(credits_used=_keys.credits_used + _cost, wallet_micros=_keys.wallet_micros - _price)
)
_LOWER_PRICE = update(_GENERATIONS).where(_generations.id == bindparam("which")).values(price_micros=_price)
_GIVE_BACK = (
    update(_KEYS)
    .where(_keys.id == bindparam("key"))
    .values(
        credits_used=case(
            (_keys.month == bindparam("this_month"), _keys.credits_used - _cost), else_=_keys.credits_used
        ),
        wallet_micros=_keys.wallet_micros + _price,
    )
)
_SETTLE = (
    update(_GENERATIONS)
    .where(_generations.id == bindparam("which"), _generations.state == bindparam("was"))
    .values(
        state="settled",
        first_audio_ms=bindparam("first_audio"),
        audio_s=bindparam("audio"),
        repeats_left=case(
            (_generations.fingerprint.is_not(None) & _generations.repeat_of.is_(None), FREE_REPEATS), else_=0
        ),
    )
    .returning(_generations.id)
)


Along = Callable[[Connection], bool]
"""What goes along with a step, in its transaction and before it; unless it returns True, nothing happens at all."""


class Ledger:
    def __init__(self, database: Database, node_id: str, clock: Callable[[], float] = time.time) -> None:
        """node_id: this process among those that share the database."""
        self._database = database
        self._node_id = node_id
        self._clock = clock

    async def reserve(
        self, key: Key, generation_id: str, charge: Charge, durable_by: Callable[[Connection], object] | None = None
    ) -> Reservation:
        """Take the charge: credits from the key's month, or one of the free repeats instead, and money from its wallet.

        Both or neither. durable_by: writes the row of the work that it is for, which outlives this process, in the same
        transaction. Raises: QuotaExceeded, WalletShort; what durable_by raises.
        """
        now = self._clock()
        month = month_of(now)

        def work(connection: Connection) -> Reservation:
            repeat_of = None
            if charge.fingerprint is not None:
                whose = {"account": key.account_id, "print": charge.fingerprint}
                repeat_of = connection.scalar(_TAKE_REPEAT, whose)
            cost = 0 if repeat_of else charge.cost
            taking = {"key": key.id, "this_month": month, "cost": cost, "price": charge.price_micros}
            used_after: int | None = connection.scalar(_CHARGE, taking)
            if used_after is None:
                raise _refusal(connection, taking)
            generation = {
                "id": generation_id,
                "account_id": key.account_id,
                "key_id": key.id,
                "node_id": self._node_id if durable_by is None else NOBODY,
                "source": charge.source,
                "model_id": charge.model_id,
                "voice_id": charge.voice_id,
                "characters": charge.characters,
                "cost": cost,
                "price_micros": charge.price_micros,
                "used_before": used_after - cost,
                "month": month,
                "state": "reserved",
                "fingerprint": charge.fingerprint,
                "repeats_left": 0,
                "repeat_of": repeat_of,
                "created_ms": int(now * 1000),
            }
            connection.execute(_RECORD, generation)
            if durable_by is not None:
                durable_by(connection)
            return Reservation(generation_id, key.id, key.account_id, cost, used_after - cost, charge.price_micros)

        return await self._database.transact(work)

    async def settle(
        self, reservation: Reservation, outcome: Outcome, keep: Insert | None = None, provided: Along | None = None
    ) -> bool:
        """The work is done: what was reserved is spent. Once is enough; a second call changes nothing.

        keep: a row that is to be there exactly when the generation is settled. Returns whether anything happened.
        """
        done = {"which": reservation.generation_id, "first_audio": outcome.first_audio_ms, "audio": outcome.audio_s}

        def work(connection: Connection) -> bool:
            if provided is not None and not provided(connection):
                return False
            if connection.scalar(_SETTLE, {**done, "was": "reserved"}) is None:
                # Swept while it was at work: it has been served, so it is owed.
                if connection.scalar(_SETTLE, {**done, "was": "released"}) is None:
                    return False
                _charge_late(connection, reservation)
            if keep is not None:
                connection.execute(keep)
            return True

        return await self._database.transact(work)

    async def release(self, reservation: Reservation, provided: Along | None = None) -> bool:
        """The work failed: what was reserved goes back. After a settle, or a second time, it changes nothing.

        Returns whether anything happened.
        """

        def work(connection: Connection) -> bool:
            if provided is not None and not provided(connection):
                return False
            return bool(_release(connection, _generations.id == reservation.generation_id))

        return await self._database.transact(work)

    async def sweep(self, dead_nodes: Sequence[str]) -> int:
        """Give back what processes that are gone had reserved. Returns how many reservations."""
        if not dead_nodes:
            return 0
        return await self._database.transact(lambda c: _release(c, _generations.node_id.in_(dead_nodes)))


def _charge_late(connection: Connection, reservation: Reservation) -> None:
    """Credits may go over the limit then. A wallet cannot: what it has not is let off."""
    taken = reservation.price_micros
    balance: int | None = connection.scalar(_LOCK_WALLET, {"key": reservation.key_id})
    if balance is not None and balance < taken:
        taken = balance
        connection.execute(_LOWER_PRICE, {"which": reservation.generation_id, "price": taken})
    connection.execute(_CHARGE_LATE, {"key": reservation.key_id, "cost": reservation.cost, "price": taken})


def _refusal(connection: Connection, taking: dict[str, Any]) -> QuotaExceeded | WalletShort:
    numbers = select(_keys.credit_limit, _used, _keys.wallet_micros).where(_keys.id == bindparam("key"))
    limit, spent, balance = connection.execute(numbers, taking).one()
    if balance is not None and (limit is None or spent + taking["cost"] <= limit):
        return WalletShort(
            f"This request costs {show_usd(taking['price'])}, and the key's wallet holds {show_usd(balance)}. Ask "
            "whoever runs the server to top it up: oscine keys topup."
        )
    return QuotaExceeded(
        f"This request exceeds your quota of {limit}. You have {max(0, limit - spent)} credits remaining, while "
        f"{taking['cost']} credits are required for this request."
    )


def _release(connection: Connection, which: ColumnElement[bool]) -> int:
    """Turn open reservations into released ones, each once."""
    released = connection.execute(
        update(_GENERATIONS)
        .where(which, _generations.state == "reserved")
        .values(state="released")
        .returning(
            _generations.key_id,
            _generations.cost,
            _generations.price_micros,
            _generations.month,
            _generations.repeat_of,
        )
    ).all()
    for row in released:
        if row.repeat_of is not None:
            connection.execute(_GIVE_REPEAT, {"which": row.repeat_of})
    for row in released:
        giving = {"key": row.key_id, "this_month": row.month, "cost": row.cost, "price": row.price_micros}
        connection.execute(_GIVE_BACK, giving)
    return len(released)
