# SPDX-License-Identifier: GPL-3.0-or-later
"""What every HTTP request passes before it reaches a dialect."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable

import structlog
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from oscine.domain.problems import BodyTooLarge, Problem

log = structlog.get_logger("oscine.http")

_SLASHES = re.compile("/{2,}")


class TidyPath:
    """Clients join base URL and path carelessly: `//v1/models/` means `/v1/models`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            path = _SLASHES.sub("/", scope["path"])
            scope["path"] = path.rstrip("/") or "/"
        await self._app(scope, receive, send)


class BodyLimit:
    """Refuses a body over the limit, by its declared length or as soon as it has grown past it."""

    def __init__(self, app: ASGIApp, *, max_bytes: int, refuse: Callable[[Problem], Response]) -> None:
        """refuse: writes the answer."""
        self._app = app
        self._max_bytes = max_bytes
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self._max_bytes:
            await self._refuse(self._problem())(scope, receive, send)
            return
        size = 0
        is_too_large = False

        async def counted() -> Message:
            nonlocal size, is_too_large
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._max_bytes:
                is_too_large = True
                raise self._problem()
            return message

        async def noted(message: Message) -> None:
            if not is_too_large:  # whatever was made of the exception inside, the answer is ours
                await send(message)

        with contextlib.suppress(BodyTooLarge):
            await self._app(scope, counted, noted)
        if is_too_large:
            await self._refuse(self._problem())(scope, receive, send)

    def _problem(self) -> BodyTooLarge:
        return BodyTooLarge(
            f"The request body is larger than {self._max_bytes} bytes. Send less, or raise OSCINE_MAX_BODY_BYTES."
        )


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
