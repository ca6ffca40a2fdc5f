# SPDX-License-Identifier: GPL-3.0-or-later
"""What the engine must know of a language besides its voices; each language is a file of such data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from oscine.engines.hts.phones import Phone, PhoneSet

CONTENT = "content"
_OPENS = {"cc": 3, "wp": 3, "conj": 3, "uconj": 3, "rel": 3, "in": 2, "prep": 2, CONTENT: 0}

Sounds = list[list[Phone]]
"""A word: for each phoneme of espeak's, the phones it becomes."""


def leave(_sounds: Sounds) -> None:
    """For a language whose phones do not depend on one another."""


@dataclass(frozen=True, slots=True)
class Tongue:
    code: str
    """ISO 639-1."""
    long_code: str
    """ISO 639-3."""
    folder: str
    """Of its data in the wheel."""
    varieties: tuple[str, ...]
    """espeak's tags; the first is what the language means without a region."""
    phones: PhoneSet
    kinds: Mapping[str, str]
    """Function word → part of speech as the voices know it; any other word is `content`."""
    asking: frozenset[str]
    """Words that open a question for more than yes or no."""
    breaks: frozenset[str] = frozenset()
    """Words before which a voice may well pause, besides conjunctions and relatives."""
    clitics: Mapping[str, str] = field(default_factory=dict)
    """Words without a stress of their own → `pro` (leans on the next) or `en` (on the one before)."""
    voiceless: frozenset[str] = frozenset()
    """Phones without voice; needed where a speaker's file does not tell."""
    has_weak_words: bool = False
    """The voices know long words without a stress; in other languages only those of one syllable can lean."""
    settle: Callable[[Sounds], None] = leave
    """Changes in place what a phone becomes beside others."""
    no_vowel: str = "0"
    """What the labels say of a syllable without a vowel."""

    def kind_of(self, word: str) -> str:
        """Part of speech as the voices know it, or `content`."""
        return self.kinds.get(word.lower().replace("’", "'"), CONTENT)

    def opening(self, word: str) -> int:
        """How well a pause stands before a word, 0–3."""
        return 3 if word in self.breaks else _OPENS.get(self.kind_of(word), 1)

    def pronounce(self, word: str, symbols: Sequence[str]) -> list[tuple[Phone, ...]]:
        """The phones of each of espeak's phonemes; none where one has gone into its neighbour."""
        sounds = [list(self.phones.read(symbol)) for symbol in symbols]
        if not self.has_weak_words:
            leans = word in self.clitics if self.clitics else self.kind_of(word) != CONTENT
            _settle_stress(sounds, self.phones.vowels, leans=leans)
        self.settle(sounds)
        return [tuple(sound) for sound in sounds]


def list_kinds(words: Mapping[str, str]) -> dict[str, str]:
    """Kind → its words, turned around."""
    return {word: kind for kind, row in words.items() for word in row.split()}


def _settle_stress(sounds: Sounds, vowels: frozenset[str], *, leans: bool) -> None:
    """A word has a primary stress: where espeak has a secondary one, or on its only vowel, unless it leans."""
    places = [(i, j) for i, sound in enumerate(sounds) for j, phone in enumerate(sound) if phone.name in vowels]
    stresses = [sounds[i][j].stress for i, j in places]
    if len(places) == 1:
        (i, j), stress = places[0], 0 if leans else 1
        sounds[i][j] = replace(sounds[i][j], stress=stress)
    elif 2 in stresses and 1 not in stresses:
        i, j = places[stresses.index(2)]
        sounds[i][j] = replace(sounds[i][j], stress=1)
