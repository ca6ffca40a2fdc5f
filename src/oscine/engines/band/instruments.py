# SPDX-License-Identifier: GPL-3.0-or-later
"""The instruments of General MIDI that the band plays: programs, ranges and what people call them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from oscine.engines.band.genres import Role


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument with a program, or a drum with a key of the kit."""

    name: str
    program: int
    """0–127, General MIDI."""
    low: int
    """Lowest key it plays, in its good range."""
    high: int
    roles: tuple[Role, ...]
    """What it does when a prompt asks for it, the first that is free."""
    words: tuple[str, ...]
    """Other names."""
    gain_db: float = 0.0
    """What makes it about as loud as the others."""


DRUMS: dict[str, int] = {
    "kick": 36, "rim": 37, "snare": 38, "clap": 39, "hat": 42, "pedal": 44, "open": 46, "crash": 49, "ride": 51,
    "bell": 53, "china": 52, "splash": 55, "tom1": 50, "tom2": 47, "tom3": 45, "tom4": 41, "tambourine": 54,
    "cowbell": 56, "bongo1": 60, "bongo2": 61, "conga0": 62, "conga1": 63, "conga2": 64, "timbale1": 65,
    "timbale2": 66, "agogo1": 67, "agogo2": 68, "cabasa": 69, "maracas": 70, "guiro": 73, "claves": 75,
    "block1": 76, "block2": 77, "triangle": 81, "shaker": 82,
}  # fmt: skip
"""Drum name → key of the General MIDI percussion map; toms and pairs from high to low."""

ASKED_DRUMS: dict[str, dict[str, str]] = {
    "congas": {"conga1": "..x..x....x..x..", "conga2": "......xx......x."},
    "bongos": {"bongo1": "x.oxx.oxx.oxx.ox", "bongo2": "..x...x...x...x."},
    "tambourine": {"tambourine": "..x...x.o.x...xo"},
    "shaker": {"shaker": "xoXoxoXoxoXoxoXo"},
    "cowbell": {"cowbell": "x.x.x.x.x.x.x.x."},
    "claves": {"claves": "x..x..x...x.x..."},
    "claps": {"clap": "....x.......x..."},
    "hi-hats": {"hat": "x.o.x.o.x.o.x.o."},
    "cymbals": {"ride": "x...x...x...x..."},
    "triangle": {"triangle": "x.....o.x......."},
    "wood block": {"block1": "x..x..x.x..x..x.", "block2": "......x..x......"},
    "maracas": {"maracas": "x.x.x.xxx.x.x.xx"},
    "agogo": {"agogo1": "x.x...x.x.x...x.", "agogo2": "....x.......x..."},
    "toms": {"tom3": "x.......x..o....", "tom4": "......x.......x."},
}
"""What a percussionist plays when a prompt asks for one: lines for the kit, sixteenths."""
_ASKED_DRUM_WORDS = {
    "congas": "congas conga", "bongos": "bongos bongo", "tambourine": "tambourine tambourines",
    "shaker": "shaker shakers", "cowbell": "cowbell cowbells", "claves": "claves clave",
    "claps": "claps handclaps,hand claps,clapping", "hi-hats": "hi-hats,hi-hat,hihats,hihat,hats",
    "cymbals": "cymbals cymbal,ride cymbal", "triangle": "triangle", "wood block": "wood block,woodblocks,woodblock",
    "maracas": "maracas", "agogo": "agogo agogos", "toms": "toms,tom-toms,tom toms",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Tables:
    instruments: dict[str, Instrument]
    families: dict[str, tuple[str, ...]]


@cache
def _tables() -> _Tables:
    rows = tomllib.loads(files(__package__).joinpath("instruments.toml").read_text(encoding="utf-8"))
    gains = rows["gains"]
    instruments = {
        name: Instrument(name, program, low, high, _roles(roles), tuple(words), gains.get(name, 0.0))
        for name, (program, low, high, roles, words) in rows["instruments"].items()
    }
    return _Tables(instruments, {name: tuple(members) for name, members in rows["families"].items()})


def _roles(line: str) -> tuple[Role, ...]:
    return cast("tuple[Role, ...]", tuple(line.split()))


def find_instrument(name: str) -> Instrument:
    """Raises: KeyError."""
    return _tables().instruments[name]


@cache
def instrument_words() -> dict[str, tuple[str, ...]]:
    """What a prompt may say → names of instruments, drums of ASKED_DRUMS and `drums`, the whole kit."""
    tables = _tables()
    words = {word: (name,) for name, each in tables.instruments.items() for word in (name, *each.words)}
    for name, line in _ASKED_DRUM_WORDS.items():
        words.update({word.strip(): (name,) for word in (name, *(line.split(",") if "," in line else line.split()))})
    return words | tables.families


@cache
def named_by(word: str) -> tuple[str, ...]:
    """All that somebody may mean who does not want a thing called so: no guitar is no guitar of any kind."""
    kin = (name for name, each in _tables().instruments.items() if word in name.split() or word in each.words)
    return tuple(dict.fromkeys((*instrument_words()[word], *kin)))
