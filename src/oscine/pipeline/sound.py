# SPDX-License-Identifier: GPL-3.0-or-later
"""Sound effects: a prompt is checked, an engine reads and makes it, what comes is encoded while the rest is made.

    Effect(house, key, request)     everything that can be refused before the engine has read the prompt
    house.admission                 a place
    house.sounds.make(prompt)       engines/: the first take says how long the sound is, hence what it costs
    Booking                         the credits for it
    codecs/                         samples → bytes

No effect becomes part of the history.
"""

from __future__ import annotations

import asyncio
import math
import secrets
from collections.abc import AsyncGenerator
from contextlib import aclosing

from oscine.accounts.admission import Place
from oscine.audio.resample import Resampler
from oscine.codecs import open_encoder
from oscine.domain.account import Key
from oscine.domain.alignment import Alignment
from oscine.domain.audio import AudioFormat, Samples
from oscine.domain.generation import Charge, Outcome
from oscine.domain.problems import EngineFailed, ModelNotFound, TextEmpty, TextTooLong, check_range
from oscine.domain.sound import LONGEST_S, SHORTEST_S, Reading, SoundRequest, SoundTake
from oscine.pipeline.finish import Chunk
from oscine.pipeline.house import House
from oscine.pipeline.settle import Booking

CREDITS_PER_S = {"eleven_text_to_sound_v2": 40, "eleven_text_to_sound_v3": 40}
"""Models and what a second costs, whoever chose the length (reference/api-facts.md §7 for a given one; for one that the
server chooses no source has a price)."""
MAX_CHARACTERS = 2000


class Effect:
    """One request, checked and ready to be made."""

    def __init__(self, house: House, key: Key, request: SoundRequest) -> None:
        """Raises: TextEmpty, TextTooLong, ModelNotFound, SettingOutOfRange."""
        check(request)
        self._house = house
        self._key = key
        self._request = request
        self.format = request.format.in_stereo
        self.request_id = house.new_id()
        self.cost = 0
        """Credits; known with the first chunk, as the reading and the place are."""
        self.reading: Reading | None = None
        self.place: Place | None = None
        self.seconds = 0.0
        """Made so far."""

    async def chunks(self) -> AsyncGenerator[Chunk, None]:
        """The encoded sound, piece by piece; joined it is one file. To be iterated once. Closing it early stops the
        synthesis; what was asked for is charged all the same.

        Raises: KeyBusy, ServerBusy, QuotaExceeded, TextUnspeakable, EngineUnavailable before the first chunk;
        EngineFailed at any time.
        """
        house, request = self._house, self._request
        began = house.clock()
        seed = secrets.randbits(32) if request.seed is None else request.seed
        async with (
            house.admission.enter(self._key.id, self._key.concurrency) as self.place,
            aclosing(house.sounds.make(request.prompt, seed)) as takes,
        ):
            first = await anext(takes, None)
            if first is None or first.reading is None:
                raise EngineFailed("The sound engine made nothing of the prompt. Try again.")
            self.reading = first.reading
            self.cost = math.ceil(first.reading.seconds * CREDITS_PER_S[request.model_id])
            charge = Charge("SFX", request.model_id, None, len(request.prompt.text), self.cost, None)
            async with Booking(house.ledger, self._key, self.request_id, charge) as booking:
                await booking.confirm()
                finisher = _Finisher(first.rate, self.format)
                yield await self._finish(finisher, first)
                first_audio_s = house.clock() - began
                async for take in takes:
                    yield await self._finish(finisher, take)
                yield finisher.close()
                await booking.settle(Outcome(first_audio_s * 1000, self.seconds), None)
        house.metrics.audio_seconds.inc(self.seconds)

    async def _finish(self, finisher: _Finisher, take: SoundTake) -> Chunk:
        self.seconds += len(take.samples) / take.rate
        return await finisher.finish(take)


class _Finisher:
    """From takes to chunks: one resampler and one encoder."""

    def __init__(self, source_hz: int, audio_format: AudioFormat) -> None:
        self._channels = audio_format.channels
        self._resampler = Resampler(source_hz, audio_format.rate, audio_format.channels)
        self._encoder = open_encoder(audio_format)

    def close(self) -> Chunk:
        """What resampler and encoder still hold."""
        return Chunk(self._encoder.encode(self._resampler.flush()) + self._encoder.flush(), Alignment(), Alignment())

    async def finish(self, take: SoundTake) -> Chunk:
        samples: Samples = take.samples if self._channels == 2 else take.samples.mean(axis=1)

        def work() -> bytes:
            return self._encoder.encode(self._resampler.process(samples))

        return Chunk(await asyncio.to_thread(work) if self._encoder.is_heavy else work(), Alignment(), Alignment())


def check(request: SoundRequest) -> None:
    """Raises: TextEmpty, TextTooLong, ModelNotFound, SettingOutOfRange."""
    prompt = request.prompt
    if not prompt.text.strip():
        raise TextEmpty("The text is empty. Describe a sound: 'heavy rain on a tin roof'.", parameter="text")
    if len(prompt.text) > MAX_CHARACTERS:
        raise TextTooLong(
            f"The text has {len(prompt.text)} characters; a sound is described in at most {MAX_CHARACTERS}.",
            parameter="text",
        )
    if request.model_id not in CREDITS_PER_S:
        raise ModelNotFound(
            f"A sound model with the model_id {request.model_id[:40]!r} was not found. There are "
            f"{', '.join(CREDITS_PER_S)}.",
            parameter="model_id",
        )
    for name, value, (low, high) in (
        ("duration_seconds", prompt.seconds, (SHORTEST_S, LONGEST_S)),
        ("prompt_influence", prompt.influence, (0.0, 1.0)),
    ):
        if value is not None:
            check_range(name, value, low, high)
