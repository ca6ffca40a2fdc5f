# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, update

from oscine.accounts.keys import Keys
from oscine.accounts.ledger import Ledger
from oscine.domain.generation import Charge
from oscine.domain.job import Job, Order, Output, State
from oscine.domain.problems import WebhookInvalid
from oscine.jobs.courier import MOST_PER_HOST, Courier
from oscine.jobs.guard import Guard
from oscine.jobs.outbound import NotDelivered, Outbound
from oscine.jobs.queue import Jobs
from oscine.jobs.rows import insertion
from oscine.jobs.webhooks import CLAIM_S, PROGRESS_S, RETRY_AFTER_S, Webhooks, read_job
from oscine.store.database import Database
from oscine.store.tables import DeliveryRow, JobRow
from tests import databases
from tests.jobs import a_job

URL = "https://hooks.example/path?token=s3cret"
DAY_S = 86_400


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


@pytest.fixture
async def post(database: Database) -> Post:
    key, _ = await Keys(database, None).create("mine")
    return Post(database, key.id)


async def test_the_end_of_a_job_is_told_once(post: Post) -> None:
    job = await post.job()
    for _ in range(3):
        await post.tell(job, "PROCESSING")
        await post.tell(job, "COMPLETED")
    assert await post.send() == 1
    (sent,) = post.receivers.sent
    assert (sent.url, sent.body) == (URL, f"COMPLETED written at {post.clock.now}".encode())
    assert sent.headers["Content-Type"] == "application/json"
    assert sent.headers["webhook-id"] == f"evt_{job.generation_id}"
    assert sent.headers["webhook-timestamp"] == str(int(post.clock.now))
    assert sent.headers["webhook-signature"].startswith("v1,")
    assert await post.states() == ["delivered"]
    post.clock.now += 2 * DAY_S
    assert await post.send() == 0


async def test_a_job_without_a_webhook_is_told_to_nobody(post: Post) -> None:
    await post.tell(await post.job(webhook_url=None), "COMPLETED")
    assert await post.send() == 0


async def test_a_job_whose_webhook_nobody_could_call_is_not_taken(post: Post) -> None:
    job = await post.job(webhook_url="http://hooks.example/", attempts=0)
    with pytest.raises(WebhookInvalid):
        await post.tell(job, "QUEUED")


async def test_what_is_told_is_how_the_job_was_then(post: Post) -> None:
    job = await post.job()
    output = Output("blob", "audio/mpeg", "output.mp3", 5, 1.0)
    await post.tell(replace(job, output=output), "COMPLETED")
    (claimed,) = await post.webhooks.claim(1, 1, {})
    assert claimed.job is not None
    assert read_job(claimed.job) == replace(job, state="COMPLETED", output=output)


async def test_for_about_a_day_it_is_tried_again_with_the_same_bytes(post: Post) -> None:
    await post.tell(await post.job(), "FAILED")
    post.receivers.answers = [500, NotDelivered("no answer within 10 seconds"), 302, 404, 429, *[503] * 20]
    while "failed" not in await post.states():
        await post.let_it_be_due()
        await post.send()
    times = [sent.at for sent in post.receivers.sent]
    assert [round(later - sooner) for sooner, later in pairwise(times)] == [*RETRY_AFTER_S]
    assert 0.9 * DAY_S < times[-1] - times[0] < 1.1 * DAY_S
    assert len({(sent.body, sent.headers["webhook-id"]) for sent in post.receivers.sent}) == 1
    assert len({sent.headers["webhook-signature"] for sent in post.receivers.sent}) == len(times)
    ((delivery, last),) = await post.webhooks.latest()
    assert (delivery.state, last and last.number, last and last.failure) == ("failed", len(times), "answered 503")
    log = await post.webhooks.attempts(delivery.id)
    assert [(a.number, a.status, a.failure) for a in log[:3]] == [
        (1, 500, "answered 500"),
        (2, None, "no answer within 10 seconds"),
        (3, 302, "answered 302"),
    ]


async def test_a_receiver_that_comes_back_gets_it(post: Post) -> None:
    await post.tell(await post.job(), "COMPLETED")
    post.receivers.answers = [NotDelivered("the connection was refused")] * 3
    for _ in range(4):
        await post.let_it_be_due()
        await post.send()
    assert len(post.receivers.sent) == 4
    assert await post.states() == ["delivered"]


async def test_a_delivery_is_sent_again_when_somebody_asks(post: Post) -> None:
    await post.tell(await post.job(), "COMPLETED")
    await post.send()
    ((delivery, _),) = await post.webhooks.latest()
    post.receivers.answers = [500] * len(RETRY_AFTER_S)
    assert await post.webhooks.redeliver(delivery.id)
    post.clock.now += 1
    await post.send()
    assert await post.states() == ["pending"]
    for _ in RETRY_AFTER_S:
        await post.let_it_be_due()
        await post.send()
    assert await post.states() == ["delivered"], "it has the whole day again"
    assert len({sent.body for sent in post.receivers.sent}) == 1
    assert not await post.webhooks.redeliver("evt_unknown")


