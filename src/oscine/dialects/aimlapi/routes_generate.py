# SPDX-License-Identifier: GPL-3.0-or-later
"""Sounds and music: asked for, and fetched when they are made."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from oscine.dialects.aimlapi import render
from oscine.dialects.aimlapi.gate import Route, admit
from oscine.dialects.aimlapi.schema_generate import GenerateAudio, charge_for, check
from oscine.domain.composition import MusicRequest
from oscine.domain.job import Kind, Order
from oscine.domain.money import price_of
from oscine.domain.problems import JobNotFound
from oscine.http.route import base_url, house_of, jobs_of
from oscine.pipeline.orders import pack

router = APIRouter(prefix="/v2/generate/audio", route_class=Route, tags=["aimlapi"])


@router.post("", status_code=201)
async def generate(body: GenerateAudio, request: Request) -> JSONResponse:
    """Queue a prompt."""
    asked = body.read()
    is_song = isinstance(asked, MusicRequest)
    key = admit(request, "music_generation" if is_song else "sound_generation")
    check(asked)
    price = price_of(len(body.prompt), house_of(request).settings.usd_per_1000_characters)
    kind: Kind = "music" if is_song else "sound"
    order = Order("aimlapi", kind, body.model, pack(asked), base_url=base_url(request))
    job = await jobs_of(request).submit(key, order, charge_for(body, asked, price))
    return JSONResponse(render.queued(job), 201, render.reported(job.id, body.ignored()))


@router.get("")
async def fetch(request: Request, generation_id: Annotated[str, Query(min_length=1)]) -> JSONResponse:
    """What has become of a prompt of the same key."""
    job = await jobs_of(request).get(request.state.key.account_id, generation_id.partition(":")[0])
    if (job.key_id, job.dialect) != (request.state.key.id, "aimlapi") or render.generation_id(job) != generation_id:
        raise JobNotFound("There is no such generation of this API key, or not any more.")
    body = render.generation(job, house_of(request).links, base_url(request))
    return JSONResponse(body, headers={"Cache-Control": "no-store", "x-inference-id": job.id})
