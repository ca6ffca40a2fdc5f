# SPDX-License-Identifier: GPL-3.0-or-later
"""A segment as espeak may read it: nothing in the text acts as a command, nothing is too long for its buffers.

What espeak's buffers hold, found by test and in its source (1.52): a clause of 800 bytes and about 1,000
phonemes, beyond which words are dropped in silence; a word of 160 bytes and 200 phonemes, beyond which the rest
of it is dropped or, for mnemonics, the process dies. So here long clauses get a comma and long words a space.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from oscine.domain.speech import Boundary, Segment

_COMMA = "，"
"""The full-width comma ends a clause even without a space after it."""
_CLAUSE_COST = 500.0
"""Phonemes of one clause, by the generous estimate below."""
_WORD_LETTERS = 60
_WORD_BYTES = 120
_WORD_MNEMONICS = 40
"""Each has up to 4 bytes and a separator."""

_SHORT = 60
"""No text of so few characters fills a clause."""
_RISKY = re.compile(r"[^\W\d_]{61}|[A-ZÀ-ÖØ-ÞΑ-ΩА-Я]{2}|\d{4}|[^\s\w.,;:!?'’\"“”«»()\-–—…]|[\u0900-\U0010ffff]{2}")
"""What may be read as more phonemes than it has characters, or is a very long word."""
_CLAUSE_END = re.compile(r"[,;:!?…]\s|\.\s(?=[^\Wa-z])|[。，、！？；：]")
_DOUBLED_BRACKET = re.compile(r"([\[\]])(?=\1)")
_SPACE = re.compile(r"\s+(?=\S)")
_WORD_START = re.compile(r"(?<!\S)[^\w\s]{0,3}\w")
_STRESSED, _UNSTRESSED = "\x01+18P\x01+25A\x01-25S", "\x01-18P\x01-25A\x01+25S"
"""espeak's embedded commands for pitch, amplitude and speed, relative to what they are."""
_NOTES = [50 + 5 * semitones for semitones in (0, 2, 4, 7, 9, 7, 4, 2)]
"""Of the pitch parameter: five of its steps are a semitone, by measurement."""
_OPEN_ENDED = frozenset(",;…—–-،，、；?!？！")
"""Endings that espeak already speaks with the voice held up."""


class _Safe(dict[int, str]):
    """A translation table, one character for one: what espeak could take for a command becomes a space."""

    def __missing__(self, code: int) -> str:
        category = unicodedata.category(chr(code))
        # Controls (U+0001 opens a command), surrogates; private and unassigned ones, with which espeak marks words.
        safe = " " if category in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} else chr(code)
        self[code] = safe
        return safe


class _Costs(dict[str, float]):
    """Phonemes that one character may become, at most."""

    def __missing__(self, character: str) -> float:
        category = unicodedata.category(character)
        cost = {"Nd": 10.0, "Lo": 4.0, "Mn": 1.0, "Mc": 1.0, "Zs": 0.0, "Cf": 0.0}.get(category)
        if cost is None:
            cost = 1.5 if category[0] == "L" else 16.0
        if category == "Lo" and unicodedata.name(character, "").startswith("CJK"):
            cost = 8.0
        if character in ".,;:!?'’\"“”«»()-–—…":
            cost = 0.0
        self[character] = cost
        return cost


_safe = _Safe()
_costs = _Costs()


@dataclass(frozen=True, slots=True)
class Script:
    text: str
    """What espeak is given."""
    origins: Sequence[int]
    """For each of its characters the index into the segment's text, or the end of that for what is only here."""
    reads_mnemonics: bool = False

    def origin(self, position: int) -> int:
        """Index into the segment's text of espeak's code point `position`, counted from 1."""
        return self.origins[min(max(position - 1, 0), len(self.origins) - 1)]