async def test_a_claim_lapses_with_its_process(post: Post, tmp_path: Path) -> None:
    """As after a kill: the first process never says how its attempt ended."""
    await post.tell(await post.job(), "COMPLETED")
    (lost,) = await post.webhooks.claim(10, 10, {})
    assert lost.job is not None
    body = await post.webhooks.write(lost, b"what was sent before the kill")
    other = await Database.open(databases.url_for(tmp_path))
    courier = post.another_process(other)
    assert await courier.send_due() == 0
    post.clock.now += CLAIM_S
    assert await courier.send_due() == 1
    await courier.drain()
    assert [sent.body for sent in post.receivers.sent] == [body]
    await other.close()


async def test_bodies_that_two_processes_write_are_one(post: Post) -> None:
    await post.tell(await post.job(), "COMPLETED")
    (delivery,) = await post.webhooks.claim(1, 1, {})
    assert await asyncio.gather(*(post.webhooks.write(delivery, body) for body in (b"a", b"b"))) in (
        [b"a", b"a"],
        [b"b", b"b"],
    )


async def test_of_many_processes_one_sends(post: Post, tmp_path: Path) -> None:
    for _ in range(12):
        await post.tell(await post.job(), "COMPLETED")
    opened = [await Database.open(databases.url_for(tmp_path)) for _ in range(3)]
    couriers = [post.another_process(database) for database in opened]
    for _ in range(6):
        await asyncio.gather(*(courier.send_due() for courier in couriers))
        await asyncio.gather(*(courier.drain() for courier in couriers))
    ids = [sent.headers["webhook-id"] for sent in post.receivers.sent]
    assert len(ids) == len(set(ids)) == 12
    for database in opened:
        await database.close()


async def test_progress_is_told_with_every_change_and_every_fifteen_seconds(post: Post) -> None:
    """Source: seed 003, webhook mode sync."""
    job = await post.job(webhook_mode="sync", attempts=0, state="QUEUED")
    await post.tell(job, "QUEUED")
    assert await post.send() == 0, "who asked has just been told"
    working = replace(job, attempts=1)
    for _ in range(100):
        await post.tell(working, "PROCESSING")
        await post.send()
        post.clock.now += 0.5
    times = [sent.at for sent in post.receivers.sent]
    assert len(times) == 4
    assert all(later - sooner >= PROGRESS_S for sooner, later in pairwise(times))
    await post.tell(working, "QUEUED")  # its process is gone
    await post.tell(working, "PROCESSING")
    await post.tell(working, "COMPLETED")
    await post.tell(working, "COMPLETED")
    await post.send()
    told = [sent.body.split()[0].decode() for sent in post.receivers.sent]
    assert told == [*["PROCESSING"] * 4, "COMPLETED"], "progress that has not been told is pointless with the end"
    assert len({sent.headers["webhook-id"] for sent in post.receivers.sent}) == 5


async def test_progress_is_tried_once(post: Post) -> None:
    await post.tell(await post.job(webhook_mode="sync"), "PROCESSING")
    post.receivers.answers = [500]
    await post.send()
    assert await post.states() == ["failed"]
    post.clock.now += DAY_S
    assert await post.send() == 0


async def test_the_end_waits_for_progress_that_is_under_way(post: Post) -> None:
    job = await post.job(webhook_mode="sync")
    await post.tell(job, "PROCESSING")
    post.receivers.gate = asyncio.Event()
    assert await post.courier.send_due() == 1
    await post.tell(job, "COMPLETED")
    assert await post.courier.send_due() == 0
    post.receivers.gate.set()
    await post.courier.drain()
    assert await post.send() == 1
    assert [sent.body.split()[0] for sent in post.receivers.sent] == [b"PROCESSING", b"COMPLETED"]


async def test_a_job_that_is_asked_for_anew_ends_anew(post: Post) -> None:
    job = await post.job()
    await post.tell(job, "ERROR")
    await post.tell(replace(job, generation_id="f" * 32), "COMPLETED")
    await post.send()
    assert sorted(sent.body.split()[0] for sent in post.receivers.sent) == [b"COMPLETED", b"ERROR"]


