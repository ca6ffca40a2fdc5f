# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes back, in the vendor's field names. Source: reference/api-facts.md §12."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

from oscine.domain.account import Key
from oscine.http.headers import listed
from oscine.pipeline.finish import Chunk
from oscine.pipeline.speech import Performance

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


def balance(key: Key) -> dict[str, Any]:
    usd = _PLENTY_USD if key.wallet_micros is None else key.wallet_micros / 1_000_000
    return {"current_balance": usd, "currency": "USD"}
