# SPDX-License-Identifier: GPL-3.0-or-later
"""The phones of a language's voices: from espeak's IPA to phones, and from phones to syllables."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from oscine.engines.espeak import ipa as alphabet

PAUSE = "pau"


@dataclass(frozen=True, slots=True)
class Phone:
    name: str
    stress: int = 0
    """Of a vowel: 1 primary, 2 secondary."""


class PhoneSet:
    """What one language's voices can say."""

    def __init__(self, table: str, vowels: str, onsets: Iterable[str], *, never_first: str = "") -> None:
        """table: `symbol:phone[.phone…]`, a longer symbol before its parts; nothing after the colon: it is silent.

        onsets: clusters that a syllable may begin with, `p.l`. never_first: consonants that may not even alone.
        """
        self._phones = {symbol: tuple(filter(None, names.split("."))) for symbol, names in _pairs(table)}
        self._longest = max(map(len, self._phones))
        self._onsets = frozenset(tuple(cluster.split(".")) for cluster in onsets)
        self._never_first = frozenset(never_first.split())
        self._known: dict[str, tuple[Phone, ...]] = {}
        self.vowels = frozenset(vowels.split())

    def read(self, symbol: str) -> tuple[Phone, ...]:
        """The phones of one phoneme of espeak's, e.g. `ˈaɪɚ` → ay er. What is no sound gives none.

        A sound that the table lacks becomes the nearest of those that it has.
        """
        if symbol not in self._known:
            self._known[symbol] = self._read(symbol)
        return self._known[symbol]

    def _read(self, symbol: str) -> tuple[Phone, ...]:
        stress = 1 if alphabet.PRIMARY_STRESS in symbol else 2 if alphabet.SECONDARY_STRESS in symbol else 0
        text = symbol.replace(alphabet.PRIMARY_STRESS, "").replace(alphabet.SECONDARY_STRESS, "")
        text = unicodedata.normalize("NFC", text)
        phones: list[Phone] = []
        position = 0
        while position < len(text):
            length, names = self._match(text, position)
            for name in names:
                phones.append(Phone(name, stress if name in self.vowels else 0))
                stress = 0 if name in self.vowels else stress
            position += length
        return tuple(phones)

    def _match(self, text: str, position: int) -> tuple[int, tuple[str, ...]]:
        for length in range(self._longest, 0, -1):
            names = self._phones.get(text[position : position + length])
            if names is not None:
                return length, names
        bare = alphabet.base(text[position])
        like = bare if bare in self._phones else alphabet.nearest(bare, self._phones)
        return 1, self._phones[like] if like is not None else ()

    def split_syllables(self, phones: Sequence[Phone]) -> list[int]:
        """Where each syllable of a word starts: as many consonants before a vowel as may begin one."""
        vowels = [i for i, phone in enumerate(phones) if phone.name in self.vowels]
        starts = [0]
        for before, vowel in pairwise(vowels):
            start = vowel
            while start - 1 > before and self._may_begin(tuple(phone.name for phone in phones[start - 1 : vowel])):
                start -= 1
            starts.append(start)
        return starts

    def _may_begin(self, cluster: tuple[str, ...]) -> bool:
        return cluster in self._onsets if len(cluster) > 1 else cluster[0] not in self._never_first


def _pairs(table: str) -> Iterable[tuple[str, str]]:
    for pair in unicodedata.normalize("NFC", table).split():
        symbol, _, names = pair.rpartition(":")
        yield symbol, names


def rising(first: str, *later: str) -> list[str]:
    """Clusters whose sound opens: each of `first` before each of a group in `later`, e.g. stops before liquids."""
    return [f"{a}.{b}" for group in later for a in first.split() for b in group.split()]
