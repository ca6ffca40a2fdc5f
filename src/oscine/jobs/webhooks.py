# SPDX-License-Identifier: GPL-3.0-or-later
"""What webhooks are to be told: rows, written in the transaction in which a job changes.

    pending ──► sending ──► delivered   the receiver answered 2xx
       ▲           ├──────► pending     it did not: again later, for about a day
       │           └──────► failed      for the last time, or it was only progress
       └─ redeliver ────────┘

A delivery is sent by whichever process claims it first, and the claim is good for a while: when that process is gone,
it lapses, and another sends the same bytes under the same id. So a receiver hears of each end of a job at least once,
and can tell that it has heard of it before. Of a job one delivery is under way at a time: its end comes last.

Rows and claims, not workflows as jobs are (jobs/durable.py): what is told has to be there with the change it tells of,
and what waits for hours, perhaps by thousands, should cost a row each and nothing of a process.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast, get_args

from sqlalchemy import (
    Connection,
    Row,
    Table,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    text,
    update,
)

from oscine.domain.job import Job, Output
from oscine.jobs.guard import read_url
from oscine.store.database import Database
from oscine.store.tables import AttemptRow, DeliveryRow

RETRY_AFTER_S = (2, 10, 30, 60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 28_800)
"""Waits after attempts that failed: thirteen attempts in a day."""
PROGRESS_S = 15
"""A job that goes on is told of once in as many seconds, and when its state changes."""
CLAIM_S = 15
"""How long a claim is good for: longer than an attempt takes (jobs/outbound.py)."""

State = Literal["pending", "sending", "delivered", "failed"]

_DELIVERIES, _ATTEMPTS = cast(Table, DeliveryRow.__table__), cast(Table, AttemptRow.__table__)
_deliveries = _DELIVERIES.c
_is_progress = _deliveries.is_terminal.is_(False)
_LOCK = text("SELECT pg_advisory_xact_lock(1468205)")
"""Claims in PostgreSQL are made one after the other; in SQLite they are anyway."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try that came to an end."""

    number: int
    began_ms: int
    took_ms: int
    status: int | None
    """Of the answer, if there was one."""
    failure: str | None
    """None: delivered."""


@dataclass(frozen=True, slots=True)
class Delivery:
    id: str
    job_id: str
    key_id: str
    dialect: str
    is_terminal: bool
    url: str
    host: str
    job: dict[str, Any] | None
    """As it was when there was something to tell (read_job), until the body is made of it."""
    body: bytes
    """Empty until it is made."""
    state: State
    due_ms: int
    attempts: int
    attempts_before: int
    created_ms: int


