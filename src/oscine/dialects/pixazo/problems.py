# SPDX-License-Identifier: GPL-3.0-or-later
"""How a problem is said in this dialect: one row a code, and nothing else decides a status.

Shape: `{error, message}`. Source: seeds/003 (402, 400 of an unknown model, the list of statuses); the other bodies are
not known and follow these two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from fastapi.responses import JSONResponse

from oscine.domain.problems import Busy, Problem


class Row(NamedTuple):
    http: int
    error: str
    message: str = ""
    """The vendor's, where it has a fixed one."""


_INVALID = Row(400, "Bad Request")
_UNAUTHORIZED = Row(401, "Unauthorized")
_FORBIDDEN = Row(403, "Forbidden")
_BUSY = Row(429, "Too Many Requests")
_BROKEN = Row(500, "Internal Server Error")

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
    "webhook_invalid": _INVALID,
    "body_too_large": _INVALID,
    "model_not_found": Row(400, "Model not found"),
    "job_not_found": Row(404, "Request not found"),
    "key_missing": _UNAUTHORIZED,
    "key_invalid": _UNAUTHORIZED,
    "wallet_short": Row(402, "Insufficient Balance", "Your wallet does not have enough balance."),
    "quota_exceeded": Row(402, "Insufficient Balance"),
    "scope_missing": _FORBIDDEN,
    "address_denied": _FORBIDDEN,
    "key_busy": _BUSY,
    "server_busy": _BUSY,
    "engine_failed": _BROKEN,
    "engine_unavailable": _BROKEN,
    "database_unavailable": _BROKEN,
    "blobs_unavailable": _BROKEN,
}


def refuse(problem: Problem, trace_id: str = "") -> JSONResponse:
    """The response that says `problem`."""
    row = ROWS[problem.code]
    headers = {"x-trace-id": trace_id} if trace_id else {}
    if isinstance(problem, Busy):
        headers["Retry-After"] = str(problem.retry_after_s)
    return JSONResponse({"error": row.error, "message": row.message or problem.message}, row.http, headers)


def refuse_schema(errors: Sequence[Any]) -> JSONResponse:
    """400 for a request that is not of the documented form. errors: as pydantic lists them."""
    said = "; ".join(f"{_place(error['loc'])}: {error['msg']}" for error in errors[:5])
    return JSONResponse({"error": _INVALID.error, "message": said}, _INVALID.http)


def _place(location: Sequence[Any]) -> str:
    return ".".join(str(part) for part in location[1:]).encode("utf-8", "replace").decode()[:100] or "body"
