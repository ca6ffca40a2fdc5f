# SPDX-License-Identifier: GPL-3.0-or-later
"""The sounds that tags such as [gunshot] ask for, each made while the words before it are spoken.

A sound that cannot be made leaves its tag silent: speech goes on without it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing
from functools import cache

import numpy as np
import structlog

from oscine.audio.join import fade_out
from oscine.audio.resample import Resampler
from oscine.domain.audio import Samples
from oscine.domain.problems import EngineUnavailable, Problem
from oscine.domain.sound import SoundPrompt
from oscine.domain.speech import Segment
from oscine.engines import registry
from oscine.engines.workshop import SoundStage

log = structlog.get_logger(__name__)

_LONGEST_S = 8.0
_END_FADE_S = 0.8
"""Of what would be longer."""
_SEED_STEP = 7919
_SEEDS = 2**32


@cache
def can_play(engine_id: str) -> bool:
    """Whether that engine of sounds is installed. Looked up once, and then said once in the log if it is not."""
    try:
        registry.check(engine_id)
    except EngineUnavailable as problem:
        log.warning("effects.silent", engine=engine_id, reason=problem.message)
        return False
    return True


class Effects:
    """Those of one response, in the order of its text."""

    def __init__(self, sounds: SoundStage, rate: int, seed: int, request_id: str) -> None:
        """rate: hertz of the samples that come out. seed: the same gives the same sounds."""
        self._sounds = sounds
        self._rate = rate
        self._seed = seed
        self._request_id = request_id
        self._tasks: dict[int, asyncio.Task[Samples | None]] = {}
        """By the segment's place in the text."""

    def foresee(self, segments: Iterator[Segment]) -> Iterator[Segment]:
        """The same segments; the sound of one begins to be made when it is fetched."""
        for segment in segments:
            if segment.effect:
                self._seed = (self._seed + _SEED_STEP) % _SEEDS
                self._tasks[segment.original_start] = asyncio.create_task(self._make(segment.effect, self._seed))
            yield segment

    async def sound_of(self, segment: Segment) -> Samples | None:
        """(frames,); None for a segment that has none, or whose sound could not be made."""
        task = self._tasks.pop(segment.original_start, None)
        return None if task is None else await task

    async def aclose(self) -> None:
        """Stop what is under way."""
        for task in self._tasks.values():
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks.values())

    async def _make(self, prompt: str, seed: int) -> Samples | None:
        pieces: list[Samples] = []
        left = round(_LONGEST_S * self._rate)
        resampler: Resampler | None = None
        try:
            async with aclosing(self._sounds.make(SoundPrompt(prompt), seed)) as takes:
                async for take in takes:
                    resampler = resampler or Resampler(take.rate, self._rate)
                    pieces.append(resampler.process(take.samples.mean(axis=1))[:left])
                    left -= len(pieces[-1])
                    if not left:
                        return fade_out(np.concatenate(pieces), self._rate, _END_FADE_S)
        except Problem as problem:
            log.warning("effect.silent", request_id=self._request_id, code=problem.code)
            return None
        return np.concatenate((*pieces, resampler.flush()[:left])) if resampler else None
