# SPDX-License-Identifier: GPL-3.0-or-later
"""Music: speed, loudness, memory, and whether a machine hears what the prompt says: scripts/bench music"""

from __future__ import annotations

import math
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from bench.listening import Features, are_kin, hear, is_tempo, key_of, separate, tempo_bpm
from bench.report import heading, table
from oscine.domain.loudness import integrate_lufs
from oscine.domain.music import Score, Stereo
from oscine.engines.band import compose, read_brief
from oscine.engines.band.engine import BandEngine
from oscine.engines.band.genres import genres
from oscine.engines.band.limiter import CEILING_DBTP
from oscine.engines.band.loudness import block_powers

RATE = 44100
SPEED_S, HEARD_S, SEEDS = 180.0, 30.0, (1, 2, 3)
TEMPOS = (84, 96, 100, 112, 120, 126, 132, 140, 150, 168)
KEYS = ("C major", "A minor", "F# minor", "Bb major", "E minor", "Ab major")
INSTRUMENTS = ("flute", "cello", "sitar", "harp", "trumpet", "banjo", "accordion", "violin", "marimba", "choir")


@dataclass(frozen=True, slots=True)
class Played:
    sound: Stereo
    first_s: float
    """Processor time to the first block."""
    spent_s: float


def play(engine: BandEngine, score: Score) -> Played:
    start = time.process_time()
    blocks = engine.play(score)
    kept = [next(blocks)]
    first_s = time.process_time() - start
    kept += blocks
    spent_s = time.process_time() - start
    return Played(np.concatenate(kept, axis=1), first_s, spent_s)


def true_peak_db(sound: Stereo) -> float:
    pieces = (sound[:, at : at + RATE * 10] for at in range(0, sound.shape[1], RATE * 10))
    return 20 * math.log10(max(float(np.abs(resample_poly(piece, 4, 1, axis=1)).max()) for piece in pieces))


def main() -> None:
    heading("Music")
    _speed()
    _prompts()
    _genres()
    print("\nResident memory at most, of a process that writes and plays one piece:", end=" ")
    print(", ".join(f"{seconds:g} s {_peak_mb(seconds):.0f} MB" for seconds in (30.0, 180.0, 600.0)))


def _speed() -> None:
    rows = []
    for name, genre in genres().items():
        score = compose(read_brief(genre.title, 1), SPEED_S, 1)
        played = play(BandEngine(), score)
        assert played.sound.shape[1] == round(SPEED_S * RATE)
        lufs, peak_db = integrate_lufs(block_powers(played.sound, RATE)), true_peak_db(played.sound)
        notes = sum(len(part.notes) for part in score.parts)
        rows.append((name, notes, f"{played.first_s:.2f} s", f"{SPEED_S / played.spent_s:.0f} ×", lufs, peak_db))
    print(f"{SPEED_S:g} s of each genre, cold cache, processor time of one core; ceiling {CEILING_DBTP:g} dBTP\n")
    columns = ("genre", "notes", "first block", "of real time", "LUFS", "dBTP")
    table(columns, [(*row[:4], f"{row[4]:.2f}", f"{row[5]:.2f}") for row in rows])


def _prompts() -> None:
    """Whether what is asked for is heard, each genre with other tempos, keys and instruments."""
    engine, keys, tempos, players = BandEngine(), cycle(KEYS), cycle(TEMPOS), cycle(INSTRUMENTS)
    rows = []
    for name, genre in genres().items():
        for seed in SEEDS[:2]:
            key, bpm, player = next(keys), next(tempos), next(players)
            brief = read_brief(f"{genre.title} at {bpm} bpm in {key} with {player}", seed)
            score = compose(brief, HEARD_S, seed)
            sound = play(engine, score).sound
            notes = sum(len(part.notes) for part in score.parts if part.name.startswith(player))
            rows.append((name, bpm, tempo_bpm(sound, RATE), key, key_of(sound, RATE), player, notes))
    print(f"\n{len(rows)} prompts “GENRE at TEMPO in KEY with INSTRUMENT”, {HEARD_S:g} s each, heard by machine\n")
    columns = ("genre", "asked", "heard", "asked", "heard", "instrument", "notes")
    table(columns, [(*row[:2], f"{row[2]:.1f}", *row[3:]) for row in rows])
    share = 100 / len(rows)
    print(f"\ntempo within 3 %: {share * sum(abs(row[2] / row[1] - 1) <= 0.03 for row in rows):.0f} %,", end=" ")
    print(f"or a simple ratio of it: {share * sum(is_tempo(row[2], row[1]) for row in rows):.0f} %;", end=" ")
    print(f"key: {share * sum(row[3] == row[4] for row in rows):.0f} %,", end=" ")
    print(f"or one with the same tones: {share * sum(are_kin(row[3], row[4]) for row in rows):.0f} %;", end=" ")
    print(f"instrument plays: {share * sum(row[6] > 0 for row in rows):.0f} %")


def _genres() -> None:
    engine = BandEngine()
    heard: dict[str, list[Features]] = {}
    for name, genre in genres().items():
        scores = (compose(read_brief(genre.title, seed), HEARD_S, seed) for seed in SEEDS)
        heard[name] = [hear(play(engine, score).sound, RATE) for score in scores]
    print(f"\nWhat tells genres apart: medians of {len(SEEDS)} pieces of {HEARD_S:g} s\n")
    columns = [column for column in Features.__slots__ if column != "octaves"]
    rows = [[np.median([getattr(row, column) for row in each]) for column in columns] for each in heard.values()]
    table(
        ("genre", *columns), [(name, *(f"{value:.3g}" for value in row)) for name, row in zip(heard, rows, strict=True)]
    )
    share, mixed = separate(heard)
    pairs = len(heard) * (len(heard) - 1) // 2
    print(f"\n{100 * share:.0f} % of the pieces are nearest to one of their own genre;", end=" ")
    print(f"{pairs - len(mixed)} of {pairs} pairs of genres are told apart, not", end=" ")
    print(", ".join(f"{one} and {other}" for one, other in mixed) or "none")


def _peak_mb(seconds: float) -> float:
    done = subprocess.run([sys.executable, "-m", "bench.music", str(seconds)], capture_output=True, check=True)
    return float(done.stdout)


def _play_one(seconds: float) -> None:
    """In a process of its own: metal, which has the most notes, played and thrown away."""
    for _block in BandEngine().play(compose(read_brief("metal", 1), seconds, 1)):
        pass
    # not getrusage, which counts what the process was before it was this one
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(int(peak.split()[1]) / 1024)


if __name__ == "__main__":
    _play_one(float(sys.argv[1])) if len(sys.argv) > 1 else main()
