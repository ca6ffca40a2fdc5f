# SPDX-License-Identifier: GPL-3.0-or-later
"""What espeak says a text sounds like: clauses, words and phonemes, with their places in the text.

espeak is given a clause at a time, so that the first one is ready soon; its samples are thrown away, its events
are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import espeakng_loader

from oscine.domain.speech import Boundary, Phonemes, Segment
from oscine.engines.espeak.driver import EventKind, Instance, Parameter, copy_events, read_events
from oscine.engines.espeak.languages import Language, Languages
from oscine.engines.espeak.mnemonics import Inventory, take_inventory
from oscine.engines.espeak.script import write_script
from oscine.engines.hts.phones import Phone
from oscine.engines.hts.tongues.tongue import Tongue

_SPEAKER = "klatt 4"
_RATE = 449
"""Words per minute: the fastest that costs espeak no extra work."""
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_STOP = re.compile(r"""[,;:!?…]+["'”’»)\]]*(?=\s|$)|\.+["'”’»)\]]*(?=\s|$)|\s[–—-]+(?=\s)|—|\n""")
_SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]*\s*$""")
_LONGEST, _SHORTEST = 16, 6
"""Words that are said in one breath; a longer clause gets a pause before a word that may open one."""
_SWITCH = "("
"""What an event begins with that names another language, whose phonemes follow."""
_CHARACTERS = 400
"""What has no place for a pause is cut after so many, so that no text is too long to begin with."""
_PHONES = 100
"""Of one phrase; more only come from what is no text."""


@dataclass(frozen=True, slots=True)
class Clause:
    """text[start:end] of a segment: a stretch without an inner pause."""

    start: int
    end: int
    ends_sentence: bool


@dataclass(frozen=True, slots=True)
class Sound:
    """One phoneme of espeak's and the phones it becomes."""

    symbol: str
    phones: tuple[Phone, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """One word as espeak reads it."""

    start: int
    """In the segment's text."""
    spelling: str
    sounds: tuple[Sound, ...]

    @property
    def phones(self) -> tuple[Phone, ...]:
        return tuple(phone for sound in self.sounds for phone in sound.phones)


class FrontEnd:
    """One instance of espeak; one call at a time."""

    def __init__(self) -> None:
        self._data_dir = Path(espeakng_loader.get_data_path())
        self._languages = Languages(self._data_dir)
        library = Path(espeakng_loader.get_library_path()).read_bytes()
        self._instance = Instance(library, str(self._data_dir))
        self._loaded = ""
        self._inventory = lru_cache(maxsize=8)(self._take_inventory)

    def check(self, phonemes: Sequence[Phonemes], variety: str) -> None:
        """Raises: PhonemeInvalid for a pronunciation that cannot be said."""
        for override in phonemes:
            self._inventory(self._find(variety)).spell(override.ipa)

    def listen(self, segment: Segment, clause: Clause, tongue: Tongue, variety: str) -> list[Heard]:
        """The words of a clause that have a sound. About 0.1 ms a word.

        variety: espeak's tag of the variety of the language.
        """
        language = self._find(variety)
        inside = [o for o in segment.phonemes if clause.start <= o.start and o.end <= clause.end]
        names = [self._inventory(language).spell(override.ipa) for override in inside]
        part = replace(
            segment,
            text=segment.text[clause.start : clause.end],
            closes=Boundary.SENTENCE,
            phonemes=tuple(Phonemes(o.start - clause.start, o.end - clause.start, o.ipa) for o in inside),
        )
        script = write_script(part, names)
        if not script.text.strip():
            return []
        self._load(language)
        blocks: list[bytes] = []

        def keep(_samples: int, _count: int, events: int) -> int:
            blocks.append(copy_events(events))
            return 0

        self._instance.synthesise(script.text, keep, reads_mnemonics=script.reads_mnemonics)
        words: list[tuple[int, list[str]]] = []
        for event in (event for block in blocks for event in read_events(block)):
            if event.kind is EventKind.WORD:
                words.append((clause.start + script.origin(event.position), []))
            elif event.kind is EventKind.PHONEME and event.name and not event.name.startswith(_SWITCH):
                if not words:
                    words.append((clause.start + script.origin(event.position), []))
                words[-1][1].append(event.name)
        heard = [_hear(tongue, segment.text, start, symbols) for start, symbols in words]
        return [word for word in heard if word.phones]

    def phrases(self, segment: Segment, tongue: Tongue, variety: str) -> Iterator[tuple[Clause, list[Heard]]]:
        """What is said without a pause, and the clause it ends or is in; each is heard when it is asked for."""
        for clause in split_clauses(tongue, segment.text, segment.phonemes):
            words = self.listen(segment, clause, tongue, variety)
            while sum(len(word.sounds) for word in words) > _PHONES:
                sizes = accumulate(len(word.sounds) for word in words)
                count = max(sum(size <= _PHONES for size in sizes), 1)
                if count == len(words):
                    break
                yield replace(clause, ends_sentence=False), words[:count]
                words = words[count:]
            if words:
                yield clause, words

    def close(self) -> None:
        """Free the instance."""
        self._instance.close()

    def _find(self, variety: str) -> Language:
        return self._languages.find(variety, english=variety)

    def _load(self, language: Language) -> None:
        if self._loaded != language.tag:
            self._instance.set_voice(f"{language.description}\n{_SPEAKER}")
            self._instance.set_parameter(Parameter.RATE, _RATE)
            self._loaded = language.tag

    def _take_inventory(self, language: Language) -> Inventory:
        self._loaded = ""
        self._instance.set_voice(f"{language.description}\n{_SPEAKER}")
        return take_inventory(self._instance, self._data_dir, language.phoneme_table)


def _hear(tongue: Tongue, text: str, start: int, symbols: Sequence[str]) -> Heard:
    spelling = _spelling(text, start)
    sounds = zip(symbols, tongue.pronounce(spelling, symbols), strict=True)
    return Heard(start, spelling, tuple(Sound(symbol, phones) for symbol, phones in sounds))


def _spelling(text: str, start: int) -> str:
    found = _WORD.match(text, start)
    return found[0].lower() if found else ""


def split_clauses(tongue: Tongue, text: str, phonemes: Sequence[Phonemes] = ()) -> Iterator[Clause]:
    """Clauses that tile the text. Linear in its length.

    phonemes: stretches that are not cut.
    """
    uncut = [(override.start, override.end) for override in phonemes]
    start = 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        if any(a < end < b for a, b in uncut) or not _WORD.search(text, start, end):
            continue
        yield from _split_long(tongue, text, start, end, uncut)
        start = end
    if start < len(text):
        yield from _split_long(tongue, text, start, len(text), uncut)


def _split_long(tongue: Tongue, text: str, start: int, end: int, uncut: Sequence[tuple[int, int]]) -> Iterator[Clause]:
    """Cut one clause where a speaker would take a breath."""
    places = [found.start() for found in _WORD.finditer(text, start, end)]
    while end - start > _CHARACTERS or len(places) > _LONGEST:
        cut = start + _CHARACTERS
        if len(places) > _LONGEST:
            choice = range(_SHORTEST, min(_LONGEST, len(places) - 3))
            middle = len(places) // 2
            best = max(choice, key=lambda i: (tongue.opening(_spelling(text, places[i])), -abs(i - middle)))
            cut = min(cut, places[best])
        if any(a < cut < b for a, b in uncut):
            break
        yield Clause(start, cut, ends_sentence=False)
        start, places = cut, [place for place in places if place >= cut]
    yield Clause(start, end, ends_sentence=end == len(text) or _SENTENCE_END.search(text[start:end]) is not None)
