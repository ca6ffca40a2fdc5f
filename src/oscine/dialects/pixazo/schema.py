# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients send. Wire names live here and in render.py only. Unknown names are passed over and reported.

Source: seeds/003; reference/api-facts.md §13.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from oscine.domain.audio import FORMATS, find_format
from oscine.domain.composition import MusicPrompt, MusicRequest
from oscine.domain.problems import check_range
from oscine.domain.speech import SettingsChange, SpeechRequest

SPEECH_MODEL, MUSIC_MODEL = "eleven-v3-alpha-954", "elevenlabs-music-api-368"
SPEECH_FORMAT = "wav_44100"
"""The vendor's examples of an output are output.wav."""
MUSIC_FORMATS = frozenset(
    """
    mp3_22050_32 mp3_44100_32 mp3_44100_64 mp3_44100_96 mp3_44100_128 mp3_44100_192
    pcm_8000 pcm_16000 pcm_22050 pcm_24000 pcm_44100 pcm_48000 ulaw_8000 alaw_8000
    opus_48000_32 opus_48000_64 opus_48000_96 opus_48000_128 opus_48000_192
    """.split()
)
_MUSIC_FORMAT = "mp3_44100_128"
"""Where none is named: that of the vendor's example."""
_SPEEDS = (0.5, 2.0)

Share = Annotated[float, Field(ge=0, le=1)]


class GenerateSpeech(BaseModel):
    """The JSON body of the speech model."""

    model_config = ConfigDict(extra="allow")

    text: str
    voice: str
    stability: Share | None = None
    similarity_boost: Share | None = None
    speed: float | None = None

    def read(self, voice_id: str) -> SpeechRequest:
        """In our terms. Raises: SettingOutOfRange."""
        if self.speed is not None:
            check_range("speed", self.speed, *_SPEEDS)
        return SpeechRequest(
            text=self.text,
            voice_id=voice_id,
            model_id=SPEECH_MODEL,
            format=FORMATS[SPEECH_FORMAT],
            settings=SettingsChange(self.stability, self.similarity_boost, speed=self.speed),
        )

    def ignored(self) -> list[str]:
        """Fields that were given and change nothing."""
        return sorted(self.model_extra or {})


class GenerateMusic(BaseModel):
    """The JSON body of the music model."""

    model_config = ConfigDict(extra="allow")

    prompt: str
    respect_sections_durations: bool | None = None
    output_format: str | None = None

    def read(self) -> MusicRequest:
        """In our terms. Raises: FormatUnknown."""
        audio_format = find_format(self.output_format or _MUSIC_FORMAT, MUSIC_FORMATS)
        keeps_sections = self.respect_sections_durations is not False
        return MusicRequest(MusicPrompt(self.prompt, keeps_sections=keeps_sections), "music_v1", audio_format)

    def ignored(self) -> list[str]:
        """Fields that were given and change nothing."""
        return sorted(self.model_extra or {})