async def test_a_slow_receiver_holds_up_no_other(post: Post) -> None:
    for _ in range(50):
        await post.tell(await post.job(), "COMPLETED")
    await post.tell(await post.job(webhook_url="https://other.example:8443/"), "COMPLETED")
    post.receivers.gate = asyncio.Event()
    assert await post.courier.send_due() == MOST_PER_HOST + 1
    assert await post.courier.send_due() == 0
    while len(post.receivers.sent) < MOST_PER_HOST + 1:
        await asyncio.sleep(0)
    assert [sent.url for sent in post.receivers.sent].count("https://other.example:8443/") == 1
    post.receivers.gate.set()
    await post.courier.drain()
    assert await post.send() == 50 - MOST_PER_HOST


async def test_a_receiver_that_is_quick_is_not_waited_for(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscine.jobs.courier.POLL_S", 3600.0)
    for _ in range(5 * MOST_PER_HOST):
        await post.tell(await post.job(), "COMPLETED")
    most = 0
    running = asyncio.create_task(post.courier.run())
    while len(post.receivers.sent) < 5 * MOST_PER_HOST:
        await asyncio.sleep(0)
        most = max(most, post.receivers.at_once)
    post.courier.close()
    await running
    assert most <= MOST_PER_HOST
    assert await post.states() == ["delivered"] * 5 * MOST_PER_HOST


async def test_what_a_dialect_cannot_word_is_a_failed_attempt(
    post: Post, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    await post.tell(await post.job(dialect="unheard-of"), "COMPLETED")
    await post.send()
    ((delivery, last),) = await post.webhooks.latest()
    assert (delivery.state, last and last.failure) == ("pending", "this server failed to send it")
    said = caplog.text + "".join(capsys.readouterr())
    assert "webhook.broken" in said
    assert "s3cret" not in said
    assert "confidence" not in said


async def test_deliveries_go_with_their_jobs(post: Post) -> None:
    job = await post.job()
    await post.tell(job, "COMPLETED")
    await post.send()
    await post.database.transact(lambda c: c.execute(delete(JobRow).where(JobRow.id == job.id)))
    assert await post.webhooks.latest() == []


async def test_the_log_can_be_narrowed(post: Post) -> None:
    one, two = await post.job(), await post.job()
    await post.tell(one, "COMPLETED")
    await post.send()
    await post.tell(two, "COMPLETED")
    assert [d.job_id for d, _ in await post.webhooks.latest(job_id=one.id)] == [one.id]
    assert [d.job_id for d, _ in await post.webhooks.latest(state="pending")] == [two.id]
    assert len(await post.webhooks.latest(limit=1)) == 1


async def test_the_courier_stops_when_what_is_under_way_has_ended(post: Post) -> None:
    await post.tell(await post.job(), "COMPLETED")
    post.receivers.gate = asyncio.Event()
    running = asyncio.create_task(post.courier.run())
    while not post.receivers.sent:
        await asyncio.sleep(0)
    post.courier.close()
    await asyncio.sleep(0)
    assert not running.done()
    post.receivers.gate.set()
    await running
    assert await post.states() == ["delivered"]


async def test_an_event_is_there_exactly_when_its_change_is(post: Post) -> None:
    """Through the queue, as dialects and the command line use it."""
    jobs = Jobs(post.database, Ledger(post.database, "n", post.clock), 7.0, post.clock)
    key = await Keys(post.database, None).find_by_id(post.key_id)
    order = Order("pixazo", "speech", "m", {"text": "said in confidence"}, URL)
    charge = Charge("TTS", "m", None, 1, 1, None, 1)
    breaks = [RuntimeError()]

    def break_once(_: Connection, job: Job) -> None:
        if not job.is_open and breaks:
            raise breaks.pop()

    jobs.recorders.append(break_once)
    begun = await jobs.begin((await jobs.submit(key, order, charge)).generation_id, "n")
    assert begun is not None
    with pytest.raises(RuntimeError):
        await jobs.fail(begun, "ERROR", "why")
    assert await post.webhooks.latest() == []
    assert await jobs.fail(begun, "ERROR", "why")
    assert await jobs.fail(begun, "ERROR", "why") is None
    again = await jobs.retry(key, begun.id)
    await jobs.cancel("owner", again.id)
    assert await post.send() == 2
    assert [sent.body.split()[0] for sent in post.receivers.sent] == [b"ERROR", b"CANCELLED"]
    with pytest.raises(WebhookInvalid):
        await jobs.submit(key, replace(order, webhook_url="http://hooks.example/"), charge)
    assert await jobs.stats() == {"CANCELLED": 1}


async def test_a_row_that_nobody_can_read_holds_up_no_other(post: Post) -> None:
    await post.tell(await post.job(), "COMPLETED")
    async with post.database.session.begin() as session:
        await session.execute(update(DeliveryRow).values(job={"output": None, "of": "a later version"}))
    await post.tell(await post.job(), "COMPLETED")
    await post.send()
    assert sorted(await post.states()) == ["delivered", "pending"]
