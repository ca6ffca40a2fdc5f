# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients send. Wire names live here and in render.py only. Unknown names are passed over and reported.

Source: the Python client 3.54.0 (resources/audio/speech.py, types/audio/speech_create_params.py).
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

from oscine.domain.audio import FORMATS
from oscine.domain.expression import NEUTRAL
from oscine.domain.problems import ModelUnsupported, TextTooLong, check_range
from oscine.domain.speech import SettingsChange, SpeechRequest
from oscine.text.instructions import Instructions, read_instructions

RESPONSE_FORMATS = {
    "mp3": "mp3_44100_128",
    "opus": "opus_48000_64",
    "aac": "aac_44100_128",
    "flac": "flac_24000",
    "wav": "wav_24000",
    "pcm": "pcm_24000",
}
"""PCM at 24 kHz, 16 bits, little-endian: the vendor's guide to speech. The others' figures are ours."""

VOICES = {
    "alloy": "River",
    "ash": "Eric",
    "ballad": "Callum",
    "cedar": "Roger",
    "coral": "Matilda",
    "echo": "Liam",
    "fable": "George",
    "marin": "Aria",
    "nova": "Laura",
    "onyx": "Brian",
    "sage": "Sarah",
    "shimmer": "Bella",
    "verse": "Chris",
}
"""The vendor's voices and who speaks for them here."""

MODEL_ALIASES = {
    "tts-1-1106": "tts-1",
    "tts-1-hd-1106": "tts-1-hd",
    "gpt-4o-mini-tts-2025-03-20": "gpt-4o-mini-tts",
    "gpt-4o-mini-tts-2025-12-15": "gpt-4o-mini-tts",
}
"""Dated names of the vendor's models."""

_SIMPLE_MODELS = frozenset({"tts-1", "tts-1-hd"})
"""Take neither instructions nor events."""
_LONGEST_INSTRUCTIONS = 4096
_SPEEDS = (0.25, 4.0)


class VoiceReference(BaseModel):
    id: str


class CreateSpeech(BaseModel):
    """The JSON body of `POST /v1/audio/speech`."""

    model_config = ConfigDict(extra="allow")

    model: str
    input: str
    voice: str | VoiceReference
    instructions: str | None = None
    response_format: Literal["mp3", "opus", "aac", "flac", "wav", "pcm"] | None = None
    speed: float | None = None
    stream_format: Literal["audio", "sse"] | None = None

    @property
    def model_id(self) -> str:
        return MODEL_ALIASES.get(self.model, self.model)

    @property
    def voice_name(self) -> str:
        """A name or an id of ours."""
        wanted = self.voice if isinstance(self.voice, str) else self.voice.id
        return VOICES.get(wanted.strip().lower(), wanted)

    @cached_property
    def instructed(self) -> Instructions:
        """What is understood of the instructions; nothing, where the model takes none."""
        if self.model_id in _SIMPLE_MODELS:
            return Instructions(NEUTRAL, ())
        return read_instructions(self.instructions or "")

    def read(self, voice_id: str) -> SpeechRequest:
        """In our terms. Raises: SettingOutOfRange, TextTooLong, ModelUnsupported."""
        check_range("speed", 1.0 if self.speed is None else self.speed, *_SPEEDS)
        if len(self.instructions or "") > _LONGEST_INSTRUCTIONS:
            raise TextTooLong(
                f"The instructions have {len(self.instructions or '')} characters; at most {_LONGEST_INSTRUCTIONS} are "
                "read.",
                parameter="instructions",
            )
        if self.stream_format == "sse" and self.model_id in _SIMPLE_MODELS:
            raise ModelUnsupported(
                f"The model {self.model_id!r} sends no events. Leave out 'stream_format', or choose 'gpt-4o-mini-tts'.",
                parameter="stream_format",
            )
        return SpeechRequest(
            text=self.input,
            voice_id=voice_id,
            model_id=self.model_id,
            format=FORMATS[RESPONSE_FORMATS[self.response_format or "mp3"]],
            settings=SettingsChange(speed=self.speed),
            reads_tags=False,
            expression=self.instructed.expression,
        )

    def ignored(self) -> list[str]:
        """Fields that were given and change nothing."""
        is_unheard = bool(self.instructions and self.instructions.strip()) and not self.instructed.words
        return (["instructions"] if is_unheard else []) + sorted(self.model_extra or {})