class Webhooks:
    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def record(self, connection: Connection, job: Job) -> None:
        """Note what the job's webhook is to be told of it as it is now. Part of the transaction that changed it.

        Where that was noted before, nothing happens. What has not been told of its progress, its end makes pointless.
        Raises: WebhookInvalid; so no job is taken whose webhook nobody could call.
        """
        if job.webhook_url is None:
            return
        host = read_url(job.webhook_url).authority
        if job.is_open and (job.webhook_mode != "sync" or job.attempts == 0):
            return
        now_ms = self._now_ms()
        event = f"evt_{job.generation_id}"
        if job.is_open:
            kind = f"{event}_{job.state.lower()}_"
            last = select(_deliveries.id, _deliveries.created_ms).where(_deliveries.job_id == job.id)
            told = connection.execute(last.order_by(_deliveries.created_ms.desc()).limit(1)).first()
            if told and told.id.startswith(kind) and now_ms < told.created_ms + PROGRESS_S * 1000:
                return
            event = f"{kind}{now_ms}"
        if connection.scalar(select(_deliveries.id).where(_deliveries.id == event)) is not None:
            return
        if not job.is_open:
            untold = (_deliveries.job_id == job.id, _deliveries.state == "pending", _is_progress)
            connection.execute(delete(_DELIVERIES).where(*untold))
        row = {
            "id": event,
            "job_id": job.id,
            "key_id": job.key_id,
            "dialect": job.dialect,
            "is_terminal": not job.is_open,
            "url": job.webhook_url,
            "host": host,
            "job": asdict(job),
            "state": "pending",
            "due_ms": now_ms,
            "attempts": 0,
            "attempts_before": 0,
            "created_ms": now_ms,
        }
        connection.execute(insert(_DELIVERIES), row)

    async def claim(self, most: int, most_per_host: int, under_way: Mapping[str, int]) -> list[Delivery]:
        """Take what is due, to send it. under_way: host → deliveries that it is being sent already."""
        now_ms = self._now_ms()
        is_due = _deliveries.state.in_(("pending", "sending")) & (_deliveries.due_ms <= now_ms)
        place = func.row_number().over(partition_by=_deliveries.host, order_by=_deliveries.due_ms)
        full = [host for host, count in under_way.items() if count >= most_per_host]
        due = select(
            *(_deliveries.id, _deliveries.host, _deliveries.due_ms, place.label("place")),
            (_is_progress & (_deliveries.state == "sending")).label("is_cut_off"),
        ).where(is_due, _deliveries.host.not_in(full))
        of_each = due.subquery()
        fair = of_each.c.place <= most_per_host
        wanted = (
            select(of_each.c.id, of_each.c.host, of_each.c.is_cut_off)
            .where(fair)
            .order_by(of_each.c.due_ms)
            .limit(most)
        )
        other = _DELIVERIES.alias()
        is_busy = exists().where(
            other.c.job_id == _deliveries.job_id,
            other.c.id != _deliveries.id,
            other.c.state == "sending",
            other.c.due_ms > now_ms,
        )
        claiming = (
            update(_DELIVERIES)
            .where(_deliveries.id == bindparam("which"), is_due, ~is_busy)
            .values(state="sending", due_ms=now_ms + CLAIM_S * 1000, attempts=_deliveries.attempts + 1)
            .returning(*_deliveries)
        )

        # Progress is tried once: whether it arrived is not known, and its job may have ended meanwhile.
        giving_up = update(_DELIVERIES).where(_deliveries.id == bindparam("which"), is_due).values(state="failed")

        def work(connection: Connection) -> list[Delivery]:
            found = connection.execute(wanted).all()
            if found and connection.dialect.name == "postgresql":
                connection.execute(_LOCK)
            sent, claimed = Counter(under_way), []
            for which, host, is_cut_off in found:
                if is_cut_off:
                    connection.execute(giving_up, {"which": which})
                    continue
                if sent[host] >= most_per_host:
                    continue
                row = connection.execute(claiming, {"which": which}).first()
                if row is not None:
                    sent[host] += 1
                    claimed.append(_read(row))
            return claimed

        return await self._database.transact(work)

    async def write(self, delivery: Delivery, body: bytes) -> bytes:
        """Keep what is sent. Returns what another process had kept before, if one had."""
        writing = (
            update(_DELIVERIES)
            .where(_deliveries.id == delivery.id, _deliveries.body.is_(None))
            .values(body=body, job=None)
            .returning(_deliveries.body)
        )
        kept = select(_deliveries.body).where(_deliveries.id == delivery.id)

        def work(connection: Connection) -> bytes | None:
            written: bytes | None = connection.scalar(writing)
            return connection.scalar(kept) if written is None else written

        return await self._database.transact(work) or body

    async def conclude(self, delivery: Delivery, attempt: Attempt) -> State | None:
        """Note how an attempt ended. Returns what the delivery is now; None: somebody else has claimed it meanwhile."""
        tries = delivery.attempts - delivery.attempts_before
        state: State = "delivered"
        due_ms = self._now_ms()
        if attempt.failure is not None:
            state = "pending" if delivery.is_terminal and tries <= len(RETRY_AFTER_S) else "failed"
            if state == "pending":
                due_ms += RETRY_AFTER_S[tries - 1] * 1000
        ending = (
            update(_DELIVERIES)
            .where(
                _deliveries.id == delivery.id,
                _deliveries.state == "sending",
                _deliveries.attempts == delivery.attempts,
            )
            .values(state=state, due_ms=due_ms)
            .returning(_deliveries.id)
        )

        def work(connection: Connection) -> State | None:
            if connection.scalar(ending) is None:
                return None
            connection.execute(insert(_ATTEMPTS), {"delivery_id": delivery.id, **asdict(attempt)})
            return state

        return await self._database.transact(work)

    async def latest(
        self, job_id: str | None = None, state: State | None = None, limit: int = 100
    ) -> list[tuple[Delivery, Attempt | None]]:
        """Newest first, each with its last attempt. None: whichever."""
        wanted = select(_DELIVERIES).order_by(_deliveries.created_ms.desc(), _deliveries.id.desc()).limit(limit)
        if job_id is not None:
            wanted = wanted.where(_deliveries.job_id == job_id)
        if state is not None:
            wanted = wanted.where(_deliveries.state == state)

        def work(connection: Connection) -> list[tuple[Delivery, Attempt | None]]:
            found = [_read(row) for row in connection.execute(wanted)]
            return [(delivery, next(iter(_attempts(connection, delivery.id)[-1:]), None)) for delivery in found]

        return await self._database.transact(work)

    async def stats(self) -> dict[str, int]:
        """State → how many deliveries."""
        counted = select(_deliveries.state, func.count()).group_by(_deliveries.state)

        def work(connection: Connection) -> dict[str, int]:
            return dict.fromkeys(get_args(State), 0) | {row[0]: row[1] for row in connection.execute(counted)}

        return await self._database.transact(work)

    async def attempts(self, delivery_id: str) -> Sequence[Attempt]:
        """Those that came to an end, the first one first."""
        return await self._database.transact(lambda connection: _attempts(connection, delivery_id))

    async def redeliver(self, delivery_id: str) -> bool:
        """Have a delivery sent now, whatever has become of it, and for a day again if that fails. False: unknown."""
        anew = (
            update(_DELIVERIES)
            .where(_deliveries.id == delivery_id)
            .values(state="pending", due_ms=self._now_ms(), attempts_before=_deliveries.attempts)
            .returning(_deliveries.id)
        )
        return await self._database.transact(lambda connection: connection.scalar(anew) is not None)

    def _now_ms(self) -> int:
        return int(self._clock() * 1000)


def _read(row: Row[Any]) -> Delivery:
    values = dict(row._mapping)
    values["body"] = values["body"] or b""
    return Delivery(**values)


def read_job(kept: dict[str, Any]) -> Job:
    """Raises: TypeError for what a server of another version has kept, and this one does not know."""
    output = kept["output"]
    return Job(**{**kept, "output": Output(**output) if output else None})


def _attempts(connection: Connection, delivery_id: str) -> list[Attempt]:
    of = select(_ATTEMPTS).where(_ATTEMPTS.c.delivery_id == delivery_id).order_by(_ATTEMPTS.c.number)
    return [Attempt(row.number, row.began_ms, row.took_ms, row.status, row.failure) for row in connection.execute(of)]
