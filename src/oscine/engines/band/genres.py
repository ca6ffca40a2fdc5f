# SPDX-License-Identifier: GPL-3.0-or-later
"""The genres, read from the tables in genres/. docs/music.md says how to write one.

Figures are read a character a sixteenth, in bars of four beats, which other metres cut or repeat; `|` parts the bars:

    .  rest          -  hold            x  play, or the whole chord   X  louder   o  softer   ?  now and then
    1–8  chords: that note of the voicing from below; bass: that degree above the root
    w  bass: a step on the way to the next chord      a  bass: the semitone below the next root
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from oscine.engines.band.theory import Metre

Role = Literal["melody", "counter", "chords", "pad", "bass", "drums"]
Groove = dict[str, str]
"""Drum name → figure of a bar or more."""


@dataclass(frozen=True, slots=True)
class Chair:
    """A place in the band: what it does, and which instruments may sit there."""

    role: Role
    instruments: tuple[str, ...]
    """One is chosen by chance; names of instruments.toml."""
    figures: tuple[str, ...] = ()
    """From calm to busy; the section's intensity chooses. A melody has its genre's rhythms instead."""
    register: tuple[int, int] = (48, 72)
    """Lowest and highest key, within the instrument's own range."""
    voices: int = 3
    """Notes in a chord."""
    plays: tuple[float, float] = (0.0, 1.0)
    """Intensities of sections between which the chair is heard."""
    velocity: int = 80
    gain_db: float = 0.0
    pan: float = 0.0
    reverb: float = 0.3
    chorus: float = 0.0
    length: float = 0.95
    """How much of its written length a note sounds."""
    strum_ms: float = 0.0
    """From the lowest to the highest note of a chord."""
    has_pedal: bool = False
    swells: bool = False
    is_flavour: bool = False
    """Whether it joins another genre's band when the prompt names both."""


@dataclass(frozen=True, slots=True)
class Drums:
    """What the drummer knows."""

    grooves: tuple[Groove, ...]
    """From light to full."""
    fills: tuple[Groove, ...] = ()
    plays: tuple[float, float] = (0.25, 1.0)
    velocity: int = 92
    gain_db: float = 0.0
    reverb: float = 0.15
    program: int = 0
    crashes: bool = True


@dataclass(frozen=True, slots=True)
class Genre:
    """All that makes a genre itself."""

    name: str
    title: str
    words: dict[str, float]
    """What a prompt says when it means this genre → how strongly."""
    tempo: tuple[float, float]
    """Beats a minute, slowest and fastest."""
    modes: dict[str, float]
    """Scale → weight."""
    progressions: dict[str, tuple[str, ...]]
    """`major` and `minor` → chords, a word a bar; a comma parts the chords of one bar."""
    form: tuple[tuple[str, int], ...]
    """Sections and their bars."""
    chairs: tuple[Chair, ...]
    rhythms: tuple[str, ...]
    """Of the melody, a bar each."""
    metre: Metre = field(default_factory=lambda: Metre(4, 4))
    swing: float = 0.5
    """Where the off-beat falls between two beats: 0.5 straight, 0.667 triplets."""
    swings_sixteenths: bool = False
    melody_scales: dict[str, str] = field(default_factory=dict)
    """`major` or `minor` → the scale of melodies, where it is not the key's."""
    leap: float = 0.2
    """How often a melody leaps."""
    rest: float = 0.1
    """How often a melody keeps silent for a bar."""
    bars_a_chord: int = 1
    unit: int = 4
    """Sections last a multiple of so many bars."""
    timing_ms: float = 6.0
    """How far players are off the grid, standard deviation."""
    energy: float = 0.5
    drums: Drums | None = None


@cache
def genres() -> dict[str, Genre]:
    """All genres by name."""
    tables = sorted(files(__package__).joinpath("genres").iterdir(), key=lambda table: table.name)
    names = [table.name.removesuffix(".toml") for table in tables]
    return {
        name: _read(name, tomllib.loads(table.read_text(encoding="utf-8")))
        for name, table in zip(names, tables, strict=True)
    }


def _read(name: str, row: dict[str, Any]) -> Genre:
    row["form"] = tuple((section.split()[0], int(section.split()[1])) for section in row["form"])
    row["metre"] = Metre(*row.get("metre", (4, 4)))
    row["progressions"] = {mode: tuple(lines) for mode, lines in row["progressions"].items()}
    row["chairs"] = tuple(Chair(**_tuples(chair)) for chair in row["chairs"])
    if "drums" in row:
        row["drums"] = Drums(**_tuples(row["drums"]))
    return Genre(name=name, **_tuples(row))


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
