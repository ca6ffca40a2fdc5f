# SPDX-License-Identifier: GPL-3.0-or-later
"""Text to speech: streamed, or as a link to the file."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from oscine import codecs
from oscine.dialects.aimlapi import render
from oscine.dialects.aimlapi.gate import Route, admit
from oscine.dialects.aimlapi.schema import TextToSpeech
from oscine.domain.money import price_of
from oscine.http.route import house_of
from oscine.http.streamed import Streamed
from oscine.pipeline.speech import Performance, check_length

router = APIRouter(route_class=Route, tags=["aimlapi"])


@router.post("/v1/tts", response_class=Response)
async def speak(body: TextToSpeech, request: Request) -> Response:
    """The audio file while it is made."""
    key, house = admit(request, "text_to_speech"), house_of(request)
    check_length(body.text, house.profiles.find(body.model_id))
    speech_request = body.read(house.voices.by_id_or_name(body.voice).id)
    price = price_of(len(body.text), house.settings.usd_per_1000_characters)
    performance = await Performance.prepare(house, key, speech_request, price_micros=price)
    pieces = render.audio(performance.chunks())
    first = await anext(pieces)
    return Streamed(first, pieces, render.headers(performance, body.ignored()), codecs.media_type(performance.format))
