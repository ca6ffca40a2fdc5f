# SPDX-License-Identifier: GPL-3.0-or-later
"""Where engines perform: segments go in, takes come out, whatever happens to the workers.

Rules:
- A segment is one call. While its takes are being read the next segment is already under way, and never before
  the first take of the current one was fetched: the first audio of a response competes with nothing of its own.
- A call is drained into memory at the engine's speed (a segment is a few hundred characters), so that a slow
  reader holds no worker.
- First segments go before later ones, whoever asked first.
- A worker that dies or stays silent is replaced and its segment rendered again elsewhere, without what was already
  delivered. After `ATTEMPTS` the response fails.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from oscine.domain.problems import EngineFailed, EngineUnavailable
from oscine.domain.speech import Segment, Take, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines import registry, wire
from oscine.engines.child import ChildLost
from oscine.engines.drain import Drain
from oscine.engines.pool import Pool
from oscine.engines.protocol import Card
from oscine.settings import Settings

log = structlog.get_logger(__name__)

ATTEMPTS = 3
_FIRST, _LATER = 0, 1
"""Priorities of a response's first segment and of the others."""
_OURS = "oscine-"
FOLDER_PREFIX = f"{_OURS}{os.getpid()}-"
"""Of the folders that sockets live in: the process they belong to."""


@dataclass(frozen=True, slots=True)
class Casting:
    """Who performs, and how: the same for all segments of a response."""

    engine_id: str
    timbre: Timbre
    settings: VoiceSettings
    seed: int | None


class Rendering(Drain[Take]):
    """One segment under way."""

    def __init__(self, segment: Segment, source: AsyncGenerator[Take, None]) -> None:
        super().__init__(source)
        self.segment = segment


class Stage:
    """All speech engines of this server, each with its workers."""

    @classmethod
    def of(cls, settings: Settings) -> Stage:
        """The stage that the settings describe. Raises: EngineUnavailable for an engine that is not installed."""
        return cls(registry.choose(settings.speech_engines), settings.workers, settings.engine_idle_timeout_s)

    def __init__(self, engine_ids: tuple[str, ...], workers: int, idle_timeout_s: float) -> None:
        """engine_ids: in order of preference. workers: processes per engine. idle_timeout_s: silence that counts
        as a hang."""
        _remove_stale_folders()
        self._folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX))
        self._pools = {engine_id: Pool(engine_id, workers, self._folder) for engine_id in engine_ids}
        self._idle_timeout_s = idle_timeout_s
        self._opening: asyncio.Future[list[None]] | None = None

    @property
    def pools(self) -> tuple[Pool, ...]:
        """In order of preference."""
        return tuple(self._pools.values())

    @property
    def is_ready(self) -> bool:
        """Each engine has a worker that answers."""
        return all(pool.alive for pool in self.pools)

    @property
    def cards(self) -> dict[str, Card]:
        """Engine id → card, in order of preference."""
        return {pool.engine_id: pool.card for pool in self.pools if pool.card is not None}

    def begin(self) -> asyncio.Future[list[None]]:
        """Start the workers, if not done yet, and return at once. The result is there when each can speak."""
        if self._opening is None:
            self._opening = asyncio.gather(*(pool.open() for pool in self.pools))
        return self._opening

    async def open(self) -> None:
        """Start the workers and wait until each can speak. Raises: EngineUnavailable."""
        await self.begin()
        for engine_id, card in self.cards.items():
            if card.kind != "speech":
                raise EngineUnavailable(f"Engine {engine_id!r} does not speak. Change OSCINE_SPEECH_ENGINES.")

    async def close(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.gather(self._opening, return_exceptions=True)
        await asyncio.gather(*(pool.close() for pool in self.pools))
        shutil.rmtree(self._folder, ignore_errors=True)

    async def perform(
        self, segments: Iterator[Segment], casting: Casting
    ) -> AsyncGenerator[tuple[Segment, AsyncIterator[Take]], None]:
        """Each segment with its takes; the takes of one are to be read before the next is asked for.

        A segment without text yields no take. Raises: EngineFailed, EngineUnavailable, and while reading what
        `SpeechEngine.speak` raises.
        """
        if casting.engine_id not in self._pools:
            raise EngineUnavailable(f"Speech engine {casting.engine_id!r} is not running on this server.")

        def start(segment: Segment, priority: int) -> Rendering:
            return Rendering(segment, self._speak(segment, casting, priority))

        current: Rendering | None = None
        following: Rendering | None = None
        try:
            segment = next(segments, None)
            current = start(segment, _FIRST) if segment is not None else None
            while current is not None:
                following = None

                async def takes(rendering: Rendering) -> AsyncIterator[Take]:
                    nonlocal following
                    async for take in rendering.items():
                        yield take
                        if following is None and (upcoming := next(segments, None)) is not None:
                            following = start(upcoming, _LATER)

                yield current.segment, takes(current)
                if following is None and (upcoming := next(segments, None)) is not None:
                    following = start(upcoming, _LATER)
                current = following
        finally:
            for rendering in (current, following):
                if rendering is not None:
                    await rendering.cancel()

    async def _speak(self, segment: Segment, casting: Casting, priority: int) -> AsyncGenerator[Take, None]:
        if not segment.text and not segment.vocalisation:
            return
        pool = self._pools[casting.engine_id]
        request = wire.write_request(segment, casting.timbre, casting.settings, casting.seed)
        delivered = _Delivered()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with pool.lend(priority) as child:
                    async for take in child.speak(request, self._idle_timeout_s):
                        fresh = delivered.cut(take)
                        if fresh is not None:
                            yield fresh
                    return
            except ChildLost as error:
                log.warning("segment.retried", engine=casting.engine_id, attempt=attempt, reason=str(error))
                delivered.rewind()
        raise EngineFailed(
            f"The speech engine failed {ATTEMPTS} times on the same sentence. Try again; if it stays so, "
            "`oscine doctor` and the server's log tell more."
        )


class _Delivered:
    """What of a segment was handed on already, so that a second rendering goes on from there."""

    def __init__(self) -> None:
        self._frames = 0
        self._characters = 0
        self._position = 0
        self._is_resumed = False

    def rewind(self) -> None:
        """The next take is the first of a new rendering."""
        self._position = 0
        self._is_resumed = self._frames > 0

    def cut(self, take: Take) -> Take | None:
        """The part of `take` that is new; None if nothing is."""
        skip = max(0, self._frames - self._position)
        self._position += len(take.samples)
        marks = tuple(m for m in take.marks if m.start >= self._characters)
        samples = take.samples[skip:]
        self._frames = max(self._frames, self._position)
        if marks:
            self._characters = marks[-1].end
        if not len(samples) and not marks:
            return None
        fresh = replace(take, samples=samples, marks=marks, is_resumed=self._is_resumed)
        self._is_resumed = False
        return fresh


def _remove_stale_folders() -> None:
    """Socket folders of servers that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_OURS}[0-9]*-*"):
        pid = folder.name.removeprefix(_OURS).split("-")[0]
        if pid.isdigit() and not _is_running(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
