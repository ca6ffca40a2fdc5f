# SPDX-License-Identifier: GPL-3.0-or-later
"""POST /v1/single-use-token: for callers that may speak once but must not hold a key."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request

from oscine.dialects.elevenlabs.gate import Route, house_of, identify, require
from oscine.domain.problems import NotServed

router = APIRouter(route_class=Route, tags=["tokens"])


@router.post("/v1/single-use-token/{token_type}")
async def create_token(
    request: Request, token_type: Literal["tts_websocket", "realtime_scribe", "batch_scribe"]
) -> dict[str, str]:
    """A token for one call. Source: reference/api-facts.md §9.4."""
    key = await identify(request)
    if token_type != "tts_websocket":  # noqa: S105 - a kind of token, no token
        raise NotServed(
            f"Speech to text is not served here, so that a token of the type {token_type} would open nothing. "
            "Allowed: tts_websocket.",
            parameter="token_type",
        )
    require(key, "text_to_speech")
    return {"token": await house_of(request).tokens.create(key, token_type)}
