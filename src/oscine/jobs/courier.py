# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends what webhooks are to be told (jobs/webhooks.py), in every process that shares the database.

A receiver that is slow or gone takes few of the places, so that it holds up nobody else's deliveries.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

import structlog

from oscine import __version__
from oscine.domain.job import Job
from oscine.domain.problems import Problem, describe_failure
from oscine.jobs.guard import Guard
from oscine.jobs.outbound import NotDelivered, Outbound
from oscine.jobs.signature import secret_of, sign
from oscine.jobs.webhooks import Attempt, Delivery, Webhooks, read_job
from oscine.settings import Settings
from oscine.store.database import Database
from oscine.store.secrets import Secrets

log = structlog.get_logger(__name__)

POLL_S = 0.5
"""How often a process looks whether something is due that it has not heard of."""
MOST, MOST_PER_HOST = 32, 4
"""Deliveries under way at once in a process."""

Word = Callable[[Job], bytes]
"""What a dialect tells of a job: the body, as JSON."""


SIGNED = "webhooks"
"""What the secret is for that keys' own follow from (store/secrets.py)."""


@asynccontextmanager
async def open_webhooks(
    database: Database, settings: Settings, words: Mapping[str, Word]
) -> AsyncIterator[tuple[Courier, Guard]]:
    """As long as it is open, this process tells webhooks what they are to be told; the guard says whom it may tell.

    words: dialect → how it tells of a job.
    """
    guard = Guard(settings.webhook_allow)
    courier = Courier(Webhooks(database), Outbound(guard), await Secrets(database).get(SIGNED), words)
    running = asyncio.create_task(courier.run())
    try:
        yield courier, guard
    finally:
        courier.close()
        await running


class Courier:
    def __init__(
        self,
        webhooks: Webhooks,
        outbound: Outbound,
        server_secret: bytes,
        words: Mapping[str, Word],
        clock: Callable[[], float] = time.time,
    ) -> None:
        """words: dialect → how it tells of a job."""
        self._webhooks = webhooks
        self._outbound = outbound
        self._server_secret = server_secret
        self._words = words
        self._clock = clock
        self._under_way: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closing = False
        self._wake = asyncio.Event()
        """Something is due, there is room again, or no time left."""

    async def run(self) -> None:
        """Until closed, and what is under way then has ended, which takes seconds at most.

        A database that is away for a while costs a line in the log, no more.
        """
        while not self._is_closing:
            self._wake.clear()
            try:
                await self.send_due()
            except Exception as error:
                log.warning("webhooks.waiting", failure=describe_failure(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), POLL_S)
        await self.drain()

    def hear(self, job: Job) -> None:
        """The job has changed, in this process."""
        if job.webhook_url is not None:
            self._wake.set()

    async def send_due(self) -> int:
        """Begin to send what is due and has room. Returns how many."""
        free = MOST - len(self._tasks)
        if free <= 0:
            return 0
        claimed = await self._webhooks.claim(free, MOST_PER_HOST, self._under_way)
        for delivery in claimed:
            self._under_way[delivery.host] += 1
            task = asyncio.create_task(self._send(delivery))
            self._tasks.add(task)
            task.add_done_callback(self._forget)
        return len(claimed)

    async def drain(self) -> None:
        """Until what is under way has ended."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def close(self) -> None:
        """Have `run` come to its end."""
        self._is_closing = True
        self._wake.set()

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._wake.set()

    async def _send(self, delivery: Delivery) -> None:
        began = self._clock()
        status, failure = None, None
        try:
            status = await self._post(delivery)
            if not 200 <= status < 300:
                failure = f"answered {status}"
        except NotDelivered as error:
            failure = str(error)
        except Problem as problem:
            failure = problem.message
        except Exception as error:
            log.warning("webhook.broken", delivery=delivery.id, failure=describe_failure(error))
            failure = "this server failed to send it"
        finally:
            self._leave(delivery.host)
        took_ms = int((self._clock() - began) * 1000)
        attempt = Attempt(delivery.attempts, int(began * 1000), took_ms, status, failure)
        try:
            state = await self._webhooks.conclude(delivery, attempt)
        except Exception as error:  # its claim lapses, and it is sent again
            log.warning("webhooks.waiting", failure=describe_failure(error))
            return
        facts = {"delivery": delivery.id, "job_id": delivery.job_id, "attempt": attempt.number, "ms": took_ms}
        if failure is None:
            log.info("webhook.delivered", **facts, status=status)
        else:
            log.warning("webhook.failed", **facts, reason=failure, state=state)

    async def _post(self, delivery: Delivery) -> int:
        body = delivery.body
        if delivery.job is not None:
            body = await self._webhooks.write(delivery, self._words[delivery.dialect](read_job(delivery.job)))
        secret = secret_of(self._server_secret, delivery.key_id)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"Oscine/{__version__}",
            **sign(secret, delivery.id, int(self._clock()), body),
        }
        return await self._outbound.post(delivery.url, headers, body)

    def _leave(self, host: str) -> None:
        self._under_way[host] -= 1
        if not self._under_way[host]:
            del self._under_way[host]
