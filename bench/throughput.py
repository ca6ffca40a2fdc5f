# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests a second, and what the server adds to the bare engine's work for the same texts."""

from __future__ import annotations

import asyncio
import time

from bench.client import Connection
from bench.first_audio import VOICE
from bench.report import heading, ms, quantile, table
from bench.server import KEY, Server, running
from bench.texts import text
from oscine.domain.alignment import Run
from oscine.domain.speech import Boundary, Segment, VoiceSettings
from oscine.engines.registry import open_engine
from oscine.voices.catalogue import Catalogue

_CONCURRENCIES = (1, 8, 32)
_REQUESTS = 240
_LENGTH = 300


async def _load(server: Server, concurrency: int, output_format: str) -> tuple[float, list[float], list[float]]:
    """Returns seconds for all requests, seconds to each one's first byte, seconds of each."""
    numbers = iter(range(_REQUESTS))
    first: list[float] = []
    total: list[float] = []

    async def caller() -> None:
        async with Connection(server.port, KEY) as connection:
            for number in numbers:
                answer = await connection.speak(text(_LENGTH, number), VOICE, output_format)
                assert answer.status == 200, answer.body
                first.append(answer.first_s)
                total.append(answer.total_s)

    began = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(concurrency)))
    return time.perf_counter() - began, first, total


def bare_engine_s() -> float:
    """Processor seconds of the engine alone for the same texts, in this process."""
    engine = open_engine("espeak")
    timbre = Catalogue().find(VOICE).timbre("espeak")
    began = time.process_time()
    for number in range(_REQUESTS):
        said = text(_LENGTH, number)
        runs = (Run(0, len(said), 0, len(said)),)
        whole = Segment(said, "en", 0, len(said), runs, Boundary.EDGE, Boundary.EDGE)
        for _ in engine.speak(whole, timbre, VoiceSettings(), None):
            pass
    spent = time.process_time() - began
    engine.close()
    return spent


def main() -> None:
    heading(f"Throughput: {_REQUESTS} requests of {_LENGTH} characters, server and client on the same cores")
    bare_s = bare_engine_s()
    cores = 2
    print(
        f"bare engine, one core: {_REQUESTS / bare_s:.0f} requests/s ({bare_s / _REQUESTS * 1000:.1f} ms each); "
        f"no server on {cores} cores can pass {cores * _REQUESTS / bare_s:.0f}\n"
    )
    rows = []
    with running() as server:
        for output_format in ("pcm_24000", "pcm_22050", "mp3_44100_128"):
            for concurrency in _CONCURRENCIES:
                before = server.cpu_s()
                seconds, first, total = asyncio.run(_load(server, concurrency, output_format))
                used = [b - a for a, b in zip(before, server.cpu_s(), strict=True)]
                rows.append(
                    [
                        output_format,
                        concurrency,
                        f"{_REQUESTS / seconds:.0f}",
                        ms(quantile(first, 0.5)),
                        ms(quantile(total, 0.5)),
                        ms(quantile(total, 0.99)),
                        f"{used[0] / _REQUESTS * 1000:.1f} + {sum(used[1:]) / _REQUESTS * 1000:.1f} ms",
                        f"{sum(used) / bare_s:.2f}",
                    ]
                )
    columns = ["format", "at once", "requests/s", "first byte", "last byte", "last byte p99", "CPU server + workers"]
    table([*columns, "CPU / bare engine"], rows)
