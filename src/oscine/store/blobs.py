# SPDX-License-Identifier: GPL-3.0-or-later
"""Where audio is kept: a local folder by default, an S3-compatible store by URL.

Names are made by this server, never by a caller.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

from oscine.domain.problems import BlobsUnavailable

if TYPE_CHECKING:
    from obstore import GetOptions
    from obstore.store import ClientConfig, RetryConfig

_PIECE_BYTES = 256 << 10
_LISTED_AT_ONCE = 1000
_CLIENT: ClientConfig = {
    "connect_timeout": timedelta(seconds=3),
    "timeout": timedelta(seconds=60),
    "allow_http": True,  # where the operator's own address says http
}
_RETRIES: RetryConfig = {"max_retries": 2, "retry_timeout": timedelta(seconds=10)}
"""Callers wait for the end of a write: a store that is away must say so soon."""


@dataclass(frozen=True, slots=True)
class Blob:
    """One that is there, as a listing shows it."""

    name: str
    written: datetime


class Blobs:
    """Every method raises BlobsUnavailable where the store does not answer or does not let us."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    @classmethod
    async def open(cls, url: str | None, folder: Path) -> Blobs:
        """Reach the store, so that a wrong address is found at the start and not by the first caller.

        url: `s3://bucket/prefix` or another that obstore reads, its credentials in the environment as for any client
        of that store; None: `folder`, made for its owner alone. Raises: BlobsUnavailable.
        """
        if url is None:
            return cls(_open_folder(folder))
        try:
            blobs = cls(from_url(url, client_options=_CLIENT, retry_config=_RETRIES))
            # In a thread of ours: one of obstore's may still hold the error when the process ends, and abort it.
            await asyncio.to_thread(
                lambda: next(iter(obstore.list(blobs._store, prefix="reachable", chunk_size=1)), None)
            )
        except (BaseError, OSError, ValueError, TypeError) as error:
            raise BlobsUnavailable(f"OSCINE_BLOB_URL cannot be used: {_reason(error)}") from error
        return blobs

    async def put(self, name: str, content: bytes | IO[bytes]) -> None:
        """Write a blob whole; nobody ever sees half of it."""
        with _translated():
            await obstore.put_async(self._store, name, content)

    async def create(self, name: str, content: bytes | IO[bytes]) -> bool:
        """As `put`, but what is there stays there. Returns whether it was written."""
        with _translated():
            try:
                await obstore.put_async(self._store, name, content, mode="create")
            except AlreadyExistsError:
                return False
        return True

    async def get(self, name: str) -> bytes:
        """A blob whole. Raises: KeyError where there is none."""
        with _translated():
            answer = await obstore.get_async(self._store, name)
            return bytes(await answer.bytes_async())

    async def size(self, name: str) -> int:
        """Bytes of a blob. Raises: KeyError where there is none."""
        with _translated():
            return (await obstore.head_async(self._store, name))["size"]

    async def stream(self, name: str, start: int = 0, end: int | None = None) -> AsyncGenerator[bytes, None]:
        """A blob piece by piece, from one byte up to another; one that is deleted meanwhile breaks off at worst.

        Raises: KeyError where there is none.
        """
        span: GetOptions = {"range": (start, end) if end is not None else {"offset": start}}
        with _translated():
            answer = await obstore.get_async(self._store, name, options=span if start or end is not None else None)
            async for piece in answer.stream(min_chunk_size=_PIECE_BYTES):
                yield bytes(piece)

    async def listing(self, prefix: str) -> AsyncIterator[list[Blob]]:
        """Those under a folder, many at a time."""
        with _translated():
            async for page in obstore.list(self._store, prefix=prefix, chunk_size=_LISTED_AT_ONCE):
                yield [Blob(entry["path"], entry["last_modified"]) for entry in page]

    async def delete(self, *names: str) -> None:
        """Blobs that are not there count as deleted."""
        for name in names:
            try:
                with _translated():
                    await obstore.delete_async(self._store, name)
            except KeyError:
                continue


def _open_folder(folder: Path) -> LocalStore:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        return LocalStore(folder, automatic_cleanup=True)
    except (OSError, BaseError) as error:
        raise BlobsUnavailable(f"The folder {folder} cannot be used for audio: {_reason(error)}") from error


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotFoundError) as error:
        raise KeyError from error
    except (BaseError, OSError) as error:
        raise BlobsUnavailable("The store of audio cannot be reached. Try again later.") from error


def _reason(error: BaseException) -> str:
    """The store's own words: its first line, without the trail of attempts."""
    return str(error).strip().splitlines()[0][:300]
