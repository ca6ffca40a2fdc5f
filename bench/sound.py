# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast sound effects are made, and whether they lie where they should: scripts/bench sound

Figures are of processor time on one core, so that other work on the machine counts little.
"""

from __future__ import annotations

import statistics
import time

import numpy as np

from bench.report import heading, ms, table
from oscine.domain.sound import SoundPrompt, Stereo
from oscine.engines.foley import FoleyEngine, recipes
from oscine.engines.foley.hand import Recipe
from oscine.engines.foley.primitives import RATE

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
FAMILIES = (
    *("nature", "animals", "people", "doors", "impacts"),
    *("things", "machines", "signals", "screens", "fantasy"),
)
EXPECTED: dict[str, tuple[tuple[float, float], tuple[float, float], tuple[float, float]]] = {
    "distant thunder": ((15, 220), (0.5, 9), (0, 2)),
    "explosion": ((20, 500), (0.8, 9), (0, 2)),
    "ocean waves": ((60, 2000), (0.2, 0.9), (0, 1)),
    "heavy rain": ((2500, 9500), (0, 0.25), (0, 1)),
    "fire": ((100, 3000), (0.02, 0.6), (0, 12)),
    "wind": ((100, 1500), (0.05, 0.9), (0, 1)),
    "glass shattering": ((2000, 11000), (0.8, 9), (0, 3)),
    "a glass clinking": ((1500, 8000), (0.5, 9), (0.3, 3)),
    "coins": ((2500, 14000), (0.3, 9), (0.5, 5)),
    "footsteps on stone": ((100, 3000), (0.5, 9), (1.6, 2.1)),
    "clock ticking": ((2000, 9000), (0.8, 9), (1.9, 2.1)),
    "heartbeat": ((20, 140), (0.5, 9), (1.8, 2.6)),
    "dog barking": ((400, 2500), (0.5, 9), (1, 3)),
    "birds": ((2000, 6500), (0.4, 9), (1, 9)),
    "crickets": ((3500, 6500), (0.1, 0.8), (0, 6)),
    "applause": ((1200, 6000), (0, 0.3), (0, 2)),
    "tractor": ((20, 500), (0, 0.4), (0, 14)),
    "helicopter": ((30, 1200), (0, 0.5), (0, 13)),
    "ship horn": ((60, 450), (0.2, 9), (0, 1)),
    "laser": ((500, 4500), (0.2, 9), (0.5, 4)),
}
"""Prompt → centroid (hertz), unevenness (deviation of the level every 100 ms over its mean), onsets a second."""
_RUNS = 3
_SECONDS, _LOOP_S = 10.0, 30.0


def main() -> None:
    engine = FoleyEngine()
    run(engine, SoundPrompt("rain in a hall", 1.0))  # filters are designed once
    heading(f"Sound effects of {_SECONDS:g} s, loops of {_LOOP_S:g} s")
    rows = []
    for text in PROMPTS:
        first_s, factor = run(engine, SoundPrompt(text, _SECONDS))
        loop_first_s, looped = run(engine, SoundPrompt(text, _LOOP_S, is_loop=True))
        rows.append((text, ms(first_s), f"{factor:.0f}", ms(loop_first_s), f"{looped:.0f}"))
    table(("prompt", "first audio", "× real time", "first audio of a loop", "× real time"), rows)
    heading("All recipes, by family")
    table(("family", "sounds", "× real time: median, slowest", "latest first audio", "of a loop"), _families(engine))
    heading("Where sounds lie; expected in brackets")
    table(("prompt", "centroid, Hz", "unevenness", "onsets a second"), _places(engine))


def run(engine: FoleyEngine, prompt: SoundPrompt, runs: int = _RUNS) -> tuple[float, float]:
    """Seconds to the first take and seconds of sound a second, medians."""
    firsts, factors = [], []
    for seed in range(runs):
        began = time.process_time()
        takes = engine.make(prompt, seed)
        frames = len(next(takes).samples)
        firsts.append(time.process_time() - began)
        frames += sum(len(take.samples) for take in takes)
        factors.append(frames / RATE / (time.process_time() - began))
    return statistics.median(firsts), statistics.median(factors)


def _families(engine: FoleyEngine) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    whole: list[tuple[float, float, float, str]] = []
    for family in FAMILIES:
        listed: tuple[Recipe, ...] = getattr(recipes, family).RECIPES
        found = []
        for recipe in listed:
            loop_first_s, _ = run(engine, SoundPrompt(recipe.name, _LOOP_S, is_loop=True), 1)
            found.append((*run(engine, SoundPrompt(recipe.name, _SECONDS), 1), loop_first_s, recipe.name))
        whole += found
        rows.append(_family(family, found))
    return [*rows, _family("all", whole)]


def _family(name: str, found: list[tuple[float, float, float, str]]) -> tuple[object, ...]:
    slowest = min(found, key=lambda row: row[1])
    latest, latest_loop = max(found), max(found, key=lambda row: row[2])
    median = statistics.median(row[1] for row in found)
    return (
        *(name, len(found), f"{median:.0f}, {slowest[1]:.0f} ({slowest[3]})"),
        *(f"{ms(latest[0])} ({latest[3]})", f"{ms(latest_loop[2])} ({latest_loop[3]})"),
    )


def _places(engine: FoleyEngine) -> list[tuple[str, ...]]:
    rows = []
    for text, wanted in EXPECTED.items():
        samples = np.concatenate([take.samples for take in engine.make(SoundPrompt(text, 6.0, 0.5), 1)])
        found = (centroid_hz(samples), unevenness(samples), len(onsets(samples)) / 6)
        cells = [
            f"{value:,.{0 if high > 20 else 2}f} ({low:g}–{high:g})" + ("" if low <= value <= high else " **outside**")
            for value, (low, high) in zip(found, wanted, strict=True)
        ]
        rows.append((text, *cells))
    return rows


def centroid_hz(samples: Stereo) -> float:
    power = np.square(np.abs(np.fft.rfft(samples.mean(axis=1))))
    return float((power * np.fft.rfftfreq(len(samples), 1 / RATE)).sum() / power.sum())


def unevenness(samples: Stereo) -> float:
    levels = _levels(samples, RATE // 10)[2:-6]
    return float(levels.std() / levels.mean())


def onsets(samples: Stereo) -> list[float]:
    """Seconds at which the level jumps from a pause."""
    levels = _levels(samples, RATE // 200)
    top = levels.max()
    found: list[float] = []
    for place in np.flatnonzero(levels > 0.25 * top).tolist():
        before = levels[max(0, place - 8) : place]
        if (not len(before) or before.min() < 0.12 * top) and (not found or place * 0.005 - found[-1] > 0.18):
            found.append(place * 0.005)
    return found


def _levels(samples: Stereo, hop: int) -> Stereo:
    power = np.square(samples).mean(axis=1)
    levels: Stereo = np.sqrt(power[: len(power) // hop * hop].reshape(-1, hop).mean(axis=1))
    return levels
