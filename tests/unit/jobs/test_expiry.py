# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
from pathlib import Path

import pytest

from oscine.domain.generation import Outcome
from oscine.domain.job import Job, Output
from oscine.domain.problems import BlobsUnavailable, JobNotFound
from oscine.jobs.expiry import Expiry
from oscine.jobs.queue import DAY_MS
from oscine.store.blobs import Blobs
from tests.unit.jobs.conftest import Desk

DAY_S = DAY_MS / 1000


class Store:
    def __init__(self, desk: Desk, blobs: Blobs, folder: Path) -> None:
        self.desk, self.blobs, self.folder = desk, blobs, folder
        self.expiry = Expiry(desk.database, blobs, desk.clock)

    async def put(self, name: str, days_old: float) -> None:
        await self.blobs.put(f"jobs/{name}", b"audio")
        written = self.desk.clock.now - days_old * DAY_S
        os.utime(self.folder / "jobs" / name, (written, written))

    async def complete(self, name: str) -> Job:
        begun = await self.desk.begin(await self.desk.submit())
        await self.put(name, 0)
        output = Output(f"jobs/{name}", "audio/wav", "output.wav", 5, 1.0)
        done = await self.desk.jobs.complete(begun, output, Outcome(None, 1.0))
        assert done is not None
        return done

    async def names(self) -> list[str]:
        return sorted([blob.name async for page in self.blobs.listing("jobs") for blob in page])


@pytest.fixture
async def store(desk: Desk, tmp_path: Path) -> Store:
    return Store(desk, await Blobs.open(None, tmp_path / "blobs"), tmp_path / "blobs")


async def test_jobs_are_forgotten_some_time_after_their_end(desk: Desk, store: Store) -> None:
    early, waiting = await store.complete("early"), await desk.submit()
    desk.clock.now += DAY_S
    late = await store.complete("late")
    desk.clock.now += 6 * DAY_S - 1
    assert await store.expiry.forget() == 0
    desk.clock.now += 1
    assert await store.expiry.forget() == 1
    with pytest.raises(JobNotFound):
        await desk.now(early)
    assert (await desk.now(late)).output is not None
    assert (await desk.now(waiting)).state == "QUEUED"
    assert await store.names() == ["jobs/late"]
    assert await desk.left() == (90, 1000)


async def test_outputs_without_a_job_are_swept_once_they_are_old(desk: Desk, store: Store) -> None:
    await store.complete("known")
    await store.put("known", days_old=3)
    await store.put("lost", days_old=1.1)
    await store.put("new", days_old=0.5)
    await store.expiry.tidy()
    assert len(await store.names()) == 3
    desk.clock.now += DAY_S
    await store.put("new", days_old=0.5)
    await store.expiry.tidy()
    assert await store.names() == ["jobs/known", "jobs/new"]


async def test_a_store_that_is_away_keeps_no_job(desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: str) -> None:
        raise BlobsUnavailable("away")

    done = await store.complete("left")
    desk.clock.now += 8 * DAY_S
    with monkeypatch.context() as patched:
        patched.setattr(store.blobs, "delete", refuse)
        assert await store.expiry.forget() == 1
    with pytest.raises(JobNotFound):
        await desk.now(done)
    await store.put("left", days_old=2)
    assert await store.expiry.sweep() == 1
