# SPDX-License-Identifier: GPL-3.0-or-later
"""Queued jobs that do not end as they should, and servers that stop. Nothing is asked of how long anything takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import LiveServer, stop_server
from tests.journeys.desk import AT_ONCE, Desk, at_desk, begin, stopping


@pytest.fixture
def servers() -> Iterator[list[LiveServer]]:
    with stopping() as started:
        yield started


def test_a_server_that_stops_in_order_leaves_its_jobs_to_the_next(tmp_path: Path, servers: list[LiveServer]) -> None:
    servers.append(begin(tmp_path))

    async def watch(desk: Desk) -> None:
        await desk.submit(*["Wait at the gate."] * 6)
        await desk.under_way(AT_ONCE)
        stop_server(servers[0])
        assert "Traceback" not in servers[0].log.read_text()
        (tmp_path / "gate").touch()
        servers.append(begin(tmp_path))
        jobs = await desk.ended(6)
        assert {(job.state, job.attempts) for job in jobs} == {("COMPLETED", 1)}
        await desk.check_accounts()

    at_desk(tmp_path, watch)


def test_jobs_that_cannot_be_done_end_and_cost_nothing(tmp_path: Path, servers: list[LiveServer]) -> None:
    servers.append(begin(tmp_path))

    async def watch(desk: Desk) -> None:
        broken, unspeakable, good = await desk.submit("This is broken.", "\N{SNOWMAN}", "This is not.")
        await desk.ended(3)
        ended = await desk.jobs.get(None, broken.id)
        assert (ended.state, ended.attempts, ended.output) == ("ERROR", 3, None)
        assert ended.error
        ended = await desk.jobs.get(None, unspeakable.id)
        assert (ended.state, ended.attempts) == ("FAILED", 1)
        assert "spoken" in str(ended.error)
        assert (await desk.jobs.get(None, good.id)).state == "COMPLETED"
        await desk.check_accounts()
        assert desk.files() == [good.id]
        (tmp_path / "blobs" / "jobs").rename(tmp_path / "blobs" / "away")
        (tmp_path / "blobs" / "jobs").touch()  # nothing can be put by
        (lost,) = await desk.submit("Nowhere to go.")
        await desk.ended(4)
        ended = await desk.jobs.get(None, lost.id)
        assert (ended.state, ended.attempts) == ("ERROR", 3)
        assert "store of audio cannot be reached" in str(ended.error)
        await desk.check_accounts()
        (tmp_path / "blobs" / "jobs").unlink()
        await desk.jobs.retry(desk.key, lost.id)
        await desk.ended(4)
        assert (await desk.jobs.get(None, lost.id)).state == "COMPLETED"
        await desk.check_accounts()

    at_desk(tmp_path, watch)


def test_cancelled_jobs_stop_and_cost_nothing(tmp_path: Path, servers: list[LiveServer]) -> None:
    servers.append(begin(tmp_path, OSCINE_JOBS="1", OSCINE_ENGINE_IDLE_TIMEOUT_S="5"))

    async def watch(desk: Desk) -> None:
        running, queued, last = await desk.submit("Wait at the gate.", "Never begun.", "The last word.")
        await desk.under_way(1)
        for job in (queued, running):
            assert (await desk.jobs.cancel("owner", job.id)).state == "CANCELLED"
        jobs = await desk.ended(3)
        assert {job.id: job.state for job in jobs} == {
            running.id: "CANCELLED",
            queued.id: "CANCELLED",
            last.id: "COMPLETED",
        }
        assert desk.files() == [last.id]
        await desk.check_accounts()

    at_desk(tmp_path, watch)
