# SPDX-License-Identifier: GPL-3.0-or-later
"""Scales, chords and metres, as numbers.

A pitch class counts semitones above C (0–11); a key is a MIDI key (60 is middle C).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

SCALES: dict[str, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
    "major pentatonic": (0, 2, 4, 7, 9),
    "minor pentatonic": (0, 3, 5, 7, 10),
    "blues": (0, 3, 5, 6, 7, 10),
}
"""Semitones above the tonic."""

MODES = {"minor": "minor", "dorian": "minor", "phrygian": "minor", "harmonic minor": "minor"}
"""Scales whose harmony is minor; all others are major."""

NOTE_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")

_QUALITIES: dict[str, tuple[int, ...]] = {
    "": (0, 4, 7),
    "m": (0, 3, 7),
    "5": (0, 7),
    "6": (0, 4, 7, 9),
    "m6": (0, 3, 7, 9),
    "m13": (0, 3, 10, 14, 21),
    "7": (0, 4, 7, 10),
    "m7": (0, 3, 7, 10),
    "maj7": (0, 4, 7, 11),
    "mmaj7": (0, 3, 7, 11),
    "9": (0, 4, 7, 10, 14),
    "m9": (0, 3, 7, 10, 14),
    "maj9": (0, 4, 7, 11, 14),
    "add9": (0, 4, 7, 14),
    "madd9": (0, 3, 7, 14),
    "13": (0, 4, 10, 14, 21),
    "sus2": (0, 2, 7),
    "sus4": (0, 5, 7),
    "o": (0, 3, 6),
    "o7": (0, 3, 6, 9),
    "h7": (0, 3, 6, 10),
}
"""Semitones above the root; o is diminished, h half-diminished."""
_DEGREES = {"i": 0, "ii": 2, "iii": 4, "iv": 5, "v": 7, "vi": 9, "vii": 11}
_NUMERAL = re.compile(r"([b#]?)([IViv]+)([a-z0-9]*)")


@dataclass(frozen=True, slots=True)
class Chord:
    """Pitch classes that sound together, the root first."""

    root: int
    tones: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Metre:
    """How a bar is counted. In compound metres (6/8, 9/8, 12/8) the beat is the dotted quarter."""

    numerator: int
    denominator: int

    @property
    def is_compound(self) -> bool:
        return self.denominator == 8 and self.numerator % 3 == 0 and self.numerator > 3

    @property
    def beats(self) -> float:
        """Beats in a bar as felt: quarters, or dotted quarters."""
        if self.is_compound:
            return self.numerator / 3
        return self.numerator * 4 / self.denominator


@lru_cache(maxsize=1024)
def read_numeral(numeral: str, tonic: int) -> Chord:
    """The chord of a Roman numeral, whose degree counts in the major scale: `bVI` in C is A flat in every mode.

    Upper case is major, lower case minor; what follows names a quality. Raises: ValueError.
    """
    match = _NUMERAL.fullmatch(numeral)
    if match is None:
        raise ValueError(f"{numeral!r} is no chord.")
    accidental, degree, quality = match.groups()
    is_plain = quality in ("o", "o7", "h7", "5", "sus2", "sus4")
    if degree.islower() and not is_plain and (not quality.startswith("m") or quality == "maj7"):
        quality = "m" + quality
    root = (tonic + _DEGREES[degree.lower()] + {"b": -1, "#": 1, "": 0}[accidental]) % 12
    return Chord(root, tuple((root + step) % 12 for step in _QUALITIES[quality]))


@lru_cache(maxsize=4096)
def tones_over(scale: str, tonic: int, chord: Chord) -> tuple[int, ...]:
    """The pitch classes a melody may use while the chord sounds, ascending.

    The scale, with tones that rub against the chord (a semitone from one of its tones) replaced by the chord's.
    """
    classes = {(tonic + step) % 12 for step in SCALES[scale]}
    foreign = set(chord.tones) - classes
    rubbing = {(tone + side) % 12 for tone in foreign for side in (-1, 1)} - set(chord.tones)
    return tuple(sorted((classes - rubbing) | foreign))


@lru_cache(maxsize=4096)
def ladder(classes: tuple[int, ...], low: int, high: int) -> tuple[int, ...]:
    """All keys from low to high whose pitch class is among those given."""
    return tuple(key for key in range(low, high + 1) if key % 12 in classes)


def nearest(keys: tuple[int, ...], target: float) -> int:
    """The key closest to the target, the lower one of two."""
    return min(keys, key=lambda key: (abs(key - target), key))


def fold(key: int, low: int, high: int) -> int:
    """The key, moved by octaves into the range."""
    while key < low:
        key += 12
    while key > high:
        key -= 12
    return key
