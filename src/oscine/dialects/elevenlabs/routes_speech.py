# SPDX-License-Identifier: GPL-3.0-or-later
"""Text to speech: convert, with timestamps, stream, stream with timestamps."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from oscine import codecs
from oscine.dialects.elevenlabs import render
from oscine.dialects.elevenlabs.gate import Route, admit, house_of, require
from oscine.dialects.elevenlabs.schema import DEFAULT_FORMAT, FULL, STREAM, SpeechBody
from oscine.http.streamed import Streamed, audio_of
from oscine.pipeline.finish import Chunk
from oscine.pipeline.speech import Performance, check_length
from oscine.pipeline.whole import whole_file

router = APIRouter(prefix="/v1/text-to-speech/{voice_id}", route_class=Route, tags=["text-to-speech"])


@dataclass(frozen=True, slots=True)
class Options:
    """The query of all four endpoints."""

    output_format: str
    latency: int | None
    is_logged: bool


def read_options(
    output_format: Annotated[str, Query(description="codec_rate_kbps")] = DEFAULT_FORMAT,
    optimize_streaming_latency: Annotated[int | None, Query(description="0–4, deprecated by the vendor")] = None,
    enable_logging: Annotated[bool, Query(description="false: nothing is kept")] = True,
) -> Options:
    return Options(output_format, optimize_streaming_latency, enable_logging)


Asked = Annotated[Options, Depends(read_options)]


@router.post("", response_class=Response)
async def convert(voice_id: str, body: SpeechBody, options: Asked, request: Request) -> Response:
    """The whole audio file."""
    performance = await _prepare(request, voice_id, body, options, FULL)
    chunks = audio_of(whole_file(performance.chunks(), performance.format))
    return await _answer(
        request, performance, chunks, body.ignored(options.latency), codecs.media_type(performance.format)
    )


@router.post("/stream", response_class=Response)
async def stream(voice_id: str, body: SpeechBody, options: Asked, request: Request) -> Response:
    """The audio file while it is made."""
    performance = await _prepare(request, voice_id, body, options, STREAM)
    chunks = audio_of(performance.chunks())
    return await _answer(
        request, performance, chunks, body.ignored(options.latency), codecs.media_type(performance.format)
    )


@router.post("/with-timestamps", response_class=Response)
async def convert_with_timestamps(voice_id: str, body: SpeechBody, options: Asked, request: Request) -> Response:
    """One JSON object: the whole file in base64, and the times of its characters."""
    performance = await _prepare(request, voice_id, body, options, FULL)
    chunks = whole_file(performance.chunks(is_aligned=True), performance.format)
    return await _answer(
        request, performance, render.timed_whole(chunks), body.ignored(options.latency), "application/json"
    )


@router.post("/stream/with-timestamps", response_class=Response)
async def stream_with_timestamps(voice_id: str, body: SpeechBody, options: Asked, request: Request) -> Response:
    """Newline-delimited JSON objects, each with a piece of the file and the characters heard in it."""
    performance = await _prepare(request, voice_id, body, options, STREAM)
    lines = _lines(performance.chunks(is_aligned=True))
    return await _answer(request, performance, lines, body.ignored(options.latency), "application/json")


async def _prepare(
    request: Request, voice_id: str, body: SpeechBody, options: Options, formats: frozenset[str]
) -> Performance:
    key = await admit(request, "text_to_speech")
    if not options.is_logged:
        require(key, "zero_retention")
    house = house_of(request)
    speech_request = body.read(voice_id, options.output_format, formats, options.latency)
    check_length(body.text, house.profiles.find(body.model_id))
    return await Performance.prepare(house, key, replace(speech_request, is_logged=options.is_logged))


async def _answer(
    request: Request, performance: Performance, pieces: AsyncGenerator[bytes, None], ignored: list[str], media_type: str
) -> Response:
    """Pulls the first piece, so that what goes wrong before it still gets a status of its own."""
    first = await anext(pieces)
    headers = render.headers(performance, ignored)
    return Streamed(first, pieces, headers, media_type)


async def _lines(chunks: AsyncGenerator[Chunk, None]) -> AsyncGenerator[bytes, None]:
    async with aclosing(chunks):
        async for chunk in chunks:
            yield render.timed_chunk(chunk)
