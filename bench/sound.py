# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast sound effects are made on one core: scripts/bench sound"""

from __future__ import annotations

import statistics
import time

from rich.console import Console
from rich.table import Table

from oscine.domain.sound import SoundPrompt
from oscine.engines.foley import FoleyEngine
from oscine.engines.foley.recipes import RECIPES

PROMPTS = (
    "distant thunder, then heavy rain on a tin roof",
    "dog barking while a car passes",
    "footsteps on gravel",
    "thunderstorm",
    "applause in a cathedral",
    "explosion",
    "spacious braam",
    "typing on a keyboard",
    "police siren passing by",
)
_RUNS = 3
_SECONDS = 10.0


def main() -> None:
    engine = FoleyEngine()
    run(engine, SoundPrompt("rain in a hall", 1.0))  # filters are designed once
    table = Table("prompt", "first audio", "× real time", "as a loop", box=None)
    for text in PROMPTS:
        first_s, factor = run(engine, SoundPrompt(text, _SECONDS))
        _, looped = run(engine, SoundPrompt(text, _SECONDS, is_loop=True))
        table.add_row(text, f"{first_s * 1000:.0f} ms", f"{factor:.0f}", f"{looped:.0f}")
    Console().print(table)
    all_recipes = [(recipe.name, *run(engine, SoundPrompt(recipe.name, _SECONDS), 1)) for recipe in RECIPES]
    slowest = min(all_recipes, key=lambda row: row[2])
    latest = max(all_recipes, key=lambda row: row[1])
    print(
        f"\n{len(all_recipes)} recipes, {_SECONDS:g} s each: median {statistics.median(r[2] for r in all_recipes):.0f}"
    )
    print(f"times real time, slowest {slowest[0]} with {slowest[2]:.0f}; latest first audio {latest[0]},", end=" ")
    print(f"{latest[1] * 1000:.0f} ms")


def run(engine: FoleyEngine, prompt: SoundPrompt, runs: int = _RUNS) -> tuple[float, float]:
    """Seconds to the first take and seconds of sound a second, medians."""
    firsts, factors = [], []
    for seed in range(runs):
        began = time.perf_counter()
        takes = engine.make(prompt, seed)
        frames = len(next(takes).samples)
        firsts.append(time.perf_counter() - began)
        frames += sum(len(take.samples) for take in takes)
        factors.append(frames / 44100 / (time.perf_counter() - began))
    return statistics.median(firsts), statistics.median(factors)
