# SPDX-License-Identifier: GPL-3.0-or-later
"""Pipecat's own ElevenLabs services against a live server. Arguments: URL KEY."""

from __future__ import annotations

import asyncio
import sys
from itertools import pairwise
from typing import Any

import aiohttp
from pipecat.frames.frames import (
    EndFrame,
    ErrorFrame,
    InterruptionFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    LLMTextFrame,
    TTSAudioRawFrame,
    TTSStoppedFrame,
    TTSTextFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.runner import PipelineRunner
from pipecat.pipeline.task import PipelineParams, PipelineTask
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.services.elevenlabs.tts import ElevenLabsHttpTTSService, ElevenLabsTTSService
from pipecat.services.tts_service import TextAggregationMode

VOICE = "JBFqnCBsd6RMkjVDRZzb"
RATE = 24000
PIECES = [
    "The first move is what sets ",
    "everything in motion. Then it costs ",
    "$5, and nobody asks why. All is said.",
]


class Listener(FrameProcessor):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.errors: list[str] = []
        self.begin()

    def begin(self) -> None:
        self.audio_bytes = 0
        self.words: list[tuple[str, int]] = []
        self.stopped = asyncio.Event()

    async def process_frame(self, frame: Any, direction: Any) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, TTSAudioRawFrame):
            self.audio_bytes += len(frame.audio)
        elif isinstance(frame, TTSTextFrame):
            self.words.append((frame.text, frame.pts))
        elif isinstance(frame, TTSStoppedFrame):
            self.stopped.set()
        elif isinstance(frame, ErrorFrame):
            self.errors.append(frame.error)
        await self.push_frame(frame, direction)


def turn(pieces: list[str]) -> list[Any]:
    return [LLMFullResponseStartFrame(), *map(LLMTextFrame, pieces), LLMFullResponseEndFrame()]


async def check(name: str, service: Any, pieces: list[str], first: list[str] | None = None) -> None:
    """first: what is said before, and interrupted."""
    listener = Listener()
    task = PipelineTask(
        Pipeline([service, listener]),
        params=PipelineParams(audio_out_sample_rate=RATE),
        cancel_on_idle_timeout=False,
    )
    running = asyncio.create_task(PipelineRunner(handle_sigint=False).run(task))
    await asyncio.sleep(0.6)
    if first is not None:
        await task.queue_frames(turn(first))
        await asyncio.sleep(0.3)
        await task.queue_frames([InterruptionFrame()])
        await asyncio.sleep(0.3)
        listener.begin()
    await task.queue_frames(turn(pieces))
    await asyncio.wait_for(listener.stopped.wait(), 15)
    await asyncio.sleep(0.3)
    said = " ".join(word for word, _ in listener.words)
    assert said.split() == "".join(pieces).split(), (name, said)
    assert all(before <= after for (_, before), (_, after) in pairwise(listener.words)), name
    assert listener.audio_bytes > RATE, name
    assert listener.errors == [], (name, listener.errors)
    await task.queue_frames([EndFrame()])
    await asyncio.wait_for(running, 15)
    print(f"pipecat, {name}: {len(said.split())} words in {listener.audio_bytes / 2 / RATE:.2f} s")


async def main(url: str, key: str) -> None:
    def live(**given: Any) -> Any:
        settings = ElevenLabsTTSService.Settings(voice=VOICE)
        return ElevenLabsTTSService(api_key=key, url=url.replace("http", "ws", 1), settings=settings, **given)

    await check("sentences", live(), PIECES)
    tokens = "The first| move| is| what| sets| everything| in| motion.| All| is| said.".split("|")
    await check("tokens", live(text_aggregation_mode=TextAggregationMode.TOKEN), tokens)
    await check("after an interruption", live(), ["After that."], ["A long sentence that will be cut off soon. "] * 20)
    async with aiohttp.ClientSession() as session:
        settings = ElevenLabsHttpTTSService.Settings(voice=VOICE)
        service = ElevenLabsHttpTTSService(api_key=key, base_url=url, aiohttp_session=session, settings=settings)
        await check("over HTTP", service, PIECES)


asyncio.run(main(*sys.argv[1:]))
