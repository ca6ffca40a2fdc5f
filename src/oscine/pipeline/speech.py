# SPDX-License-Identifier: GPL-3.0-or-later
"""Text to speech: read this first.

A request is checked and cast, its text becomes segments one by one, an engine renders each, and what comes back is
finished and encoded while the next one is under way:

    Performance.prepare(house, key, request)  text/, voices/, engines/profiles: everything that can be refused, is
    house.admission, Booking                  a place, and the credits for it
    house.stage.perform(segments)             engines/
    Effects                                   sounds that tags ask for
    Finisher.finish(segment, takes, sound)    audio/ → codecs/
    Recorder                                  what is kept of it
"""

from __future__ import annotations

import asyncio
import hashlib
import math
import secrets
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, closing
from dataclasses import asdict, replace

import orjson
import structlog
from sqlalchemy import Insert

from oscine import codecs
from oscine.accounts.admission import Place
from oscine.domain.account import Key
from oscine.domain.generation import Charge, HistoryItem, Outcome, Reservation
from oscine.domain.lexicon import Lexicon
from oscine.domain.model import Model
from oscine.domain.problems import (
    ModelUnsupported,
    SettingOutOfRange,
    TextEmpty,
    TextTooLong,
    TextUnspeakable,
    check_range,
    describe_failure,
)
from oscine.domain.speech import Drawn, SpeechRequest, VoiceSettings
from oscine.domain.voice import Voice
from oscine.engines.stage import Casting
from oscine.pipeline.effects import Effects, can_play
from oscine.pipeline.finish import Chunk, Finisher
from oscine.pipeline.house import House
from oscine.pipeline.pace import at_pace, part_speed
from oscine.pipeline.record import Recorder, blob_name
from oscine.pipeline.settle import Booking
from oscine.pipeline.stitch import stitch
from oscine.store.history import insertion
from oscine.text.markup import Markup
from oscine.text.utterance import prepare

log = structlog.get_logger(__name__)

SPEED_RANGE = (0.25, 4.0)
MAX_SEED = 2**32 - 1


