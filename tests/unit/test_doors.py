# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from oscine.domain.problems import BodyTooLarge
from oscine.doors import Addressed, BodyLimit


def scope(path: str = "/", **headers: str) -> dict[str, Any]:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "path": path, "headers": raw}


async def _send(_: Message) -> None: ...


@pytest.mark.parametrize(
    ("given", "dialect"),
    [
        (scope("/v1/models", authorization="Bearer a"), "openai"),
        (scope("/v1/models", authorization="bearer a"), "openai"),
        (scope("/v1/models", authorization="Bearer a", xi_api_key="b"), "elevenlabs"),
        (scope("/v1/models", authorization="Basic a"), "elevenlabs"),
        (scope("/v1/models"), "elevenlabs"),
        (scope("/v1/voices", authorization="Bearer a"), None),
    ],
)
async def test_whose_models_are_asked_for(given: dict[str, Any], dialect: str | None) -> None:
    """Source: reference/clients.md §2.10."""
    heard: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        heard.append(scope)

    async def receive() -> Message:
        raise AssertionError("nothing is to be read")

    await Addressed(app)(given, receive, _send)
    assert heard[0].get("dialect") == dialect


@pytest.mark.parametrize(
    ("declared", "pieces", "read"),
    [("10", [b"x" * 10], 10), ("11", [b"x" * 11], None), (None, [b"x" * 6, b"x" * 5], None), (None, [b"x" * 10], 10)],
)
async def test_a_body_over_the_limit_is_not_read(declared: str | None, pieces: list[bytes], read: int | None) -> None:
    waiting = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    size = 0

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal size
        for _ in pieces:
            size += len((await receive())["body"])

    async def receive() -> Message:
        return waiting.pop(0)

    limit = BodyLimit(app, max_bytes=10)
    given = scope("/", **({"content_length": declared} if declared else {}))
    if read is None:
        with pytest.raises(BodyTooLarge, match="10 bytes"):
            await limit(given, receive, _send)
        assert declared is None or len(waiting) == len(pieces)
    else:
        await limit(given, receive, _send)
        assert size == read
