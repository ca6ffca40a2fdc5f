# SPDX-License-Identifier: GPL-3.0-or-later
"""How a problem is said in this dialect: one row a code, and nothing else decides a status.

Shape: `{"error": {message, type, param, code}}`. Source: the Python client 3.54.0 (_exceptions.py), which
makes an exception each of 400, 401, 403, 404, 429 and 5xx; types and codes as the vendor's guide to errors has them,
where it has any.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from fastapi.responses import JSONResponse

from oscine.domain.problems import Busy, Problem


class Row(NamedTuple):
    http: int
    type: str
    code: str | None


def _invalid(code: str, http: int = 400) -> Row:
    return Row(http, "invalid_request_error", code)


_UNAVAILABLE = Row(503, "server_error", "service_unavailable")

ROWS: dict[str, Row] = {
    "text_empty": _invalid("empty_string"),
    "text_too_long": _invalid("string_above_max_length"),
    "text_unspeakable": _invalid("invalid_input"),
    "markup_invalid": _invalid("invalid_input"),
    "phoneme_invalid": _invalid("invalid_input"),
    "format_unknown": _invalid("invalid_value"),
    "language_unsupported": _invalid("unsupported_language"),
    "setting_out_of_range": _invalid("invalid_value"),
    "model_unsupported": _invalid("unsupported_value"),
    "body_too_large": _invalid("request_too_large", 413),
    "voice_not_found": _invalid("voice_not_found"),
    "model_not_found": _invalid("model_not_found", 404),
    "key_missing": _invalid("missing_api_key", 401),
    "key_invalid": _invalid("invalid_api_key", 401),
    "scope_missing": _invalid("missing_scope", 403),
    "address_denied": _invalid("ip_not_authorized", 403),
    "quota_exceeded": Row(429, "insufficient_quota", "insufficient_quota"),
    "wallet_short": Row(429, "insufficient_quota", "insufficient_quota"),
    "key_busy": Row(429, "rate_limit_error", "rate_limit_exceeded"),
    "server_busy": Row(503, "server_error", "server_overloaded"),
    "engine_failed": _UNAVAILABLE,
    "engine_unavailable": _UNAVAILABLE,
    "database_unavailable": _UNAVAILABLE,
    "blobs_unavailable": _UNAVAILABLE,
}

_NO_OBJECT = "The body of the request is no JSON object. Send one, with the header 'Content-Type: application/json'."
_WIRE_NAMES = {"text": "input", "voice_id": "voice", "model_id": "model", "output_format": "response_format"}


def refuse(problem: Problem, trace_id: str = "") -> JSONResponse:
    """The response that says `problem`."""
    row = ROWS[problem.code]
    parameter = _WIRE_NAMES.get(problem.parameter or "", problem.parameter)
    headers = {"Retry-After": str(problem.retry_after_s)} if isinstance(problem, Busy) else {}
    if row.code == "insufficient_quota":
        headers["x-should-retry"] = "false"  # the client tries any other 429 again
    if trace_id:
        headers["x-request-id"] = trace_id
    return _error(row, problem.message, parameter, headers)


def refuse_schema(errors: Sequence[Any]) -> JSONResponse:
    """400 for a request that is not of the documented form; says the first error. errors: as pydantic lists them."""
    error = errors[0]
    place = [str(part) for part in error["loc"][1:] if not str(part).startswith("function-")]
    if error["type"] == "json_invalid" or not place:
        return _error(_invalid("invalid_json"), _NO_OBJECT, None, {})
    code = "missing_required_parameter" if error["type"] == "missing" else "invalid_value"
    name = place[0].encode("utf-8", "replace").decode()
    return _error(_invalid(code), f"{name}: {error['msg']}", name, {})


def _error(row: Row, message: str, parameter: str | None, headers: dict[str, str]) -> JSONResponse:
    said = {"message": message, "type": row.type, "param": parameter, "code": row.code}
    return JSONResponse({"error": said}, row.http, headers)
