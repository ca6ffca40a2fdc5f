# SPDX-License-Identifier: GPL-3.0-or-later
"""History as files: as they were sent or as WAV, one by one or packed."""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
import zipfile
from collections.abc import AsyncGenerator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from typing import IO

import av
import structlog

from oscine import codecs
from oscine.codecs.decode import to_wav
from oscine.domain.audio import FORMATS
from oscine.domain.generation import HistoryItem
from oscine.domain.problems import AudioMissing
from oscine.store.blobs import Blobs

log = structlog.get_logger(__name__)

_threads = ThreadPoolExecutor(2, thread_name_prefix="decode")
"""Conversions at once; more wait."""
_LOOKUPS = 16
_IN_MEMORY_BYTES = 8 << 20
_PIECE_BYTES = 256 << 10


async def check(blobs: Blobs, items: Sequence[HistoryItem]) -> None:
    """Make sure that the audio of all of them is there and whole, before a first byte is sent. Raises: AudioMissing."""

    places = asyncio.Semaphore(_LOOKUPS)

    async def look(item: HistoryItem) -> None:
        async with places:
            try:
                size = await blobs.size(f"{item.blob}/audio")
            except KeyError:
                raise _lost(item) from None
        if size != item.audio_bytes:
            raise _lost(item)

    await asyncio.gather(*map(look, items))


async def audio(blobs: Blobs, item: HistoryItem, *, is_wav: bool = False) -> AsyncGenerator[bytes, None]:
    """The item's file piece by piece. is_wav: converted, unless it is WAV already. Raises: AudioMissing."""
    if is_wav and FORMATS[item.output_format].codec != "wav":
        async with aclosing(_converted(blobs, item)) as pieces:
            async for piece in pieces:
                yield piece
        return
    try:
        async for piece in blobs.stream(f"{item.blob}/audio"):
            yield piece
    except KeyError:
        raise _lost(item) from None


def file_name(item: HistoryItem, *, is_wav: bool = False) -> str:
    """Of letters, digits and one dot; no two items have the same."""
    return f"{item.id}.{'wav' if is_wav else codecs.extension(FORMATS[item.output_format])}"


async def packed(blobs: Blobs, items: Sequence[HistoryItem], *, is_wav: bool = False) -> AsyncGenerator[bytes, None]:
    """A zip archive, made while it is sent: one folder a voice. Audio is not compressed once more."""
    tray = _Tray()
    with zipfile.ZipFile(tray, "w") as archive:  # type: ignore[call-overload]
        for item in items:
            entry = zipfile.ZipInfo(
                f"{item.voice_id}/{file_name(item, is_wav=is_wav)}", time.gmtime(item.created_ms / 1000)[:6]
            )
            with archive.open(entry, "w", force_zip64=True) as file:
                async with aclosing(audio(blobs, item, is_wav=is_wav)) as pieces:
                    async for piece in pieces:
                        file.write(piece)
                        yield tray.take()
    yield tray.take()


async def _converted(blobs: Blobs, item: HistoryItem) -> AsyncGenerator[bytes, None]:
    gone = threading.Event()
    with (
        tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as source,
        tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as target,
    ):
        async with aclosing(audio(blobs, item)) as pieces:
            async for piece in pieces:
                source.write(piece)
        source.seek(0)
        working = asyncio.get_running_loop().run_in_executor(_threads, _convert, source, item, target, gone)
        try:
            await asyncio.shield(working)
        except asyncio.CancelledError:  # the files must outlive the thread that works on them
            gone.set()
            await asyncio.wait({working})
            raise
        except av.FFmpegError as error:
            raise _lost(item) from error
        while piece := target.read(_PIECE_BYTES):
            yield piece


def _convert(source: IO[bytes], item: HistoryItem, target: IO[bytes], gone: threading.Event) -> None:
    for _ in to_wav(source, FORMATS[item.output_format], target):
        if gone.is_set():
            return


def _lost(item: HistoryItem) -> AudioMissing:
    log.warning("history.audio_missing", history_item_id=item.id)
    return AudioMissing(
        f"The audio of the history item {item.id!r} is not in the store any more. Delete the item, or leave it out.",
        parameter="history_item_id",
    )


class _Tray:
    """Where the archive writes, and what has not been sent yet."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, piece: bytes) -> int:
        self._written += piece
        return len(piece)

    def flush(self) -> None: ...

    def take(self) -> bytes:
        taken = bytes(self._written)
        self._written.clear()
        return taken
