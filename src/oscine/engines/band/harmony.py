# SPDX-License-Identifier: GPL-3.0-or-later
"""Chords: which, when, and in which position."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache

from oscine.engines.band.form import Passage
from oscine.engines.band.theory import Chord, fold, ladder, nearest, read_numeral

_FALLBACK = {"major": "I vi IV V", "minor": "i bVI iv V"}


@dataclass(frozen=True, slots=True)
class Harmony:
    """The chords of a passage."""

    bars: tuple[tuple[Chord, ...], ...]
    """Of every bar, one chord or more of equal length."""
    bar_beats: float

    def at(self, beat: float) -> Chord:
        bar = min(int(beat / self.bar_beats + 1e-6), len(self.bars) - 1)
        chords = self.bars[bar]
        inside = (beat + 1e-6 - bar * self.bar_beats) / self.bar_beats
        return chords[min(int(inside * len(chords)), len(chords) - 1)]

    def after(self, beat: float) -> Chord:
        """The chord of the next bar; of the last bar, the first."""
        bar = int(beat / self.bar_beats + 1e-6) + 1
        return self.bars[bar if bar < len(self.bars) else 0][0]


def harmonise(passage: Passage, seed: int) -> Harmony:
    """Chords for a passage. Those of one letter have the same; the piece ends on its tonic."""
    brief = passage.brief
    genre = brief.genre
    chance = random.Random(f"harmony {seed} {passage.letter} {genre.name}")  # noqa: S311 - music, not secrets
    lines = genre.progressions.get(brief.harmony) or (_FALLBACK[brief.harmony],)
    ordered = list(lines)
    random.Random(f"progressions {seed}").shuffle(ordered)  # noqa: S311
    line = ordered["ABCD".index(passage.letter) % len(ordered)] if genre.unit == 4 else ordered[0]
    words = line.split()
    # Half of a progression that is played in fours may be said twice: variety without strangeness.
    if passage.letter == "C" and len(words) >= 4 and chance.random() < 0.4:
        words = words[2:4] + words[:2]
    if passage.is_first and _is_tonic(words, brief.tonic) is False:
        words = (
            words[-1:] + words[:-1]
            if _is_tonic(words[-1:], brief.tonic)
            else ["I" if brief.harmony == "major" else "i", *words[1:]]
        )
    bars = [
        tuple(
            read_numeral(numeral, brief.tonic) for numeral in words[bar // genre.bars_a_chord % len(words)].split(",")
        )
        for bar in range(passage.bars)
    ]
    if passage.is_last and not brief.is_loop:
        bars[-1] = (_home(words, brief.tonic, brief.harmony),)
        if len(bars) >= 4 and genre.bars_a_chord == 1 and genre.name not in ("blues", "techno"):
            bars[-2] = (read_numeral(_approach(line, brief.harmony), brief.tonic),)
    return Harmony(tuple(bars), passage.bar_beats)


def _is_tonic(words: list[str], tonic: int) -> bool:
    return read_numeral(words[0].split(",")[0], tonic).root == tonic


def _home(words: list[str], tonic: int, harmony: str) -> Chord:
    """The tonic, in the colour that the progression gives it."""
    for word in words:
        for numeral in word.split(","):
            if (chord := read_numeral(numeral, tonic)).root == tonic:
                return chord
    return read_numeral("I" if harmony == "major" else "i", tonic)


def _approach(line: str, harmony: str) -> str:
    """The chord before the last: the dominant where the genre has one, else what it has."""
    numerals = line.replace(",", " ").split()
    dominants = [
        numeral for numeral in numerals if numeral.startswith(("V", "v")) and not numeral.lower().startswith("vi")
    ]
    modal = [numeral for numeral in numerals if numeral.startswith(("bVII", "IV", "iv"))]
    return (dominants or modal or ["V" if harmony == "major" else "bVII"])[0]


@lru_cache(maxsize=4096)
def positions(chord: Chord, low: int, high: int, voices: int) -> tuple[tuple[int, ...], ...]:
    """Close positions of a chord within a register, ascending. Full chords lose their fifth, then their root."""
    tones = list(chord.tones)
    if len(tones) > voices and len(tones) > 3:
        tones = (
            [tone for number, tone in enumerate(tones) if number != 2][: max(voices, 3)]
            if len(tones) == 4
            else tones[1:2] + tones[3:]
        )
        tones = tones[:voices] if len(tones) > voices else tones
    found = []
    for bottom in ladder(tuple(sorted(set(tones))), low, high):
        keys = [bottom]
        scale = sorted((tone - bottom) % 12 for tone in tones)
        while len(keys) < voices:
            octave, step = divmod(len(keys), len(scale))
            keys.append(bottom + 12 * octave + scale[step])
        if keys[-1] <= high + 3 and not (keys[0] < 50 and len(keys) > 1 and keys[1] - keys[0] < 3):
            found.append(tuple(keys))
    return tuple(found) or (tuple(fold(60 + tone, low, high) for tone in sorted(tones))[:voices],)


def settle(chord: Chord, low: int, high: int, voices: int) -> tuple[int, ...]:
    """The position to end on: the root below, near the middle of the register."""
    choices = positions(chord, low, high, voices)
    rooted = tuple(keys for keys in choices if keys[0] % 12 == chord.root)
    return min(rooted or choices, key=lambda keys: abs(sum(keys) / len(keys) - (low + high) / 2) + _harshness(keys))


def _harshness(keys: tuple[int, ...]) -> float:
    """Minor seconds and ninths within a position, as semitones of movement that one would make to avoid them."""
    steps = [above - below for number, below in enumerate(keys) for above in keys[number + 1 :]]
    return 3.0 * steps.count(1) + 5.0 * steps.count(13)


def lead(previous: tuple[int, ...] | None, chord: Chord, low: int, high: int, voices: int) -> tuple[int, ...]:
    """The position that moves least from the one before, and does not stray from the middle of the register."""
    middle = (low + high) / 2
    choices = positions(chord, low, high, voices)
    if previous is None:
        return min(choices, key=lambda keys: abs(sum(keys) / len(keys) - middle) + _harshness(keys))

    def cost(keys: tuple[int, ...]) -> float:
        movement = sum(abs(key - nearest(previous, key)) for key in keys)
        parallels = sum(
            1 for a, b in zip(previous, keys, strict=False)
            if a != b and previous[-1] - a in (7, 12) and keys[-1] - b == previous[-1] - a
        )  # fmt: skip
        return movement + 2.0 * parallels + 0.35 * abs(sum(keys) / len(keys) - middle) + _harshness(keys)

    return min(choices, key=cost)
