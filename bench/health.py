# SPDX-License-Identifier: GPL-3.0-or-later
"""Does the server still answer while it works: /health under load, and what overload looks like."""

from __future__ import annotations

import asyncio
from collections import Counter

from bench.client import Connection
from bench.first_audio import VOICE
from bench.report import heading, ms, quantile, table
from bench.server import KEY, Server, running
from bench.texts import text

_CALLERS = (8, 32, 200)
_REQUESTS = 300


async def _measure(server: Server, callers: int, output_format: str) -> list[object]:
    numbers = iter(range(_REQUESTS))
    statuses: Counter[int] = Counter()
    refused: list[float] = []
    health: list[float] = []
    is_over = asyncio.Event()

    async def caller() -> None:
        async with Connection(server.port, KEY) as connection:
            for number in numbers:
                answer = await connection.speak(text(300, number), VOICE, output_format)
                statuses[answer.status] += 1
                if answer.status == 429:
                    refused.append(answer.total_s)

    async def watcher() -> None:
        async with Connection(server.port, KEY) as connection:
            while not is_over.is_set():
                health.append((await connection.get("/health")).total_s)
                await asyncio.sleep(0.01)

    watching = asyncio.create_task(watcher())
    await asyncio.gather(*(caller() for _ in range(callers)))
    is_over.set()
    await watching
    return [
        output_format,
        callers,
        ", ".join(f"{status} × {count}" for status, count in sorted(statuses.items())),
        ms(quantile(refused, 0.5)) if refused else "–",
        ms(quantile(health, 0.5)),
        ms(quantile(health, 0.99)),
        ms(max(health)),
    ]


def main() -> None:
    heading(f"/health under load: {_REQUESTS} requests of 300 characters")
    with running() as server:
        rows = [
            asyncio.run(_measure(server, callers, output_format))
            for output_format in ("pcm_24000", "mp3_44100_128", "opus_48000_64")
            for callers in _CALLERS
        ]
    table(["format", "callers", "answers", "429 after", "/health median", "p99", "slowest"], rows)
