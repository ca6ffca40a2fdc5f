# SPDX-License-Identifier: GPL-3.0-or-later
"""Where links lead: outputs of jobs, whole or in part, for whoever holds the link. No dialect has a say in it."""

from __future__ import annotations

import hashlib
import re
import time

from fastapi import APIRouter, Request, Response
from starlette.responses import PlainTextResponse

from oscine.domain.problems import BlobsUnavailable
from oscine.http.streamed import Streamed
from oscine.pipeline.house import House
from oscine.store.blobs import Blobs
from oscine.store.links import Linked, LinkExpired, LinkInvalid

router = APIRouter(tags=["media"])

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@router.get("/media/{token}/{file_name}", response_class=Response)
@router.head("/media/{token}/{file_name}", response_class=Response, include_in_schema=False)
async def fetch(token: str, file_name: str, request: Request) -> Response:
    """The file, or the one range of it that is asked for."""
    house: House = request.app.state.house
    try:
        linked = house.links.follow(token, file_name)
        return await _serve(linked, house.blobs, request)
    except LinkInvalid as error:
        return _say(404, str(error))
    except LinkExpired as error:
        return _say(410, str(error))
    except KeyError:
        return _say(410, "This file has been deleted. Have it made again.")
    except BlobsUnavailable as problem:
        return _say(503, problem.message)


async def _serve(linked: Linked, blobs: Blobs, request: Request) -> Response:
    """Raises: KeyError where the blob is gone, BlobsUnavailable."""
    size = await blobs.size(linked.blob)
    headers = _headers(linked)
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    start, end, status = 0, size, 200
    if request.headers.get("if-range", headers["etag"]) == headers["etag"]:
        wanted = _read_range(request.headers.get("range", ""), size)
        if wanted == (0, 0):
            return PlainTextResponse(
                f"The file has {size} bytes; the range lies beyond.", 416, {"content-range": f"bytes */{size}"}
            )
        if wanted is not None:
            (start, end), status = wanted, 206
            headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
    headers["content-length"] = str(end - start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=linked.media_type)
    pieces = blobs.stream(linked.blob, start, end)
    return Streamed(await anext(pieces, b""), pieces, headers, linked.media_type, status)


def _headers(linked: Linked) -> dict[str, str]:
    age_s = max(0, int(linked.expires_unix - time.time()))
    return {
        "accept-ranges": "bytes",
        "cache-control": f"private, max-age={age_s}, immutable",
        "etag": f'"{hashlib.sha256(linked.blob.encode()).hexdigest()[:32]}"',
        "x-content-type-options": "nosniff",
    }


def _read_range(given: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; (0, 0): there are none such; None: the whole file, as for several ranges
    and for what is none (RFC 9110 §14.2 lets a server choose)."""
    found = _RANGE.fullmatch(given.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        start, end = max(0, size - int(found[2])), size
    else:
        start, end = int(found[1]), min(size, int(found[2]) + 1 if found[2] else size)
        if found[2] and int(found[2]) < start:
            return None
    return (start, end) if start < end else (0, 0)


def _say(status: int, message: str) -> Response:
    return PlainTextResponse(message + "\n", status, {"cache-control": "no-store"})
