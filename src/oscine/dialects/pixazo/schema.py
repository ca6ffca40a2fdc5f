# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients send. Wire names live here and in render.py only. Unknown names are passed over and reported.

Source: seeds/003; reference/api-facts.md §13.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from oscine.domain.audio import FORMATS
from oscine.domain.problems import check_range
from oscine.domain.speech import SettingsChange, SpeechRequest

SPEECH_MODEL, MUSIC_MODEL = "eleven-v3-alpha-954", "elevenlabs-music-api-368"
SPEECH_FORMAT = "wav_44100"
"""The vendor's examples of an output are output.wav."""
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
