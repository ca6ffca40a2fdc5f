# SPDX-License-Identifier: GPL-3.0-or-later
"""Which letters of a word are heard in which of its phonemes: alignment by dynamic programming.

Letters and phonemes are put into a few groups of sound; a pair from a common group costs nothing. A letter may be
silent, a phoneme may have no letter of its own. For scripts that are not alphabets a word stays whole.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_LONGEST = 48
"""Letters or phonemes; longer words stay whole, so that a word's cost is bounded."""
_SILENT, _UNWRITTEN, _OTHER_SOUND, _OTHER_KIND = 0.6, 0.9, 0.8, 1.8
_PUNCTUATION = 0.05

# V vowel, P p b, T t d th, K k g, S s z sh, M, N, L, R, F f v w, J y, H h
_LATIN = """
a:V e:V i:VJ o:V u:VF y:VJ ø:V œ:V æ:V ə:V ɛ:V ı:V w:FV b:PF p:PF t:TS d:TS þ:T ð:T k:K q:K g:KSJ c:KST x:KS s:ST z:ST
ß:S j:JSH m:M n:N l:LF ł:F r:R f:F v:FP h:H
"""
_CYRILLIC = """
а:V е:VJ ё:VJ и:VJ о:V у:VF ы:V э:V ю:VJ я:VJ і:VJ ї:VJ є:VJ ѣ:VJ ә:V ө:V ү:V ұ:V б:PF п:PF в:FP ф:F г:KH ґ:K к:K х:KH
д:TS т:TS ж:S з:S с:S ш:S щ:S ц:ST ч:ST й:J ј:J л:L љ:L м:M н:N њ:N р:R ў:F ђ:S ћ:S џ:S қ:K ғ:K ң:N һ:H
"""
_GREEK = """
α:V ε:V η:V ι:VJ ο:V υ:VF ω:V β:FP γ:KJ δ:T ζ:S θ:T κ:K λ:L μ:M ν:N ξ:KS π:P ρ:R σ:S ς:S τ:T φ:F χ:KH ψ:PS
"""
_LETTERS = dict(pair.split(":") for pair in (_LATIN + _CYRILLIC + _GREEK).split())
_PHONES = {
    "V": "aeiouyæøœɐɑɒɔəɘɛɜɚɝɞɤɨɪɯɵɶʉʊʌʏᵻä", "P": "pbɓɸ", "T": "tdθðʈɖ", "K": "kɡgqɢxɣχʔcɟ", "S": "szʃʒʂʐɕʑç",
    "M": "mɱ", "N": "nŋɲɳ", "L": "lɫɭʎɬ", "R": "rɹɾʁʀɽɻ", "F": "fvʋβ", "FV": "w", "JV": "j", "J": "ʝ", "H": "hɦħ",
}  # fmt: skip
_SOUNDS = {symbol: groups for groups, symbols in _PHONES.items() for symbol in symbols}


@dataclass(frozen=True, slots=True)
class Group:
    """word[start:end] is heard in phonemes[first:last]."""

    start: int
    end: int
    first: int
    last: int


@lru_cache(maxsize=8192)
def align(word: str, phonemes: tuple[str, ...]) -> tuple[Group, ...]:
    """Groups that tile both the word and its phonemes, in order.

    phonemes: IPA, one symbol or diphthong each. Cost: at most 48 × 48 steps, remembered for words that come back.
    """
    if not word or not phonemes:
        return (Group(0, len(word), 0, len(phonemes)),)
    letters = [_letter(character) for character in word]
    if len(word) > _LONGEST or len(phonemes) > _LONGEST or not any(letters):
        return (Group(0, len(word), 0, len(phonemes)),)
    sounds = [_sound(phoneme) for phoneme in phonemes]
    return _tile(_best_pairs(letters, sounds), len(word), len(phonemes))


def _letter(character: str) -> str:
    """Its groups of sound; empty for punctuation and for scripts that are not alphabets."""
    base = unicodedata.normalize("NFD", character.lower())[0]
    return _LETTERS.get(base, "")


def _sound(phoneme: str) -> str:
    return "".join(_SOUNDS.get(symbol, "") for symbol in phoneme) or "V"


def _pair_cost(letter: str, sound: str) -> float:
    if any(group in sound for group in letter):
        return 0.0
    is_same_kind = ("V" in letter) == ("V" in sound)
    return _OTHER_SOUND if is_same_kind and letter else _OTHER_KIND


def _best_pairs(letters: list[str], sounds: list[str]) -> list[tuple[int, int]]:
    """(letter, phoneme) of the cheapest way through both, rising."""
    columns = len(sounds) + 1
    silent = [_SILENT if letter else _PUNCTUATION for letter in letters]
    costs = [[j * _UNWRITTEN for j in range(columns)]]
    for i, letter in enumerate(letters):
        above = costs[i]
        row = [above[0] + silent[i]]
        for j, sound in enumerate(sounds):
            row.append(min(above[j] + _pair_cost(letter, sound), above[j + 1] + silent[i], row[j] + _UNWRITTEN))
        costs.append(row)
    pairs: list[tuple[int, int]] = []
    i, j = len(letters), len(sounds)
    while i and j:
        here = costs[i][j]
        if here == costs[i - 1][j] + silent[i - 1]:  # of two equal ways the one that pairs first
            i -= 1
        elif here == costs[i][j - 1] + _UNWRITTEN:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def _tile(pairs: list[tuple[int, int]], letters: int, phonemes: int) -> tuple[Group, ...]:
    """Give silent letters and unwritten phonemes to the pair before them, the first ones to the first pair."""
    if not pairs:
        return (Group(0, letters, 0, phonemes),)
    starts = [(0, 0), *pairs[1:], (letters, phonemes)]
    return tuple(Group(a[0], b[0], a[1], b[1]) for a, b in pairwise(starts))
