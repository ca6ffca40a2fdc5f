# SPDX-License-Identifier: GPL-3.0-or-later
"""Where audio is kept: a local folder by default, an S3-compatible store by URL.

Names are made by this server, never by a caller.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO

import obstore
from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

_PIECE_BYTES = 256 << 10


class Blobs:
    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    @classmethod
    def open(cls, url: str | None, folder: Path) -> Blobs:
        """url: `s3://bucket/prefix` or another that obstore reads, its credentials in the environment as for any
        client of that store; None: `folder`, made for its owner alone. Raises: ValueError for a URL it cannot read."""
        if url is not None:
            try:
                return cls(from_url(url))
            except Exception as error:
                raise ValueError(f"blob_url cannot be used: {str(error).splitlines()[0]}") from error
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(LocalStore(folder, automatic_cleanup=True))

    async def put(self, name: str, content: bytes | IO[bytes]) -> None:
        """Write a blob whole; nobody ever sees half of it."""
        await obstore.put_async(self._store, name, content)

    async def get(self, name: str) -> bytes:
        """A blob whole. Raises: KeyError where there is none."""
        try:
            answer = await obstore.get_async(self._store, name)
        except (FileNotFoundError, NotFoundError) as error:
            raise KeyError(name) from error
        return bytes(await answer.bytes_async())

    async def stream(self, name: str) -> AsyncIterator[bytes]:
        """A blob piece by piece. Raises: KeyError where there is none."""
        try:
            answer = await obstore.get_async(self._store, name)
        except (FileNotFoundError, NotFoundError) as error:
            raise KeyError(name) from error
        async for piece in answer.stream(min_chunk_size=_PIECE_BYTES):
            yield bytes(piece)

    async def delete(self, *names: str) -> None:
        """Blobs that are not there count as deleted."""
        for name in names:
            try:
                await obstore.delete_async(self._store, name)
            except (FileNotFoundError, NotFoundError):
                continue
