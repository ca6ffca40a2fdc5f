# SPDX-License-Identifier: GPL-3.0-or-later
"""From takes to bytes: trim the silence engines leave, set the pauses of the text, mix, resample, encode, keep time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from oscine.audio.bed import Bed
from oscine.audio.join import splice
from oscine.audio.resample import Resampler
from oscine.audio.silence import SilenceTrimmer, silence
from oscine.codecs import open_encoder
from oscine.domain.alignment import Alignment
from oscine.domain.audio import AudioFormat, Samples
from oscine.domain.speech import Segment, Take
from oscine.pipeline.clock import SegmentClock

_threads = ThreadPoolExecutor(4, thread_name_prefix="encode")
_SLICE_S = 1.0
_INLINE_S = 0.2
"""Audio shorter than this is encoded where it is: a hop to a thread would cost more than it frees."""


_NO_TIMES = (Alignment(), Alignment())


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an encoded stream, and the characters whose times became final with it."""

    audio: bytes
    alignment: Alignment
    """Characters of the text as sent; the chunks' alignments joined are the whole text. Times count from the
    start of the response."""
    normalized: Alignment
    """Characters of the text as spoken."""
    until_s: float = 0.0
    """How much of the response has been encoded up to here; behind the times by what the resampler holds back."""


class Finisher:
    """One response's way from takes to chunks: one trimmer a segment, one bed, one resampler and one
    encoder for all."""

    def __init__(self, audio_format: AudioFormat, *, is_aligned: bool) -> None:
        """is_aligned: whether chunks carry alignments."""
        self._text = ""
        self._rate = audio_format.rate
        self._target_hz = audio_format.rate
        self._bed = Bed(self._rate)
        self._resampler = Resampler(self._rate, self._target_hz)
        self._encoder = open_encoder(audio_format)
        self._is_aligned = is_aligned
        self._past_s = 0.0
        """Audio at rates before this one."""
        self._frames = 0
        """Frames since, at the engine's rate."""
        self._encoded = 0
        """Frames at the format's rate."""
        self._ahead = b""
        """Encoded, and yet to be put before the next chunk."""

    @property
    def seconds(self) -> float:
        """Audio so far."""
        return self._past_s + self._frames / self._rate

    def read(self, text: str, rate: int) -> None:
        """The segments from here on are of this text, as sent, spoken by an engine of this rate (hertz)."""
        self._text = text
        if rate != self._rate:
            tail = self._resampler.flush()
            self._encoded += len(tail)
            self._ahead = self._encoder.encode(tail)
            self._past_s, self._frames = self.seconds, 0
            self._rate, self._bed, self._resampler = rate, self._bed.at(rate), Resampler(rate, self._target_hz)

    async def finish(
        self, segment: Segment, takes: AsyncIterator[Take], effect: Samples | None = None
    ) -> AsyncGenerator[Chunk, None]:
        """Chunks of one segment, its pause included. effect: its sound beside the voice, at the engine's rate."""
        trimmer = SilenceTrimmer(self._rate)
        clock = SegmentClock(segment, self._text, self.seconds) if self._is_aligned else None
        last = 0.0
        async for take in takes:
            samples = splice(last, take.samples) if take.is_resumed else take.samples
            if len(samples):
                last = float(samples[-1])
            sound = trimmer.process(samples)
            times = clock.hear(take.marks, trimmer.lead_s) if clock is not None else _NO_TIMES
            async for chunk in self._chunks(sound, times):
                yield chunk
        sound = trimmer.finish()
        if effect is not None:
            front_s = self._bed.lay(effect, is_last=segment.original_end == len(self._text))
            sound = silence(front_s, self._rate)
        speech_end_s = self.seconds + len(sound) / self._rate
        sound = np.concatenate((sound, silence(segment.pause_s, self._rate)))
        end_s = self.seconds + len(sound) / self._rate
        times = clock.rest(speech_end_s, end_s) if clock is not None else _NO_TIMES
        async for chunk in self._chunks(sound, times):
            yield chunk

    async def rest(self, seconds: float) -> Chunk:
        """So much silence: it drives out what resampler and encoder still hold of the sound before it."""
        pause = self._bed.under(silence(seconds, self._rate))
        self._frames += len(pause)
        return self._chunk(await self._in_thread_if_long(pause, is_last=False), _NO_TIMES)

    async def close(self) -> Chunk:
        """What bed, resampler and encoder still hold."""
        ringing = self._bed.rest()
        self._frames += len(ringing)
        tail = np.concatenate((self._resampler.process(ringing), self._resampler.flush()))
        audio = await self._in_thread_if_long(tail, is_last=True)
        return self._chunk(audio, _NO_TIMES)

    def _chunk(self, audio: bytes, times: tuple[Alignment, Alignment]) -> Chunk:
        return Chunk(audio, *times, self._encoded / self._target_hz)

    async def _chunks(self, sound: Samples, times: tuple[Alignment, Alignment]) -> AsyncGenerator[Chunk, None]:
        """Encode slice by slice, so that a long take neither delays its own start nor other responses."""
        self._frames += len(sound)
        sound = self._bed.under(sound)
        step = round(_SLICE_S * self._rate)
        for start in range(0, max(len(sound), 1), step):
            audio = await self._in_thread_if_long(sound[start : start + step], is_last=False)
            if audio or len(times[0]) or len(times[1]):
                yield self._chunk(audio, times)
            times = _NO_TIMES

    async def _in_thread_if_long(self, samples: Samples, *, is_last: bool) -> bytes:
        ahead, self._ahead = self._ahead, b""

        def work() -> bytes:
            sound = samples if is_last else self._resampler.process(samples)
            self._encoded += len(sound)
            return ahead + self._encoder.encode(sound) + (self._encoder.flush() if is_last else b"")

        if self._encoder.is_heavy and len(samples) > _INLINE_S * self._rate:
            return await asyncio.get_running_loop().run_in_executor(_threads, work)
        return work()
