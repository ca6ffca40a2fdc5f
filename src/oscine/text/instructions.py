# SPDX-License-Identifier: GPL-3.0-or-later
"""Instructions in prose: what "Speak in a cheerful, slightly hurried voice" asks of a whole text.

The words are those of directions (directions.py), read clause by clause, so that "not too fast" takes back nothing but
itself. Several moods share their strength: an instruction of twelve adjectives is no twelve times as strong as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import sqrt

from oscine.domain.expression import NEUTRAL, Expression
from oscine.text.directions import ACCENTS, find_mood, intensity

__all__ = ["Instructions", "read_instructions"]

_CLAUSE = re.compile(r"[.,;:!?\n()]|\b(?:and|but|or|while|yet|then)\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NEGATION = frozenset(
    "not no without avoid avoiding never don't don’t doesn't doesn’t isn't isn’t nor neither hardly less".split()
)
_PROSE = frozenset(
    """
cut cuts high low kind kinds song old child children stress jump question questions wonder cold dry mad shock awe
question interrupt drawn pronounce loving patient
""".split()
)
"""Words that mean something else in a sentence than in brackets."""
_PHRASES = {
    "high-pitched": "squeaky",
    "high pitched": "squeaky",
    "high voice": "squeaky",
    "higher pitch": "squeaky",
    "low-pitched": "gruff",
    "low pitched": "gruff",
    "low voice": "gruff",
    "lower pitch": "gruff",
    "deep voice": "gruff",
    "deep": "gruff",
    "like a child": "childlike",
    "like an old": "elderly",
    "unhurried": "deliberate",
    "fast-paced": "fast",
    "slow-paced": "slow",
    "high energy": "energetic",
    "high-energy": "energetic",
    "low energy": "tired",
}
"""Phrases → a word that says the same in brackets."""


@dataclass(frozen=True, slots=True)
class Instructions:
    expression: Expression
    words: tuple[str, ...]
    """Those that act, each once, in order; empty: nothing was understood, and the expression is neutral."""


def read_instructions(text: str) -> Instructions:
    """Cost: O(len(text))."""
    lowered = text.lower()
    for phrase, word in _PHRASES.items():
        lowered = re.sub(rf"\b{phrase}\b", word, lowered)
    moods: dict[Expression, float] = {}
    words: dict[str, None] = {}
    accent: str | None = None
    for clause in _CLAUSE.split(lowered):
        found = _WORD.findall(clause)
        if _NEGATION.intersection(found):
            continue
        if "accent" in found:
            named = next((word for word in found if word in ACCENTS), None)
            if named:
                accent, words[named] = ACCENTS[named], None
            continue
        beside = set(found)
        for word in dict.fromkeys(found):
            if word in _PROSE:
                continue
            if (mood := find_mood(word)) is not None:
                moods[mood] = intensity(beside)
                words[word] = None
    joined = NEUTRAL
    for mood, strength in moods.items():
        joined = joined.joined(mood.scaled(strength / sqrt(len(moods))))
    return Instructions(joined.joined(Expression(accent=accent)), tuple(words))
