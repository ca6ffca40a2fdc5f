# SPDX-License-Identifier: GPL-3.0-or-later
"""Where sounds and music are made: one engine each, whose workers start with the first thing that is asked for.

A worker that dies is replaced, and what it was at made again by the next one from the same seed, without what was
already delivered.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar, Generic, TypeVar

import structlog

from oscine.domain.composition import MusicPrompt, MusicTake
from oscine.domain.problems import EngineFailed, EngineUnavailable
from oscine.domain.sound import SoundPrompt, SoundTake
from oscine.engines import registry, wire
from oscine.engines.child import Child, ChildLost
from oscine.engines.pool import Pool
from oscine.engines.protocol import Kind
from oscine.engines.stage import ATTEMPTS, FOLDER_PREFIX
from oscine.settings import PREFIX, Settings

log = structlog.get_logger(__name__)

Prompt = TypeVar("Prompt")
Made = TypeVar("Made", SoundTake, MusicTake)

_MUSIC_PATIENCE = 6
"""Music comes in longer stretches than speech, with more to do before the first: as many times longer may it be
silent."""


class Workshop(ABC, Generic[Prompt, Made]):
    """One engine and its workers."""

    kind: ClassVar[Kind]

    def __init__(
        self,
        engine_id: str,
        workers: int,
        idle_timeout_s: float,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """workers: processes. idle_timeout_s: silence that counts as a hang. environment: what the workers find in
        theirs. Nothing is started or looked up yet."""
        self.engine_id = engine_id
        self._workers = workers
        self._idle_timeout_s = idle_timeout_s
        self._environment = environment
        self._opening: asyncio.Task[Pool] | None = None
        self._pool: Pool | None = None
        self._folder: Path | None = None

    @property
    def pools(self) -> tuple[Pool, ...]:
        """The workers, once they have been asked for."""
        return () if self._pool is None else (self._pool,)

    async def close(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.wait({self._opening})
        if self._pool is not None:
            await self._pool.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    async def make(self, prompt: Prompt, seed: int) -> AsyncGenerator[Made, None]:
        """What is asked for, as it comes and as fast as it is read; the first take has the reading of the prompt.

        Closing it early stops the synthesis. Raises: EngineUnavailable, and what the engine's protocol names, before
        the first take; EngineFailed at any time.
        """
        pool = await self._open()
        delivered, is_read = 0, False
        for attempt in range(1, ATTEMPTS + 1):
            position = 0
            try:
                async with pool.lend(0) as child, aclosing(self._order(child, prompt, seed)) as takes:
                    async for take in takes:
                        known = max(0, delivered - position)
                        position += len(take.samples)
                        if position > delivered or not is_read:
                            reading = None if is_read else take.reading
                            delivered, is_read = max(delivered, position), True
                            yield replace(take, samples=take.samples[known:], reading=reading)
                    return
            except ChildLost as error:
                log.warning("call.retried", engine=self.engine_id, attempt=attempt, reason=str(error))
        raise EngineFailed(
            f"The {self.kind} engine failed {ATTEMPTS} times on the same request. Try again; if it stays so, the "
            "server's log tells more."
        )

    @abstractmethod
    def _order(self, child: Child, prompt: Prompt, seed: int) -> AsyncGenerator[Made, None]:
        """The engine's takes from one worker."""

    async def _open(self) -> Pool:
        """The workers, started if need be; whoever comes meanwhile waits for the same ones."""
        if self._opening is None or (self._opening.done() and self._opening.exception() is not None):
            self._opening = asyncio.create_task(self._start())
        return await asyncio.shield(self._opening)

    async def _start(self) -> Pool:
        registry.check(self.engine_id)
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX))
        self._pool = Pool(self.engine_id, self._workers, self._folder, self._environment)
        await self._pool.open()
        if self._pool.card is None or self._pool.card.kind != self.kind:
            await self._pool.close()
            raise EngineUnavailable(
                f"Engine {self.engine_id!r} makes no {self.kind}. Change OSCINE_{self.kind.upper()}_ENGINE."
            )
        return self._pool


class SoundStage(Workshop[SoundPrompt, SoundTake]):
    kind = "sound"

    @classmethod
    def of(cls, settings: Settings) -> SoundStage:
        return cls(settings.sound_engine, settings.workers, settings.engine_idle_timeout_s)

    def _order(self, child: Child, prompt: SoundPrompt, seed: int) -> AsyncGenerator[SoundTake, None]:
        return child.make(wire.write_order(prompt, seed), self._idle_timeout_s)


class MusicStage(Workshop[MusicPrompt, MusicTake]):
    kind = "music"

    @classmethod
    def of(cls, settings: Settings) -> MusicStage:
        font = {} if settings.soundfont is None else {f"{PREFIX}SOUNDFONT": str(settings.soundfont)}
        patience_s = settings.engine_idle_timeout_s * _MUSIC_PATIENCE
        return cls(settings.music_engine, settings.workers, patience_s, font)

    def _order(self, child: Child, prompt: MusicPrompt, seed: int) -> AsyncGenerator[MusicTake, None]:
        return child.play(wire.write_play(prompt, seed), self._idle_timeout_s)
