# SPDX-License-Identifier: GPL-3.0-or-later
"""What every HTTP request passes before it reaches a dialect."""

from __future__ import annotations

import re
import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from oscine.domain.problems import BodyTooLarge

log = structlog.get_logger("oscine.http")

_SLASHES = re.compile("/{2,}")
_SHARED_PATHS = frozenset({"/v1/models"})


class TidyPath:
    """Clients join base URL and path carelessly: `//v1/models/` means `/v1/models`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            path = _SLASHES.sub("/", scope["path"])
            scope["path"] = path.rstrip("/") or "/"
        await self._app(scope, receive, send)


class Addressed:
    """Says whose API a request speaks where two vendors have the same path: the header with the key tells.

    `Authorization: Bearer` without `xi-api-key` is OpenAI's way; all else is left to ElevenLabs.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in _SHARED_PATHS:
            headers = dict(scope["headers"])
            is_bearer = headers.get(b"authorization", b"")[:7].lower() == b"bearer "
            scope["dialect"] = "openai" if is_bearer and b"xi-api-key" not in headers else "elevenlabs"
        await self._app(scope, receive, send)


class BodyLimit:
    """Lets no body over the limit in: whoever reads it is told, by its declared length or as soon as it has grown past
    it. The route says so in the words of its dialect."""

    def __init__(self, app: ASGIApp, *, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        size = int(declared) if declared.isdigit() else 0
        if size <= self._max_bytes:
            size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive() if size <= self._max_bytes else {}
            size += len(message.get("body", b""))
            if size > self._max_bytes:
                raise BodyTooLarge(
                    f"The request body is larger than {self._max_bytes} bytes. Send less, or raise "
                    "OSCINE_MAX_BODY_BYTES."
                )
            return message

        await self._app(scope, counted, send)


class Observed:
    """One log line and one count for each request: ids, sizes and times, never what was said. A WebSocket is one
    request; its status is the code it was closed with."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0
        sent_bytes = 0
        request_id = ""

        async def noted(message: Message) -> None:
            nonlocal status, sent_bytes, request_id
            if message["type"] == "http.response.start":
                status = message["status"]
                request_id = dict(message["headers"]).get(b"request-id", b"").decode()
            elif message["type"] == "http.response.body":
                sent_bytes += len(message.get("body", b""))
            elif message["type"] == "websocket.send":
                sent_bytes += len(message.get("text") or message.get("bytes") or b"")
            elif message["type"] == "websocket.close":
                status = message.get("code", 1000)
            await send(message)

        async def heard() -> Message:
            nonlocal status
            message = await receive()
            if message["type"] == "websocket.disconnect" and not status:
                status = message.get("code", 1005)
            return message

        try:
            await self._app(scope, heard if scope["type"] == "websocket" else receive, noted)
        finally:
            route = getattr(scope.get("route"), "path", "unknown")
            house = scope["app"].state.house if "app" in scope else None
            if house is not None:
                house.metrics.requests.labels(route, str(status)).inc()
            log.info(
                "request",
                method=scope.get("method", "WEBSOCKET"),
                route=route,
                status=status,
                ms=round((time.perf_counter() - began) * 1000, 1),
                bytes=sent_bytes,
                **({"request_id": request_id} if request_id else {}),
            )
