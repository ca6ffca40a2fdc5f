# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that are killed while they have jobs. Nothing is asked of how long anything takes."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import LiveServer
from tests.journeys.desk import AT_ONCE, Desk, at_desk, begin, stopping

PIXAZO = "/eleven-v3-alpha-954/v1/eleven-v3-alpha-request"


@pytest.fixture
def servers() -> Iterator[list[LiveServer]]:
    with stopping() as started:
        yield started


def kill(server: LiveServer) -> None:
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()


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
