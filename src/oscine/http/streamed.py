# SPDX-License-Identifier: GPL-3.0-or-later
"""A response body that is made while it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

import structlog
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from oscine.domain.problems import Problem
from oscine.pipeline.finish import Chunk

log = structlog.get_logger(__name__)


async def audio_of(chunks: AsyncGenerator[Chunk, None]) -> AsyncGenerator[bytes, None]:
    """The file itself; no piece is empty."""
    async with aclosing(chunks):
        async for chunk in chunks:
            if chunk.audio:
                yield chunk.audio


class Streamed(Response):
    """Sends pieces as they come, stops making them when the client leaves.

    A failure after the start ends the transport without the closing chunk, so that nobody takes a short file for a
    whole one.
    """

    def __init__(
        self,
        first: bytes,
        rest: AsyncGenerator[bytes, None],
        headers: Mapping[str, str],
        media_type: str,
        status: int = 200,
    ) -> None:
        """first: made before the status was decided."""
        self.status_code = status
        self.background = None
        self.media_type = media_type
        self.init_headers({**headers, "content-type": media_type})
        self._first = first
        self._rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        pump = asyncio.create_task(self._pump(send))
        leave = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait({pump, leave}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (pump, leave):
                task.cancel()
            await asyncio.wait({pump, leave})
            await self._rest.aclose()
        if pump.cancelled() or pump.exception() is None:
            return
        error = pump.exception()
        scope["app"].state.house.metrics.aborted.inc()
        if not isinstance(error, Problem):
            raise error  # type: ignore[misc]
        log.error("response.aborted", code=error.code, request_id=self.headers.get("request-id"))

    async def _pump(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self._first, "more_body": True})
        async for piece in self._rest:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
