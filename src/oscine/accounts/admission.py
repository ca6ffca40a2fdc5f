# SPDX-License-Identifier: GPL-3.0-or-later
"""How many generations run at once: bounded per key and per server, with a short bounded queue before the refusal.

Keys are served in turn, however many requests each sends:

- a free place goes to the waiting key with the fewest generations running, among equals to the one that has waited
  longest for its turn: a key that was just served is behind all the others;
- when the queue is full, the last request of the key with most at stake (running and waiting) is refused, which may
  be the newcomer. So a busy key may use the whole queue, but never keeps another key out of it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
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


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    key_id: str
    maximum: int
    called: asyncio.Future[None]
    """Done with a place, or with the refusal."""


class Admission:
    def __init__(self, *, total: int, per_key: int, queue_length: int, wait_s: float) -> None:
        self._total = total
        self._per_key = per_key
        self._queue_length = queue_length
        self._wait_s = wait_s
        self._running: Counter[str] = Counter()
        self._queue: list[_Turn] = []
        """In the order of their turns; those of one key as they came."""

    @property
    def running(self) -> int:
        return self._running.total()

    @property
    def waiting(self) -> int:
        return len(self._queue)

    @asynccontextmanager
    async def enter(self, key_id: str, maximum: int | None = None) -> AsyncIterator[Place]:
        """A place for the length of the block.

        maximum: the key's own limit; None: as for every key.
        Raises: KeyBusy when the key's places are taken, ServerBusy when the server's are, each after a short wait
        or at once when too many wait already.
        """
        turn = _Turn(key_id, maximum or self._per_key, asyncio.get_running_loop().create_future())
        self._queue.append(turn)
        self._call_next()
        if len(self._queue) > self._queue_length:
            self._turn_one_away()
        try:
            async with asyncio.timeout(self._wait_s):
                await turn.called
        except BaseException as error:
            self._withdraw(turn)
            if isinstance(error, TimeoutError):
                raise self._refusal(turn) from None
            raise
        try:
            yield Place(self._running[key_id], turn.maximum)
        finally:
            self._leave(key_id)

    def _call_next(self) -> None:
        """Give the free places to those who wait."""
        while self._running.total() < self._total:
            ready = [turn for turn in self._queue if self._running[turn.key_id] < turn.maximum]
            ready = [turn for turn in ready if not turn.called.done()]  # who has given up has not yet left the queue
            if not ready:
                return
            self._give_place(min(ready, key=lambda turn: self._running[turn.key_id]))

    def _give_place(self, turn: _Turn) -> None:
        self._queue.remove(turn)
        self._queue.sort(key=lambda other: other.key_id == turn.key_id)
        self._running[turn.key_id] += 1
        turn.called.set_result(None)

    def _turn_one_away(self) -> None:
        stake = self._running + Counter(turn.key_id for turn in self._queue)
        turn = max(reversed(self._queue), key=lambda turn: stake[turn.key_id])
        self._queue.remove(turn)
        if not turn.called.done():
            turn.called.set_exception(self._refusal(turn))

    def _withdraw(self, turn: _Turn) -> None:
        if turn in self._queue:
            self._queue.remove(turn)
        elif not turn.called.cancelled() and turn.called.exception() is None:
            self._leave(turn.key_id)  # called in the same moment: pass the place on

    def _leave(self, key_id: str) -> None:
        self._running[key_id] -= 1
        if not self._running[key_id]:
            del self._running[key_id]
        self._call_next()

    def _refusal(self, turn: _Turn) -> KeyBusy | ServerBusy:
        if self._running[turn.key_id] >= turn.maximum:
            return KeyBusy(
                f"Too many concurrent requests. This key may have {turn.maximum} running in parallel. Wait for one to "
                "end, or have the limit raised: the key's own, or OSCINE_KEY_CONCURRENCY."
            )
        return ServerBusy(
            f"The server is busy: {self._running.total()} generations are running and {len(self._queue)} requests "
            "wait. Try again with exponential backoff."
        )
