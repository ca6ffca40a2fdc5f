# SPDX-License-Identifier: GPL-3.0-or-later
"""What an engine makes, fetched at its own speed and handed on at the reader's."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Generic, TypeVar

from oscine.domain.problems import Problem

T = TypeVar("T")


class Drain(Generic[T]):
    """A task fetches items into memory, `items` hands them on as they come."""

    def __init__(self, source: AsyncGenerator[T, None]) -> None:
        self._queue: asyncio.Queue[T | BaseException | None] = asyncio.Queue()
        self._task = asyncio.create_task(self._fetch(source))

    async def _fetch(self, source: AsyncGenerator[T, None]) -> None:
        try:
            async with contextlib.aclosing(source) as items:
                async for item in items:
                    self._queue.put_nowait(item)
            self._queue.put_nowait(None)
        except BaseException as error:
            self._queue.put_nowait(error)
            if not isinstance(error, Problem):
                raise

    async def items(self) -> AsyncIterator[T]:
        while (item := await self._queue.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item

    async def cancel(self) -> None:
        self._task.cancel()
        await asyncio.wait({self._task})
        if not self._task.cancelled():
            self._task.exception()  # seen: whoever read the items has it
