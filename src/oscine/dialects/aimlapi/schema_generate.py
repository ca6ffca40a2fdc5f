# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients send to have audio generated. Unknown names are passed over and reported.

Source: reference/api-facts.md §12.2; seeds/004.
"""

from __future__ import annotations

from math import ceil, log
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator

from oscine.domain.audio import FORMATS
from oscine.domain.composition import MusicPrompt, MusicRequest
from oscine.domain.generation import Charge
from oscine.domain.problems import SettingOutOfRange, TextTooLong, check_range
from oscine.domain.sound import SoundPrompt, SoundRequest
from oscine.pipeline import music, sound
from oscine.pipeline.prompts import is_music

_SONG, _EFFECT = "music_v1", "eleven_text_to_sound_v2"
"""What the pipeline calls them."""
_LONGEST_CLIP_S = 47.0
_MOST_STEPS = 1000
_SHORTEST_SONG_S = 3.0
_MILLISECONDS = (10_000, 300_000)
_LONGEST_PROMPT = 2000


class StableAudio(BaseModel):
    """A clip of a sound or of music, whichever the prompt asks for."""

    model_config = ConfigDict(extra="allow")

    model: Literal["stable-audio"]
    prompt: str
    seconds_start: float = 0
    seconds_total: float = 30
    steps: int = 100

    def read(self) -> SoundRequest | MusicRequest:
        """In our terms. Raises: SettingOutOfRange, TextTooLong."""
        check_range("seconds_total", self.seconds_total, 1, _LONGEST_CLIP_S)
        check_range("seconds_start", self.seconds_start, 0, _LONGEST_CLIP_S)
        check_range("steps", self.steps, 1, _MOST_STEPS)
        if self.seconds_start >= self.seconds_total:
            raise SettingOutOfRange(
                f"seconds_start must be less than seconds_total, which is {self.seconds_total:g}; "
                f"{self.seconds_start:g} was given.",
                parameter="seconds_start",
            )
        _check_prompt(self.prompt)
        kept_s = (self.seconds_start, self.seconds_total)
        if is_music(self.prompt):
            prompt = MusicPrompt(self.prompt, seconds=max(self.seconds_total, _SHORTEST_SONG_S))
            return MusicRequest(prompt, _SONG, FORMATS["wav_44100"], kept_s=kept_s)
        influence = log(self.steps) / log(_MOST_STEPS)
        effect = SoundPrompt(self.prompt, self.seconds_total, influence)
        return SoundRequest(effect, _EFFECT, FORMATS["wav_44100"], kept_s=kept_s)

    @property
    def seconds(self) -> float:
        return self.seconds_total

    def ignored(self) -> list[str]:
        """Fields that were given and change nothing."""
        idle = ["steps"] if "steps" in self.model_fields_set and is_music(self.prompt) else []
        return sorted([*idle, *(self.model_extra or {})])


class ElevenMusic(BaseModel):
    model_config = ConfigDict(extra="allow")

    model: Literal["elevenlabs/eleven_music"]
    prompt: str
    music_length_ms: int = 10_000

    def read(self) -> MusicRequest:
        """In our terms. Raises: SettingOutOfRange, TextTooLong."""
        check_range("music_length_ms", self.music_length_ms, *_MILLISECONDS)
        _check_prompt(self.prompt)
        return MusicRequest(MusicPrompt(self.prompt, seconds=self.seconds), _SONG, FORMATS["mp3_44100_128"])

    @property
    def seconds(self) -> float:
        return self.music_length_ms / 1000

    def ignored(self) -> list[str]:
        """Fields that were given and change nothing."""
        return sorted(self.model_extra or {})


GenerateAudio = Annotated[StableAudio | ElevenMusic, Discriminator("model")]


def check(request: SoundRequest | MusicRequest) -> None:
    """Raises: TextEmpty, TextTooLong, SettingOutOfRange."""
    if isinstance(request, MusicRequest):
        music.check(request.prompt, request.model_id)
    else:
        sound.check(request)


def charge_for(body: StableAudio | ElevenMusic, request: SoundRequest | MusicRequest, price_micros: int) -> Charge:
    """Credits by the second, money by the character of the prompt."""
    is_song = isinstance(request, MusicRequest)
    rate = music.CREDITS_PER_S if is_song else sound.CREDITS_PER_S[_EFFECT]
    source: Literal["Music", "SFX"] = "Music" if is_song else "SFX"
    return Charge(source, body.model, None, len(body.prompt), ceil(body.seconds * rate), None, price_micros)


def _check_prompt(prompt: str) -> None:
    if len(prompt) > _LONGEST_PROMPT:
        raise TextTooLong(
            f"The prompt has {len(prompt)} characters; at most {_LONGEST_PROMPT} are read.", parameter="prompt"
        )
