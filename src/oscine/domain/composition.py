# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking for a piece of music, and what an engine makes of it: prompts, plans, pieces."""

from __future__ import annotations

import math
from dataclasses import dataclass

from oscine.domain.audio import AudioFormat
from oscine.domain.music import Section
from oscine.domain.sound import Stereo

SHORTEST_S, LONGEST_S = 3.0, 600.0
"""What a piece may last. Source: music_length_ms, reference/api-facts.md §9.7."""


@dataclass(frozen=True, slots=True)
class PlannedSection:
    name: str
    length_s: float
    positive_styles: tuple[str, ...] = ()
    """Of this section alone, in free words: `soft`, `only piano`, `drums enter`."""
    negative_styles: tuple[str, ...] = ()
    """What it is not to have."""
    lines: tuple[str, ...] = ()
    """Lyrics."""


@dataclass(frozen=True, slots=True)
class CompositionPlan:
    sections: tuple[PlannedSection, ...]
    positive_styles: tuple[str, ...] = ()
    """Of the whole piece."""
    negative_styles: tuple[str, ...] = ()

    @property
    def wishes(self) -> tuple[str, ...]:
        """All positive styles, those of the sections too."""
        return (*self.positive_styles, *(style for section in self.sections for style in section.positive_styles))

    @property
    def length_s(self) -> float:
        """Seconds, to the microsecond: sums of binary fractions stray beyond limits."""
        return round(math.fsum(section.length_s for section in self.sections), 6)


@dataclass(frozen=True, slots=True)
class MusicPrompt:
    """What an engine gets: a text, a plan, or a plan that a text changes."""

    text: str = ""
    plan: CompositionPlan | None = None
    seconds: float | None = None
    """3–600; None: as the text or the plan says, or else as suits the piece."""
    is_instrumental: bool = False
    """Whether voices that the text asks for are left out, rather than sung or refused."""
    keeps_sections: bool = True
    """Whether the lengths that text or plan give the sections are kept, not fitted to the music."""
    wants_midi: bool = False


@dataclass(frozen=True, slots=True)
class MusicRequest:
    """What a caller asked, in our terms."""

    prompt: MusicPrompt
    model_id: str
    format: AudioFormat
    seed: int | None = None
    kept_s: tuple[float, float] | None = None
    """From which second up to which it is wanted; None: all of it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a piece is, known before it sounds."""

    title: str
    seconds: float
    """Exact length."""
    tempo_bpm: float
    """Beats a minute, the beat being the lower number of the metre."""
    key: str
    """`C major`, `F# minor`."""
    metre: tuple[int, int]
    """Beats in a bar, and which note a beat is: (6, 8)."""
    plan: CompositionPlan
    """The plan by which it is played, whoever made it."""
    sections: tuple[Section, ...] = ()
    genres: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    """Words that change nothing."""
    midi: bytes = b""
    """A Standard MIDI File, if it was asked for."""


@dataclass(frozen=True, slots=True)
class MusicTake:
    """A stretch of a piece; without samples it is a sign of life."""

    samples: Stereo
    rate: int
    """Hertz."""
    reading: Piece | None = None
    """With the first take of a piece, which has no samples, and with no other."""
