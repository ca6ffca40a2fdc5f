# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import update

from oscine.jobs.courier import MOST_PER_HOST
from oscine.jobs.outbound import NotDelivered
from oscine.jobs.webhooks import RETRY_AFTER_S, Delivery
from oscine.store.database import Database
from oscine.store.tables import DeliveryRow
from tests import databases
from tests.post import DAY_S, URL, Post


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


async def test_what_happens_in_this_process_is_told_at_once(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscine.jobs.courier.POLL_S", 3600.0)
    claim, asked = post.webhooks.claim, asyncio.Event()

    async def ask(most: int, most_per_host: int, under_way: Mapping[str, int]) -> list[Delivery]:
        found = await claim(most, most_per_host, under_way)
        asked.set()
        return found

    monkeypatch.setattr(post.webhooks, "claim", ask)
    running = asyncio.create_task(post.courier.run())
    await asked.wait()  # nothing is due
    post.courier.hear(await post.tell(await post.job(), "COMPLETED"))
    while not post.receivers.sent:
        await asyncio.sleep(0)
    post.courier.close()
    await running


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


async def test_a_row_that_nobody_can_read_holds_up_no_other(post: Post) -> None:
    await post.tell(await post.job(), "COMPLETED")
    async with post.database.session.begin() as session:
        await session.execute(update(DeliveryRow).values(job={"output": None, "of": "a later version"}))
    await post.tell(await post.job(), "COMPLETED")
    await post.send()
    assert sorted(await post.states()) == ["delivered", "pending"]
