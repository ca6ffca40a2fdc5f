# SPDX-License-Identifier: GPL-3.0-or-later
"""The port, without anybody who does the jobs: steps are taken by hand."""

import asyncio

import pytest
from sqlalchemy import Connection, select

from oscine.domain.generation import Charge, Outcome
from oscine.domain.job import Job, Output
from oscine.domain.problems import JobEnded, JobNotFound, KeyBusy, QuotaExceeded, WalletShort
from oscine.jobs.queue import DAY_MS, Jobs
from oscine.store.nodes import Nodes
from oscine.store.tables import GenerationRow
from tests.unit.jobs.conftest import ORDER, Desk

OUTPUT = Output("jobs/2026-11-21/a", "audio/wav", "output.wav", 44, 1.5)


async def test_a_job_is_paid_for_when_it_is_done_and_then_once(desk: Desk) -> None:
    job = await desk.submit()
    assert (job.state, job.progress, job.attempts, job.expires_ms) == ("QUEUED", 0.0, 0, None)
    assert job == await desk.jobs.get("owner", job.id)
    assert await desk.left() == (30, 7000)
    begun = await desk.begin(job)
    assert (begun.state, begun.attempts, begun.started_ms) == ("PROCESSING", 1, job.created_ms)
    done = await desk.jobs.complete(begun, OUTPUT, Outcome(None, 1.5))
    assert done is not None
    assert (done.state, done.progress, done.output) == ("COMPLETED", 1.0, OUTPUT)
    assert done.expires_ms == job.created_ms + 7 * DAY_MS
    assert await desk.jobs.complete(begun, OUTPUT, Outcome(None, 1.5)) is None
    assert await desk.jobs.fail(begun, "ERROR", "late") is None
    assert await desk.left() == (30, 7000)
    async with desk.database.session() as session:
        assert await session.scalar(select(GenerationRow.state)) == "settled"


@pytest.mark.parametrize("state", ["FAILED", "ERROR"])
async def test_one_that_fails_costs_nothing(desk: Desk, state: str) -> None:
    begun = await desk.begin(await desk.submit())
    ended = await desk.jobs.fail(begun, state, "why")  # type: ignore[arg-type]
    assert ended is not None
    assert (ended.state, ended.error, ended.output) == (state, "why", None)
    assert await desk.left() == (0, 10_000)


async def test_what_cannot_be_paid_for_is_not_queued(desk: Desk) -> None:
    with pytest.raises(QuotaExceeded):
        await desk.jobs.submit(desk.key, ORDER, Charge("TTS", "m", None, 101, 101, None))
    with pytest.raises(WalletShort):
        await desk.jobs.submit(desk.key, ORDER, Charge("TTS", "m", None, 1, 1, None, 10_001))
    assert await desk.jobs.list() == []
    assert await desk.left() == (0, 10_000)


async def test_of_one_key_no_more_wait_than_may(desk: Desk) -> None:
    desk.jobs = Jobs(desk.database, desk.ledger, 7.0, desk.clock, most_waiting=2)
    await desk.submit()
    await desk.submit()
    before = await desk.left()
    with pytest.raises(KeyBusy, match="2 jobs waiting"):
        await desk.submit()
    assert await desk.left() == before
    await desk.called(1)
    await desk.submit()


async def test_nobody_sweeps_what_is_queued_by_a_process_that_is_gone(desk: Desk) -> None:
    await desk.submit()
    nodes = Nodes(desk.database, "other", desk.clock)
    await nodes.beat()
    assert await nodes.dead() == []
    await desk.ledger.sweep(["node"])
    assert await desk.left() == (30, 7000)


async def test_cancelling_gives_back_and_whoever_works_on_it_is_not_heard_any_more(desk: Desk) -> None:
    queued = await desk.submit()
    begun = await desk.begin(await desk.submit())
    for job in (queued, begun):
        assert (await desk.jobs.cancel("owner", job.id)).state == "CANCELLED"
        with pytest.raises(JobEnded, match="is CANCELLED"):
            await desk.jobs.cancel("owner", job.id)
    assert await desk.left() == (0, 10_000)
    assert await desk.jobs.begin(queued.generation_id, "node") is None
    assert await desk.jobs.report(begun, 0.5) is None
    assert await desk.jobs.complete(begun, OUTPUT, Outcome(None, 1.5)) is None
    assert (await desk.jobs.get("owner", begun.id)).output is None
    assert await desk.left() == (0, 10_000)