class Performance:
    """One request, checked and ready to be spoken."""

    @classmethod
    async def prepare(cls, house: House, key: Key, request: SpeechRequest, *, price_micros: int = 0) -> Performance:
        """Look up what the request refers to, and check all of it.

        price_micros: what it costs where the API has prices, in micro-dollars.
        Raises: what the constructor raises; VoiceNotFound, DictionaryNotFound, RequestNotFound, RequestUnusable.
        """
        if request.previous_ids or request.next_ids:
            check_context(house.profiles.find(request.model_id), "previous_request_ids or next_request_ids")
            request = await stitch(house, key, request)
        voice = await house.shelf.find(key.account_id, request.voice_id)
        lexicons = await house.lexicons.find_all(key.account_id, request.dictionaries)
        performance = await cls.cast(house, key, voice, request, lexicons)
        performance._price_micros = price_micros
        return performance

    @classmethod
    async def cast(
        cls, house: House, key: Key, voice: Voice, request: SpeechRequest, lexicons: tuple[Lexicon, ...]
    ) -> Performance:
        """Check all of a request whose references have been looked up. Raises: what the constructor raises."""
        if not lexicons:
            return cls(house, key, voice, request)
        return await asyncio.to_thread(cls, house, key, voice, request, lexicons)  # large ones take their time

    def __init__(
        self, house: House, key: Key, voice: Voice, request: SpeechRequest, lexicons: tuple[Lexicon, ...] = ()
    ) -> None:
        """Raises: TextEmpty, ModelNotFound, SettingOutOfRange, ModelUnsupported, LanguageUnsupported, MarkupInvalid,
        PhonemeInvalid, TextTooLong, TextUnspeakable, EngineUnavailable."""
        if not request.text.strip():
            raise TextEmpty("The text is empty. Send at least one character that can be spoken.", parameter="text")
        self._house = house
        self._key = key
        self._request = request
        self._lexicons = lexicons
        self.format = request.format
        self.model = house.profiles.find(request.model_id)
        self.voice = voice
        self._settings = request.settings.applied_to(self.model.fit(voice.settings))
        check_settings(self._settings, self.model)
        if request.previous_text or request.next_text:
            check_context(self.model, "previous_text or next_text")
        normalizes = {"on": True, "off": False, "auto": self.model.normalizes_by_default}
        self._utterance = prepare(
            request.text,
            language=request.language,
            languages=house.profiles.languages(self.model),
            home=self.voice.language,
            normalize=normalizes[request.normalization],
            markup=Markup(
                breaks=self.model.reads_breaks,
                phonemes=self.model.reads_phonemes,
                directions=self.model.reads_directions,
                effects=self.model.reads_directions and can_play(house.settings.sound_engine),
                tags=request.reads_tags,
            ),
            lexicons=lexicons,
            previous_text=request.previous_text,
            next_text=request.next_text,
            open_end=request.open_end,
            long_start=self.model.first_sentence_characters,
            expression=request.expression,
        )
        self.closes = self._utterance.closes
        """What stands at the end."""
        engine_id = house.profiles.cast(self._utterance.language)
        self._rate = house.stage.cards[engine_id].rate
        self._seed = seed_of(request)
        speed, self._stretch = part_speed(self._settings.speed)
        directed = replace(self.model.direct(self._settings), speed=speed)
        self._casting = Casting(engine_id, voice.timbre(engine_id), directed, self._seed)
        self._price = math.ceil(len(request.text) * self.model.cost_multiplier)
        self._price_micros = 0
        self.reservation: Reservation | None = None
        """Of the credits, once the first chunk is there."""
        self.request_id = house.new_id()
        self.history_item_id = house.new_id() if request.is_logged else None
        self.skipped_directions = self._utterance.skipped_directions
        """Tags in brackets that nobody can follow."""
        self.place: Place | None = None
        """Among the key's running generations; None before the first chunk."""

    @property
    def cost(self) -> int:
        """Credits: the price, or nothing for a free repeat once the first chunk is there."""
        return self._price if self.reservation is None else self.reservation.cost

    async def chunks(self, *, is_aligned: bool = False) -> AsyncGenerator[Chunk, None]:
        """The encoded response, piece by piece; joined, the chunks' audio is one file in the request's format.

        To be iterated once. Closing it early stops the synthesis; what was asked for is charged all the same. When
        it ends, the generation is settled and its history complete. is_aligned: whether chunks carry alignments.
        Raises: KeyBusy, ServerBusy, QuotaExceeded, TextUnspeakable before the first chunk; EngineFailed at any time.
        """
        finisher = Finisher(self.format, is_aligned=is_aligned or self._request.is_logged)
        with closing(Recorder(self.format)) as recorder:
            async with aclosing(self.contribute(finisher, recorder, is_whole=True)) as chunks:
                async for chunk in chunks:
                    yield chunk

    async def contribute(
        self, finisher: Finisher, recorder: Recorder, *, is_whole: bool = False
    ) -> AsyncGenerator[Chunk, None]:
        """As `chunks`, to a response that may have begun before and, unless is_whole, goes on afterwards: closing it
        and keeping its history are up to the caller then."""
        house, metrics, request = self._house, self._house.metrics, self._request
        began, began_s = house.clock(), finisher.seconds
        first_audio_s: float | None = None
        async with (
            house.admission.enter(self._key.id, self._key.concurrency) as self.place,
            Booking(house.ledger, self._key, self.request_id, self.charge) as booking,
        ):
            async with aclosing(self._perform(finisher, is_whole=is_whole)) as chunks:
                async for chunk in chunks:
                    if self.reservation is None:
                        self.reservation = await booking.confirm()
                    if first_audio_s is None and chunk.audio:
                        first_audio_s = house.clock() - began
                        metrics.first_audio.observe(first_audio_s)
                    if request.is_logged:
                        recorder.hear(chunk)
                    yield chunk
            made_s = finisher.seconds - began_s
            outcome = Outcome(first_audio_s * 1000 if first_audio_s else None, made_s)
            await booking.settle(outcome, await self._keep(recorder) if is_whole else None)
        metrics.characters.inc(len(request.text))
        metrics.audio_seconds.inc(made_s)
        metrics.real_time_factor.observe((house.clock() - began) / made_s)

    async def _perform(self, finisher: Finisher, *, is_whole: bool) -> AsyncGenerator[Chunk, None]:
        finisher.read(self._request.text, self._rate)
        began_s = finisher.seconds
        async with (
            aclosing(Effects(self._house.sounds, self._rate, self._seed, self.request_id)) as effects,
            aclosing(self._house.stage.perform(effects.foresee(iter(self._utterance)), self._casting)) as scenes,
        ):
            async for segment, takes in scenes:
                sound = await effects.sound_of(segment)
                if self._stretch != 1.0:
                    segment, takes = at_pace(segment, takes, self._stretch)  # noqa: PLW2901
                async with aclosing(finisher.finish(segment, takes, sound)) as chunks:
                    async for chunk in chunks:
                        yield chunk
        if finisher.seconds == began_s:
            raise TextUnspeakable("Nothing in the text can be spoken.", parameter="text")
        if is_whole:
            yield await finisher.close()

    @property
    def charge(self) -> Charge:
        """What it is going to cost."""
        return Charge(
            "TTS",
            self.model.id,
            self.voice.id,
            len(self._request.text),
            self._price,
            self._fingerprint(),
            self._price_micros,
        )

    def _fingerprint(self) -> str | None:
        """Equal for requests that differ in seed and format at most."""
        request = self._request
        if not request.is_logged:
            return None
        what = [
            *(request.text, request.voice_id, request.model_id, asdict(self._settings), request.language),
            *(request.previous_text, request.next_text, request.normalization, asdict(request.expression)),
            [lexicon.version_id for lexicon in self._lexicons],
        ]
        return hashlib.sha256(orjson.dumps(what)).hexdigest()

    async def _keep(self, recorder: Recorder) -> Insert | None:
        if self.history_item_id is None or self.reservation is None:
            return None
        before, after = self.reservation.used_before, self.reservation.used_before + self.reservation.cost
        return await keep(self._house, recorder, self.item(self.history_item_id, before, after))

    def item(self, item_id: str, used_before: int, used_after: int) -> HistoryItem:
        """What the history is to say of it."""
        return HistoryItem(
            id=item_id,
            generation_id=self.request_id,
            account_id=self._key.account_id,
            source="TTS",
            voice_id=self.voice.id,
            voice_name=self.voice.name,
            voice_category=self.voice.category,
            model_id=self.model.id,
            text=self._request.text,
            settings=self._settings,
            seed=self._seed,
            output_format=self.format.name,
            content_type=codecs.media_type(self.format),
            used_before=used_before,
            used_after=used_after,
            created_ms=int(time.time() * 1000),
            audio_bytes=0,
            blob=blob_name(item_id),
        )


