# SPDX-License-Identifier: GPL-3.0-or-later
"""What a piece is to be, as far as a prompt says so; the rest is chosen by seed."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from oscine.engines.band.genres import Genre, genres
from oscine.engines.band.instruments import instrument_words, named_by
from oscine.engines.band.prose import Prose, spoken_key, spoken_metre, spoken_tempo
from oscine.engines.band.theory import MODES, NOTE_NAMES, Metre
from oscine.engines.band.timing import SectionCue, read_timing

_FLAVOUR_FROM = 0.4
"""Share of the first genre's score from which another one lends a player."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A prompt, read."""

    genre: Genre
    flavours: tuple[Genre, ...]
    """Other genres that the prompt names; each lends a player."""
    tempo_bpm: float
    is_tempo_stated: bool
    tonic: int
    """Pitch class, 0 is C."""
    mode: str
    """A name of theory.SCALES."""
    metre: Metre
    energy: float
    """0 calm to 1 wild."""
    busyness: float
    """−0.5 sparse to 0.5 busy."""
    wanted: tuple[str, ...]
    """Instruments, drums, or `drums` for the kit."""
    unwanted: tuple[str, ...]
    is_exclusive: bool
    """Whether nobody plays but who is wanted (solo piano)."""
    sections: tuple[SectionCue, ...]
    """Those the prompt names, in order; none: the genre's form."""
    length_s: float | None
    """As the prompt says."""
    is_loop: bool
    arc: str
    """`rising`, `falling`, or empty: the genre's own."""
    fades_out: bool
    asks_for_voice: bool
    """Whether somebody is to sing or speak. The band is instrumental: it is for the caller to refuse."""

    @property
    def key(self) -> str:
        """`C major`, `F# minor`, `D dorian`."""
        return f"{NOTE_NAMES[self.tonic]} {self.mode}"

    @property
    def harmony(self) -> str:
        """`major` or `minor`."""
        return MODES.get(self.mode, "major")

    @property
    def title(self) -> str:
        return f"{self.genre.title} in {self.key}"

    def without_timing(self) -> Brief:
        """The same piece with a form and length of the band's own choice (respect_sections_durations false)."""
        sections = tuple(replace(cue, length_s=None, at_s=None) for cue in self.sections)
        return replace(self, sections=sections, length_s=None)


def read_brief(prompt: str, seed: int) -> Brief:
    """Read a prompt. What it leaves open is chosen by the seed.

    Never fails: a prompt that says nothing of music gets a piece that fits its mood, or else a pop song.
    Cost: O(length), about 2 ms for 4,100 characters.
    """
    prose = Prose(prompt)
    moods = [feelings()["moods"][word] for word in prose.said(feelings()["moods"])]
    valence = _mean([mood[0] for mood in moods])
    lift = _mean([mood[1] for mood in moods])
    ranking = _rank(prose, lift, valence)
    genre = ranking[0][0]
    chance = random.Random(f"brief {seed} {genre.name}")  # noqa: S311 - music, not secrets
    flavours = tuple(other for other, share in ranking[1:3] if share >= _FLAVOUR_FROM)
    wanted, unwanted = _instruments(prose)
    tonic, mode = spoken_key(prompt)
    tempo = spoken_tempo(prompt)
    timing = read_timing(prompt)
    return Brief(
        genre=genre,
        flavours=flavours,
        tempo_bpm=tempo or _choose_tempo(genre, prose, lift, chance),
        is_tempo_stated=tempo is not None,
        tonic=chance.choice((0, 2, 4, 5, 7, 9, 10, 3)) if tonic is None else tonic,
        mode=mode if mode in _known_modes() else _choose_mode(genre, mode, valence, moods, chance),
        metre=spoken_metre(prompt) or genre.metre,
        energy=min(1.0, max(0.0, genre.energy + 0.3 * lift)),
        busyness=max(
            -0.5, min(0.5, sum(feelings()["densities"][word] for word in prose.said(feelings()["densities"])))
        ),
        wanted=wanted,
        unwanted=unwanted,
        is_exclusive=bool(wanted) and prose.is_exclusive(wanted, instrument_words()),
        sections=timing.sections,
        length_s=timing.length_s,
        is_loop=timing.is_loop,
        arc=prose.arc(),
        fades_out=prose.has("fade out", "fades out", "fading out", "fade-out"),
        asks_for_voice=prose.asks_for_voice(),
    )


@cache
def feelings() -> dict[str, dict[str, Any]]:
    """The tables of moods.toml: words and what they mean."""
    return tomllib.loads(files(__package__).joinpath("moods.toml").read_text(encoding="utf-8"))


def _known_modes() -> tuple[str, ...]:
    return ("major", "minor", "dorian", "phrygian", "lydian", "mixolydian", "harmonic minor")


def _rank(prose: Prose, lift: float, valence: float) -> list[tuple[Genre, float]]:
    """Genres that are meant, the first first, each with its share of the first one's score."""
    scores = {genre.name: prose.score(genre.words) for genre in genres().values()}
    best = max(scores.values())
    if best <= 0:
        return [(genres()[_by_mood(lift, valence)], 1.0)]
    order = sorted(scores, key=lambda name: -scores[name])
    return [(genres()[name], scores[name] / best) for name in order if scores[name] > 0]


def _by_mood(lift: float, valence: float) -> str:
    """The genre that a mood alone suggests."""
    if lift <= -0.4:
        return "ambient"
    if valence <= -0.35:
        return "orchestral"
    return "rock" if lift >= 0.75 else "pop"


def _instruments(prose: Prose) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of those wanted, in the order of the prompt, and of those unwanted."""
    words = instrument_words()
    wanted = dict.fromkeys(name for word in prose.said(words) for name in words[word])
    unwanted = dict.fromkeys(name for word in prose.denied(words) for name in named_by(word))
    return tuple(name for name in wanted if name not in unwanted), tuple(unwanted)


def _choose_tempo(genre: Genre, prose: Prose, lift: float, chance: random.Random) -> float:
    slow, fast = genre.tempo
    words = [feelings()["tempos"][word] for word in prose.said(feelings()["tempos"])]
    place = _mean(words) if words else 0.5 + 0.35 * lift + chance.uniform(-0.2, 0.2)
    return round(max(40.0, min(220.0, slow + place * (fast - slow))))


def _choose_mode(genre: Genre, asked: str, valence: float, moods: list[Any], chance: random.Random) -> str:
    """asked: `major`- or `minor`-like word of the prompt, or empty."""
    named: list[str] = [mood[2] for mood in moods if mood[2]]
    if asked:
        return asked
    harmony = MODES.get(named[0], "major") if named and abs(valence) >= 0.15 else ""
    fitting = {
        mode: weight for mode, weight in genre.modes.items() if not harmony or MODES.get(mode, "major") == harmony
    }
    if not fitting:
        return named[0]
    return chance.choices(list(fitting), list(fitting.values()))[0]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
