# SPDX-License-Identifier: GPL-3.0-or-later
"""How many generations run at once: bounded per key and per server, with a short bounded queue before the refusal."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from oscine.domain.problems import KeyBusy, ServerBusy


@dataclass(frozen=True, slots=True)
class Place:
    """A generation's place among the running ones."""

    current: int
    """Generations of this key, this one included."""
    maximum: int
    """How many it may have."""


class Admission:
    def __init__(self, *, total: int, per_key: int, queue_length: int, wait_s: float) -> None:
        self._total = total
        self._per_key = per_key
        self._queue_length = queue_length
        self._wait_s = wait_s
        self._running: Counter[str] = Counter()
        self._queue: deque[tuple[str, asyncio.Future[None]]] = deque()

    @property
    def running(self) -> int:
        return self._running.total()

    @property
    def waiting(self) -> int:
        return len(self._queue)

    @asynccontextmanager
    async def enter(self, key_id: str) -> AsyncIterator[Place]:
        """A place for the length of the block.

        Raises: KeyBusy when the key's places are taken, ServerBusy when the server's are, each after a short wait
        or at once when too many wait already.
        """
        if self._has_room(key_id) and not self._queue:
            self._running[key_id] += 1
        else:
            await self._wait(key_id)
        try:
            yield Place(self._running[key_id], self._per_key)
        finally:
            self._running[key_id] -= 1
            if not self._running[key_id]:
                del self._running[key_id]
            self._call_next()

    def _has_room(self, key_id: str) -> bool:
        return self._running.total() < self._total and self._running[key_id] < self._per_key

    async def _wait(self, key_id: str) -> None:
        if len(self._queue) >= self._queue_length:
            raise self._refusal(key_id)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (key_id, turn)
        self._queue.append(entry)
        self._call_next()
        try:
            async with asyncio.timeout(self._wait_s):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():  # called in the same moment: pass the place on
                self._running[key_id] -= 1
                self._call_next()
            else:
                self._queue.remove(entry)
            if isinstance(error, TimeoutError):
                raise self._refusal(key_id) from None
            raise

    def _call_next(self) -> None:
        """Give free places to those who wait, in order, passing over keys that are full."""
        for entry in list(self._queue):
            if self._running.total() >= self._total:
                return
            key_id, turn = entry
            if not turn.done() and self._running[key_id] < self._per_key:
                self._queue.remove(entry)
                self._running[key_id] += 1
                turn.set_result(None)

    def _refusal(self, key_id: str) -> KeyBusy | ServerBusy:
        if self._running[key_id] >= self._per_key:
            return KeyBusy(
                f"Too many concurrent requests. This key may have {self._per_key} running in parallel. Wait for one to "
                "end, or raise OSCINE_KEY_CONCURRENCY."
            )
        return ServerBusy(
            f"The server is busy: {self._total} generations are running and {len(self._queue)} requests wait. "
            "Try again with exponential backoff."
        )
