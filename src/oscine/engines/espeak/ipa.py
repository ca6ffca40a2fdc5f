# SPDX-License-Identifier: GPL-3.0-or-later
"""The symbols of the International Phonetic Alphabet, and how far apart they sound."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

PRIMARY_STRESS, SECONDARY_STRESS = "ˈ", "ˌ"
MODIFIERS = frozenset("ːˑʰʲʷˠˤⁿˡᵝ˞̩̪̯̥̬̃̊̆̈̽̚" + "".join(map(chr, (*range(0x318, 0x325), *range(0x339, 0x33D)))))
"""Signs that change the symbol before them."""
SILENT = frozenset(" .|‖‿→↗↘-()/[]\u0361\u035c")
"""Boundaries, ties and brackets."""

_SHADES = frozenset("ᵝ\u0308\u031d\u031e\u031f\u0320\u033d")
_TIES = dict.fromkeys((0x361, 0x35C))
_SAME = (
    *(("g", "ɡ"), ("ʦ", "ts"), ("ʣ", "dz"), ("ʧ", "tʃ"), ("ʤ", "dʒ"), ("ʨ", "tɕ"), ("ʥ", "dʑ")),
    *(("ɝː", "ɜː"), ("ɝ", "ɜː"), ("ɜ˞", "ɜː"), ("ə˞", "ɚ"), ("'", PRIMARY_STRESS), ("’", PRIMARY_STRESS)),
    *((",", SECONDARY_STRESS), (":", "ː")),
)

# Height 0 (close) – 6 (open), backness 0 (front) – 4 (back), rounding.
_VOWELS: dict[str, tuple[float, ...]] = {
    "i": (0, 0, 0), "y": (0, 0, 1), "ɨ": (0, 2, 0), "ʉ": (0, 2, 1), "ɯ": (0, 4, 0), "u": (0, 4, 1),
    "ɪ": (1, 0.7, 0), "ʏ": (1, 0.7, 1), "ᵻ": (1, 1.5, 0), "ʊ": (1, 3.3, 1),
    "e": (2, 0, 0), "ø": (2, 0, 1), "ɘ": (2, 2, 0), "ɵ": (2, 2, 1), "ɤ": (2, 4, 0), "o": (2, 4, 1),
    "ə": (3, 2, 0), "ɚ": (3, 2.2, 0),
    "ɛ": (4, 0, 0), "œ": (4, 0, 1), "ɜ": (4, 2, 0), "ɞ": (4, 2, 1), "ʌ": (4, 4, 0), "ɔ": (4, 4, 1),
    "æ": (5, 0, 0), "ɐ": (5, 2, 0), "a": (6, 0.8, 0), "ɶ": (6, 0, 1), "ɑ": (6, 4, 0), "ɒ": (6, 4, 1),
}  # fmt: skip
# Place 0 (lips) – 10 (glottis), manner, voice. Manner: 0 stop, 2 fricative, 3 approximant, 3.6 trill, 3.8 tap,
# 4 lateral, 8 nasal.
_CONSONANTS: dict[str, tuple[float, ...]] = {
    "p": (0, 0, 0), "b": (0, 0, 1), "t": (3, 0, 0), "d": (3, 0, 1), "ʈ": (4, 0, 0), "ɖ": (4, 0, 1), "c": (6, 0, 0),
    "ɟ": (6, 0, 1), "k": (7, 0, 0), "ɡ": (7, 0, 1), "q": (8, 0, 0), "ɢ": (8, 0, 1), "ʔ": (10, 0, 0),
    "ɓ": (0, 0.2, 1), "ɗ": (3, 0.2, 1), "ɠ": (7, 0.2, 1),
    "ɸ": (0, 2, 0), "β": (0, 2, 1), "f": (1, 2, 0), "v": (1, 2, 1), "θ": (2, 2, 0), "ð": (2, 2, 1), "s": (3, 2, 0),
    "z": (3, 2, 1), "ʃ": (4, 2, 0), "ʒ": (4, 2, 1), "ʂ": (4.5, 2, 0), "ʐ": (4.5, 2, 1), "ɕ": (5, 2, 0), "ʑ": (5, 2, 1),
    "ç": (6, 2, 0), "ʝ": (6, 2, 1), "x": (7, 2, 0), "ɣ": (7, 2, 1), "χ": (8, 2, 0), "ʁ": (8, 2, 1), "ħ": (9, 2, 0),
    "ʕ": (9, 2, 1), "h": (10, 2, 0), "ɦ": (10, 2, 1), "ɬ": (3, 2.5, 0), "ɮ": (3, 2.5, 1), "ɧ": (5.5, 2, 0),
    "ʋ": (1, 3, 1), "ɹ": (3, 3, 1), "ɻ": (4, 3, 1), "j": (6, 3, 1), "ɥ": (6, 3, 1), "ɰ": (7, 3, 1), "w": (7.5, 3, 1),
    "ʍ": (7.5, 3, 0), "r": (3, 3.6, 1), "ʀ": (8, 3.6, 1), "ʙ": (0, 3.6, 1), "ɾ": (3, 3.8, 1), "ɽ": (4, 3.8, 1),
    "l": (3, 4, 1), "ɫ": (3.5, 4, 1), "ɭ": (4, 4, 1), "ʎ": (6, 4, 1), "ʟ": (7, 4, 1), "ɺ": (3, 4, 1),
    "m": (0, 8, 1), "ɱ": (1, 8, 1), "n": (3, 8, 1), "ɳ": (4, 8, 1), "ɲ": (6, 8, 1), "ŋ": (7, 8, 1), "ɴ": (8, 8, 1),
}  # fmt: skip


def tidy(ipa: str) -> str:
    """One spelling for symbols that have several: composed, without ties, ligatures taken apart."""
    text = unicodedata.normalize("NFC", ipa).translate(_TIES)
    for old, new in _SAME:
        text = text.replace(old, new)
    return text


def base(symbol: str) -> str:
    """The bare letter of a composed symbol (`ã` → `a`)."""
    return symbol if symbol in _CONSONANTS else unicodedata.normalize("NFD", symbol)[0]


def plain(text: str) -> str:
    """Without the marks of fine shades: raised, lowered, centralised, rounding (`ä` → `a`); long and nasal stay."""
    return unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", text) if c not in _SHADES))


def is_vowel(symbol: str) -> bool:
    return base(symbol) in _VOWELS


def is_known(text: str) -> bool:
    """Whether all of it is symbols and their modifiers."""
    return all(base(symbol) in _VOWELS or symbol in _CONSONANTS or symbol in MODIFIERS for symbol in text)


def nearest(symbol: str, choice: Iterable[str]) -> str | None:
    """The one of `choice` that sounds most like `symbol`: a vowel for a vowel; None if there is nothing like it.

    choice: single symbols; ties go to the first in order.
    """
    for features in (_VOWELS, _CONSONANTS):
        wanted = features.get(base(symbol) if features is _VOWELS else symbol)
        if wanted is not None:
            near = [(_distance(wanted, features[other]), other) for other in choice if other in features]
            return min(near)[1] if near else None
    return None


def _distance(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    return sum(abs(x - y) for x, y in zip(a, b, strict=True))
