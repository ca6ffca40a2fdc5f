# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients send to have audio generated. Unknown names are passed over and reported; null is
as good as nothing.

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
_USUAL_CLIP_S, _LONGEST_CLIP_S = 30.0, 47.0
_USUAL_STEPS, _MOST_STEPS = 100, 1000
_SHORTEST_SONG_S = 3.0
_MILLISECONDS = (10_000, 300_000)
_LONGEST_PROMPT = 2000


class StableAudio(BaseModel):
    """A clip of a sound or of music, whichever the prompt asks for."""

    model_config = ConfigDict(extra="allow")

    model: Literal["stable-audio"]
    prompt: str
    seconds_start: float | None = None
    seconds_total: float | None = None
    steps: int | None = None

    def read(self) -> SoundRequest | MusicRequest:
        """In our terms. Raises: SettingOutOfRange, TextTooLong."""
        start_s, steps = self.seconds_start or 0.0, _USUAL_STEPS if self.steps is None else self.steps
        check_range("seconds_total", self.seconds, 1, _LONGEST_CLIP_S)
        check_range("seconds_start", start_s, 0, _LONGEST_CLIP_S)
        check_range("steps", steps, 1, _MOST_STEPS)
        if start_s >= self.seconds:
            raise SettingOutOfRange(
                f"seconds_start must be less than seconds_total, which is {self.seconds:g}; {start_s:g} was given.",
                parameter="seconds_start",
            )
        _check_prompt(self.prompt)
        kept_s = (start_s, self.seconds)
        if is_music(self.prompt):
            prompt = MusicPrompt(self.prompt, seconds=max(self.seconds, _SHORTEST_SONG_S))
            return MusicRequest(prompt, _SONG, FORMATS["wav_44100"], kept_s=kept_s)
        effect = SoundPrompt(self.prompt, self.seconds, influence=log(steps) / log(_MOST_STEPS))
        return SoundRequest(effect, _EFFECT, FORMATS["wav_44100"], kept_s=kept_s)

    @property
    def seconds(self) -> float:
        """Of the whole clip."""
        return _USUAL_CLIP_S if self.seconds_total is None else self.seconds_total

    def ignored(self) -> list[str]:
        """Fields that were given and change nothing."""
        idle = ["steps"] if self.steps is not None and is_music(self.prompt) else []
        return sorted([*idle, *(self.model_extra or {})])


class ElevenMusic(BaseModel):
    model_config = ConfigDict(extra="allow")

    model: Literal["elevenlabs/eleven_music"]
    prompt: str
    music_length_ms: int | None = None

    def read(self) -> MusicRequest:
        """In our terms. Raises: SettingOutOfRange, TextTooLong."""
        check_range("music_length_ms", self.seconds * 1000, *_MILLISECONDS)
        _check_prompt(self.prompt)
        return MusicRequest(MusicPrompt(self.prompt, seconds=self.seconds), _SONG, FORMATS["mp3_44100_128"])

    @property
    def seconds(self) -> float:
        return (_MILLISECONDS[0] if self.music_length_ms is None else self.music_length_ms) / 1000

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
