# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes back over WebSockets. Shapes: reference/api-facts.md §4.3, §4.5.

Frames of a context name it as `contextId` and as `context_id`: clients differ in which they read.
"""

from __future__ import annotations

import base64
from itertools import pairwise
from typing import Any

import orjson

from oscine.domain.alignment import Alignment
from oscine.pipeline.pairing import Part

_LONGEST_REASON = 123
"""Bytes; RFC 6455 §5.5."""


def audio(part: Part, context_id: str | None, *, runs_on: bool) -> str:
    """runs_on: whether times count from the start of the context rather than of this frame."""
    base_ms = 0 if runs_on else _ms(part.start_s)
    return _frame(
        context_id,
        {
            "audio": base64.b64encode(part.audio).decode(),
            "isFinal": None,
            "normalizedAlignment": _alignment(part.normalized, base_ms),
            "alignment": _alignment(part.alignment, base_ms),
        },
    )


def final(context_id: str | None) -> str:
    fields = {"audio": None, "isFinal": True, "normalizedAlignment": None, "alignment": None}
    return _frame(context_id, fields if context_id is None else {**fields, "is_final": True})


def error(message: str, status: str, code: int) -> str:
    return orjson.dumps({"message": message, "error": status, "code": code}).decode()


def reason(message: str) -> str:
    """As much of it as a close frame can hold."""
    data = message.encode("utf-8", "replace")
    if len(data) <= _LONGEST_REASON:
        return data.decode()
    return data[: _LONGEST_REASON - 3].decode("utf-8", "ignore") + "…"


def _frame(context_id: str | None, fields: dict[str, Any]) -> str:
    named = {} if context_id is None else {"contextId": context_id, "context_id": context_id}
    return orjson.dumps({**fields, **named}).decode()


def _alignment(times: Alignment, base_ms: int) -> dict[str, Any] | None:
    """Durations are differences of rounded times: they add up to where the part ends."""
    if not len(times):
        return None
    bounds = [_ms(time_s) - base_ms for time_s in (*times.starts_s, times.ends_s[-1])]
    return {
        "chars": list(times.characters),
        "charStartTimesMs": bounds[:-1],
        "charDurationsMs": [end - start for start, end in pairwise(bounds)],
    }


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
