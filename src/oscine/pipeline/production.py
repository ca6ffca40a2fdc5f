# SPDX-License-Identifier: GPL-3.0-or-later
"""What sound effects and music have in common: what an engine makes of a prompt is encoded while the rest is made.

    house.admission                 a place
    house.sounds, house.music       engines/: the first take says what it is going to be, hence what it costs
    Booking                         the credits for it
    codecs/                         samples → bytes, at the engine's speed: a slow reader holds no worker

Nothing of it becomes part of the history (reference/api-facts.md §9.1).
"""

from __future__ import annotations

import asyncio
import secrets
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Generic, TypeVar, cast

from oscine.accounts.admission import Place
from oscine.audio.resample import Resampler
from oscine.codecs import open_encoder
from oscine.domain.account import Key
from oscine.domain.alignment import Alignment
from oscine.domain.audio import AudioFormat, Samples
from oscine.domain.composition import MusicTake, Piece
from oscine.domain.generation import Charge, Outcome
from oscine.domain.problems import EngineFailed
from oscine.domain.sound import Reading, SoundTake
from oscine.engines.drain import Drain
from oscine.pipeline.finish import Chunk
from oscine.pipeline.house import House
from oscine.pipeline.settle import Booking

Understood = TypeVar("Understood", Reading, Piece)
Made = TypeVar("Made", SoundTake, MusicTake)


class Production(ABC, Generic[Understood, Made]):
    """One request, checked and ready to be made."""

    def __init__(
        self,
        house: House,
        key: Key,
        audio_format: AudioFormat,
        seed: int | None,
        kept_s: tuple[float, float] | None,
    ) -> None:
        """seed: None draws one. kept_s: from which second up to which it is wanted; None: all of it."""
        self._house = house
        self._key = key
        self._seed = secrets.randbits(31) if seed is None else seed
        self._kept_s = kept_s
        self.format = audio_format.in_stereo
        self.request_id = house.new_id()
        self.reading: Understood
        """How the engine understands the prompt. There with the first chunk, as the charge and the place are."""
        self.charge: Charge
        self.place: Place | None = None
        self.seconds = 0.0
        """Made so far."""

    @abstractmethod
    def _takes(self) -> AsyncGenerator[Made, None]:
        """What the engine makes."""

    @abstractmethod
    def _charge(self, reading: Understood) -> Charge: ...

    @property
    def progress(self) -> float:
        """How much of it is made, 0–1."""
        return min(1.0, self.seconds / self.reading.seconds) if self.seconds else 0.0

    @property
    def kept_seconds(self) -> float:
        """How long what is wanted of it is, as far as it is made."""
        start_s, end_s = self._kept_s or (0.0, self.seconds)
        return max(0.0, min(end_s, self.seconds) - start_s)

    async def chunks(self) -> AsyncGenerator[Chunk, None]:
        """What is asked for, encoded, piece by piece; joined it is one file. To be iterated once. Closing it early
        stops the synthesis; what was asked for is charged all the same.

        Raises: KeyBusy, ServerBusy, QuotaExceeded, and what `rendered` raises, before the first chunk; EngineFailed
        at any time.
        """
        house = self._house
        began = house.clock()
        async with (
            house.admission.enter(self._key.id, self._key.concurrency) as self.place,
            aclosing(self.rendered()) as rendered,
        ):
            first_audio_ms: float | None = None
            opening = await anext(rendered)
            async with Booking(house.ledger, self._key, self.request_id, self.charge) as booking:
                await booking.confirm()
                yield opening
                async for chunk in rendered:
                    if first_audio_ms is None and chunk.audio:
                        first_audio_ms = (house.clock() - began) * 1000
                    yield chunk
                await booking.settle(Outcome(first_audio_ms, self.seconds), None)

    async def rendered(self) -> AsyncGenerator[Chunk, None]:
        """The chunks without a place or credits, for work that has both already.

        The reading and the charge are known with the first one. Raises: EngineUnavailable, and what the engine
        refuses, before it; EngineFailed at any time.
        """
        async with aclosing(self._takes()) as takes:
            first = await anext(takes, None)
            reading = cast("Understood | None", first and first.reading)
            if first is None or reading is None:
                raise EngineFailed("The engine made nothing of the prompt. Try again.")
            self.reading, self.charge = reading, self._charge(reading)
            drain = Drain(self._encode(first, takes))
            try:
                yield Chunk(b"", Alignment(), Alignment())
                async for chunk in drain.items():
                    yield chunk
            finally:
                await drain.cancel()
        self._house.metrics.audio_seconds.inc(self.seconds)

    async def _encode(self, first: Made, rest: AsyncGenerator[Made, None]) -> AsyncGenerator[Chunk, None]:
        finisher = _Finisher(first.rate, self.format)
        yield await self._finish(finisher, first)
        async for take in rest:
            yield await self._finish(finisher, take)
        yield finisher.close()

    async def _finish(self, finisher: _Finisher, take: Made) -> Chunk:
        samples = take.samples
        if self._kept_s is not None:
            begun = round(self.seconds * take.rate)
            first, last = (max(0, round(second * take.rate) - begun) for second in self._kept_s)
            samples = samples[first:last]
        chunk = await finisher.finish(samples)
        self._hear(take)
        self.seconds += len(take.samples) / take.rate
        return chunk

    def _hear(self, take: Made) -> None:
        """For those who want to know more of what is made."""


class _Finisher:
    """From takes to chunks: one resampler and one encoder."""

    def __init__(self, source_hz: int, audio_format: AudioFormat) -> None:
        self._channels = audio_format.channels
        self._resampler = Resampler(source_hz, audio_format.rate, audio_format.channels)
        self._encoder = open_encoder(audio_format)

    def close(self) -> Chunk:
        """What resampler and encoder still hold."""
        return Chunk(self._encoder.encode(self._resampler.flush()) + self._encoder.flush(), Alignment(), Alignment())

    async def finish(self, stereo: Samples) -> Chunk:
        """stereo: (frames, 2)."""
        samples: Samples = stereo if self._channels == 2 else stereo.mean(axis=1)

        def work() -> bytes:
            return self._encoder.encode(self._resampler.process(samples))

        return Chunk(await asyncio.to_thread(work) if self._encoder.is_heavy else work(), Alignment(), Alignment())
