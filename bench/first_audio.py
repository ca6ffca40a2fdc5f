# SPDX-License-Identifier: GPL-3.0-or-later
"""How long until there is sound: the first bytes that a decoder turns into samples.

python -m bench.first_audio [--model eleven_flash_v2_5]
"""

from __future__ import annotations

import argparse
import asyncio
import io

import av

from bench.client import Answer, Connection
from bench.report import heading, ms, quantile, table
from bench.server import KEY, Server, running
from bench.texts import text

VOICE = "JBFqnCBsd6RMkjVDRZzb"
_RUNS = 40
_LENGTHS = (60, 300, 2000)
_FORMATS = ("pcm_24000", "mp3_44100_128", "opus_48000_64")


def _is_decodable(data: bytes, codec: str) -> bool:
    if codec == "pcm":
        return len(data) >= 2
    try:
        with av.open(io.BytesIO(data), "r") as container:
            return any(frame.samples for frame in container.decode(audio=0))
    except (av.error.FFmpegError, IndexError):
        return False


def first_decodable_s(answer: Answer, codec: str) -> float:
    """When the shortest decodable beginning of the body had arrived, to the piece that came over the wire."""
    for seconds, size in answer.arrivals:
        if _is_decodable(bytes(answer.body[:size]), codec):
            return seconds
    raise ValueError("nothing in the answer can be decoded")


async def _measure(server: Server, model: str) -> list[list[object]]:
    rows: list[list[object]] = []
    async with Connection(server.port, KEY) as connection:
        for output_format in _FORMATS:
            medians = []
            for length in _LENGTHS:
                answers = [
                    await connection.speak(text(length, run), VOICE, output_format, model_id=model)
                    for run in range(_RUNS + 1)
                ][1:]
                first = [first_decodable_s(answer, output_format.split("_")[0]) for answer in answers]
                total = [answer.total_s for answer in answers]
                medians.append(quantile(first, 0.5))
                rows.append(
                    [
                        output_format,
                        length,
                        ms(quantile(first, 0.5)),
                        ms(quantile(first, 0.95)),
                        ms(quantile(total, 0.5)),
                        f"{medians[-1] / medians[0]:.2f}",
                    ]
                )
    return rows


def main(model: str = "eleven_multilingual_v2") -> None:
    heading(f"First decodable audio of {model} on /stream, {_RUNS} requests each, one at a time")
    with running() as server:
        rows = asyncio.run(_measure(server, model))
        print(f"start to /ready: {server.ready_s:.2f} s\n")
    table(["format", "characters", "median", "p95", "last byte, median", "against 60 characters"], rows)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--model", default="eleven_multilingual_v2")
    main(options.parse_args().model)
