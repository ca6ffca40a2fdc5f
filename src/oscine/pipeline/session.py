# SPDX-License-Identifier: GPL-3.0-or-later
"""Speech from a text that is still being written.

Each stretch of it is a generation of its own, with its place, its credits and its limits; to the listener all of them
are one: one voice and one seed, one resampler and one encoder, and each stretch is spoken as what follows the one
before. When the stream ends, the history has one item of it.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace

from oscine.domain.account import Key
from oscine.domain.alignment import Alignment
from oscine.domain.lexicon import Lexicon
from oscine.domain.model import Model
from oscine.domain.problems import ModelUnsupported, TextUnspeakable
from oscine.domain.speech import Boundary, SpeechRequest
from oscine.domain.voice import Voice
from oscine.pipeline.finish import Chunk, Finisher
from oscine.pipeline.house import House
from oscine.pipeline.pairing import Pairing, Part
from oscine.pipeline.record import Recorder
from oscine.pipeline.speech import Performance, check_settings, keep, seed_of
from oscine.text.language import resolve

_CONTEXT = 500
"""Characters of what was said that are remembered."""
_PAUSE_S = 0.25
"""Silence that a flush adds where the text ended without a pause: what was said leaves the encoder with it."""


class LiveSpeech:
    """One stream of text in, one stream of audio out. `speak` as often as there is text, then `close`, then `keep`."""

    @classmethod
    async def prepare(cls, house: House, caller: Callable[[], Awaitable[Key]], request: SpeechRequest) -> LiveSpeech:
        """Look up what the request refers to, and check all of it but the text, which is yet to come.

        caller: the key, as it is when it is asked for; a stream may outlive it.
        Raises: ModelNotFound, ModelUnsupported, VoiceNotFound, DictionaryNotFound, LanguageUnsupported,
        SettingOutOfRange, EngineUnavailable, and what `caller` raises.
        """
        key = await caller()
        model = house.profiles.find(request.model_id)
        check_live(model)
        voice = await house.shelf.find(key.account_id, request.voice_id)
        check_settings(request.settings.applied_to(model.fit(voice.settings)), model)
        if request.language:
            house.profiles.cast(resolve(request.language, house.profiles.languages(model)))
        return cls(house, caller, voice, request, await house.lexicons.find_all(key.account_id, request.dictionaries))

    def __init__(
        self,
        house: House,
        caller: Callable[[], Awaitable[Key]],
        voice: Voice,
        request: SpeechRequest,
        lexicons: tuple[Lexicon, ...],
    ) -> None:
        self._house = house
        self._caller = caller
        self._voice = voice
        self._request = replace(request, seed=seed_of(request))
        self._lexicons = lexicons
        self._finisher: Finisher | None = None
        self._recorder: Recorder | None = None
        self._spoken: list[Performance] = []
        """The first and the last generation that came to sound."""
        self._cost = 0
        self._said = ""
        """The end of what was said."""
        self._unspoken = ""
        """What nothing can be said for by itself: a break, a dash. It goes before the next words."""
        self._pairing = Pairing()
        self._keeping: asyncio.Task[None] | None = None
        self._is_in_flow = False
        """What was said last ended without a pause."""

    async def speak(self, text: str, open_end: Boundary | None) -> AsyncGenerator[Part, None]:
        """One generation. open_end: as SpeechRequest has it; None for the last text.

        Raises: what Performance and its chunks raise, except TextUnspeakable.
        """
        request = replace(
            self._request, text=self._unspoken + text, previous_text=self._said, open_end=open_end, next_text=""
        )
        finisher, recorder = self._open()
        try:
            performance = await Performance.cast(
                self._house, await self._caller(), self._voice, request, self._lexicons
            )
            async with aclosing(performance.contribute(finisher, recorder)) as chunks:
                async for chunk in chunks:
                    self._note(performance)
                    for part in self._pairing.add(chunk):
                        yield part
            parting = _parting(request.text, finisher, chunk.until_s)
            for part in self._pairing.add(parting if open_end is None else self._hear(parting)):
                yield part
            if open_end is Boundary.SENTENCE:  # in the flow of words, what waits goes with the next ones
                for part in self._pairing.rest():
                    yield part
        except TextUnspeakable:
            self._unspoken = request.text
            return
        self._said = (self._said + request.text)[-_CONTEXT:]
        self._unspoken = ""
        self._is_in_flow = performance.closes in {Boundary.CUT, Boundary.CLAUSE}

    async def pause(self) -> list[Part]:
        """Let all be heard that was said so far."""
        if self._finisher is None or not self._is_in_flow:
            return []
        self._is_in_flow = False
        chunk = self._hear(await self._finisher.rest(_PAUSE_S))
        return [*self._pairing.add(chunk), *self._pairing.rest()]

    async def close(self) -> list[Part]:
        """The end of the encoded stream. Nothing can be said afterwards."""
        if self._finisher is None or not self._spoken:
            return []
        return list(self._pairing.close(self._hear(await self._finisher.close())))

    async def keep(self) -> None:
        """Put what was heard into the history, where it is to be kept; whatever came before. Later calls wait for the
        first, which goes on when its caller is cancelled."""
        if self._recorder is None:
            return
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep(self._recorder))
        await asyncio.shield(self._keeping)

    async def _keep(self, recorder: Recorder) -> None:
        try:
            text = recorder.text
            if not (self._request.is_logged and self._spoken and text.strip()):
                return
            first = self._spoken[0].reservation
            if first is None:
                return
            item = self._spoken[-1].item(self._house.new_id(), first.used_before, first.used_before + self._cost)
            row = await keep(self._house, recorder, replace(item, text=text))
            if row is not None:
                await self._house.history.add(row)
        finally:
            recorder.close()

    def _open(self) -> tuple[Finisher, Recorder]:
        if self._finisher is None or self._recorder is None:
            self._finisher = Finisher(self._request.format, is_aligned=True)
            self._recorder = Recorder(self._request.format)
        return self._finisher, self._recorder

    def _note(self, performance: Performance) -> None:
        if performance.reservation is None or (self._spoken and self._spoken[-1] is performance):
            return
        self._cost += performance.reservation.cost
        self._spoken[1:] = [performance]

    def _hear(self, chunk: Chunk) -> Chunk:
        if self._recorder is not None and self._request.is_logged:
            self._recorder.hear(chunk)
        return chunk


def _parting(text: str, finisher: Finisher, until_s: float) -> Chunk:
    """The space that a client left out behind its words: in the alignment, and in the history, they would become one
    with the next. Nobody pays for it, and scripts of wide letters do without."""
    is_parted = text[-1].isspace() or unicodedata.east_asian_width(text[-1]) in "WF"
    at_s = (finisher.seconds,)
    return Chunk(b"", Alignment() if is_parted else Alignment((" ",), at_s, at_s), Alignment(), until_s)


def check_live(model: Model) -> None:
    """Raises: ModelUnsupported."""
    if not model.takes_live_text:
        raise ModelUnsupported(
            f"The model {model.id!r} does not take text that is still being written. Use another model here, or "
            "POST /v1/text-to-speech/{voice_id}/stream with it.",
            parameter="model_id",
        )
