# SPDX-License-Identifier: GPL-3.0-or-later
"""One job, from its beginning to its end."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import IO

import pytest

from oscine.domain.job import Job
from oscine.domain.problems import BlobsUnavailable, EngineFailed, TextUnspeakable
from oscine.jobs import runner as module
from oscine.jobs.runner import MOST_ATTEMPTS, Product, Report, Runner
from oscine.store.blobs import Blobs
from tests.unit.jobs.conftest import Desk

AUDIO = [b"RIFF", b"", b"some audio"]


class Made:
    media_type, file_name, seconds = "audio/wav", "output.wav", 2.5

    def __init__(self, pieces: AsyncGenerator[bytes, None]) -> None:
        self.pieces = pieces


class Shop:
    """A runner whose work is as a test wants it."""

    def __init__(self, desk: Desk, blobs: Blobs) -> None:
        self.blobs = blobs
        self.attempts = 0
        self.errors: list[Exception] = []
        """What attempts break off with, the first one first."""
        self.gate = asyncio.Event()
        self.gate.set()
        self.begun = asyncio.Event()
        self.closed = 0
        self.runner = Runner(desk.jobs, blobs, {"speech": self.work}, "node")

    async def work(self, _: Job, report: Report) -> Product:
        self.attempts += 1
        return Made(self.pieces(report))

    async def pieces(self, report: Report) -> AsyncGenerator[bytes, None]:
        try:
            for piece in AUDIO:
                yield piece
            report(0.75)
            self.begun.set()
            await self.gate.wait()
            if self.errors:
                raise self.errors.pop(0)
        finally:
            self.closed += 1

    async def names(self) -> list[str]:
        return [blob.name async for page in self.blobs.listing("jobs") for blob in page]


@pytest.fixture
async def shop(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(module, "_PAUSE_S", 0.0)
    return Shop(desk, await Blobs.open(None, tmp_path / "blobs"))


async def test_what_was_made_is_put_by_under_the_jobs_id(desk: Desk, shop: Shop) -> None:
    job = await desk.submit()
    await shop.runner.run(job.generation_id)
    done = await desk.now(job)
    assert done.state == "COMPLETED"
    assert done.output is not None
    assert (done.output.bytes, done.output.seconds, done.output.media_type) == (14, 2.5, "audio/wav")
    assert await shop.blobs.get(done.output.blob) == b"".join(AUDIO)
    assert await shop.names() == [done.output.blob] == [f"jobs/2023-11-14/{job.id}"]
    await shop.runner.run(job.generation_id)
    assert (shop.attempts, shop.closed, await desk.left()) == (1, 1, (30, 7000))


async def test_the_requests_own_fault_is_told_and_not_tried_again(desk: Desk, shop: Shop) -> None:
    job = await desk.submit()
    shop.errors = [TextUnspeakable("Nothing in the text can be spoken.")]
    await shop.runner.run(job.generation_id)
    failed = await desk.now(job)
    assert (failed.state, failed.error, failed.attempts) == ("FAILED", "Nothing in the text can be spoken.", 1)
    assert (await desk.left(), await shop.names()) == ((0, 10_000), [])


@pytest.mark.parametrize(
    "error", [EngineFailed("The engine is gone."), OSError(errno.ENOSPC, "secret"), RuntimeError()]
)
async def test_ours_is_tried_three_times(desk: Desk, shop: Shop, error: Exception) -> None:
    job = await desk.submit()
    shop.errors = [error] * 3
    await shop.runner.run(job.generation_id)
    failed = await desk.now(job)
    assert (failed.state, failed.attempts, shop.closed) == ("ERROR", MOST_ATTEMPTS, 3)
    assert failed.error == str(error) if isinstance(error, EngineFailed) else "Nothing is charged" in str(failed.error)
    assert "secret" not in str(failed.error)
    assert await desk.left() == (0, 10_000)


async def test_what_goes_well_at_last_is_charged_once(desk: Desk, shop: Shop) -> None:
    job = await desk.submit()
    shop.errors = [EngineFailed("gone"), EngineFailed("gone")]
    await shop.runner.run(job.generation_id)
    assert (await desk.now(job)).state == "COMPLETED"
    assert (shop.attempts, await desk.left()) == (3, (30, 7000))


async def test_a_job_that_takes_whole_processes_down_is_given_up(desk: Desk, shop: Shop) -> None:
    job = await desk.submit()
    for _ in range(MOST_ATTEMPTS):
        await desk.begin(job)  # and nothing is heard of who did
    await shop.runner.run(job.generation_id)
    failed = await desk.now(job)
    assert (failed.state, shop.attempts, await desk.left()) == ("ERROR", 0, (0, 10_000))


async def test_a_store_that_is_full_costs_nothing(desk: Desk, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(_: str, __: bytes | IO[bytes]) -> bool:
        raise BlobsUnavailable("The store of audio cannot be reached. Try again later.")

    monkeypatch.setattr(shop.blobs, "create", refuse)
    job = await desk.submit()
    await shop.runner.run(job.generation_id)
    failed = await desk.now(job)
    assert (failed.state, failed.output) == ("ERROR", None)
    assert "store of audio" in str(failed.error)
    assert await desk.left() == (0, 10_000)


async def test_what_an_earlier_attempt_put_by_is_the_output(desk: Desk, shop: Shop) -> None:
    job = await desk.submit()
    await shop.blobs.put(f"jobs/2023-11-14/{job.id}", b"made before the process died")
    await shop.runner.run(job.generation_id)
    done = await desk.now(job)
    assert done.output is not None
    assert done.output.bytes == 28
    assert await shop.blobs.get(done.output.blob) == b"made before the process died"


async def cancelled_here(desk: Desk, shop: Shop, job: Job) -> None:
    desk.jobs.listeners.append(lambda changed: shop.runner.stop(changed.id) if changed.state == "CANCELLED" else None)
    await desk.jobs.cancel(None, job.id)


async def cancelled_elsewhere(desk: Desk, shop: Shop, job: Job) -> None:
    await desk.jobs.cancel(None, job.id)
    await shop.runner.look_after()


@pytest.mark.parametrize("cancel", [cancelled_here, cancelled_elsewhere])
async def test_a_cancelled_job_stops(desk: Desk, shop: Shop, cancel: Callable[..., object]) -> None:
    shop.gate.clear()
    job = await desk.submit()
    running = asyncio.create_task(shop.runner.run(job.generation_id))
    await shop.begun.wait()
    assert shop.runner.running == 1
    await cancel(desk, shop, job)  # type: ignore[misc]
    await running
    assert (shop.closed, shop.runner.running, await shop.names()) == (1, 0, [])
    assert ((await desk.now(job)).state, await desk.left()) == ("CANCELLED", (0, 10_000))


async def test_what_is_cancelled_in_the_last_moment_leaves_no_output(
    desk: Desk, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = shop.blobs.create

    async def create_late(name: str, content: bytes | IO[bytes]) -> bool:
        await desk.jobs.cancel(None, job.id)
        return await create(name, content)

    monkeypatch.setattr(shop.blobs, "create", create_late)
    job = await desk.submit()
    await shop.runner.run(job.generation_id)
    assert ((await desk.now(job)).state, await shop.names()) == ("CANCELLED", [])


async def test_progress_is_written_down(desk: Desk, shop: Shop) -> None:
    shop.gate.clear()
    job = await desk.submit()
    running = asyncio.create_task(shop.runner.run(job.generation_id))
    await shop.begun.wait()
    await shop.runner.look_after()
    assert ((await desk.now(job)).state, (await desk.now(job)).progress) == ("PROCESSING", 0.75)
    shop.gate.set()
    await running
    assert (await desk.now(job)).progress == 1.0


async def test_a_stop_waits_for_what_is_under_way_and_begins_nothing(desk: Desk, shop: Shop) -> None:
    shop.gate.clear()
    job, other = await desk.submit(), await desk.submit()
    running = asyncio.create_task(shop.runner.run(job.generation_id))
    await shop.begun.wait()
    closing = asyncio.create_task(shop.runner.close(60.0))
    waiting = asyncio.create_task(shop.runner.run(other.generation_id))
    await asyncio.sleep(0)
    shop.gate.set()
    await closing
    await running
    assert ((await desk.now(job)).state, (await desk.now(other)).state) == ("COMPLETED", "QUEUED")
    assert not waiting.done()
    waiting.cancel()


async def test_what_a_stop_does_not_wait_for_is_handed_over(desk: Desk, shop: Shop) -> None:
    shop.gate.clear()
    job = await desk.submit()
    running = asyncio.create_task(shop.runner.run(job.generation_id))
    await shop.begun.wait()
    await shop.runner.close(0.0)
    assert not running.done(), "who runs it must take it for unfinished"
    running.cancel()
    assert (shop.closed, await desk.called()) == (1, [job.generation_id])
    assert (await desk.now(job)).attempts == 0
