# SPDX-License-Identifier: GPL-3.0-or-later
"""What the vendors' model ids stand for here: one row a model, and which engine speaks for it.

Limits, multipliers and languages: reference facts recorded from the vendor's own list (api-facts §7). What is
served is the vendor's list of languages cut by what the running engines can say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from oscine.domain.language import NAMES
from oscine.domain.model import Model
from oscine.domain.problems import EngineUnavailable, ModelNotFound
from oscine.engines.protocol import Card

_V3 = tuple(NAMES)
_V2 = (
    *("en", "ja", "zh", "de", "hi", "fr", "ko", "pt", "it", "es", "id", "nl", "tr", "fil", "pl"),
    *("sv", "bg", "ro", "ar", "cs", "el", "fi", "hr", "ms", "sk", "da", "ta", "uk", "ru"),
)
_V2_5 = (*_V2, "hu", "no", "vi")
_V1 = ("en", "de", "pl", "es", "it", "fr", "pt", "hi", "ar")
_EN = ("en",)

_EARLIEST, _EARLY, _WHOLE = 40, 60, 300
"""Characters above which a first sentence is parted; above 300 every sentence is."""

MODELS: tuple[Model, ...] = (
    Model(
        "eleven_v3",
        "Eleven v3",
        "Expressive speech in the widest range of languages; understands directions in square brackets.",
        _V3,
        max_characters=5000,
        cost_multiplier=1.0,
        concurrency_group="standard",
        uses_speaker_boost=True,
        reads_breaks=False,
        reads_directions=True,
        takes_context=False,
        takes_live_text=False,
        stabilities=(0.0, 0.5, 1.0),
        first_sentence_characters=_WHOLE,
        expressiveness=0.6,
    ),
    Model(
        "eleven_multilingual_v2",
        "Eleven Multilingual v2",
        "The most careful rendering, for narration and long texts.",
        _V2,
        max_characters=10_000,
        cost_multiplier=1.0,
        concurrency_group="standard",
        can_be_finetuned=True,
        uses_style=True,
        uses_speaker_boost=True,
        first_sentence_characters=_WHOLE,
    ),
    Model(
        "eleven_flash_v2_5",
        "Eleven Flash v2.5",
        "Lowest latency, for conversation.",
        _V2_5,
        max_characters=40_000,
        cost_multiplier=0.5,
        concurrency_group="turbo",
        can_be_finetuned=True,
        normalizes_by_default=False,
        first_sentence_characters=_EARLIEST,
        is_light=True,
    ),
    Model(
        "eleven_turbo_v2_5",
        "Eleven Turbo v2.5",
        "Low latency with the same languages as Flash v2.5.",
        _V2_5,
        max_characters=40_000,
        cost_multiplier=0.5,
        concurrency_group="turbo",
        can_be_finetuned=True,
        normalizes_by_default=False,
        first_sentence_characters=_EARLY,
        is_light=True,
    ),
    Model(
        "eleven_flash_v2",
        "Eleven Flash v2",
        "Lowest latency, English, with phoneme tags.",
        _EN,
        max_characters=30_000,
        cost_multiplier=0.5,
        concurrency_group="turbo",
        can_be_finetuned=True,
        reads_phonemes=True,
        first_sentence_characters=_EARLIEST,
        is_light=True,
    ),
    Model(
        "eleven_turbo_v2",
        "Eleven Turbo v2",
        "Low latency, English, with phoneme tags.",
        _EN,
        max_characters=30_000,
        cost_multiplier=0.5,
        concurrency_group="turbo",
        can_be_finetuned=True,
        reads_phonemes=True,
        first_sentence_characters=_EARLY,
        is_light=True,
    ),
    Model(
        "eleven_multilingual_v1",
        "Eleven Multilingual v1",
        "The first multilingual profile, kept for older clients.",
        _V1,
        max_characters=10_000,
        cost_multiplier=1.0,
        concurrency_group="standard",
    ),
    Model(
        "eleven_monolingual_v1",
        "Eleven English v1",
        "The first English profile, kept for older clients; reads phoneme tags.",
        _EN,
        max_characters=10_000,
        cost_multiplier=1.0,
        concurrency_group="standard",
        reads_phonemes=True,
    ),
)

_V3_PROFILE, _MULTILINGUAL_V2, _FLASH_V2_5, *_ = MODELS

OPENAI_MODELS: tuple[Model, ...] = (
    replace(
        _FLASH_V2_5,
        id="tts-1",
        name="TTS-1",
        description="Lowest latency.",
        languages=_V3,
        max_characters=4096,
        vendor="openai",
        normalizes_by_default=True,
    ),
    replace(
        _MULTILINGUAL_V2,
        id="tts-1-hd",
        name="TTS-1 HD",
        description="The most careful rendering.",
        languages=_V3,
        max_characters=4096,
        vendor="openai",
    ),
    replace(
        _V3_PROFILE,
        id="gpt-4o-mini-tts",
        name="GPT-4o mini TTS",
        description="Expressive speech that follows instructions.",
        max_characters=4096,
        vendor="openai",
    ),
)
"""Source: the Python client 3.54.0 (speech_model.py); 4,096 characters: its speech_create_params.py. All of them speak
all languages, as the vendor's do."""

GATEWAY_MODELS: tuple[Model, ...] = (
    replace(_V3_PROFILE, id="elevenlabs/v3_alpha", name="Eleven v3 alpha", stabilities=None, vendor="aimlapi"),
    replace(_V3_PROFILE, id="eleven-v3-alpha-954", name="Eleven v3 Alpha", stabilities=None, vendor="pixazo"),
)
"""What gateways offer under names of their own. They take any stability (reference/api-facts.md §12.1, §13)."""


class Profiles:
    """The models of this server, given the engines that run on it."""

    def __init__(self, cards: Mapping[str, Card]) -> None:
        """cards: engine id → card, in order of preference."""
        self._cards = cards
        self._models = {model.id: model for model in (*MODELS, *OPENAI_MODELS, *GATEWAY_MODELS)}

    def __iter__(self) -> Iterator[Model]:
        """Those of ElevenLabs, which are those of this server."""
        return iter(MODELS)

    def of_openai(self) -> Iterator[Model]:
        return iter(OPENAI_MODELS)

    def find(self, model_id: str) -> Model:
        """The model of that id. Raises: ModelNotFound."""
        model = self._models.get(model_id)
        if model is None:
            raise ModelNotFound(
                f"A model with the model_id {model_id[:40]!r} was not found. Available: "
                f"{', '.join(known.id for known in (*MODELS, *OPENAI_MODELS))}.",
                parameter="model_id",
            )
        return model

    def languages(self, model: Model) -> tuple[str, ...]:
        """ISO codes of the model's languages that a running engine can say, in the vendor's order."""
        served = {language for card in self._cards.values() for language in card.languages}
        return tuple(language for language in model.languages if language in served)

    def cast(self, language: str) -> str:
        """The preferred engine that has this language. Raises: EngineUnavailable."""
        for engine_id, card in self._cards.items():
            if language.partition("-")[0] in card.languages:
                return engine_id
        raise EngineUnavailable(
            f"No running engine speaks {NAMES.get(language, language)}. "
            f"Running: {', '.join(self._cards) or 'none'} (OSCINE_SPEECH_ENGINES)."
        )
