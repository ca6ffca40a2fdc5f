# SPDX-License-Identifier: GPL-3.0-or-later
"""History: list, one item, its audio, download, delete."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response

from oscine.dialects.elevenlabs import render_history as render
from oscine.dialects.elevenlabs.gate import Route, admit, house_of
from oscine.dialects.elevenlabs.problems import refuse_download
from oscine.dialects.elevenlabs.schema_history import DownloadBody, HistoryListing
from oscine.domain.account import Key
from oscine.http.streamed import Streamed
from oscine.pipeline import download as files
from oscine.pipeline.forget import forget
from oscine.pipeline.house import House
from oscine.pipeline.record import unpack_alignments


class DownloadRoute(Route):
    refuse = staticmethod(refuse_download)


router = APIRouter(prefix="/v1/history", route_class=Route, tags=["history"])
_downloads = APIRouter(route_class=DownloadRoute)


@router.get("", response_class=Response)
async def list_history(request: Request, listing: Annotated[HistoryListing, Query()]) -> Response:
    """The account's items, page by page; times of characters come with the single item only."""
    key = await admit(request, "speech_history_read")
    found = await house_of(request).history.page(
        key.account_id,
        listing.read(),
        after=listing.start_after_history_item_id or None,
        is_descending=listing.sort_direction != "asc",
        limit=listing.page_size + 1,
    )
    return _json(render.page(found[: listing.page_size], has_more=len(found) > listing.page_size))


@router.get("/{history_item_id}", response_class=Response)
async def get_item(history_item_id: str, request: Request) -> Response:
    """One item with the times of its characters."""
    key = await admit(request, "speech_history_read")
    house = house_of(request)
    entry = await house.history.get(key.account_id, history_item_id)
    try:
        times = unpack_alignments(await house.blobs.get(f"{entry.blob}/alignments"))
    except KeyError:
        times = None
    return _json(render.item(entry, times))


@router.delete("/{history_item_id}")
async def delete_item(history_item_id: str, request: Request) -> dict[str, str]:
    """Forget an item and its audio."""
    key = await admit(request, "speech_history_write")
    house = house_of(request)
    await forget(house.history, house.blobs, key.account_id, history_item_id)
    return {"status": "ok"}


@router.get("/{history_item_id}/audio", response_class=Response)
async def get_audio(history_item_id: str, request: Request) -> Response:
    """The audio file as it was sent."""
    key = await admit(request, "speech_history_read")
    house = house_of(request)
    entry = await house.history.get(key.account_id, history_item_id)
    await files.check(house.blobs, [entry])
    headers = {"content-length": str(entry.audio_bytes)}
    return await _send(files.audio(house.blobs, entry), headers, entry.content_type)


@_downloads.post("/download", response_class=Response)
async def download(body: DownloadBody, request: Request) -> Response:
    """One item as its file, several packed into a zip archive."""
    key = await admit(request, "speech_history_read")
    house = house_of(request)
    ids, is_wav = body.read_ids(), body.is_wav()
    entries = await house.history.get_all(key.account_id, ids)
    await files.check(house.blobs, entries)
    if len(body.history_item_ids) > 1:
        pieces, name, media_type = files.packed(house.blobs, entries, is_wav=is_wav), "history.zip", "application/zip"
    else:
        [entry] = entries
        pieces, name = files.audio(house.blobs, entry, is_wav=is_wav), files.file_name(entry, is_wav=is_wav)
        media_type = "audio/wav" if is_wav else entry.content_type
    if is_wav:
        pieces = _placed(house, key, pieces)
    return await _send(pieces, {"content-disposition": f'attachment; filename="{name}"'}, media_type)


router.include_router(_downloads)


async def _placed(house: House, key: Key, pieces: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """A conversion takes a place like a generation. Raises: KeyBusy, ServerBusy."""
    async with aclosing(pieces), house.admission.enter(key.id, key.concurrency):
        async for piece in pieces:
            yield piece


def _json(content: dict[str, Any]) -> Response:
    """Without FastAPI's own way, which takes long over long lists of times."""
    return Response(orjson.dumps(content), media_type="application/json")


async def _send(pieces: AsyncGenerator[bytes, None], headers: dict[str, str], media_type: str) -> Response:
    """Pulls the first piece, so that what goes wrong before it still gets a status of its own."""
    return Streamed(await anext(pieces), pieces, headers, media_type)