async def test_of_a_cancellation_and_an_end_at_the_same_time_one_counts(desk: Desk) -> None:
    for _ in range(3):
        begun = await desk.begin(await desk.jobs.submit(desk.key, ORDER, Charge("TTS", "m", None, 1, 1, None, 1)))
        results = await asyncio.gather(
            desk.jobs.cancel("owner", begun.id),
            desk.jobs.complete(begun, OUTPUT, Outcome(None, 1.5)),
            return_exceptions=True,
        )
        assert sum(isinstance(result, Job) for result in results) == 1
    completed = [job for job in await desk.jobs.list("owner") if job.state == "COMPLETED"]
    assert await desk.left() == (len(completed), 10_000 - len(completed))


async def test_an_attempt_that_was_taken_over_is_not_heard(desk: Desk) -> None:
    job = await desk.submit()
    first = await desk.begin(job)
    second = await desk.begin(job)
    assert (first.attempts, second.attempts) == (1, 2)
    assert await desk.jobs.complete(first, OUTPUT, Outcome(None, 1.0)) is None
    assert await desk.jobs.complete(second, OUTPUT, Outcome(None, 1.0)) is not None


async def test_an_attempt_that_a_stop_broke_off_does_not_count(desk: Desk) -> None:
    job = await desk.submit()
    await desk.called()
    await desk.jobs.hand_over(await desk.begin(job))
    assert await desk.called() == [job.generation_id]
    assert (await desk.begin(job)).attempts == 1


async def test_retrying_is_charged_and_begins_anew(desk: Desk) -> None:
    begun = await desk.begin(await desk.submit())
    with pytest.raises(JobEnded, match="is PROCESSING"):
        await desk.jobs.retry(desk.key, begun.id)
    await desk.jobs.fail(begun, "ERROR", "why")
    again = await desk.jobs.retry(desk.key, begun.id)
    assert (again.id, again.state, again.attempts, again.error) == (begun.id, "QUEUED", 0, None)
    assert again.generation_id != begun.generation_id
    assert await desk.left() == (30, 7000)
    assert await desk.jobs.begin(begun.generation_id, "node") is None
    assert (await desk.begin(again)).attempts == 1
    async with desk.database.session() as session:
        characters = [*await session.scalars(select(GenerationRow.characters))]
    assert characters == [30, 30]


async def test_another_accounts_job_is_as_good_as_not_there(desk: Desk) -> None:
    job = await desk.submit()
    for account, job_id in (("other", job.id), ("owner", "../etc"), ("owner", job.id[:-1] + "x")):
        with pytest.raises(JobNotFound):
            await desk.jobs.get(account, job_id)
        with pytest.raises(JobNotFound):
            await desk.jobs.cancel(account, job_id)
    assert await desk.jobs.list("other") == []


async def test_pages_are_newest_first(desk: Desk) -> None:
    made = []
    for _ in range(5):
        made.append((await desk.jobs.submit(desk.key, ORDER, Charge("TTS", "m", None, 1, 1, None))).id)
        desk.clock.now += 1
    first = await desk.jobs.list("owner", limit=2)
    rest = await desk.jobs.list("owner", after=first[-1].id)
    assert [job.id for job in (*first, *rest)] == made[::-1]
    assert await desk.jobs.stats() == {"QUEUED": 5}


async def test_what_listens_hears_each_change_and_what_records_is_in_its_transaction(desk: Desk) -> None:
    heard: list[str] = []
    recorded: list[str] = []

    def record(connection: Connection, job: Job) -> None:
        recorded.append(job.state)
        if job.state == "COMPLETED" and len(recorded) < 4:
            raise RuntimeError

    desk.jobs.listeners.append(lambda job: heard.append(job.state))
    desk.jobs.recorders.append(record)
    begun = await desk.begin(await desk.submit())
    with pytest.raises(RuntimeError):
        await desk.jobs.complete(begun, OUTPUT, Outcome(None, 1.0))
    assert (await desk.jobs.get("owner", begun.id)).state == "PROCESSING"
    await desk.jobs.complete(begun, OUTPUT, Outcome(None, 1.0))
    assert heard == ["QUEUED", "PROCESSING", "COMPLETED"]
    assert recorded == ["QUEUED", "PROCESSING", "COMPLETED", "COMPLETED"]


async def test_whoever_waits_gets_the_job_at_its_end_or_when_patience_ends(desk: Desk) -> None:
    job = await desk.submit()
    assert await desk.jobs.wait(job, 0) == job
    waiting = asyncio.create_task(desk.jobs.wait(job, 60))
    done = await desk.jobs.complete(await desk.begin(job), OUTPUT, Outcome(None, 1.5))
    assert await waiting == done
    assert await desk.jobs.wait(job, 60) == done
