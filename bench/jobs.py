# SPDX-License-Identifier: GPL-3.0-or-later
"""Queued jobs: how soon one is taken and begun, how many are done a second, and whether ten thousand that are done slow
the next. Over Pixazo's API, the client on the same cores."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
import urllib.request
from pathlib import Path

import orjson

from bench.client import Connection
from bench.report import heading, ms, quantile, table
from bench.server import KEY, Server, running

_SPEECH = "/eleven-v3-alpha-954/v1/eleven-v3-alpha-request"
_TEXT = "Number {}: the first move."
_IDLE_RUNS = 40
_BURST = 400
_MANY = 10_000
_SETTLE_S, _IDLE_S = 3, 10
_FORGOTTEN_S = 125
"""Within it DBOS is rid of what is done."""


async def _submit(connection: Connection, number: int) -> str:
    body = orjson.dumps({"text": _TEXT.format(number), "voice": "Rachel"})
    answer = await connection.post(_SPEECH, body)
    assert answer.status == 202, answer.body
    return str(orjson.loads(answer.body)["request_id"])


async def _idle(server: Server) -> tuple[list[float], list[float], list[float]]:
    """Seconds until the answer, until it is being worked on, until it is done; one job at a time."""
    taken: list[float] = []
    begun: list[float] = []
    done: list[float] = []
    async with Connection(server.port, KEY, key_header="Ocp-Apim-Subscription-Key") as connection:
        for number in range(_IDLE_RUNS):
            began = time.perf_counter()
            request_id = await _submit(connection, number)
            taken.append(time.perf_counter() - began)
            state = "QUEUED"
            while state in {"QUEUED", "PROCESSING"}:
                state = orjson.loads((await connection.get(f"/v2/requests/status/{request_id}")).body)["status"]
                if state != "QUEUED" and len(begun) == number:
                    begun.append(time.perf_counter() - began)
                await asyncio.sleep(0.002)
            assert state == "COMPLETED", state
            done.append(time.perf_counter() - began)
            await asyncio.sleep(0.05)
    return taken, begun, done


async def _burst(server: Server, count: int) -> float:
    """Jobs a second, from the first one's submission to the end of the last."""
    numbers = iter(range(count))
    before = _completed(server)
    began = time.perf_counter()

    async def caller() -> None:
        async with Connection(server.port, KEY, key_header="Ocp-Apim-Subscription-Key") as connection:
            for number in numbers:
                await _submit(connection, number)

    await asyncio.gather(*(caller() for _ in range(4)))
    while _completed(server) < before + count:
        time.sleep(0.1)  # noqa: ASYNC251 - nobody else is left on this loop
    return count / (time.perf_counter() - began)


def _completed(server: Server) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    return int(float(next(line.split()[-1] for line in lines if line.startswith('oscine_jobs{state="COMPLETED"}'))))


def _left_in_dbos(folder: Path) -> int:
    with sqlite3.connect(folder / "jobs.db") as connection:
        return int(connection.execute("SELECT count(*) FROM workflow_status").fetchone()[0])


def main() -> None:
    heading("Queued jobs: speech of 27 characters as WAV, over Pixazo's API, SQLite")
    columns = ["voices of", "there are already", "taken p50", "p99", "begun p50", "p99", "done p50", "jobs/s"]
    rows = []
    with running() as server:
        rows.append(_row("hts", "no jobs", server))
    with (
        tempfile.TemporaryDirectory() as folder,
        running(OSCINE_DATA_DIR=folder, OSCINE_SPEECH_ENGINES="espeak") as server,
    ):
        time.sleep(_SETTLE_S)
        cpu = sum(server.cpu_s())
        time.sleep(_IDLE_S)
        idle = (sum(server.cpu_s()) - cpu) / _IDLE_S
        rows.append(_row("espeak", "no jobs", server))
        while (done := _completed(server)) < _MANY:
            asyncio.run(_burst(server, min(5 * _BURST, _MANY - done)))
        time.sleep(_FORGOTTEN_S)
        rows.append(_row("espeak", f"{done} that are done", server))
        left = _left_in_dbos(Path(folder))
    table([*columns, "CPU of a job, server + workers"], rows)
    print(f"\nan idle server takes {idle * 100:.1f} % of a core; DBOS knows {left} of the jobs that are done")


def _row(voices: str, what: str, server: Server) -> list[str]:
    taken, begun, done = asyncio.run(_idle(server))
    cpu = server.cpu_s()
    speed = asyncio.run(_burst(server, _BURST))
    used = [(b - a) / _BURST * 1000 for a, b in zip(cpu, server.cpu_s(), strict=True)]
    both = (f(values) for values in (taken, begun) for f in (_median, _slowest))
    return [voices, what, *both, _median(done), f"{speed:.0f}", f"{used[0]:.1f} + {sum(used[1:]):.1f} ms"]


def _median(seconds: list[float]) -> str:
    return ms(quantile(seconds, 0.5))


def _slowest(seconds: list[float]) -> str:
    return ms(quantile(seconds, 0.99))
