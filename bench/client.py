# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that costs little, so that on a shared machine the server is what is measured."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from types import TracebackType

import orjson


@dataclass(slots=True)
class Answer:
    status: int
    body: bytearray = field(default_factory=bytearray)
    arrivals: list[tuple[float, int]] = field(default_factory=list)
    """(seconds since the request left, bytes of body so far)"""

    @property
    def first_s(self) -> float:
        return self.arrivals[0][0]

    @property
    def total_s(self) -> float:
        return self.arrivals[-1][0]


class Connection:
    """One kept-alive HTTP/1.1 connection to a server on loopback."""

    def __init__(self, port: int, key: str, key_header: str = "xi-api-key") -> None:
        self._port = port
        self._key = f"{key_header}: {key}"

    async def __aenter__(self) -> Connection:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 20)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()

    async def speak(
        self,
        text: str,
        voice_id: str,
        output_format: str,
        endpoint: str = "/stream",
        model_id: str = "eleven_multilingual_v2",
    ) -> Answer:
        body = orjson.dumps({"text": text, "model_id": model_id})
        path = f"/v1/text-to-speech/{voice_id}{endpoint}?output_format={output_format}"
        return await self._ask("POST", path, body)

    async def get(self, path: str) -> Answer:
        return await self._ask("GET", path, b"")

    async def post(self, path: str, body: bytes) -> Answer:
        """body: JSON."""
        return await self._ask("POST", path, body)

    async def _ask(self, method: str, path: str, body: bytes) -> Answer:
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{self._key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        began = time.perf_counter()
        self._writer.write(head.encode() + body)
        lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
        answer = Answer(int(lines[0].split()[1]))
        headers = dict(line.split(": ", 1) for line in lines[1:] if line)

        def note(piece: bytes) -> None:
            answer.body += piece
            answer.arrivals.append((time.perf_counter() - began, len(answer.body)))

        if headers.get("transfer-encoding") == "chunked":
            while size := int(await self._reader.readline(), 16):
                note(await self._reader.readexactly(size))
                await self._reader.readline()
            await self._reader.readline()
        else:
            note(await self._reader.readexactly(int(headers.get("content-length", "0"))))
        return answer
