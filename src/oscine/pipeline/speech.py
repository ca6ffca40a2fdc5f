# SPDX-License-Identifier: GPL-3.0-or-later
"""Text to speech: read this first.

A request is checked and cast, its text becomes segments one by one, an engine renders each, and what comes back is
finished and encoded while the next one is under way:

    Performance(house, key, request)      text/, voices/, engines/profiles: everything that can be refused, is
    house.admission, house.credits        a place, and the credits for it
    house.stage.perform(segments)         engines/
    Finisher.finish(segment, takes)       audio/ → codecs/
"""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator
from contextlib import aclosing

from oscine.accounts.admission import Place
from oscine.domain.account import Key
from oscine.domain.model import Model
from oscine.domain.problems import (
    ModelUnsupported,
    SettingOutOfRange,
    TextEmpty,
    TextTooLong,
    TextUnspeakable,
)
from oscine.domain.speech import SpeechRequest, VoiceSettings
from oscine.engines.stage import Casting
from oscine.pipeline.finish import Chunk, Finisher
from oscine.pipeline.house import House
from oscine.text.markup import Markup
from oscine.text.utterance import prepare

SPEED_RANGE = (0.5, 2.0)
MAX_SEED = 2**32 - 1


class Performance:
    """One request, checked and ready to be spoken."""

    def __init__(self, house: House, key: Key, request: SpeechRequest) -> None:
        """Raises: TextEmpty, ModelNotFound, VoiceNotFound, SettingOutOfRange, ModelUnsupported,
        LanguageUnsupported, MarkupInvalid, PhonemeInvalid, TextUnspeakable, EngineUnavailable."""
        if not request.text.strip():
            raise TextEmpty("The text is empty. Send at least one character that can be spoken.", parameter="text")
        self._house = house
        self._key = key
        self._request = request
        self.format = request.format
        self.model = house.profiles.find(request.model_id)
        self.voice = house.voices.find(request.voice_id)
        settings = request.settings.applied_to(self.voice.settings)
        check_settings(settings, self.model)
        _check_context(request, self.model)
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
            ),
            previous_text=request.previous_text,
            next_text=request.next_text,
        )
        engine_id = house.profiles.cast(self._utterance.language)
        self._rate = house.stage.cards[engine_id].rate
        self._casting = Casting(engine_id, self.voice.timbre(engine_id), settings, request.seed)
        self.cost = math.ceil(len(request.text) * self.model.cost_multiplier)
        """Credits."""
        self.skipped_directions = self._utterance.skipped_directions
        """Tags in brackets that no voice can follow, such as sounds."""
        self.place: Place | None = None
        """Among the key's running generations; None before the first chunk."""

    async def chunks(self, *, is_aligned: bool = False) -> AsyncGenerator[Chunk, None]:
        """The encoded response, piece by piece; joined, the chunks' audio is one file in the request's format.

        To be iterated once. Closing it early stops the synthesis. is_aligned: whether chunks carry alignments.
        Raises: KeyBusy, ServerBusy, QuotaExceeded, TextUnspeakable before the first chunk; EngineFailed at any time.
        """
        house, metrics = self._house, self._house.metrics
        began = house.clock()
        async with house.admission.enter(self._key.id) as self.place:
            await house.credits.reserve(self._key, self.cost)
            finisher = Finisher(self._request.text, self._rate, self._request.format, is_aligned=is_aligned)
            is_first = True
            try:
                async with aclosing(house.stage.perform(iter(self._utterance), self._casting)) as scenes:
                    async for segment, takes in scenes:
                        async with aclosing(finisher.finish(segment, takes)) as chunks:
                            async for chunk in chunks:
                                if is_first and chunk.audio:
                                    is_first = False
                                    metrics.first_audio.observe(house.clock() - began)
                                yield chunk
                if not finisher.seconds:
                    raise TextUnspeakable("Nothing in the text can be spoken.", parameter="text")
                yield await finisher.close()
            except Exception:
                await house.credits.refund(self._key, self.cost)
                raise
            metrics.characters.inc(len(self._request.text))
            metrics.audio_seconds.inc(finisher.seconds)
            metrics.real_time_factor.observe((house.clock() - began) / finisher.seconds)


def check_length(text: str, model: Model) -> None:
    """The vendor's limit on one request; ours is none. Raises: TextTooLong."""
    if len(text) > model.max_characters:
        raise TextTooLong(
            f"This request's text has {len(text)} characters and exceeds the character limit of "
            f"{model.max_characters} characters of the model {model.id!r}. Split it into several requests.",
            parameter="text",
        )


def check_settings(settings: VoiceSettings, model: Model) -> None:
    """Raises: SettingOutOfRange for a value outside its range, or one the model does not take."""
    ranges = (
        ("stability", settings.stability, (0.0, 1.0)),
        ("similarity_boost", settings.similarity, (0.0, 1.0)),
        ("style", settings.style, (0.0, 1.0)),
        ("speed", settings.speed, SPEED_RANGE),
    )
    for name, value, (low, high) in ranges:
        if not low <= value <= high:
            raise SettingOutOfRange(
                f"{name} must be between {low:g} and {high:g}; {value:g} was given.", parameter=name
            )
    if model.stabilities is not None and settings.stability not in model.stabilities:
        allowed = ", ".join(f"{value:g}" for value in model.stabilities)
        raise SettingOutOfRange(
            f"The model {model.id!r} takes a stability of {allowed}; {settings.stability:g} was given.",
            parameter="stability",
        )


def _check_context(request: SpeechRequest, model: Model) -> None:
    if (request.previous_text or request.next_text) and not model.takes_context:
        raise ModelUnsupported(
            f"Providing previous_text or next_text is not yet supported with the '{model.id}' model.",
            parameter="model_id",
        )
