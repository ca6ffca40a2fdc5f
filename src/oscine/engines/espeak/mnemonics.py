# SPDX-License-Identifier: GPL-3.0-or-later
"""IPA → the names espeak has for its phonemes, language by language.

Each language has a table of phonemes under names of its own (`O:`, `t[`). What they sound like is asked of espeak
itself: it says each one and tells the IPA. A symbol that a language lacks becomes the nearest one it has.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

from oscine.domain.problems import PhonemeInvalid
from oscine.engines.espeak import ipa as alphabet
from oscine.engines.espeak.driver import EventKind, Instance, Parameter, copy_events, read_events

_TABLE = struct.Struct("<BB2x32s")
_PHONEME = struct.Struct("<4s6xBB4x")
"""Name, number, type; between them flags, program and lengths."""
_VOWEL, _CONSONANTS = 2, frozenset(range(3, 9))
_STRESS = {alphabet.PRIMARY_STRESS: "'", alphabet.SECONDARY_STRESS: ","}
_PALATAL, _PALATALISED = "ʲ", ";"
"""A mark on the consonant before it, and what every table calls that."""
_LONG, _LENGTHENED = "ː", ":"
"""A mark on the vowel before it, and what every table calls that."""
_UNHEARD = {"b": "b", "d": "d", "ɡ": "g", "ɽ": "r."}
"""Sounds that a probe may not show: the stops of Spanish are fricatives between vowels; r. is reported as `r.`."""
_FASTEST = 450
_CARRIERS = ("a", "@", "e", "i")


class Inventory:
    """The phonemes of one language, by IPA."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """names: IPA (tidy, without stress) → espeak's name."""
        self._names = names
        self._longest = max(map(len, names), default=0)
        self._single = sorted(symbol for symbol in names if len(symbol) == 1)

    def spell(self, ipa: str) -> list[str]:
        """espeak's names for IPA text, stress marks included; a word without any is stressed on its first vowel.

        Raises: PhonemeInvalid for a character that is not IPA, or a text without a sound.
        """
        text = alphabet.tidy(ipa)
        spelled: list[str] = []
        first_vowel: int | None = None
        position = 0
        while position < len(text):
            symbol = text[position]
            if symbol in _STRESS:
                spelled.append(_STRESS[symbol])
                position += 1
            elif symbol == _PALATAL and spelled:
                spelled.append(_PALATALISED)
                position += 1
            elif symbol == _LONG and position and alphabet.is_vowel(text[position - 1]):
                spelled.append(_LENGTHENED)
                position += 1
            elif symbol in alphabet.SILENT or (symbol in alphabet.MODIFIERS and spelled):
                position += 1
            else:
                if first_vowel is None and alphabet.is_vowel(symbol):
                    first_vowel = len(spelled)
                length, name = self._match(text, position)
                spelled.append(name)
                position += length
        if all(name in _STRESS.values() for name in spelled):
            raise PhonemeInvalid(
                f"The phonetic spelling {ipa[:40]!r} has no sound in it. Give at least one IPA symbol.",
                parameter="text",
            )
        if first_vowel is not None and not set(_STRESS.values()) & set(spelled):
            spelled.insert(first_vowel, _STRESS[alphabet.PRIMARY_STRESS])
        return spelled

    def _match(self, text: str, position: int) -> tuple[int, str]:
        """(how much of the text, name) of the longest match, or of the nearest symbol."""
        for length in range(self._longest, 0, -1):
            name = self._names.get(text[position : position + length])
            if name is not None and position + length <= len(text):
                return length, name
        symbol = text[position]
        near = alphabet.nearest(symbol, self._single)
        if near is None:
            raise PhonemeInvalid(
                f"{symbol!r} (U+{ord(symbol):04X}) is not an IPA symbol that can be spoken. "
                "Write the pronunciation in the International Phonetic Alphabet, e.g. /təˈmeɪtoʊ/.",
                parameter="text",
            )
        return 1, self._names[near]


def take_inventory(instance: Instance, data_dir: Path, table: str) -> Inventory:
    """Ask espeak what each phoneme of a table sounds like. 20–60 ms.

    instance: has a voice of the language loaded; its parameters are changed.
    """
    instance.set_parameter(Parameter.RATE, _FASTEST)
    phonemes = read_phonemes((data_dir / "phontab").read_bytes(), table)
    carrier = next((name for name in _CARRIERS if phonemes.get(name) == _VOWEL), None)
    names: dict[str, str] = {}
    for name, kind in sorted(phonemes.items(), key=lambda item: (len(item[0]), item[0])):
        if kind == _VOWEL:
            probe = f"p|{name}|p"
        elif carrier is not None:
            probe = f"{carrier}|{name}|'|{carrier}"  # before a stress a consonant keeps its full sound
        else:
            continue
        heard = _say(instance, probe)
        sound = alphabet.tidy("".join(heard[1:-1]).translate({ord(mark): None for mark in _STRESS}))
        if sound and alphabet.is_known(sound):
            names.setdefault(sound, name)
    for sound, name in list(names.items()):
        names.setdefault(alphabet.plain(sound), name)
    for sound, name in _UNHEARD.items():
        if name in phonemes:
            names.setdefault(sound, name)
    return Inventory(names)


def _say(instance: Instance, mnemonics: str) -> list[str]:
    """The IPA of the phonemes that espeak makes of them."""
    blocks: list[bytes] = []

    def listen(_samples: int, _count: int, events: int) -> int:
        blocks.append(copy_events(events))
        return 0

    instance.synthesise(f"[[{mnemonics}]]", listen, reads_mnemonics=True)
    events = [event for block in blocks for event in read_events(block)]
    return [event.name for event in events if event.kind is EventKind.PHONEME and event.name]


def read_phonemes(phontab: bytes, table: str) -> dict[str, int]:
    """Name → type of the vowels (2) and consonants (3–8) of a table, with those of the tables it builds on.

    phontab: espeak's compiled phoneme tables (espeak-ng 1.52, synthdata.c): a count, then for each table its
    header and phonemes. A phoneme with the same number replaces that of the table below.
    """
    tables: dict[str, tuple[int, list[tuple[int, str, int]]]] = {}
    position = 4
    for _ in range(phontab[0]):
        count, below, raw = _TABLE.unpack_from(phontab, position)
        position += _TABLE.size
        rows = []
        for _row in range(count):
            name, code, kind = _PHONEME.unpack_from(phontab, position)
            rows.append((code, name.rstrip(b"\0").decode("latin-1"), kind))
            position += _PHONEME.size
        tables[raw.partition(b"\0")[0].decode()] = below, rows
    order = list(tables)
    by_code: dict[int, tuple[str, int]] = {}
    chain = [table]
    while tables[chain[-1]][0]:
        chain.append(order[tables[chain[-1]][0] - 1])
    for each in reversed(chain):
        by_code.update({code: (name, kind) for code, name, kind in tables[each][1]})
    return {name: kind for name, kind in by_code.values() if kind == _VOWEL or kind in _CONSONANTS}