def write_script(segment: Segment, mnemonics: Sequence[Sequence[str]] = ()) -> Script:
    """Prepare a segment. Linear in its length.

    mnemonics: espeak's phoneme names, for each of `segment.phonemes`.
    """
    text = _close(tame(segment.text), segment.closes)
    last = len(segment.text)
    commands = _sing(text) if segment.expression.is_sung else _stress(text, segment.emphases)
    if not (mnemonics or commands) and (len(text) <= _SHORT or not _RISKY.search(text)):
        return Script(text, range(last + 1))
    writer = _Writer(escapes_brackets=bool(mnemonics), commands=commands)
    position = 0
    for override, names in zip(segment.phonemes, mnemonics, strict=True):
        writer.write(text, position, override.start)
        writer.command(override.start)
        writer.write_mnemonics(names, override.start)
        position = override.end
    writer.write(text, position, len(text))
    origins = array("i", (min(origin, last) for origin in (*writer.origins, last)))
    return Script("".join(writer.characters), origins, reads_mnemonics=bool(mnemonics))


def tame(text: str) -> str:
    """With a space for each character that could act as a command; as long as before."""
    return text.translate(_safe)


def _close(text: str, closes: Boundary) -> str:
    """With a comma where the voice must not fall at the end."""
    spoken = text.rstrip()
    if closes not in {Boundary.CUT, Boundary.CLAUSE} or not spoken or spoken[-1] in _OPEN_ENDED:
        return text
    return f"{spoken[:-1] if spoken[-1] == ':' else spoken},"


def _stress(text: str, emphases: Sequence[tuple[int, int]]) -> dict[int, str]:
    """Higher, louder and slower where a stressed word begins; back where the next word does."""
    commands: dict[int, str] = {}
    for start, end in emphases:
        commands[start] = commands.get(start, "") + _STRESSED
        if space := _SPACE.search(text, end):
            commands[space.end()] = _UNSTRESSED
    return commands


def _sing(text: str) -> dict[int, str]:
    """The note of each word: up and down a scale of five notes."""
    words = _WORD_START.finditer(text)
    return {word.start(): f"\x01{_NOTES[i % len(_NOTES)]}P" for i, word in enumerate(words)}


@dataclass(slots=True)
class _Writer:
    escapes_brackets: bool
    commands: Mapping[int, str]
    """Place in the text → espeak's commands before it."""
    characters: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    cost: float = 0.0
    """Phonemes of the clause so far."""
    letters: int = 0
    bytes: int = 0
    """Of the word so far."""

    def write(self, text: str, start: int, end: int) -> None:
        """Append text[start:end], with the commas and spaces that keep it within bounds."""
        doubled = {m.end() for m in _DOUBLED_BRACKET.finditer(text, start, end)} if self.escapes_brackets else ()
        ends = {m.start() for m in _CLAUSE_END.finditer(text, start, end)}
        for i in range(start, end):
            character = text[i]
            category = unicodedata.category(character)
            is_joined = category[0] == "M"
            self.command(i)
            if i in doubled:
                self._put(" ", i)
            if self.cost >= _CLAUSE_COST and (character == " " or (self.cost >= 1.2 * _CLAUSE_COST and not is_joined)):
                self._put(_COMMA, i)
                self.cost, self.letters, self.bytes = 0.0, 0, 0
            elif category[0] != "L" and not is_joined:
                self.letters = self.bytes = 0
            elif not is_joined and (self.letters >= _WORD_LETTERS or self.bytes >= _WORD_BYTES):
                self._put(" ", i)
                self.letters = self.bytes = 0
            self._put(character, i)
            is_spelled = category == "Lu" and i > start and text[i - 1].isupper()
            self.cost = 0.0 if i in ends else self.cost + (7.0 if is_spelled else _costs[character])
            self.letters += 1
            self.bytes += len(character.encode())

    def write_mnemonics(self, names: Sequence[str], origin: int) -> None:
        """Append phonemes, as words that espeak can hold."""
        for i in range(0, len(names), _WORD_MNEMONICS):
            word = names[i : i + _WORD_MNEMONICS]
            if self.cost >= _CLAUSE_COST:
                self._put(_COMMA, origin)
                self.cost = 0.0
            for character in f" [[{'|'.join(word)}]] ":
                self._put(character, origin)
            self.cost += len(word)
        self.letters = self.bytes = 0

    def command(self, origin: int) -> None:
        for character in self.commands.get(origin, ""):
            self._put(character, origin)

    def _put(self, character: str, origin: int) -> None:
        self.characters.append(character)
        self.origins.append(origin)
