# SPDX-License-Identifier: GPL-3.0-or-later
"""What a language's spelling says: letters → IPA by rules, the stressed syllable, and the words that are exceptions.

A rule is a line `letters → IPA`, with a context if it needs one, as phonologists write it:

    c → θ / _[ei]     before e or i
    b → β / V_V       between vowels
    n → ŋ / _#        at the end of a word

`V` stands for any of the language's vowel letters, `#` for the edge of the word, `[…]` for any of these letters. The
longest letters win, of equally long ones a rule with a context, of those the one written first. A letter with a mark
that no rule knows is read as the letter without it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from oscine.engines.espeak import ipa

_RULE = re.compile(r"(?P<letters>\S+) →(?: (?P<ipa>[^\s/]+))?(?: / (?P<left>\S*)_(?P<right>\S*))?")
_FINE_LETTER = r"[^\W\d_]"
_ATTACHED = frozenset("ɾrlɹjwʋ")
"""Consonants that share an onset with a stop or f before them."""
_STOPS = frozenset("pbtdkɡfckʈɖ")


@dataclass(frozen=True, slots=True)
class Sound:
    letters: str
    ipa: str

    @property
    def is_nucleus(self) -> bool:
        """Whether it holds a syllable's vowel."""
        return any(map(ipa.is_vowel, self.ipa))


StressRule = Callable[[str, list[Sound]], int]
"""(word, its syllables' nuclei) → index of the stressed one; there is at least one."""
Cardinal = Callable[[int], str]
"""0 ≤ number ≤ 999,999,999 → words, spelled as the language spells them."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One language, as data."""

    host: str
    """espeak's language whose phonemes are nearest."""
    vowels: str
    rules: str
    stress: StressRule
    cardinal: Cardinal
    grouping: str
    """What separates thousands: a comma, a full stop; beside spaces."""
    point: str = ""
    """The word for the decimal sign; empty: none is said."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Exceptions: word → IPA with stress."""
    unstressed: frozenset[str] = frozenset()
    """Words that lean on their neighbours."""
    joins: str = ""
    """Signs that are part of a word between letters, beside apostrophes."""
    epenthesis: str = ""
    """The vowel that is put between consonants, for scripts that leave short vowels out."""


class Speller:
    """Reads words by one language's spelling."""

    def __init__(self, spelling: Spelling) -> None:
        self.spelling = spelling
        self._sounds, self._pattern = _compile(spelling.rules, spelling.vowels)
        self.say = lru_cache(maxsize=4096)(self._say)

    def _say(self, word: str) -> str | None:
        """IPA of a word in lower case; None for what is no word of this language (no vowel, foreign letters)."""
        exception = self.spelling.words.get(word)
        if exception is not None:
            return exception
        sounds = self._read(word)
        if sounds and self.spelling.epenthesis:
            sounds = _voice(sounds, Sound("", self.spelling.epenthesis))
        nuclei = [i for i, sound in enumerate(sounds or ()) if sound.is_nucleus]
        if not sounds or not nuclei:
            return None
        mark = ipa.PRIMARY_STRESS
        if word in self.spelling.unstressed:
            stressed, mark = nuclei[0], ipa.SECONDARY_STRESS
        else:
            stressed = nuclei[self.spelling.stress(word, [sounds[i] for i in nuclei])]
        onset = _onset(sounds, stressed)
        return "".join((mark if i == onset else "") + sound.ipa for i, sound in enumerate(sounds))

    def _read(self, word: str) -> list[Sound] | None:
        sounds: list[Sound] = []
        position = 0
        while position < len(word):
            match = self._pattern.match(word, position)
            if match is None or match.lastindex is None:
                bare = unicodedata.normalize("NFD", word[position])[0]
                if unicodedata.category(bare) == "Mn":
                    position += 1
                    continue
                if bare == word[position]:
                    return None
                word = word[:position] + bare + word[position + 1 :]
                continue
            sounds.append(Sound(match.group(), self._sounds[match.lastindex - 1]))
            position = match.end()
        return [sound for sound in sounds if sound.ipa]


def _compile(rules: str, vowels: str) -> tuple[list[str], re.Pattern[str]]:
    """(IPA of each rule, a pattern with one group for each)."""
    parsed: list[tuple[str, str, str, str]] = []
    for line in filter(None, map(str.strip, rules.splitlines())):
        match = _RULE.fullmatch(line)
        if match is None:
            raise ValueError(f"not a rule: {line!r}")
        parsed.append((match["letters"], match["ipa"] or "", match["left"] or "", match["right"] or ""))
    parsed.sort(key=lambda rule: (-len(rule[0]), not (rule[2] or rule[3])))
    patterns = []
    for letters, _ipa, left, right in parsed:
        before = f"(?<!{_FINE_LETTER})" if left == "#" else f"(?<={_context(left, vowels)})" if left else ""
        after = f"(?={_context(right, vowels)})" if right else ""
        patterns.append(f"({before}{re.escape(letters)}{after})")
    return [rule[1] for rule in parsed], re.compile("|".join(patterns))


def _context(text: str, vowels: str) -> str:
    return text.replace("V", f"[{vowels}]").replace("#", f"(?!{_FINE_LETTER})")


def _voice(sounds: list[Sound], vowel: Sound) -> list[Sound]:
    """Put a vowel between two consonants at the start or the end of a word, and into threes."""
    voiced: list[Sound] = []
    run = 0
    """Consonants since the last vowel."""
    for i, sound in enumerate(sounds):
        is_consonant = not sound.is_nucleus
        is_last = i == len(sounds) - 1
        if is_consonant and run and (run == i or run >= 2 or is_last):
            voiced.append(vowel)
            run = 0
        run = run + 1 if is_consonant else 0
        voiced.append(sound)
    return voiced if run < len(sounds) or len(sounds) > 1 else [*voiced, vowel]


def _onset(sounds: list[Sound], nucleus: int) -> int:
    """Index of the sound with which the syllable of a nucleus starts."""
    start = nucleus
    if start and not ipa.is_vowel(sounds[nucleus].ipa[0]):
        return start
    if start and not sounds[start - 1].is_nucleus:
        start -= 1
        if start and sounds[start].ipa in _ATTACHED and sounds[start - 1].ipa[0] in _STOPS:
            start -= 1
    return 0 if not any(sound.is_nucleus for sound in sounds[:start]) else start


def penultimate(_word: str, nuclei: list[Sound]) -> int:
    return max(len(nuclei) - 2, 0)


def final(_word: str, nuclei: list[Sound]) -> int:
    return len(nuclei) - 1
