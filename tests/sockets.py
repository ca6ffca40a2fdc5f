# SPDX-License-Identifier: GPL-3.0-or-later
"""A WebSocket client without any library of the vendor's."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.conftest import LiveServer

VOICE = "JBFqnCBsd6RMkjVDRZzb"


@dataclass(slots=True)
class Heard:
    """What came back until the socket was closed."""

    frames: list[dict[str, Any]] = field(default_factory=list)
    code: int | None = None
    reason: str | None = None

    def of(self, context_id: str) -> Heard:
        return Heard([frame for frame in self.frames if frame.get("contextId") == context_id])

    @property
    def audio(self) -> bytes:
        return b"".join(base64.b64decode(frame.get("audio") or "") for frame in self.frames)

    @property
    def timed(self) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if frame.get("alignment")]

    def text(self, name: str = "alignment") -> str:
        return "".join(character for frame in self.frames for character in (frame.get(name) or {}).get("chars", ()))

    @property
    def error(self) -> str:
        return str(self.frames[-1].get("error"))


@asynccontextmanager
async def open_socket(
    server: LiveServer, endpoint: str = "stream-input", *, key: str | None = None, voice: str = VOICE, **query: Any
) -> AsyncIterator[ClientConnection]:
    """key: in the header; None: the server's own; empty: none."""
    secret = server.key if key is None else key
    url = f"{server.url.replace('http', 'ws', 1)}/v1/text-to-speech/{voice}/{endpoint}?{urlencode(query)}"
    async with connect(url, additional_headers={"xi-api-key": secret} if secret else {}) as socket:
        yield socket


async def send(socket: ClientConnection, *messages: dict[str, Any]) -> None:
    """As far as the server listens: whom it refuses it does not hear out, and what it says to that is to be heard."""
    with suppress(ConnectionClosed):
        for message in messages:
            await socket.send(json.dumps(message))


async def hear(socket: ClientConnection) -> Heard:
    """Everything, to the close."""
    heard = Heard()
    try:
        while True:
            heard.frames.append(json.loads(await socket.recv()))
    except ConnectionClosed:
        heard.code, heard.reason = socket.close_code, socket.close_reason
    return heard


async def hear_until(socket: ClientConnection, is_last: Any) -> Heard:
    """Up to the first frame that `is_last` says yes to."""
    heard = Heard()
    while not heard.frames or not is_last(heard.frames[-1]):
        heard.frames.append(json.loads(await socket.recv()))
    return heard
