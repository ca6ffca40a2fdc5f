# SPDX-License-Identifier: GPL-3.0-or-later
"""How words are to be pronounced: rules, and the lexicons that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Alphabet = Literal["ipa", "cmu-arpabet"]
ALPHABETS: tuple[Alphabet, ...] = get_args(Alphabet)


@dataclass(frozen=True, slots=True)
class Alias:
    """Other words to say; none: nothing is said."""

    text: str


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """The sounds themselves."""

    phoneme: str
    """As it was written, slashes included."""
    alphabet: Alphabet


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said for a stretch of text."""

    grapheme: str
    """The text that is replaced, literally."""
    says: Alias | Pronunciation
    case_sensitive: bool = True
    word_boundaries: bool = True
    """Whether it acts only where neither of its ends is inside a word."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """One version of a dictionary. Compared by identity: what is derived from its rules is kept with it."""

    id: str
    version_id: str
    rules: tuple[Rule, ...]
    """In order of precedence."""


@dataclass(frozen=True, slots=True)
class Locator:
    """Names a lexicon in a request."""

    dictionary_id: str
    version_id: str | None = None
    """None: the latest."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What holds the versions of a lexicon, and what the latest one is."""

    id: str
    name: str
    description: str | None
    created_by: str
    """Id of the key that made it."""
    created_unix: int
    archived_unix: int | None
    """Archived dictionaries can be left out of lists; they work like others."""
    version_id: str
    rules_count: int
