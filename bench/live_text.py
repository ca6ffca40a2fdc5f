# SPDX-License-Identifier: GPL-3.0-or-later
"""Speech from text that is still being written: how soon it sounds, how many can speak, what an idle socket weighs.

python -m bench.live_text
"""

from __future__ import annotations

import asyncio
import base64
import json
import time
from contextlib import AsyncExitStack
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from bench.report import heading, ms, quantile, table
from bench.server import KEY, Server, running
from bench.texts import text

VOICE = "JBFqnCBsd6RMkjVDRZzb"
_RUNS = 40
_FORMATS = {"pcm_24000": 48_000, "mp3_44100_128": 16_000}
"""Bytes a second."""
_OPEN, _SPEAKING, _WORDS_A_SECOND = 200, 20, 5


def _open(server: Server, **query: str) -> connect:
    options = "&".join(f"{name}={value}" for name, value in query.items())
    url = f"ws://127.0.0.1:{server.port}/v1/text-to-speech/{VOICE}/stream-input?inactivity_timeout=180&{options}"
    return connect(url, additional_headers={"xi-api-key": KEY}, compression=None)


async def _send(socket: ClientConnection, **message: Any) -> None:
    await socket.send(json.dumps(message))


async def _audio(socket: ClientConnection) -> bytes:
    """Of the next frame that has any."""
    while not (audio := json.loads(await socket.recv()).get("audio")):
        pass
    return base64.b64decode(audio)


async def _drain(socket: ClientConnection) -> None:
    """Until nothing comes for a moment."""
    try:
        while True:
            async with asyncio.timeout(0.15):
                await socket.recv()
    except TimeoutError:
        return


async def _measure_first(server: Server, output_format: str, model: str) -> list[float]:
    """Seconds to the first audio after a flush."""
    waits = []
    async with _open(server, output_format=output_format, model_id=model) as socket:
        await _send(socket, text=" ")
        for run in range(_RUNS + 1):
            await _send(socket, text=text(60, run) + " ")
            began = time.perf_counter()
            await _send(socket, text=" ", flush=True)
            await _audio(socket)
            waits.append(time.perf_counter() - began)
            await _drain(socket)
    return waits[1:]


async def _measure_threshold(server: Server, output_format: str, model: str) -> list[float]:
    """Seconds to the first audio after the word that fills the schedule's first length."""
    waits = []
    for run in range(_RUNS + 1):
        async with _open(server, output_format=output_format, model_id=model) as socket:
            await _send(socket, text=" ")
            await _send(socket, text=text(115, run) + " ")
            began = time.perf_counter()
            await _send(socket, text="and on and on ")
            await _audio(socket)
            waits.append(time.perf_counter() - began)
    return waits[1:]


async def _speak(server: Server, output_format: str, number: int) -> tuple[float, float, float]:
    """Words as a model writes them. Returns first audio, the latest frame against real time, seconds of audio."""
    words = text(900, number).split()
    await asyncio.sleep(number / _SPEAKING)  # people do not start together
    async with _open(server, output_format=output_format, model_id="eleven_flash_v2_5") as socket:
        await _send(socket, text=" ", generation_config={"chunk_length_schedule": [50]})

        async def write() -> None:
            for word in words:
                await _send(socket, text=f"{word} ")
                await asyncio.sleep(1 / _WORDS_A_SECOND)
            await _send(socket, text="")

        began = time.perf_counter()
        writer = asyncio.create_task(write())
        first = late = played = 0.0
        async for data in socket:
            frame = json.loads(data)
            if not frame.get("audio"):
                continue
            now = time.perf_counter()
            first = first or now
            late = max(late, now - first - played)
            played += len(base64.b64decode(frame["audio"])) / _FORMATS[output_format]
        await writer
    return first - began, late, played


async def _measure_crowd(server: Server) -> None:
    await _measure_first(server, "pcm_24000", "eleven_flash_v2_5")  # whatever the first one of all loads
    async with AsyncExitStack() as stack:
        weights = []
        for _ in range(3):  # the first ones load what all of them share
            for _ in range((_OPEN - _SPEAKING) // 3):
                socket = await stack.enter_async_context(_open(server))
                await _send(socket, text=" ")
            await asyncio.sleep(1)
            weights.append(server.memory_mb()[0])
        spent = sum(server.cpu_s())
        await asyncio.sleep(5)
        share = (sum(server.cpu_s()) - spent) / 5
        each_kb = (weights[2] - weights[0]) * 1000 / ((_OPEN - _SPEAKING) // 3 * 2)
        print(f"{_OPEN - _SPEAKING} idle sockets: {each_kb:.0f} kB each, {share * 100:.1f} % of a core together\n")
        results = await asyncio.gather(*(_speak(server, "mp3_44100_128", number) for number in range(_SPEAKING)))
    audio = [seconds for _, _, seconds in results]
    print(
        f"{_OPEN} sockets, {_SPEAKING} of them speaking {min(audio):.0f}–{max(audio):.0f} s of mp3 at "
        f"{_WORDS_A_SECOND} words a second: latest frame {max(late for _, late, _ in results) * 1000:.1f} ms after "
        "real time\n"
    )


async def _measure(server: Server, engine: str) -> list[list[object]]:
    rows: list[list[object]] = []
    for model in ("eleven_flash_v2_5", "eleven_multilingual_v2"):
        for output_format in _FORMATS:
            for what, measure in (("flush", _measure_first), ("schedule", _measure_threshold)):
                waits = await measure(server, output_format, model)
                rows.append([engine, model, output_format, what, ms(quantile(waits, 0.5)), ms(quantile(waits, 0.95))])
    return rows


def main() -> None:
    heading(f"Live text: first audio, {_RUNS} times each, one at a time")
    rows = []
    for engine in ("espeak", "hts,espeak"):
        with running(OSCINE_SPEECH_ENGINES=engine) as server:
            rows += asyncio.run(_measure(server, engine))
    table(["engines", "model", "format", "after", "median", "p95"], rows)
    heading("Live text: many sockets")
    for engine in ("espeak", "hts,espeak"):
        print(f"engines {engine}")
        with running(OSCINE_SPEECH_ENGINES=engine) as server:
            asyncio.run(_measure_crowd(server))


if __name__ == "__main__":
    main()
