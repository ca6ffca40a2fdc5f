# SPDX-License-Identifier: GPL-3.0-or-later
"""What is kept of a generation: its audio and the times of its characters, put by while they are sent."""

from __future__ import annotations

import asyncio
import tempfile
import time
import zlib
from typing import Any

import orjson
import structlog

from oscine import codecs
from oscine.domain.alignment import Alignment
from oscine.domain.audio import AudioFormat
from oscine.pipeline.finish import Chunk
from oscine.store.blobs import Blobs

log = structlog.get_logger(__name__)

BLOBS = "history"
"""The folder of all of it in the blob store."""
_IN_MEMORY_BYTES = 1 << 20


class Recorder:
    """Listens to one response. Closed by `close`, which forgets what was not stored."""

    def __init__(self, audio_format: AudioFormat) -> None:
        self._format = audio_format
        self._spool = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115 - closed by `close`
        self._times: list[tuple[Alignment, Alignment]] = []
        self.audio_bytes = 0

    def hear(self, chunk: Chunk) -> None:
        self._spool.write(chunk.audio)
        self.audio_bytes += len(chunk.audio)
        if len(chunk.alignment) or len(chunk.normalized):
            self._times.append((chunk.alignment, chunk.normalized))

    @property
    def text(self) -> str:
        """What was heard, as sent."""
        return "".join(character for times, _ in self._times for character in times.characters)

    async def store(self, blobs: Blobs, blob: str) -> None:
        """Write `<blob>/audio`, a file complete in itself, and `<blob>/alignments`."""
        if self._format.codec == "wav":
            self._spool.seek(0)
            opening = len(codecs.header(self._format, None))
            self._spool.write(codecs.header(self._format, (self.audio_bytes - opening) // 2))
        self._spool.seek(0)
        await blobs.put(f"{blob}/audio", self._spool)
        await blobs.put(f"{blob}/alignments", await asyncio.to_thread(pack_alignments, self._times))

    def close(self) -> None:
        self._spool.close()
        self._times.clear()


def blob_name(item_id: str) -> str:
    """By day, so that no folder grows without end."""
    return f"{BLOBS}/{time.strftime('%Y-%m-%d', time.gmtime())}/{item_id}"


def pack_alignments(parts: list[tuple[Alignment, Alignment]]) -> bytes:
    """As compressed JSON."""
    whole = [
        {
            "characters": [c for part in parts for c in part[i].characters],
            "starts_s": [round(t, 4) for part in parts for t in part[i].starts_s],
            "ends_s": [round(t, 4) for part in parts for t in part[i].ends_s],
        }
        for i in (0, 1)
    ]
    return zlib.compress(orjson.dumps(whole), 1)


def unpack_alignments(packed: bytes) -> tuple[Alignment, Alignment]:
    """As sent, as spoken."""
    whole: list[dict[str, Any]] = orjson.loads(zlib.decompress(packed))
    return Alignment(**whole[0]), Alignment(**whole[1])
