# SPDX-License-Identifier: GPL-3.0-or-later
"""One address a model to queue requests at, and one for all to ask what has become of them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from oscine.dialects.pixazo import render
from oscine.dialects.pixazo.gate import ModelRoute, Route, admit, read_webhook
from oscine.dialects.pixazo.schema import MUSIC_MODEL, SPEECH_MODEL, GenerateMusic, GenerateSpeech
from oscine.domain.generation import Charge
from oscine.domain.job import Job, Order
from oscine.domain.money import price_of
from oscine.domain.problems import JobNotFound, ModelNotFound
from oscine.http.headers import lists
from oscine.http.route import base_url, house_of, jobs_of
from oscine.pipeline.music import check as check_music
from oscine.pipeline.orders import pack
from oscine.pipeline.speech import Performance, check_length

router = APIRouter(route_class=Route, tags=["pixazo"])
_models = APIRouter(route_class=ModelRoute, tags=["pixazo"])


@router.post(f"/{SPEECH_MODEL}/v1/eleven-v3-alpha-request", status_code=202)
async def generate_speech(body: GenerateSpeech, request: Request) -> JSONResponse:
    """Queue a text to be spoken."""
    key, house = admit(request, "text_to_speech"), house_of(request)
    webhook_url, webhook_mode = await read_webhook(request)
    speech_request = body.read(house.voices.by_id_or_name(body.voice).id)
    check_length(body.text, house.profiles.find(SPEECH_MODEL))
    price = price_of(len(body.text), house.settings.usd_per_1000_characters)
    performance = await Performance.prepare(house, key, speech_request, price_micros=price)
    order = Order("pixazo", "speech", SPEECH_MODEL, pack(speech_request), webhook_url, webhook_mode, base_url(request))
    job = await jobs_of(request).submit(key, order, performance.charge)
    return _accepted(job, body.ignored())


@router.post(f"/{MUSIC_MODEL}/v1/elevenlabs-music-api-request", status_code=202)
async def generate_music(body: GenerateMusic, request: Request) -> JSONResponse:
    """Queue a prompt to be played. Its length is the band's affair, so credits are counted by the character, too."""
    key, house = admit(request, "music_generation"), house_of(request)
    webhook_url, webhook_mode = await read_webhook(request)
    asked = body.read()
    check_music(asked.prompt, asked.model_id)
    characters = len(body.prompt)
    price = price_of(characters, house.settings.usd_per_1000_characters)
    charge = Charge("Music", MUSIC_MODEL, None, characters, characters, None, price)
    order = Order("pixazo", "music", MUSIC_MODEL, pack(asked), webhook_url, webhook_mode, base_url(request))
    return _accepted(await jobs_of(request).submit(key, order, charge), body.ignored())


@router.get(render.STATUS_PATH + "/{request_id}")
async def get_status(request_id: str, request: Request) -> JSONResponse:
    """What has become of a request of the same key."""
    model_id, _, job_id = request_id.rpartition("_")
    job = await jobs_of(request).get(request.state.key.account_id, job_id)
    if (job.key_id, job.dialect, job.model_id) != (request.state.key.id, "pixazo", model_id):
        raise JobNotFound("There is no such request of this subscription key, or not any more.")
    body = render.status(job, house_of(request).links, base_url(request))
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


@_models.post("/{model_id}/v1/{name}", include_in_schema=False)
async def refuse_model(model_id: str, name: str) -> dict[str, Any]:
    """The vendor's words (seeds/003)."""
    raise ModelNotFound(f"Model '{model_id[:80]}' not found or is disabled")


router.include_router(_models)


def _accepted(job: Job, ignored: list[str]) -> JSONResponse:
    return JSONResponse(render.accepted(job, job.base_url), 202, lists({"oscine-ignored": ignored}))
