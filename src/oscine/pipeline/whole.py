# SPDX-License-Identifier: GPL-3.0-or-later
"""Files whose first bytes depend on their last: a WAV header holds the length."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncGenerator
from contextlib import aclosing

from oscine.codecs import header
from oscine.domain.alignment import Alignment
from oscine.domain.audio import AudioFormat
from oscine.pipeline.finish import Chunk

_IN_MEMORY_BYTES = 8 << 20
_PIECE_BYTES = 256 << 10


async def whole_file(chunks: AsyncGenerator[Chunk, None], audio_format: AudioFormat) -> AsyncGenerator[Chunk, None]:
    """The chunks of a file that is complete in itself.

    WAV is collected first (on disk where it is large, in a file without a name); other formats go out as they come.
    """
    async with aclosing(chunks):
        if audio_format.codec != "wav":
            async for chunk in chunks:
                yield chunk
            return
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as spool:
            async for chunk in chunks:
                spool.write(chunk.audio)
                yield Chunk(b"", chunk.alignment, chunk.normalized)
            body_bytes = spool.tell() - len(header(audio_format, None))
            opening = header(audio_format, body_bytes // (2 * audio_format.channels))
            yield Chunk(opening, Alignment(), Alignment())
            spool.seek(len(opening))
            while piece := spool.read(_PIECE_BYTES):
                yield Chunk(piece, Alignment(), Alignment())
