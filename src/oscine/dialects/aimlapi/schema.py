# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients send. Wire names live here and in render.py only. Unknown names are passed over and reported; null is as
good as nothing.

Source: reference/api-facts.md §12.1; seeds/000.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from oscine.domain.audio import FORMATS, find_format
from oscine.domain.problems import ModelNotFound, SettingOutOfRange, check_range
from oscine.domain.speech import SettingsChange, SpeechRequest
from oscine.pipeline.speech import MAX_SEED

SPEECH_MODELS = {
    "elevenlabs/v3_alpha": "elevenlabs/v3_alpha",
    "elevenlabs/eleven_turbo_v2_5": "eleven_turbo_v2_5",
    "elevenlabs/eleven_multilingual_v2": "eleven_multilingual_v2",
}
"""The vendor's models and the profiles they stand for."""
OUTPUT_FORMATS = frozenset(
    """
    mp3_22050_32 mp3_44100_32 mp3_44100_64 mp3_44100_96 mp3_44100_128 mp3_44100_192
    pcm_8000 pcm_16000 pcm_22050 pcm_24000 pcm_44100 pcm_48000 ulaw_8000 alaw_8000
    opus_48000_32 opus_48000_64 opus_48000_96 opus_48000_128 opus_48000_192
    """.split()
)
DEFAULT_FORMAT = "wav_44100"
"""Where none is named: the vendor's samples save it as audio.wav."""
_USUAL_VOICE = "Rachel"
_SPEEDS = (0.7, 1.2)

Share = Annotated[float, Field(ge=0, le=1)]


class VoiceSettings(BaseModel):
    model_config = ConfigDict(extra="allow")

    stability: Share | None = None
    similarity_boost: Share | None = None
    style: Share | None = None
    use_speaker_boost: bool | None = None
    speed: float | None = None

    def read(self) -> SettingsChange:
        """In our terms. Raises: SettingOutOfRange."""
        if self.speed is not None:
            check_range("speed", self.speed, *_SPEEDS)
        return SettingsChange(self.stability, self.similarity_boost, self.style, self.use_speaker_boost, self.speed)


class TextToSpeech(BaseModel):
    """The JSON body of `POST /v1/tts`."""

    model_config = ConfigDict(extra="allow")

    model: str
    text: str
    voice: str | None = None
    voice_settings: VoiceSettings | None = None
    apply_text_normalization: Literal["auto", "on", "off"] | None = None
    output_format: str | None = None
    seed: int | None = None
    stream: bool | None = None

    @property
    def voice_name(self) -> str:
        return _USUAL_VOICE if self.voice is None else self.voice

    @property
    def is_streamed(self) -> bool:
        return self.stream is not False

    @property
    def model_id(self) -> str:
        """The profile's. Raises: ModelNotFound."""
        if self.model not in SPEECH_MODELS:
            raise ModelNotFound(f"There is no speech model {self.model[:60]!r}. There are {', '.join(SPEECH_MODELS)}.")
        return SPEECH_MODELS[self.model]

    def read(self, voice_id: str) -> SpeechRequest:
        """In our terms. Raises: FormatUnknown, SettingOutOfRange, ModelNotFound."""
        if self.seed is not None and not 0 <= self.seed <= MAX_SEED:
            raise SettingOutOfRange(f"seed must be between 0 and {MAX_SEED}; {self.seed} was given.", parameter="seed")
        if self.output_format is None:
            audio_format = FORMATS[DEFAULT_FORMAT]
        else:
            audio_format = find_format(self.output_format, OUTPUT_FORMATS)
        return SpeechRequest(
            text=self.text,
            voice_id=voice_id,
            model_id=self.model_id,
            format=audio_format,
            settings=self.voice_settings.read() if self.voice_settings else SettingsChange(),
            seed=self.seed,
            normalization=self.apply_text_normalization or "auto",
        )

    def ignored(self) -> list[str]:
        """Fields that were given and change nothing."""
        settings = self.voice_settings.model_extra or {} if self.voice_settings else {}
        return sorted([*(self.model_extra or {}), *(f"voice_settings.{name}" for name in settings)])
