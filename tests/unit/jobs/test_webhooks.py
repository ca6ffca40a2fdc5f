# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete

from oscine.accounts.keys import Keys
from oscine.accounts.ledger import Ledger
from oscine.domain.generation import Charge
from oscine.domain.job import Job, Order, Output
from oscine.domain.problems import WebhookInvalid
from oscine.jobs.queue import Jobs
from oscine.jobs.webhooks import CLAIM_S, PROGRESS_S, RETRY_AFTER_S, read_job
from oscine.store.database import Database
from oscine.store.tables import JobRow
from tests import databases
from tests.post import URL, Post


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


async def test_a_job_that_is_asked_for_anew_ends_anew(post: Post) -> None:
    job = await post.job()
    await post.tell(job, "ERROR")
    await post.tell(replace(job, generation_id="f" * 32), "COMPLETED")
    await post.send()
    assert sorted(sent.body.split()[0] for sent in post.receivers.sent) == [b"COMPLETED", b"ERROR"]


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
    assert await post.webhooks.stats() == {"pending": 1, "sending": 0, "delivered": 1, "failed": 0}


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


async def test_progress_that_a_kill_cut_off_does_not_come_after_the_end(post: Post) -> None:
    job = await post.job(webhook_mode="sync")
    await post.tell(job, "PROCESSING")
    assert len(await post.webhooks.claim(1, 1, {})) == 1
    await post.tell(job, "COMPLETED")
    assert await post.send() == 0
    post.clock.now += CLAIM_S
    assert await post.send() == 1
    assert sorted(await post.states()) == ["delivered", "failed"]
    assert [sent.body.split()[0] for sent in post.receivers.sent] == [b"COMPLETED"]
