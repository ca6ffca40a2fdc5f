# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes back, in the vendor's field names. Source: reference/api-facts.md §12."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

from oscine.domain.account import Key
from oscine.domain.job import Job
from oscine.http.headers import listed
from oscine.pipeline.finish import Chunk
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
_PLENTY_USD = 1_000_000_000
"""The balance of a key that pays nothing."""


def headers(performance: Performance, ignored: Sequence[str]) -> dict[str, str]:
    """Success headers of a generation whose first chunk is there."""
    skipped = performance.skipped_directions
    return {
        "x-inference-id": performance.request_id,
        "request-id": performance.request_id,
        **({"oscine-ignored": listed(ignored)} if ignored else {}),
        **({"oscine-skipped-directions": listed(skipped)} if skipped else {}),
    }


async def audio(chunks: AsyncGenerator[Chunk, None]) -> AsyncGenerator[bytes, None]:
    """The file itself."""
    async with aclosing(chunks):
        async for chunk in chunks:
            if chunk.audio:
                yield chunk.audio


def spoken(job: Job, links: Links) -> dict[str, Any]:
    """A file that is there."""
    usage = {"credits_used": job.cost, "usd_spent": job.price_micros / 1_000_000}
    return {"audio": {"url": _url(job, links, job.base_url)}, "meta": {"usage": usage}}


def spent(job: Job) -> dict[str, str]:
    """Headers of an answer in JSON."""
    usd = f"{job.price_micros / 1_000_000:.6f}"
    return {"x-inference-id": job.id, "x-aimlapi-credits-used": str(job.cost), "x-aimlapi-usd-spent": usd}


def _url(job: Job, links: Links, base_url: str) -> str | None:
    if job.output is None or job.expires_ms is None:
        return None
    return base_url + links.path_to(job.output, job.expires_ms // 1000)


def balance(key: Key) -> dict[str, Any]:
    usd = _PLENTY_USD if key.wallet_micros is None else key.wallet_micros / 1_000_000
    return {"current_balance": usd, "currency": "USD"}
