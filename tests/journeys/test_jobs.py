# SPDX-License-Identifier: GPL-3.0-or-later
"""Queued jobs, and what happens to the servers that do them. Nothing is asked of how long anything takes."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import LiveServer, start_tone_server, stop_server
from tests.journeys.desk import Desk, at_desk

PIXAZO = "/eleven-v3-alpha-954/v1/eleven-v3-alpha-request"
AT_ONCE = 4
SETTINGS = {"OSCINE_JOBS": str(AT_ONCE), "OSCINE_ENGINE_IDLE_TIMEOUT_S": "60", "OSCINE_SHUTDOWN_GRACE_S": "1"}


def begin(folder: Path, **environment: str) -> LiveServer:
    return start_tone_server(folder, **{**SETTINGS, **environment})


def kill(server: LiveServer) -> None:
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()


@pytest.fixture
def servers() -> Iterator[list[LiveServer]]:
    """Those that are in it are stopped at the end."""
    started: list[LiveServer] = []
    yield started
    for server in started:
        if server.process.poll() is None:
            stop_server(server)
        elif server.process.stdout is not None:
            server.process.stdout.close()


def test_a_server_that_is_killed_loses_no_job_and_does_none_twice(tmp_path: Path, servers: list[LiveServer]) -> None:
    """Over Pixazo's API."""
    servers.append(begin(tmp_path))

    async def watch(desk: Desk) -> None:
        headers = {"Ocp-Apim-Subscription-Key": desk.secret}

        async def submit(client: httpx.AsyncClient, text: str) -> str:
            answer = await client.post(PIXAZO, json={"text": text, "voice": "Rachel"})
            assert (answer.status_code, answer.json()["status"]) == (202, "QUEUED")
            return str(answer.json()["request_id"])

        async with httpx.AsyncClient(base_url=servers[0].url, headers=headers, timeout=60) as client:
            ids = [await submit(client, "Wait at the gate.") for _ in range(AT_ONCE)]
            await desk.under_way(AT_ONCE)
            ids += [await submit(client, f"Number {number}.") for number in range(200)]
        kill(servers[0])
        (tmp_path / "gate").touch()
        servers.append(begin(tmp_path))
        jobs = await desk.ended(200 + AT_ONCE)
        assert {job.state for job in jobs} == {"COMPLETED"}
        assert sorted(job.attempts for job in jobs) == [1] * 200 + [2] * AT_ONCE
        assert desk.files() == sorted(job.id for job in jobs)
        await desk.check_accounts()
        async with httpx.AsyncClient(base_url=servers[1].url, headers=headers, timeout=60) as client:
            for request_id in (ids[0], ids[-1]):
                status = (await client.get(f"/v2/requests/status/{request_id}")).json()
                assert status["status"] == "COMPLETED"
                audio = await client.get(status["output"]["media_url"][0], headers={})
                job = await desk.jobs.get(None, request_id.rpartition("_")[2])
                assert job.output is not None
                assert len(audio.content) == job.output.bytes > 1000

    at_desk(tmp_path, watch)


def test_what_a_server_had_that_is_gone_for_ever_another_does(tmp_path: Path, servers: list[LiveServer]) -> None:
    servers += [begin(tmp_path), begin(tmp_path)]

    async def watch(desk: Desk) -> None:
        await desk.submit(*["Wait at the gate."] * 2 * AT_ONCE)
        await desk.under_way(2 * AT_ONCE)
        assert len(await desk.workers()) == 2
        await desk.submit(*(f"Number {number}." for number in range(20)))
        kill(servers[0])
        (tmp_path / "gate").touch()
        jobs = await desk.ended(20 + 2 * AT_ONCE)
        assert {job.state for job in jobs} == {"COMPLETED"}
        assert sorted(job.attempts for job in jobs)[-AT_ONCE - 1 :] == [1] + [2] * AT_ONCE
        assert desk.files() == sorted(job.id for job in jobs)
        await desk.check_accounts()

    at_desk(tmp_path, watch)


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
