# SPDX-License-Identifier: GPL-3.0-or-later
"""What is left of jobs: those whose time is over, and outputs that no job knows.

A row leaves the database before its output leaves the store, and the output comes before its row says so. Whatever
breaks off in between leaves at worst an output without a row, never the reverse.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import structlog

from oscine.domain.problems import BlobsUnavailable
from oscine.jobs import rows
from oscine.jobs.queue import DAY_MS
from oscine.jobs.runner import BLOBS
from oscine.store.blobs import Blobs
from oscine.store.database import Database

log = structlog.get_logger(__name__)

_BATCH = 200
_DAY_S = DAY_MS / 1000


class Expiry:
    def __init__(self, database: Database, blobs: Blobs, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._blobs = blobs
        self._clock = clock
        self._swept = clock()

    async def tidy(self) -> None:
        """Forget what has expired, and once a day look for what was left behind."""
        if count := await self.forget():
            log.info("jobs.expired", count=count)
        if self._clock() - self._swept >= _DAY_S:
            self._swept = self._clock()
            if lost := await self.sweep():
                log.warning("jobs.swept", count=lost)

    async def forget(self) -> int:
        """Delete jobs whose time is over, with their outputs. Returns how many."""
        now_ms, count = int(self._clock() * 1000), 0
        while removed := await self._database.transact(lambda c: rows.remove_expired(c, now_ms, _BATCH)):
            count += len(removed)
            try:
                await self._blobs.delete(*filter(None, removed))
            except BlobsUnavailable:  # they are swept later
                log.warning("blobs.left", count=len(removed))
        return count

    async def sweep(self) -> int:
        """Delete outputs that have been without a job for a day. Returns how many."""
        count = 0
        async for page in self._blobs.listing(BLOBS):
            old = [blob.name for blob in page if blob.written.timestamp() < self._clock() - _DAY_S]
            known = await self._database.transact(partial(rows.known_blobs, names=old))
            lost = [name for name in old if name not in known]
            await self._blobs.delete(*lost)
            count += len(lost)
        return count
