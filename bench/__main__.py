# SPDX-License-Identifier: GPL-3.0-or-later
"""scripts/bench NAME …"""

from __future__ import annotations

import importlib
import sys

BENCHMARKS = {
    "first_audio": "how long until there is sound, at three lengths and in three formats",
    "throughput": "requests a second, and CPU against the bare engine's",
    "health": "/health under load, and how overload is refused",
    "sound": "sound effects: first audio and speed of every family, and of loops; where they lie",
    "jobs": "queued jobs: how soon they begin, how many a second, beside ten thousand that are done (minutes)",
    "music": "music: speed, loudness, memory, and whether a machine hears what prompts say (minutes)",
    "endurance": "memory and files over ten thousand requests (minutes)",
    "live_text": "how soon text sounds that is still being written, and many sockets at once",
    "soundfont": "our SoundFont synthesiser beside libfluidsynth, and how fast it is",
    "voices": "how well the voices are understood, and how far apart they sound (minutes)",
}


def main() -> None:
    names = sys.argv[1:]
    if not names or not set(names) <= BENCHMARKS.keys() | {"all"}:
        print("usage: scripts/bench all | NAME …\n")
        for name, purpose in BENCHMARKS.items():
            print(f"  {name:12} {purpose}")
        raise SystemExit(0 if not names else 2)
    for name in BENCHMARKS if "all" in names else names:
        importlib.import_module(f"bench.{name}").main()


main()
