# SPDX-License-Identifier: GPL-3.0-or-later
"""A piece of music as it is written down: who plays which note when. Times are seconds from the beginning."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Stereo = NDArray[np.float32]
"""Left and right, shape (2, frames), in [-1, 1]."""

PITCH_BEND = 128
"""The number of a `Control` that bends the pitch; 0 to 127 are the controllers of MIDI."""


@dataclass(frozen=True, slots=True)
class Note:
    start_s: float
    length_s: float
    """From key down to key up; what sounds after it is the instrument's business."""
    key: int
    """0–127; 60 is middle C. In a drum part, which drum (General MIDI)."""
    velocity: int
    """1–127."""


@dataclass(frozen=True, slots=True)
class Control:
    """A controller moved to a value, in force until it is moved again."""

    at_s: float
    number: int
    """0–127, the controllers of MIDI (1 modulation, 7 volume, 10 pan, 11 expression, 64 sustain, 91 reverb,
    93 chorus), or PITCH_BEND."""
    value: int
    """0–127; for PITCH_BEND −8192 to 8191, which is two semitones down or up."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one player plays."""

    name: str
    program: int
    """0–127, General MIDI's instruments counted from 0; for drums the kit."""
    is_drums: bool
    notes: tuple[Note, ...]
    controls: tuple[Control, ...] = ()
    gain_db: float = 0.0
    pan: float = 0.0
    """−1 left to 1 right."""
    reverb: float = 0.3
    """0–1; how much goes to the room."""
    chorus: float = 0.0
    """0–1."""


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    start_s: float
    length_s: float


@dataclass(frozen=True, slots=True)
class Score:
    parts: tuple[Part, ...]
    length_s: float
    """Of the sound too: what would ring on after it is faded and cut, or heard at the beginning of a loop."""
    tempo_bpm: float
    """Beats a minute, the beat being the lower number of the metre."""
    key: str
    """`C major`, `F# minor`."""
    metre: tuple[int, int]
    """Beats in a bar, and which note a beat is: (6, 8)."""
    title: str = ""
    sections: tuple[Section, ...] = ()
    is_loop: bool = False
    """Whether the end leads back into the beginning."""
