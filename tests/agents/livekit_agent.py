# SPDX-License-Identifier: GPL-3.0-or-later
"""LiveKit's own ElevenLabs plugin against a live server. Arguments: URL KEY."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import aiohttp
from livekit.plugins import elevenlabs

PIECES = [
    "The first move is what sets ",
    "everything in motion. Then ",
    "it costs $5, and nobody ",
    "asks why. All is said.",
]


async def speak(tts: Any, pieces: list[str]) -> tuple[float, list[Any]]:
    """Seconds of audio, and the words with their times."""
    seconds = 0.0
    words: list[Any] = []
    async with tts.stream() as stream:

        async def feed() -> None:
            for piece in pieces:
                stream.push_text(piece)
                await asyncio.sleep(0.02)
            stream.end_input()

        feeding = asyncio.create_task(feed())
        async for event in stream:
            seconds += event.frame.duration
            words += event.frame.userdata.get("lk.timed_transcripts") or []
        await feeding
    return seconds, words


def check(name: str, pieces: list[str], seconds: float, words: list[Any]) -> None:
    said = "".join(map(str, words)).split()
    assert said == "".join(pieces).split(), (name, said)
    starts = [word.start_time for word in words]
    assert starts == sorted(starts), (name, starts)
    assert words[-1].end_time <= seconds + 0.1, (name, words[-1].end_time, seconds)
    print(f"livekit, {name}: {len(said)} words in {seconds:.2f} s")


async def main(url: str, key: str) -> None:
    async with aiohttp.ClientSession() as session:
        tts = elevenlabs.TTS(api_key=key, base_url=f"{url}/v1", http_session=session)
        assert len(await tts.list_voices()) >= 21
        tts.prewarm()
        await asyncio.sleep(0.3)
        check("a stream", PIECES, *await speak(tts, PIECES))
        several = [[f"This is stream number {i}. It goes on for a little while."] for i in range(4)]
        for pieces, heard in zip(several, await asyncio.gather(*(speak(tts, p) for p in several)), strict=True):
            check("four at once on one socket", pieces, *heard)
        stream = tts.stream()
        stream.push_text("A long sentence that will be cut. " * 20)
        stream.end_input()
        async for _ in stream:
            break
        await stream.aclose()
        check("after an interruption", ["After that. "], *await speak(tts, ["After that. "]))
        async with tts.synthesize("Over plain HTTP.") as whole:
            seconds = sum([event.frame.duration async for event in whole])
        assert seconds > 0.8
        print(f"livekit, over HTTP: {seconds:.2f} s")
        await tts.aclose()
        patient = elevenlabs.TTS(
            api_key=key, base_url=f"{url}/v1", http_session=session, auto_mode=False, chunk_length_schedule=[50, 80]
        )
        check("without auto_mode", PIECES, *await speak(patient, PIECES))
        await patient.aclose()


asyncio.run(main(*sys.argv[1:]))
