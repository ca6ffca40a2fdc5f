# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes back, in the vendor's field names. Source: reference/api-facts.md §12."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from oscine.domain.account import Key
from oscine.domain.job import Job, State
from oscine.http.headers import lists
from oscine.pipeline.speech import Performance
from oscine.store.links import Links

EXPOSED_HEADERS = [
    "x-inference-id",
    "x-client-request-id",
    "x-aimlapi-credits-used",
    "x-aimlapi-usd-spent",
    "oscine-ignored",
    "oscine-skipped-directions",
]
_STATUS: dict[State, str] = {
    "QUEUED": "queued",
    "PROCESSING": "generating",
    "COMPLETED": "completed",
    "FAILED": "error",
    "ERROR": "error",
    "CANCELLED": "error",
}
_PLENTY_USD = 1_000_000_000
"""The balance of a key that pays nothing."""


def headers(performance: Performance, ignored: Sequence[str]) -> dict[str, str]:
    """Success headers of a generation whose first chunk is there."""
    return {
        **reported(performance.request_id, ignored),
        "request-id": performance.request_id,
        **lists({"oscine-skipped-directions": performance.skipped_directions}),
    }


def reported(inference_id: str, ignored: Sequence[str]) -> dict[str, str]:
    """Headers of every answer."""
    return {"x-inference-id": inference_id, **lists({"oscine-ignored": ignored})}


def spoken(job: Job, links: Links) -> dict[str, Any]:
    """A file that is there."""
    usage = {"credits_used": job.cost, "usd_spent": job.price_micros / 1_000_000}
    return {"audio": {"url": _url(job, links, job.base_url)}, "meta": {"usage": usage}}


def spent(job: Job) -> dict[str, str]:
    """Headers of an answer in JSON."""
    usd = f"{job.price_micros / 1_000_000:.6f}"
    return {"x-inference-id": job.id, "x-aimlapi-credits-used": str(job.cost), "x-aimlapi-usd-spent": usd}


def generation_id(job: Job) -> str:
    """As the vendor's look: `<uuid>:stable-audio`."""
    return f"{job.id}:{job.model_id.rpartition('/')[2]}"


def queued(job: Job) -> dict[str, Any]:
    """The schema has generation_id, the example id and status (api-facts §15.5)."""
    name = generation_id(job)
    return {"id": name, "generation_id": name, "status": _STATUS[job.state]}


def generation(job: Job, links: Links, base_url: str) -> dict[str, Any]:
    output, error = job.output, None
    if job.state in {"FAILED", "ERROR", "CANCELLED"}:
        message = job.error or "The generation was cancelled."
        error = {"name": "GenerationError" if job.state == "FAILED" else "ServerError", "message": message}
    file = None
    if output is not None:
        file = {
            "url": _url(job, links, base_url),
            "content_type": output.media_type,
            "file_name": output.file_name,
            "file_size": output.bytes,
        }
    return {"id": generation_id(job), "status": _STATUS[job.state], "error": error, "audio_file": file}


def _url(job: Job, links: Links, base_url: str) -> str | None:
    if job.output is None or job.expires_ms is None:
        return None
    return base_url + links.path_to(job.output, job.expires_ms // 1000)


def balance(key: Key) -> dict[str, Any]:
    usd = _PLENTY_USD if key.wallet_micros is None else key.wallet_micros / 1_000_000
    return {"current_balance": usd, "currency": "USD"}
