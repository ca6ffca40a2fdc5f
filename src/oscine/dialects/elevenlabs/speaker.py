# SPDX-License-Identifier: GPL-3.0-or-later
"""Says what one stream of text has to say, one thing after the other, and sends it.

Without work there is no task; a reader that is slow holds up this speaker and no other.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import aclosing

from oscine.dialects.elevenlabs import render_live
from oscine.dialects.elevenlabs.text_stream import Dropped, Ended, Opened, Paused, Spoken, TextStream
from oscine.pipeline.pairing import Part
from oscine.pipeline.session import LiveSpeech

Job = Opened | Spoken | Paused | Ended | Dropped


class Speaker:
    def __init__(
        self,
        stream: TextStream,
        tasks: asyncio.TaskGroup,
        *,
        open_speech: Callable[[TextStream], Awaitable[LiveSpeech]],
        send: Callable[[str], Awaitable[None]],
        leave: Callable[[TextStream], Awaitable[None]],
        runs_on: bool,
    ) -> None:
        """tasks: where work goes on, and fails. open_speech: raises Problem. leave: called when all is said. runs_on:
        whether times count from the start of the stream."""
        self._stream = stream
        self._tasks = tasks
        self._open_speech = open_speech
        self._send = send
        self._leave = leave
        self._runs_on = runs_on
        self._speech: LiveSpeech | None = None
        self._jobs: deque[Job] = deque()
        self._task: asyncio.Task[None] | None = None
        self.waiting = 0
        """Characters that are not spoken yet."""

    @property
    def is_busy(self) -> bool:
        return self._task is not None

    def put(self, job: Job) -> None:
        self._jobs.append(job)
        self.waiting += len(job.text) if isinstance(job, Spoken) else 0
        if self._task is None:
            self._task = self._tasks.create_task(self._work(None))

    def interrupt(self) -> None:
        """Stop at once, say no more, and leave."""
        self._jobs.clear()
        self._jobs.append(Dropped(self._stream))
        self.waiting = 0
        if self._task is not None:
            self._task.cancel()
        self._task = self._tasks.create_task(self._work(self._task))

    async def keep(self) -> None:
        """Keep what was heard, if that is not done yet."""
        if self._speech is not None:
            await self._speech.keep()

    async def _work(self, before: asyncio.Task[None] | None) -> None:
        """before: a task that is being cancelled."""
        if before is not None:
            await asyncio.wait({before})
        while self._jobs:
            await self._do(self._jobs.popleft())
        self._task = None

    async def _do(self, job: Job) -> None:
        if isinstance(job, Opened):
            self._speech = await self._open_speech(self._stream)
            return
        speech = self._speech
        if isinstance(job, Spoken) and speech is not None:
            async with aclosing(speech.speak(job.text, job.open_end)) as parts:
                async for part in parts:
                    await self._send_part(part)
            self.waiting -= len(job.text)
        elif isinstance(job, Paused) and speech is not None:
            for part in await speech.pause():
                await self._send_part(part)
        else:
            if isinstance(job, Ended) and speech is not None:
                for part in await speech.close():
                    await self._send_part(part)
            await self._send(render_live.final(self._stream.context_id))
            await self.keep()
            await self._leave(self._stream)

    async def _send_part(self, part: Part) -> None:
        await self._send(render_live.audio(part, self._stream.context_id, runs_on=self._runs_on))
