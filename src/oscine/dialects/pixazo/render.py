# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes back, and what webhooks tell, in the vendor's field names. Source: seeds/003.

The vendor's examples write times in two ways, and media types too; here they are ISO 8601 everywhere, and true.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson

from oscine.domain.job import Job
from oscine.store.links import Links

EXPOSED_HEADERS = ["oscine-ignored", "x-trace-id"]

STATUS_PATH = "/v2/requests/status"
_STATES = {"CANCELLED": "FAILED"}
"""States that the vendor does not have, and what they are called there."""


def request_id(job: Job) -> str:
    return f"{job.model_id}_{job.id}"


def accepted(job: Job, base_url: str) -> dict[str, Any]:
    name = request_id(job)
    return {"request_id": name, "status": _state(job), "polling_url": f"{base_url}{STATUS_PATH}/{name}"}


def status(job: Job, links: Links, base_url: str) -> dict[str, Any]:
    return {
        "request_id": request_id(job),
        "status": _state(job),
        "model_id": job.model_id,
        "error": "The request was cancelled." if job.state == "CANCELLED" else job.error,
        "output": _output(job, links, base_url),
        "created_at": _time(job.created_ms),
        "updated_at": _time(job.updated_ms),
        "completed_at": None if job.completed_ms is None else _time(job.completed_ms),
    }


def event(job: Job, links: Links) -> bytes:
    """The body of a webhook: what the status says."""
    return orjson.dumps(status(job, links, job.base_url))


def _state(job: Job) -> str:
    return _STATES.get(job.state, job.state)


def _output(job: Job, links: Links, base_url: str) -> dict[str, Any] | None:
    if job.output is None or job.expires_ms is None:
        return None
    url = base_url + links.path_to(job.output, job.expires_ms // 1000)
    return {"media_url": [url], "media_type": job.output.media_type}


def _time(unix_ms: int) -> str:
    return datetime.fromtimestamp(unix_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
