# SPDX-License-Identifier: GPL-3.0-or-later
"""A generation's credits, for as long as the work on it goes on."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any

from sqlalchemy import Insert

from oscine.accounts.ledger import Ledger
from oscine.domain.account import Key
from oscine.domain.generation import Charge, Outcome, Reservation


class Booking:
    """Credits are taken while the first sounds are made, spent with `settle` or when the caller leaves, and given
    back when the work fails."""

    def __init__(self, ledger: Ledger, key: Key, generation_id: str, charge: Charge) -> None:
        self._ledger = ledger
        self._order = (key, generation_id, charge)

    async def __aenter__(self) -> Booking:
        self._reserving = asyncio.create_task(self._ledger.reserve(*self._order))
        return self

    async def confirm(self) -> Reservation:
        """To be asked before anything leaves the house. Raises: QuotaExceeded."""
        return await self._reserving

    async def settle(self, outcome: Outcome, keep: Insert | None) -> None:
        """keep: becomes part of the history at the same moment."""
        await self._ledger.settle(await self._reserving, outcome, keep)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            return
        try:
            reservation = await self._reserving
        except Exception:
            return  # nothing was taken, and whoever asked for the confirmation has been told why
        if isinstance(error, Exception):
            await self._ledger.release(reservation)
        else:  # the caller left, or the server stops: what was asked for was under way
            await self._ledger.settle(reservation, Outcome(None, 0.0))


class Prepaid(Ledger):
    """The ledger of a job at work: credits and money were taken when it was queued, and are spent or given back when
    it ends (jobs/queue.py). What the work says of them changes nothing."""

    def __init__(self, reservation: Reservation) -> None:
        self._reservation = reservation

    async def reserve(self, *_: Any, **__: Any) -> Reservation:
        return self._reservation

    async def settle(self, *_: Any, **__: Any) -> bool:
        return True

    async def release(self, *_: Any, **__: Any) -> bool:
        return True
