# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes back, in the vendor's field names. Source: the Python client 3.54.0 (types/model.py); the events of
a speech stream: the vendor's OpenAPI description 2.3.0 (SpeechAudioDeltaEvent, SpeechAudioDoneEvent)."""

from __future__ import annotations

import base64
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from typing import Any

import orjson

from oscine.domain.model import Model
from oscine.domain.voice import Voice
from oscine.http.headers import lists
from oscine.http.streamed import audio_of
from oscine.pipeline.speech import Performance

EXPOSED_HEADERS = ["x-request-id", "oscine-ignored", "oscine-instructions", "oscine-skipped-directions"]

_CREATED_UNIX = {"tts-1": 1681940951, "tts-1-hd": 1699046015, "gpt-4o-mini-tts": 1742403959}
_OUR_CREATED_UNIX = 1718150400


def headers(performance: Performance, instructed: Sequence[str], ignored: Sequence[str]) -> dict[str, str]:
    """Success headers of a generation whose first chunk is there."""
    return {
        "x-request-id": performance.request_id,
        "request-id": performance.request_id,
        **lists(
            {
                "oscine-instructions": instructed,
                "oscine-ignored": ignored,
                "oscine-skipped-directions": performance.skipped_directions,
            }
        ),
    }


def models(entries: Iterable[Model]) -> dict[str, Any]:
    return {"object": "list", "data": [model(entry) for entry in entries]}


def model(entry: Model) -> dict[str, Any]:
    return {
        "id": entry.id,
        "object": "model",
        "created": _CREATED_UNIX.get(entry.id, _OUR_CREATED_UNIX),
        "owned_by": "openai-internal" if entry.vendor == "openai" else "oscine",
    }


def voices(names: Iterable[str], ours: Iterable[Voice]) -> dict[str, Any]:
    """The vendor's names, then this server's voices."""
    return {"voices": [{"id": name, "name": name} for name in names] + [{"id": v.id, "name": v.name} for v in ours]}


async def events(performance: Performance) -> AsyncGenerator[bytes, None]:
    """The file in base64, a piece an event, and what it cost. Tokens are credits here."""
    async with aclosing(audio_of(performance.chunks())) as pieces:
        async for piece in pieces:
            yield _event({"type": "speech.audio.delta", "audio": base64.b64encode(piece).decode()})
    cost = performance.cost
    usage = {"input_tokens": cost, "output_tokens": 0, "total_tokens": cost}
    yield _event({"type": "speech.audio.done", "usage": usage})


def _event(payload: dict[str, Any]) -> bytes:
    return b"data: " + orjson.dumps(payload) + b"\n\n"
