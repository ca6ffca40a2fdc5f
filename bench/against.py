# SPDX-License-Identifier: GPL-3.0-or-later
"""First byte and last of this source against another's, asked in turn, so that noise meets both alike.

git worktree add OTHER COMMIT; python -m bench.against OTHER [--engines espeak]
"""

from __future__ import annotations

import argparse
import asyncio
import os
from pathlib import Path

from bench.client import Connection
from bench.report import heading, ms, quantile, table
from bench.server import KEY, Server, running
from bench.texts import text

_VOICE = "JBFqnCBsd6RMkjVDRZzb"
_RUNS = 80
_WARM = 3
_MODEL = "eleven_flash_v2_5"


async def _measure(servers: tuple[Server, Server]) -> list[list[object]]:
    rows: list[list[object]] = []
    async with Connection(servers[0].port, KEY) as other, Connection(servers[1].port, KEY) as ours:
        for output_format in ("pcm_24000", "mp3_44100_128"):
            for length in (60, 300):
                first: list[list[float]] = [[], []]
                last: list[list[float]] = [[], []]
                for run in range(_RUNS + _WARM):
                    for side in (0, 1) if run % 2 else (1, 0):
                        connection = (other, ours)[side]
                        answer = await connection.speak(text(length, run), _VOICE, output_format, model_id=_MODEL)
                        if run >= _WARM:
                            first[side].append(answer.arrivals[0][0])
                            last[side].append(answer.total_s)
                medians = [quantile(times, 0.5) for times in (*first, *last)]
                rows.append([output_format, length, *map(ms, medians)])
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path, help="work tree to compare with")
    parser.add_argument("--engines", default="hts,espeak")
    given = parser.parse_args()
    heading(f"First and last byte of {_MODEL} with {given.engines}, {_RUNS} requests each, in turn")
    here = Path(__file__).parents[1]
    sources = [
        f"{tree.resolve() / 'src'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}" for tree in (given.other, here)
    ]
    with (
        running(PYTHONPATH=sources[0], OSCINE_SPEECH_ENGINES=given.engines) as other,
        running(PYTHONPATH=sources[1], OSCINE_SPEECH_ENGINES=given.engines) as ours,
    ):
        rows = asyncio.run(_measure((other, ours)))
    table(["format", "characters", "first, other", "first, this", "last, other", "last, this"], rows)


if __name__ == "__main__":
    main()
