# SPDX-License-Identifier: GPL-3.0-or-later
"""Where sounds are made: one sound engine, whose workers start with the first sound that is asked for.

A call is drained into memory at the engine's speed, as on the stage of the voices. A worker that dies is replaced, and
the sound made again by the next one from the same seed, without what was already delivered.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import structlog

from oscine.domain.problems import EngineFailed, EngineUnavailable
from oscine.domain.sound import SoundPrompt, SoundTake
from oscine.engines import registry, wire
from oscine.engines.child import ChildLost
from oscine.engines.drain import Drain
from oscine.engines.pool import Pool
from oscine.engines.stage import ATTEMPTS, FOLDER_PREFIX
from oscine.settings import Settings

log = structlog.get_logger(__name__)


class SoundStage:
    @classmethod
    def of(cls, settings: Settings) -> SoundStage:
        return cls(settings.sound_engine, settings.workers, settings.engine_idle_timeout_s)

    def __init__(self, engine_id: str, workers: int, idle_timeout_s: float) -> None:
        """workers: processes. idle_timeout_s: silence that counts as a hang. Nothing is started or looked up yet."""
        self._engine_id = engine_id
        self._workers = workers
        self._idle_timeout_s = idle_timeout_s
        self._opening: asyncio.Task[Pool] | None = None
        self._pool: Pool | None = None
        self._folder: Path | None = None

    async def close(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.wait({self._opening})
        if self._pool is not None:
            await self._pool.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    async def make(self, prompt: SoundPrompt, seed: int) -> AsyncGenerator[SoundTake, None]:
        """The sound as it comes; the first take has the reading of the prompt. Closing it early stops the synthesis.

        Raises: EngineUnavailable, TextUnspeakable before the first take; EngineFailed at any time.
        """
        drain = Drain(self._make(await self._open(), prompt, seed))
        try:
            async for take in drain.items():
                yield take
        finally:
            await drain.cancel()

    async def _open(self) -> Pool:
        """The workers, started if need be; whoever comes meanwhile waits for the same ones."""
        if self._opening is None or (self._opening.done() and self._opening.exception() is not None):
            self._opening = asyncio.create_task(self._start())
        return await asyncio.shield(self._opening)

    async def _start(self) -> Pool:
        registry.check_sound(self._engine_id)
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX))
        self._pool = Pool(self._engine_id, self._workers, self._folder)
        await self._pool.open()
        if self._pool.card is None or self._pool.card.kind != "sound":
            await self._pool.close()
            raise EngineUnavailable(f"Engine {self._engine_id!r} makes no sounds. Change OSCINE_SOUND_ENGINE.")
        return self._pool

    async def _make(self, pool: Pool, prompt: SoundPrompt, seed: int) -> AsyncGenerator[SoundTake, None]:
        order = wire.write_order(prompt, seed)
        delivered = 0
        for attempt in range(1, ATTEMPTS + 1):
            position = 0
            try:
                async with pool.lend(0) as child, aclosing(child.make(order, self._idle_timeout_s)) as takes:
                    async for take in takes:
                        known = max(0, delivered - position)
                        position += len(take.samples)
                        if position > delivered:
                            delivered = position
                            yield replace(take, samples=take.samples[known:], reading=None if known else take.reading)
                    return
            except ChildLost as error:
                log.warning("sound.retried", engine=self._engine_id, attempt=attempt, reason=str(error))
        raise EngineFailed(
            f"The sound engine failed {ATTEMPTS} times on the same sound. Try again; if it stays so, the server's log "
            "tells more."
        )
