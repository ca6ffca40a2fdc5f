# SPDX-License-Identifier: GPL-3.0-or-later
"""Memory, open files and the temp folder over ten thousand requests."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from bench.client import Connection
from bench.first_audio import VOICE
from bench.report import heading, table
from bench.server import KEY, Server, running
from bench.texts import text

_REQUESTS = 10_000
_EVERY = 2000
_AT_ONCE = 4


def _open_files(server: Server) -> list[int]:
    return [len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in server.processes()]


def _temporary() -> int:
    return len(list(Path(tempfile.gettempdir()).iterdir()))


async def _measure(server: Server) -> list[list[object]]:
    rows: list[list[object]] = []
    numbers = iter(range(_REQUESTS + 1))
    formats = ("pcm_24000", "mp3_22050_32", "ulaw_8000", "opus_48000_32")

    async def caller() -> None:
        async with Connection(server.port, KEY) as connection:
            for number in numbers:
                answer = await connection.speak(text(40, number), VOICE, formats[number % len(formats)])
                assert answer.status == 200
                if number % _EVERY == 0:
                    megabytes = " + ".join(f"{mb:.0f}" for mb in server.memory_mb())
                    rows.append([number, megabytes, _open_files(server), _temporary()])

    await asyncio.gather(*(caller() for _ in range(_AT_ONCE)))
    return rows


def main() -> None:
    heading(f"Endurance: {_REQUESTS} requests in four formats")
    with running() as server:
        rows = asyncio.run(_measure(server))
    table(["requests", "resident MB: server + workers", "open files", "entries in the temp folder"], rows)
