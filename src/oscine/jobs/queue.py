# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs: read this first.

    Jobs            the port: submit, get, list, cancel, retry, stats; works without anybody who does the jobs
    rows.py         each step of a job, in our own database: the truth
    dispatch.py     calls jobs up, for each key as many as it may have under way, and takes over those of the dead
    durable.py      has DBOS run what was called up, on one of the processes that share the database
    runner.py       does a job: work, output, end

A step of a job and what it means in credits and money are one transaction, in this file.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from oscine.accounts.ledger import Ledger
from oscine.domain.account import Key
from oscine.domain.generation import Charge, Outcome, Reservation
from oscine.domain.job import Job, Order, Output, State
from oscine.domain.problems import JobEnded, JobNotFound, KeyBusy
from oscine.jobs import rows
from oscine.jobs.identity import is_job_id, uuid7
from oscine.jobs.webhooks import Webhooks
from oscine.store.database import Database

DAY_MS = 86_400_000
_MOST_LISTED = 1000
_FIRST_LOOK_S, _LAST_LOOK_S = 0.02, 0.5
"""Between looks at a job that somebody waits for."""


class Jobs:
    def __init__(
        self,
        database: Database,
        ledger: Ledger,
        max_age_days: float,
        clock: Callable[[], float] = time.time,
        *,
        most_waiting: int = 10_000,
    ) -> None:
        """max_age_days: how long jobs and their outputs are kept after their end. most_waiting: jobs of a key that
        nobody has called up."""
        self._database = database
        self._ledger = ledger
        self._max_age_ms = int(max_age_days * DAY_MS)
        self._clock = clock
        self._most_waiting = most_waiting
        self.recorders: list[Callable[[Connection, Job], None]] = [Webhooks(database, clock).record]
        """Called in the transaction of each change of a job's state or progress, with the job as it is then."""
        self.listeners: list[Callable[[Job], None]] = []
        """Called after it."""

    async def submit(self, key: Key, order: Order, charge: Charge) -> Job:
        """Queue a job. When this returns it will be done, whatever becomes of this process.

        Raises: QuotaExceeded, WalletShort, KeyBusy; then there is no job.
        """
        job_id, now_ms = uuid7(), self._now_ms()
        job = Job(
            id=str(job_id),
            generation_id=job_id.hex,
            account_id=key.account_id,
            key_id=key.id,
            dialect=order.dialect,
            kind=order.kind,
            model_id=order.model_id,
            priority=key.priority,
            payload=order.payload,
            state="QUEUED",
            progress=0.0,
            error=None,
            attempts=0,
            output=None,
            cost=charge.cost,
            price_micros=charge.price_micros,
            webhook_url=order.webhook_url,
            webhook_mode=order.webhook_mode,
            base_url=order.base_url,
            created_ms=now_ms,
            started_ms=None,
            updated_ms=now_ms,
            completed_ms=None,
            expires_ms=None,
        )

        def along(connection: Connection) -> None:
            if rows.count_waiting(connection, key.id, self._most_waiting) >= self._most_waiting:
                raise KeyBusy(
                    f"This key has {self._most_waiting} jobs waiting, which is as many as may wait "
                    "(OSCINE_KEY_WAITING_JOBS). Queue more when some are done."
                )
            connection.execute(rows.insertion(job))
            self._record(connection, job)

        await self._ledger.reserve(key, job.generation_id, replace(charge, fingerprint=None), durable_by=along)
        self._tell(job)
        return job

    async def find(self, job_id: str) -> Job | None:
        """Anybody's."""
        return await self._database.transact(lambda c: rows.find(c, job_id)) if is_job_id(job_id) else None

    async def get(self, account_id: str | None, job_id: str) -> Job:
        """account_id: whose it must be; None: anybody's. Raises: JobNotFound."""
        job = await self.find(job_id)
        if job is None or account_id not in {None, job.account_id}:
            raise JobNotFound(
                f"There is no job {job_id[:64]!r}, or not any more: a job is forgotten some time after its end. Use "
                "the id that came when it was queued."
            )
        return job

    async def list(
        self,
        account_id: str | None = None,
        states: Collection[State] = (),
        *,
        after: str | None = None,
        limit: int = 100,
    ) -> Sequence[Job]:
        """Newest first. account_id: whose; None: everybody's. states: none means all. after: id of the last one that
        is known already."""
        most = min(limit, _MOST_LISTED)
        return await self._database.transact(lambda c: rows.page(c, account_id, states, after, most))

    async def cancel(self, account_id: str | None, job_id: str) -> Job:
        """End a job that has not ended; nothing is charged, and whoever works on it stops within seconds.

        Raises: JobNotFound, JobEnded.
        """
        job, now_ms = await self.get(account_id, job_id), self._now_ms()
        ended = await self._release(job, lambda c: rows.cancel(c, job, now_ms, now_ms + self._max_age_ms))
        if ended is None:
            state = (await self.get(account_id, job_id)).state
            raise JobEnded(f"The job {job_id} is {state}: only one that is QUEUED or PROCESSING can be cancelled.")
        return ended

    async def retry(self, key: Key, job_id: str) -> Job:
        """Queue a job again that ended without an output; it is charged as the first time.

        key: the job's own. Raises: JobNotFound, JobEnded, QuotaExceeded, WalletShort.
        """
        job, anew, now_ms = await self.get(None, job_id), uuid7().hex, self._now_ms()
        queued: list[Job] = []

        def along(connection: Connection) -> None:
            renewed = rows.renew(connection, job, anew, now_ms)
            if renewed is None:
                raise JobEnded(
                    f"The job {job_id} is {job.state}: only one that is FAILED, ERROR or CANCELLED can be retried."
                )
            self._record(connection, renewed)
            queued.append(renewed)

        charge = await self._database.transact(lambda c: rows.charge_of(c, job.generation_id))
        await self._ledger.reserve(key, anew, charge, durable_by=along)
        self._tell(queued[-1])
        return queued[-1]

    async def wait(self, job: Job, most_s: float) -> Job:
        """The job when it has ended, or as it is after so long."""
        pause_s, waited_s = _FIRST_LOOK_S, 0.0
        while job.is_open and waited_s < most_s:
            await asyncio.sleep(pause_s)
            waited_s, pause_s = waited_s + pause_s, min(1.5 * pause_s, _LAST_LOOK_S)
            job = await self.get(None, job.id)
        return job

    async def stats(self) -> dict[str, int]:
        """State → how many jobs."""
        return await self._database.transact(rows.count)

    # What those who do the jobs call.

    async def begin(self, generation_id: str, node_id: str) -> Job | None:
        """None: it is not to be done (any more)."""
        now_ms = self._now_ms()
        return await self._step(lambda c: rows.begin(c, generation_id, node_id, now_ms))

    async def report(self, job: Job, progress: float) -> Job | None:
        """None: it is somebody else's, or has ended."""
        now_ms = self._now_ms()
        return await self._step(lambda c: rows.report(c, job, progress, now_ms))

    async def hand_over(self, job: Job) -> None:
        await self._step(lambda c: rows.hand_over(c, job))

    async def complete(self, job: Job, output: Output, outcome: Outcome) -> Job | None:
        """None: it was cancelled, or is somebody else's."""
        now_ms = self._now_ms()
        ended: list[Job] = []

        def along(connection: Connection) -> bool:
            done = rows.complete(connection, job, output, now_ms, now_ms + self._max_age_ms)
            if done is not None:
                self._record(connection, done)
                ended.append(done)
            return done is not None

        await self._ledger.settle(_reservation(job), outcome, provided=along)
        return self._told(ended)

    async def fail(self, job: Job, state: State, error: str) -> Job | None:
        """None: it was cancelled, or is somebody else's."""
        now_ms = self._now_ms()
        expires_ms = now_ms + self._max_age_ms
        return await self._release(job, lambda c: rows.fail(c, job, state, error, now_ms, expires_ms))

    async def _release(self, job: Job, step: Callable[[Connection], Job | None]) -> Job | None:
        ended: list[Job] = []

        def along(connection: Connection) -> bool:
            done = step(connection)
            if done is not None:
                self._record(connection, done)
                ended.append(done)
            return done is not None

        await self._ledger.release(_reservation(job), provided=along)
        return self._told(ended)

    async def _step(self, step: Callable[[Connection], Job | None]) -> Job | None:
        def work(connection: Connection) -> tuple[Job, ...]:
            changed = step(connection)
            if changed is None:
                return ()
            self._record(connection, changed)
            return (changed,)

        return self._told(await self._database.transact(work))

    def _record(self, connection: Connection, job: Job) -> None:
        for record in self.recorders:
            record(connection, job)

    def _told(self, changed: Sequence[Job]) -> Job | None:
        for job in changed:
            self._tell(job)
        return changed[-1] if changed else None

    def _tell(self, job: Job) -> None:
        for listener in self.listeners:
            listener(job)

    def _now_ms(self) -> int:
        return int(self._clock() * 1000)


def _reservation(job: Job) -> Reservation:
    return Reservation(job.generation_id, job.key_id, job.account_id, job.cost, 0, job.price_micros)
