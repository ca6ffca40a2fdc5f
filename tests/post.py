# SPDX-License-Identifier: GPL-3.0-or-later
"""Webhooks without a network: what is told, and receivers that answer as they are told to."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from oscine.domain.job import Job, State
from oscine.jobs.courier import Courier
from oscine.jobs.guard import Guard
from oscine.jobs.outbound import Outbound
from oscine.jobs.rows import insertion
from oscine.jobs.webhooks import Webhooks
from oscine.store.database import Database

URL = "https://hooks.example/path?token=s3cret"
DAY_S = 86_400


def a_job(number: int, key_id: str, created_s: float, **different: object) -> Job:
    """One of Pixazo's that is under way, with a webhook. number: tells it from others."""
    job = Job(
        id=f"{number:08x}-6800-7000-8000-{number:012x}",
        generation_id=f"{number:032x}",
        account_id="owner",
        key_id=key_id,
        dialect="pixazo",
        kind="speech",
        model_id="m",
        priority=5,
        payload={"text": "said in confidence"},
        state="PROCESSING",
        progress=0.0,
        error=None,
        attempts=1,
        output=None,
        cost=1,
        price_micros=1,
        webhook_url=URL,
        webhook_mode="terminal",
        created_ms=int(created_s * 1000),
        started_ms=None,
        updated_ms=0,
        completed_ms=None,
        expires_ms=None,
    )
    return replace(job, **different)  # type: ignore[arg-type]


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, slots=True)
class Sent:
    url: str
    headers: Mapping[str, str]
    body: bytes
    at: float


class Receivers(Outbound):
    """Answers without a network."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(Guard())
        self.sent: list[Sent] = []
        self.answers: list[int | Exception] = []
        """To come; then 200."""
        self.gate: asyncio.Event | None = None
        self.at_once = 0
        self._clock = clock

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        self.sent.append(Sent(url, headers, body, self._clock.now))
        self.at_once += 1
        if self.gate is not None:
            await self.gate.wait()
        await asyncio.sleep(0)
        self.at_once -= 1
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class Post:
    """Everything between a job and its receiver, on a clock of its own."""

    database: Database
    key_id: str
    clock: Clock = field(default_factory=Clock)
    jobs: int = 0

    def __post_init__(self) -> None:
        self.webhooks = Webhooks(self.database, self.clock)
        self.receivers = Receivers(self.clock)
        self.courier = self.another_process()

    def another_process(self, database: Database | None = None) -> Courier:
        webhooks = Webhooks(database, self.clock) if database else self.webhooks
        return Courier(webhooks, self.receivers, b"server", {"pixazo": self.word}, self.clock)

    def word(self, job: Job) -> bytes:
        return f"{job.state} written at {self.clock.now}".encode()

    async def job(self, **different: object) -> Job:
        """A job that is under way."""
        self.jobs += 1
        job = a_job(self.jobs, self.key_id, self.clock.now, **different)
        await self.database.transact(lambda c: c.execute(insertion(job)))
        return job

    async def tell(self, job: Job, state: State) -> Job:
        changed = replace(job, state=state)
        await self.database.transact(lambda c: self.webhooks.record(c, changed))
        return changed

    async def send(self) -> int:
        """Send what is due, until nothing is."""
        count = 0
        while begun := await self.courier.send_due():
            count += begun
            await self.courier.drain()
        return count

    async def let_it_be_due(self) -> None:
        ((delivery, _),) = await self.webhooks.latest()
        self.clock.now = max(self.clock.now, delivery.due_ms / 1000)

    async def states(self) -> list[str]:
        return [delivery.state for delivery, _ in await self.webhooks.latest()]
