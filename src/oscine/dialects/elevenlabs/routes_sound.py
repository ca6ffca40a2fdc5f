# SPDX-License-Identifier: GPL-3.0-or-later
"""Sound effects from a prompt. Source: reference/api-facts.md §9.6; Python client 2.78.0."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from oscine import codecs
from oscine.dialects.elevenlabs import render
from oscine.dialects.elevenlabs.gate import Route, admit, house_of, require
from oscine.dialects.elevenlabs.schema import DEFAULT_FORMAT, STREAM
from oscine.domain.audio import find_format
from oscine.domain.problems import ModelUnsupported, check_range
from oscine.domain.sound import SHORTEST_S, SoundPrompt, SoundRequest
from oscine.http.streamed import Streamed, audio_of
from oscine.pipeline.sound import Effect

router = APIRouter(prefix="/v1/sound-generation", route_class=Route, tags=["sound-generation"])

_LOOPING = "eleven_text_to_sound_v2"
_USUAL_INFLUENCE = 0.3
_LONGEST_S = 30.0
"""Source: reference/api-facts.md §15.2."""


class SoundBody(BaseModel):
    model_config = ConfigDict(extra="allow")

    text: str
    loop: bool = False
    duration_seconds: float | None = None
    prompt_influence: float | None = _USUAL_INFLUENCE
    model_id: str = _LOOPING

    def read(self, output_format: str) -> SoundRequest:
        """In our terms. Raises: FormatUnknown, ModelUnsupported, SettingOutOfRange."""
        if self.loop and self.model_id != _LOOPING and self.model_id.startswith("eleven_text_to_sound"):
            raise ModelUnsupported(
                f"Only the model {_LOOPING!r} makes loops; {self.model_id[:40]!r} was given. Choose that one, or leave "
                "out 'loop'.",
                parameter="loop",
            )
        if self.duration_seconds is not None:
            check_range("duration_seconds", self.duration_seconds, SHORTEST_S, _LONGEST_S)
        influence = _USUAL_INFLUENCE if self.prompt_influence is None else self.prompt_influence
        prompt = SoundPrompt(self.text, self.duration_seconds, influence, self.loop)
        return SoundRequest(prompt, self.model_id, find_format(output_format, STREAM))

    def ignored(self) -> list[str]:
        """Fields that were given and change nothing."""
        return sorted(self.model_extra or {})


@router.post("", response_class=Response)
async def generate(
    body: SoundBody,
    request: Request,
    output_format: Annotated[str, Query(description="codec_rate_kbps")] = DEFAULT_FORMAT,
    enable_logging: Annotated[bool, Query(description="false: nothing is kept, which is so anyway")] = True,
) -> Response:
    """The sound while it is made."""
    key = await admit(request, "sound_generation")
    if not enable_logging:
        require(key, "zero_retention")
    effect = Effect(house_of(request), key, body.read(output_format))
    pieces = audio_of(effect.chunks())
    first = await anext(pieces)
    return Streamed(first, pieces, render.sound_headers(effect, body.ignored()), codecs.media_type(effect.format))
