# SPDX-License-Identifier: GPL-3.0-or-later
"""Text to speech: streamed, or as a link to the file."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from oscine import codecs
from oscine.dialects.aimlapi import render
from oscine.dialects.aimlapi.gate import Route, admit
from oscine.dialects.aimlapi.schema import TextToSpeech
from oscine.domain.job import Order
from oscine.domain.money import price_of
from oscine.domain.problems import EngineFailed
from oscine.http.route import base_url, house_of, jobs_of
from oscine.http.streamed import Streamed, audio_of
from oscine.pipeline.orders import pack
from oscine.pipeline.speech import Performance, check_length

_PATIENCE_S = 300

router = APIRouter(route_class=Route, tags=["aimlapi"])


@router.post("/v1/tts", response_class=Response)
async def speak(body: TextToSpeech, request: Request) -> Response:
    """The audio file while it is made; with stream=false, when it is made, a link to it."""
    key, house = admit(request, "text_to_speech"), house_of(request)
    check_length(body.text, house.profiles.find(body.model_id))
    speech_request = body.read(house.voices.by_id_or_name(body.voice_name).id)
    price = price_of(len(body.text), house.settings.usd_per_1000_characters)
    performance = await Performance.prepare(house, key, speech_request, price_micros=price)
    headers = render.headers(performance, body.ignored())
    if body.is_streamed:
        pieces = audio_of(performance.chunks())
        first = await anext(pieces)
        return Streamed(first, pieces, headers, codecs.media_type(performance.format))
    order = Order("aimlapi", "speech", body.model, pack(speech_request), base_url=base_url(request))
    job = await jobs_of(request).wait(await jobs_of(request).submit(key, order, performance.charge), _PATIENCE_S)
    if job.state != "COMPLETED":
        raise EngineFailed(job.error or f"The audio was not there after {_PATIENCE_S} seconds. Ask for it streamed.")
    return JSONResponse(render.spoken(job, house.links), headers=headers | render.spent(job))
