# SPDX-License-Identifier: GPL-3.0-or-later
"""How a problem is said in this dialect: one row a code, and nothing else decides a status.

Shape: `{"detail": {type, code, message, status, request_id, param}}`; `status` is the older name that clients match
on. Validation: 422 with a list. Sources: reference/api-facts.md §5.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson
from fastapi.responses import JSONResponse

from oscine.domain.problems import Busy, Problem


class Row(NamedTuple):
    http: int
    type: str
    code: str
    status: str


ROWS: dict[str, Row] = {
    "text_empty": Row(400, "validation_error", "empty_text", "empty_text"),
    "text_too_long": Row(400, "validation_error", "text_too_long", "max_character_limit_exceeded"),
    "text_unspeakable": Row(400, "validation_error", "invalid_text", "invalid_text"),
    "markup_invalid": Row(400, "validation_error", "invalid_text", "invalid_ssml"),
    "phoneme_invalid": Row(400, "validation_error", "invalid_text", "invalid_phoneme"),
    "rule_invalid": Row(400, "validation_error", "invalid_parameters", "invalid_pronunciation_rule"),
    "lexicon_invalid": Row(400, "validation_error", "invalid_parameters", "invalid_pronunciation_dictionary"),
    "format_unknown": Row(400, "validation_error", "invalid_output_format", "invalid_output_format"),
    "language_unsupported": Row(400, "validation_error", "invalid_parameters", "unsupported_language"),
    "setting_out_of_range": Row(400, "validation_error", "invalid_parameters", "invalid_parameters"),
    "model_unsupported": Row(400, "validation_error", "unsupported_model", "unsupported_model"),
    "not_served": Row(400, "invalid_request", "feature_not_available", "feature_not_available"),
    "body_too_large": Row(400, "invalid_request", "request_too_large", "request_too_large"),
    "cursor_invalid": Row(400, "validation_error", "invalid_cursor", "invalid_cursor"),
    "request_unusable": Row(400, "validation_error", "invalid_parameters", "invalid_request_id"),
    "message_invalid": Row(400, "validation_error", "invalid_parameters", "invalid_message"),
    "job_ended": Row(400, "validation_error", "invalid_parameters", "job_ended"),
    "input_timeout": Row(400, "invalid_request", "bad_request", "input_timeout_exceeded"),
    "contexts_full": Row(400, "invalid_request", "bad_request", "max_active_conversations"),
    "webhook_invalid": Row(400, "validation_error", "invalid_parameters", "invalid_webhook_url"),
    "account_exists": Row(409, "conflict", "resource_already_exists", "service_account_already_exists"),
    "accounts_full": Row(400, "invalid_request", "bad_request", "service_account_limit_reached"),
    "request_not_found": Row(404, "not_found", "request_not_found", "request_not_found"),
    "voice_not_found": Row(404, "not_found", "voice_not_found", "voice_not_found"),
    "model_not_found": Row(404, "not_found", "model_not_found", "model_not_found"),
    "history_item_not_found": Row(404, "not_found", "history_item_not_found", "history_item_not_found"),
    "audio_missing": Row(404, "not_found", "file_not_found", "history_audio_not_found"),
    "sample_not_found": Row(404, "not_found", "sample_not_found", "sample_not_found"),
    "dictionary_not_found": Row(
        404, "not_found", "pronunciation_dictionary_not_found", "pronunciation_dictionary_not_found"
    ),
    "job_not_found": Row(404, "not_found", "job_not_found", "job_not_found"),
    "account_not_found": Row(404, "not_found", "user_not_found", "service_account_not_found"),
    "key_not_found": Row(404, "not_found", "api_key_not_found", "api_key_not_found"),
    "key_missing": Row(401, "authentication_error", "unauthorized", "needs_authorization"),
    "key_invalid": Row(401, "authentication_error", "invalid_api_key", "invalid_api_key"),
    "token_invalid": Row(401, "authentication_error", "unauthorized", "invalid_single_use_token"),
    "authorization_header_invalid": Row(
        401, "authentication_error", "invalid_authorization_header", "invalid_authorization_header"
    ),
    "scope_missing": Row(401, "authentication_error", "insufficient_permissions", "missing_permissions"),
    "address_denied": Row(403, "authorization_error", "forbidden", "ip_address_not_allowed"),
    "action_denied": Row(403, "authorization_error", "workspace_access_denied", "workspace_access_denied"),
    "voice_not_owned": Row(403, "authorization_error", "voice_access_denied", "voice_access_denied"),
    "quota_exceeded": Row(401, "authentication_error", "quota_exceeded", "quota_exceeded"),
    "wallet_short": Row(402, "payment_required", "insufficient_credits", "insufficient_credits"),
    "key_busy": Row(429, "rate_limit_error", "concurrent_limit_exceeded", "too_many_concurrent_requests"),
    "server_busy": Row(429, "rate_limit_error", "system_busy", "system_busy"),
    "sockets_full": Row(429, "rate_limit_error", "concurrent_limit_exceeded", "too_many_concurrent_connections"),
    "engine_failed": Row(503, "service_unavailable", "service_unavailable", "service_unavailable"),
    "database_unavailable": Row(503, "service_unavailable", "service_unavailable", "service_unavailable"),
    "blobs_unavailable": Row(503, "service_unavailable", "service_unavailable", "service_unavailable"),
    "engine_unavailable": Row(503, "service_unavailable", "service_unavailable", "service_unavailable"),
}

_ECHO = 200
"""Longest echo of a wrong value in a validation error."""


def refuse(problem: Problem, trace_id: str = "") -> JSONResponse:
    """The response that says `problem`."""
    row = ROWS[problem.code]
    detail = {
        "type": row.type,
        "code": row.code,
        "message": problem.message,
        "status": row.status,
        "request_id": trace_id or None,
        **({"param": problem.parameter} if problem.parameter else {}),
    }
    headers = {"Retry-After": str(problem.retry_after_s)} if isinstance(problem, Busy) else {}
    if trace_id:
        headers["x-trace-id"] = trace_id
    return JSONResponse({"detail": detail}, row.http, headers)


def refuse_download(problem: Problem, trace_id: str = "") -> JSONResponse:
    """As `refuse`; a 400 holds the vendor's own two fields of this endpoint besides (api-facts §5.1 E)."""
    response = refuse(problem, trace_id)
    row = ROWS[problem.code]
    if row.http != 400:
        return response
    plain = {"error": row.status, "message": problem.message}
    headers = {"x-trace-id": trace_id} if trace_id else {}
    return JSONResponse({**plain, **orjson.loads(response.body)}, row.http, headers)


def refuse_schema(errors: Sequence[Any]) -> JSONResponse:
    """422 for a request that is not of the documented form. errors: as pydantic lists them."""
    return JSONResponse({"detail": [_sayable(error) for error in errors]}, 422)


def _sayable(error: dict[str, Any]) -> dict[str, Any]:
    said = {"type": error["type"], "loc": [_plain(part) for part in error["loc"]], "msg": _plain(error["msg"])}
    given = error.get("input")
    if isinstance(given, str):
        said["input"] = _plain(given[:_ECHO])
    elif given is None or isinstance(given, (bool, int)) or (isinstance(given, float) and math.isfinite(given)):
        said["input"] = given
    return said


def _plain(value: Any) -> Any:
    """A value that UTF-8 can carry."""
    return value if isinstance(value, int) else str(value).encode("utf-8", "replace").decode()
