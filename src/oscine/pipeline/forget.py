# SPDX-License-Identifier: GPL-3.0-or-later
"""Removing history: by its owner, by age, by size; and audio that no row knows.

A row leaves the database before its blobs leave the store, and blobs come before their row. Whatever breaks off in
between leaves at worst blobs without a row, never the reverse; `sweep` finds those.
"""

from __future__ import annotations

import re

import structlog

from oscine.domain.problems import BlobsUnavailable
from oscine.pipeline.record import BLOBS
from oscine.store.blobs import Blobs
from oscine.store.history import History

log = structlog.get_logger(__name__)

DAY_S = 86400.0
_OURS = re.compile(rf"{BLOBS}/[^/]+/(?P<item>[^/]+)/(audio|alignments)")


async def forget(history: History, blobs: Blobs, account_id: str, item_id: str) -> None:
    """Delete one item of the account's. Raises: HistoryItemNotFound."""
    await _clear(blobs, await history.remove(account_id, item_id))


async def purge(history: History, blobs: Blobs, *, now: float, max_age_s: float | None, max_bytes: int | None) -> int:
    """Delete what is too old, and the oldest of what is too much; None: no such limit. Returns how many items."""
    last = None if max_bytes is None else await history.last_too_many(max_bytes)
    if max_age_s is not None:
        too_old = (int((now - max_age_s) * 1000), "")
        last = max(last, too_old) if last else too_old
    count = 0
    while last and (removed := await history.remove_until(last)):
        await _clear(blobs, *removed)
        count += len(removed)
    return count


async def sweep(history: History, blobs: Blobs, *, now: float) -> int:
    """Delete blobs that have been without a row for a day. Returns how many."""
    count = 0
    async for page in blobs.listing(BLOBS):
        old = {
            blob.name: found["item"]
            for blob in page
            if blob.written.timestamp() < now - DAY_S and (found := _OURS.fullmatch(blob.name))
        }
        orphans = await history.without_row(set(old.values()))
        lost = [name for name, item_id in old.items() if item_id in orphans]
        await blobs.delete(*lost)
        count += len(lost)
    return count


async def _clear(blobs: Blobs, *names: str) -> None:
    """A store that is away keeps them until they are swept: for everybody else the items are gone already."""
    try:
        await blobs.delete(*(f"{name}/{part}" for name in names for part in ("audio", "alignments")))
    except BlobsUnavailable:
        log.warning("blobs.left", count=len(names))