async def keep(house: House, recorder: Recorder, item: HistoryItem) -> Insert | None:
    """The history's row, once audio and times are in the blob store.

    The caller has all the audio by now: a blob store that fails costs the item, and a line in the log.
    """
    try:
        await recorder.store(house.blobs, item.blob)
    except Exception as error:
        house.metrics.history_lost.inc()
        log.warning("history.lost", request_id=item.generation_id, failure=describe_failure(error))
        return None
    return insertion(replace(item, audio_bytes=recorder.audio_bytes))


def seed_of(request: SpeechRequest) -> int:
    """The one asked for, or else one that is drawn."""
    return Drawn(secrets.randbits(32)) if request.seed is None else request.seed


def check_length(text: str, model: Model) -> None:
    """The vendor's limit on one request; ours is none. Raises: TextTooLong."""
    if len(text) > model.max_characters:
        raise TextTooLong(
            f"This request's text has {len(text)} characters and exceeds the character limit of "
            f"{model.max_characters} characters of the model {model.id!r}. Split it into several requests.",
            parameter="text",
        )


def check_ranges(settings: VoiceSettings) -> None:
    """Raises: SettingOutOfRange."""
    ranges = (
        ("stability", settings.stability, (0.0, 1.0)),
        ("similarity_boost", settings.similarity, (0.0, 1.0)),
        ("style", settings.style, (0.0, 1.0)),
        ("speed", settings.speed, SPEED_RANGE),
    )
    for name, value, (low, high) in ranges:
        check_range(name, value, low, high)


def check_settings(settings: VoiceSettings, model: Model) -> None:
    """Raises: SettingOutOfRange for a value outside its range, or one the model does not take."""
    check_ranges(settings)
    if model.stabilities is not None and settings.stability not in model.stabilities:
        allowed = ", ".join(f"{value:g}" for value in model.stabilities)
        raise SettingOutOfRange(
            f"The model {model.id!r} takes a stability of {allowed}; {settings.stability:g} was given.",
            parameter="stability",
        )


def check_context(model: Model, what: str) -> None:
    """Raises: ModelUnsupported, in the vendor's words (reference/api-facts.md §5.4)."""
    if not model.takes_context:
        raise ModelUnsupported(
            f"Providing {what} is not yet supported with the '{model.id}' model.", parameter="model_id"
        )
