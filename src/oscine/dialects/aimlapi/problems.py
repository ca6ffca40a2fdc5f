# SPDX-License-Identifier: GPL-3.0-or-later
"""How a problem is said in this dialect: one row a code, and nothing else decides a status.

Shape: `{message, path, requestId, statusCode, timestamp}`. Source: reference/api-facts.md §12.3. What the vendor says
in a fixed wording goes first in the message, what is wrong in this request after it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from fastapi.responses import JSONResponse

from oscine.domain.problems import Busy, Problem


class Row(NamedTuple):
    http: int
    words: str = ""
    """The vendor's."""


_INVALID = Row(400, "Body validation error!")
_NO_KEY = Row(401, "This request requires a valid API key.")
_NO_CREDITS = Row(403, "You've run out of credits.")
_BUSY = Row(429)
_UNAVAILABLE = Row(503)

ROWS: dict[str, Row] = {
    "text_empty": _INVALID,
    "text_too_long": _INVALID,
    "text_unspeakable": _INVALID,
    "markup_invalid": _INVALID,
    "phoneme_invalid": _INVALID,
    "format_unknown": _INVALID,
    "language_unsupported": _INVALID,
    "setting_out_of_range": _INVALID,
    "model_unsupported": _INVALID,
    "voice_not_found": _INVALID,
    "body_too_large": Row(413),
    "model_not_found": Row(404),
    "job_not_found": Row(404),
    "key_missing": _NO_KEY,
    "key_invalid": _NO_KEY,
    "scope_missing": Row(403),
    "address_denied": Row(403),
    "quota_exceeded": _NO_CREDITS,
    "wallet_short": _NO_CREDITS,
    "key_busy": _BUSY,
    "server_busy": _BUSY,
    "engine_failed": _UNAVAILABLE,
    "engine_unavailable": _UNAVAILABLE,
    "database_unavailable": _UNAVAILABLE,
    "blobs_unavailable": _UNAVAILABLE,
}


def refuse(problem: Problem, trace_id: str, path: str) -> JSONResponse:
    """The response that says `problem`."""
    row = ROWS[problem.code]
    headers = {"Retry-After": str(problem.retry_after_s)} if isinstance(problem, Busy) else {}
    return _error(row, problem.message, trace_id, path, headers)


def refuse_schema(errors: Sequence[Any], trace_id: str, path: str) -> JSONResponse:
    """400 for a request that is not of the documented form. errors: as pydantic lists them."""
    said = "; ".join(f"{_place(error['loc'])}: {error['msg']}" for error in errors[:5])
    return _error(_INVALID, said, trace_id, path, {})


def _place(location: Sequence[Any]) -> str:
    return ".".join(str(part) for part in location[1:]).encode("utf-8", "replace").decode()[:100] or "body"


def _error(row: Row, message: str, trace_id: str, path: str, headers: dict[str, str]) -> JSONResponse:
    body = {
        "message": f"{row.words} {message}".strip(),
        "path": path,
        "requestId": trace_id,
        "statusCode": str(row.http),
        "timestamp": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
    }
    return JSONResponse(body, row.http, headers | {"x-inference-id": trace_id})
