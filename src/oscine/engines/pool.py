# SPDX-License-Identifier: GPL-3.0-or-later
"""The workers of one engine: kept alive, and lent out one call at a time."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from types import MappingProxyType

import structlog

from oscine.domain.problems import EngineUnavailable
from oscine.engines.child import Child, ChildLost
from oscine.engines.protocol import Card

log = structlog.get_logger(__name__)

_RESPAWN_S = (0.0, 0.1, 0.5, 2.0, 5.0)
"""Pause before each attempt to start a worker again; the last one repeats."""
_STEADY_S = 10.0
"""A worker that lived this long starts the series anew."""


class Pool:
    """Keeps `size` workers of one engine running and hands out idle ones.

    Callers wait in order of priority (lower first), then of arrival.
    """

    def __init__(
        self, engine_id: str, size: int, folder: Path, environment: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """environment: see `Child.start`."""
        self.engine_id = engine_id
        self.size = size
        self.restarts = 0
        """Workers replaced since the start."""
        self.card: Card | None = None
        self._alive = 0
        self._folder = folder
        self._environment = environment
        self._idle: list[Child] = []
        self._waiting: list[tuple[int, int, asyncio.Future[Child]]] = []
        self._order = itertools.count()
        self._slots: list[asyncio.Task[None]] = []
        self._failure: str | None = None

    @property
    def waiting(self) -> int:
        """Calls that wait for a worker."""
        return sum(not future.done() for _, _, future in self._waiting)

    @property
    def alive(self) -> int:
        """Workers that answer."""
        return self._alive

    @property
    def idle(self) -> int:
        """Workers that answer and have nothing to do."""
        return len(self._idle)

    async def open(self) -> None:
        """Start a worker and wait for it; the others follow while it already serves.

        Raises: EngineUnavailable when it does not come up.
        """
        ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        first = asyncio.create_task(self._keep(0, ready.set_result))
        self._slots.append(first)
        await asyncio.wait({ready, first}, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            reason = (self._failure or "").removesuffix(".")
            raise EngineUnavailable(f"Engine {self.engine_id!r} did not start: {reason}. `oscine doctor` tells more.")
        self._slots += [asyncio.create_task(self._keep(slot)) for slot in range(1, self.size)]

    async def close(self) -> None:
        """Stop all workers; calls in progress end as if their worker had died."""
        for slot in self._slots:
            slot.cancel()
        await asyncio.gather(*self._slots, return_exceptions=True)

    @asynccontextmanager
    async def lend(self, priority: int) -> AsyncIterator[Child]:
        """An idle worker for the length of the block; waits for one."""
        child = await self._take(priority)
        try:
            yield child
        finally:
            self._give(child)

    async def _take(self, priority: int) -> Child:
        while self._idle:
            child = self._idle.pop()
            if not child.is_spent and child.process.returncode is None:
                return child
        future: asyncio.Future[Child] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (priority, next(self._order), future))
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self._give(future.result())
            raise

    def _give(self, child: Child) -> None:
        if child.is_spent or child.process.returncode is not None:
            return
        while self._waiting:
            _, _, future = heapq.heappop(self._waiting)
            if not future.done():
                future.set_result(child)
                return
        self._idle.append(child)

    async def _keep(self, slot: int, report_ready: Callable[[None], None] | None = None) -> None:
        """Run one worker after the other. The first must come up; later ones are tried for ever."""
        loop = asyncio.get_running_loop()
        failures = 0
        for generation in itertools.count():
            started = loop.time()
            try:
                socket = self._folder / f"{self.engine_id}-{slot}-{generation}"
                child = await Child.start(self.engine_id, socket, self._environment)
            except ChildLost as error:
                self._failure = str(error)
                log.warning("worker.failed", engine=self.engine_id, slot=slot, reason=str(error))
                if self.card is None:
                    return
                child = None
            if child is not None:
                self._alive += 1
                try:
                    if self.card is None:
                        self.card = child.card
                    if generation == 0 and report_ready is not None:
                        report_ready(None)
                    self._give(child)
                    status = await child.process.wait()
                    log.warning("worker.died", engine=self.engine_id, slot=slot, pid=child.process.pid, status=status)
                finally:
                    self._alive -= 1
                    if child in self._idle:
                        self._idle.remove(child)
                    await child.stop()
            self.restarts += 1
            failures = 0 if loop.time() - started > _STEADY_S else failures + 1
            await asyncio.sleep(_RESPAWN_S[min(failures, len(_RESPAWN_S)) - 1 if failures else 0])
