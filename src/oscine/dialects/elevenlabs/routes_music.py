# SPDX-License-Identifier: GPL-3.0-or-later
"""Music from prompts and composition plans. Source: reference/api-facts.md §9.7; Python client 2.78.0."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from oscine import codecs
from oscine.dialects.elevenlabs import render_music
from oscine.dialects.elevenlabs.gate import Route, admit, require
from oscine.dialects.elevenlabs.schema_music import AUTO, MusicBody, PlanRequestBody, has_chunks
from oscine.http.route import house_of
from oscine.http.streamed import Streamed, audio_of
from oscine.pipeline.music import Song, draft

router = APIRouter(prefix="/v1/music", route_class=Route, tags=["music"])

_NDJSON, _SSE = "application/x-ndjson", "text/event-stream"
_IN_MEMORY_BYTES = 1 << 20
_PIECE_BYTES = 256 << 10

Logging = Annotated[bool, Query(description="false: nothing is kept, which is so anyway")]


@dataclass(frozen=True, slots=True)
class Options:
    output_format: Annotated[str, Query(description="codec_rate_kbps, or auto: by model")] = AUTO
    enable_logging: Logging = True


Given = Annotated[Options, Depends()]


@router.post("", response_class=Response)
@router.post("/stream", response_class=Response)
async def play(request: Request, options: Given, body: MusicBody | None = None) -> Response:
    """The music while it is played."""
    body = body or MusicBody()
    song = await _prepare(request, options, body)
    pieces = audio_of(song.chunks())
    first = await anext(pieces)
    return Streamed(first, pieces, render_music.headers(song, body.ignored()), codecs.media_type(song.format))


@router.post("/detailed", response_class=Response)
async def play_detailed(request: Request, options: Given, body: MusicBody | None = None) -> Response:
    """What the piece is, and the music, in one multipart body. A waveform is known at the end, and yet comes first:
    then the music waits for it on disk."""
    body = body or MusicBody()
    song = await _prepare(request, options, body)
    boundary = secrets.token_hex(16)
    parts = _multipart(song, boundary, body)
    first = await anext(parts)
    headers = render_music.headers(song, body.ignored())
    return Streamed(first, parts, headers, f"multipart/mixed; boundary={boundary}")


@router.post("/detailed/stream", response_class=Response)
async def stream_detailed(request: Request, options: Given, body: MusicBody | None = None) -> Response:
    """What the piece is, and the music while it is played: as server-sent events to whoever accepts them, else as the
    official clients read it (api-facts §9.7)."""
    body = body or MusicBody()
    song = await _prepare(request, options, body)
    is_sse = _SSE in request.headers.get("accept", "")
    events = _written(_events(song, body), render_music.server_sent if is_sse else render_music.line)
    first = await anext(events)
    return Streamed(first, events, render_music.headers(song, body.ignored()), _SSE if is_sse else _NDJSON)


@router.post("/plan")
async def make_plan(request: Request, body: PlanRequestBody, enable_logging: Logging = True) -> dict[str, Any]:
    """A composition plan, which takes no credits."""
    key = await admit(request, "music_generation")
    if not enable_logging:
        require(key, "zero_retention")
    piece = await draft(house_of(request), key, body.read(), body.model_id)
    return render_music.plan(piece.plan, has_chunks(body.model_id))


async def _prepare(request: Request, options: Options, body: MusicBody) -> Song:
    key = await admit(request, "music_generation")
    if not options.enable_logging:
        require(key, "zero_retention")
    return Song(house_of(request), key, body.read(options.output_format))


async def _multipart(song: Song, boundary: str, body: MusicBody) -> AsyncGenerator[bytes, None]:
    async with aclosing(audio_of(song.chunks())) as pieces:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as spool:
            first = await anext(pieces)
            known = _known(song, body)
            if body.with_waveform_visual:
                spool.write(first)
                async for piece in pieces:
                    spool.write(piece)
                known["waveform_visual"] = song.waveform
                first = b""
            yield render_music.opening(boundary, known, song.format, song.request_id) + first
            spool.seek(0)
            while piece := spool.read(_PIECE_BYTES):
                yield piece
        async for piece in pieces:
            yield piece
        yield render_music.closing(boundary)


async def _written(events: AsyncGenerator[str, None], write: Callable[[str], bytes]) -> AsyncGenerator[bytes, None]:
    async with aclosing(events):
        async for event in events:
            yield write(event)


async def _events(song: Song, body: MusicBody) -> AsyncGenerator[str, None]:
    async with aclosing(audio_of(song.chunks())) as pieces:
        first = await anext(pieces)
        for kind, value in _known(song, body).items():
            yield render_music.event(kind, **{kind: value})
        yield render_music.audio_event(first)
        async for piece in pieces:
            yield render_music.audio_event(piece)
        rest = {"waveform_visual": song.waveform} if body.with_waveform_visual else {}
        yield render_music.event("completed", song_id=song.request_id, **rest)


def _known(song: Song, body: MusicBody) -> dict[str, Any]:
    words: dict[str, Any] = {"words_timestamps": []} if body.with_timestamps else {}  # nobody sings
    return render_music.details(song, has_chunks(body.model_id)) | words
