# SPDX-License-Identifier: GPL-3.0-or-later
"""Does one job: begin, work, put the output by, end.

An attempt that breaks off without the request being at fault is followed by another, here or on another process; after
the third the job is ERROR. The output has one name, and whoever comes first puts it there; so a job that is done twice
has one output all the same.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from typing import Protocol, TypeVar

import structlog

from oscine.domain.generation import Outcome
from oscine.domain.job import Job, Kind, Output
from oscine.domain.problems import Problem, describe_failure
from oscine.jobs.queue import Jobs
from oscine.store.blobs import Blobs

log = structlog.get_logger(__name__)

T = TypeVar("T")

BLOBS = "jobs"
"""The folder of all outputs in the blob store."""
MOST_ATTEMPTS = 3
_PAUSE_S = 0.2
_LAST_BREATH_S = 5.0
_IN_MEMORY_BYTES = 1 << 20
_GAVE_UP = "The server failed at this job several times. Nothing is charged. Try again later."


class Product(Protocol):
    """What comes of a job's work."""

    media_type: str
    file_name: str
    pieces: AsyncGenerator[bytes, None]
    """Joined, they are a whole file."""
    seconds: float
    """Of audio; known when the pieces have come."""


Report = Callable[[float], None]
"""Says how much is done, 0–1."""
Work = Callable[[Job, Report], Awaitable[Product]]
"""Raises Problems: those that are not retryable are the request's own fault."""


class Runner:
    def __init__(self, jobs: Jobs, blobs: Blobs, works: Mapping[Kind, Work], node_id: str) -> None:
        self._jobs = jobs
        self._blobs = blobs
        self._works = works
        self._node_id = node_id
        self._tasks: dict[str, asyncio.Task[Output | None]] = {}
        self._progress: dict[str, tuple[Job, float]] = {}
        self._handed_over: set[str] = set()
        self._is_closing = False

    @property
    def running(self) -> int:
        return len(self._tasks)

    async def run(self, generation_id: str) -> None:
        """Do a job that was called up, until it has ended. What cannot be done any more is let be."""
        while True:
            if self._is_closing:
                await _forever()
            job = await _patiently(lambda: self._jobs.begin(generation_id, self._node_id))
            if job is None or await self._attempt(job):
                return
            await asyncio.sleep(_PAUSE_S * job.attempts)

    def stop(self, job_id: str) -> None:
        """Break off a job that has been cancelled, if it is under way here."""
        if job_id in self._tasks:
            self._tasks[job_id].cancel()

    async def look_after(self) -> None:
        """Write down how far the jobs under way are, and break off those that have been cancelled elsewhere."""
        for job, progress in [*self._progress.values()]:
            if await self._jobs.report(job, progress) is None:
                self.stop(job.id)

    async def close(self, grace_s: float) -> None:
        """Begin nothing more; let what is under way end within the grace, and hand over the rest."""
        self._is_closing = True
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=grace_s)
        left = [job for job, _ in self._progress.values()]
        self._handed_over.update(job.id for job in left)
        for job in left:
            try:
                await self._jobs.hand_over(job)
            except Exception as error:  # it is taken over all the same, and the attempt counts
                log.warning("job.not_handed_over", job_id=job.id, failure=describe_failure(error))
            self.stop(job.id)
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=_LAST_BREATH_S)

    async def _attempt(self, job: Job) -> bool:
        """Returns whether there is nothing left to do."""
        if job.attempts > MOST_ATTEMPTS:  # each time the whole process was gone before it could say so
            await _patiently(lambda: self._jobs.fail(job, "ERROR", _GAVE_UP))
            return True
        task = self._tasks[job.id] = asyncio.create_task(self._make(job))
        self._progress[job.id] = (job, 0.0)
        try:
            await asyncio.wait({task})
            if task.cancelled():
                if job.id in self._handed_over:
                    await _forever()
                return True
            error = task.exception()
            if error is None:
                return True
        finally:
            task.cancel()
            del self._tasks[job.id], self._progress[job.id]
        if isinstance(error, Problem) and not error.is_retryable:
            message = error.message
            await _patiently(lambda: self._jobs.fail(job, "FAILED", message))
            return True
        failure = error.code if isinstance(error, Problem) else describe_failure(error)
        log.warning("job.broke", job_id=job.id, attempt=job.attempts, failure=failure)
        if job.attempts < MOST_ATTEMPTS:
            return False
        message = error.message if isinstance(error, Problem) else _GAVE_UP
        await _patiently(lambda: self._jobs.fail(job, "ERROR", message))
        return True

    async def _make(self, job: Job) -> Output | None:
        def report(progress: float) -> None:
            self._progress[job.id] = (job, max(0.0, min(progress, 1.0)))

        product = await self._works[job.kind](job, report)
        blob = _blob_name(job)
        with tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as spool:
            async with aclosing(product.pieces) as pieces:
                async for piece in pieces:
                    spool.write(piece)
            size = spool.tell()
            spool.seek(0)
            if not await self._blobs.create(blob, spool):
                size = await self._blobs.size(blob)
        output = Output(blob, product.media_type, product.file_name, size, product.seconds)
        outcome = Outcome(None, product.seconds)
        ended = await _patiently(lambda: self._jobs.complete(job, output, outcome))
        if ended is None:
            await self._clear(job, blob)
        return output

    async def _clear(self, job: Job, blob: str) -> None:
        """Nobody is to have the output of a job that was cancelled meanwhile; one that was taken over is not ours."""
        now = await _patiently(lambda: self._jobs.find(job.id))
        if now is None or now.state == "CANCELLED":
            await self._blobs.delete(blob)


def _blob_name(job: Job) -> str:
    """By day, so that no folder grows without end."""
    return f"{BLOBS}/{time.strftime('%Y-%m-%d', time.gmtime(job.created_ms / 1000))}/{job.id}"


async def _forever() -> None:
    """What is not finished when this process ends is taken over by another."""
    await asyncio.get_running_loop().create_future()


async def _patiently(step: Callable[[], Awaitable[T]]) -> T:
    """A database that is away comes back, and work that is done is not to be lost meanwhile."""
    pause_s = _PAUSE_S
    while True:
        try:
            return await step()
        except Exception as error:
            log.warning("job.waits", failure=describe_failure(error))
        await asyncio.sleep(pause_s)
        pause_s = min(2 * pause_s, 5.0)
