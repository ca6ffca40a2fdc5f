# SPDX-License-Identifier: GPL-3.0-or-later
"""Speech and the list of models."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from oscine import codecs
from oscine.dialects.openai import render
from oscine.dialects.openai.gate import Route, admit
from oscine.dialects.openai.schema import MODEL_ALIASES, VOICES, CreateSpeech
from oscine.domain.problems import ModelNotFound, VoiceNotFound
from oscine.http.route import house_of
from oscine.http.streamed import Streamed, audio_of
from oscine.pipeline.speech import Performance, check_length

router = APIRouter(prefix="/v1", route_class=Route, tags=["openai"])


@router.post("/audio/speech", response_class=Response)
async def create_speech(body: CreateSpeech, request: Request) -> Response:
    """The audio file while it is made, or the events that hold it."""
    key, house = admit(request, "text_to_speech"), house_of(request)
    profile = house.profiles.find(body.model_id)
    try:
        voice = house.voices.by_id_or_name(body.voice_name)
    except VoiceNotFound:
        raise VoiceNotFound(
            f"There is no voice {body.voice_name[:40]!r}. Choose one of {', '.join(VOICES)}, or a name or id that "
            "`oscine voices` lists.",
            parameter="voice_id",
        ) from None
    speech_request = body.read(voice.id)
    check_length(body.input, profile)
    performance = await Performance.prepare(house, key, speech_request)
    is_sse = body.stream_format == "sse"
    pieces = render.events(performance) if is_sse else audio_of(performance.chunks())
    first = await anext(pieces)
    headers = render.headers(performance, body.instructed.words, body.ignored())
    media_type = "text/event-stream" if is_sse else codecs.media_type(performance.format)
    return Streamed(first, pieces, headers, media_type)


@router.get("/audio/voices")
async def list_voices(request: Request) -> dict[str, Any]:
    """Not the vendor's: Open WebUI asks servers that are not the vendor for it (reference/clients.md §1)."""
    admit(request, "voices_read")
    return render.voices(VOICES, house_of(request).voices)


@router.get("/models", include_in_schema=False)  # the path is ElevenLabs', too, and a document has one of each
async def list_models(request: Request) -> dict[str, Any]:
    """The vendor's names first, then this server's own."""
    admit(request, "models_read")
    profiles = house_of(request).profiles
    return render.models((*profiles.of_openai(), *profiles))


@router.get("/models/{model_id}")
async def get_model(model_id: str, request: Request) -> dict[str, Any]:
    """One of them."""
    admit(request, "models_read")
    try:
        return render.model(house_of(request).profiles.find(MODEL_ALIASES.get(model_id, model_id)))
    except ModelNotFound:
        raise ModelNotFound(
            f"The model {model_id[:40]!r} does not exist. GET /v1/models lists those that do.", parameter="model_id"
        ) from None
