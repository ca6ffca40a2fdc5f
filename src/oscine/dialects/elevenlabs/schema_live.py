# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients send to the WebSockets: the query of the handshake, and messages. Unknown names are ignored.

Source: the seed's AsyncAPI (001, stream-input); reference/api-facts.md §4. Where sources disagree on a name
(`xi-api-key`, `xi_api_key`; `generator_config`, `generation_config`; `context_id`, `contextId`), both are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import orjson
from pydantic import AliasChoices, BaseModel, Field, ValidationError

from oscine.dialects.elevenlabs.schema import (
    DEFAULT_FORMAT,
    DEFAULT_MODEL,
    MOST_REFERENCES,
    STREAM,
    DictionaryLocator,
    VoiceSettingsBody,
)
from oscine.domain.audio import find_format
from oscine.domain.problems import MessageInvalid
from oscine.domain.speech import SettingsChange, SpeechRequest
from oscine.pipeline.speech import MAX_SEED

LIVE_FORMATS = STREAM - {"mp3_24000_48", "pcm_32000", "pcm_48000"}
"""Source: the seed's enumeration of output_format on this endpoint."""
_LONGEST_ID = 200

ChunkLength = Annotated[float, Field(ge=50, le=500)]


class LiveQuery(BaseModel):
    """The query of both sockets."""

    model_id: str = DEFAULT_MODEL
    language_code: str | None = None
    enable_logging: bool = True
    enable_ssml_parsing: bool = False
    output_format: str = DEFAULT_FORMAT
    inactivity_timeout: Annotated[int, Field(ge=1, le=180)] = 20
    sync_alignment: bool = False
    auto_mode: bool = False
    apply_text_normalization: Literal["auto", "on", "off"] = "auto"
    seed: Annotated[int | None, Field(ge=0, le=MAX_SEED)] = None
    authorization: str | None = None
    single_use_token: str | None = None

    def request(self, voice_id: str) -> SpeechRequest:
        """All of a request but its text and settings. Raises: FormatUnknown."""
        return SpeechRequest(
            text="",
            voice_id=voice_id,
            model_id=self.model_id,
            format=find_format(self.output_format, LIVE_FORMATS),
            language=self.language_code,
            seed=self.seed,
            normalization=self.apply_text_normalization,
            is_logged=self.enable_logging,
            reads_tags=self.enable_ssml_parsing,
        )


class GenerationConfig(BaseModel):
    chunk_length_schedule: Annotated[list[ChunkLength], Field(min_length=1, max_length=100)] | None = None


class LiveMessage(BaseModel):
    """Any message of both sockets; which fields act is up to the state machines."""

    text: str | None = None
    flush: bool | None = None
    try_trigger_generation: bool | None = None
    voice_settings: VoiceSettingsBody | None = None
    generation_config: Annotated[
        GenerationConfig | None, Field(validation_alias=AliasChoices("generation_config", "generator_config"))
    ] = None
    pronunciation_dictionary_locators: Annotated[list[DictionaryLocator], Field(max_length=MOST_REFERENCES)] | None = (
        None
    )
    secret: Annotated[
        str | None, Field(validation_alias=AliasChoices("xi-api-key", "xi_api_key", "authorization"), repr=False)
    ] = None
    context_id: Annotated[
        str | None, Field(validation_alias=AliasChoices("context_id", "contextId"), max_length=_LONGEST_ID)
    ] = None
    close_context: bool | None = None
    close_socket: bool | None = None

    @property
    def settings(self) -> SettingsChange | None:
        """None where the message says nothing of them. Raises: SettingOutOfRange."""
        change = self.voice_settings.read() if self.voice_settings else SettingsChange()
        return None if change == SettingsChange() else change

    @property
    def schedule(self) -> tuple[float, ...] | None:
        """None where the message says nothing of it."""
        lengths = self.generation_config.chunk_length_schedule if self.generation_config else None
        return tuple(lengths) if lengths else None


def read_query(given: Mapping[str, str]) -> LiveQuery:
    """Raises: MessageInvalid."""
    try:
        return LiveQuery.model_validate({name: value for name, value in given.items() if value})
    except ValidationError as error:
        raise _invalid("The query of the WebSocket", error) from None


def read_message(data: str | bytes) -> LiveMessage:
    """data: bytes for a binary frame. Raises: MessageInvalid."""
    if isinstance(data, bytes):
        raise MessageInvalid("Messages are JSON in text frames; a binary frame was received.")
    try:
        given = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise MessageInvalid(f"The message is not JSON: {error.msg} at character {error.pos}.") from None
    if not isinstance(given, dict):
        raise MessageInvalid("The message is not a JSON object.")
    try:
        return LiveMessage.model_validate(given)
    except ValidationError as error:
        raise _invalid("The message", error) from None


def _invalid(what: str, error: ValidationError) -> MessageInvalid:
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    return MessageInvalid(f"{what} cannot be used: {name[:80]}: {first['msg']}.", parameter=name[:80])
