# SPDX-License-Identifier: GPL-3.0-or-later
"""A text of such a language → the pronunciation of each of its words and numbers, tied to where they stand."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from oscine.domain.speech import Phonemes
from oscine.engines.espeak.spelling import SPELLINGS
from oscine.engines.espeak.spelling.table import Speller

_MARKS = "\u0300-\u036f\u064b-\u0655\u0670\u200c\u0640"
_APOSTROPHES = "'’ʼʻ‘"
_LARGEST = 9
"""Digits of a number that is said as one; longer ones are said digit by digit."""
_LONGEST = 60
"""Letters of a word that is worth reading; no language here has longer ones."""


class Reader:
    """Reads one language's text."""

    def __init__(self, code: str) -> None:
        """code: one of `SPELLINGS`."""
        self._speller = Speller(SPELLINGS[code])
        spelling = self._speller.spelling
        letter = rf"[^\W\d_][{_MARKS}]*"
        joints = re.escape(spelling.joins) + _APOSTROPHES
        grouping = re.escape(spelling.grouping)
        decimal = "," if spelling.grouping == "." else "٫" if spelling.grouping == "٬" else r"\."
        self._token = re.compile(
            rf"(?P<word>[{_APOSTROPHES}]?(?:{letter})+(?:[{joints}](?:{letter})+)*[{_APOSTROPHES}]?)"
            rf"|(?P<number>\d{{1,3}}(?:[{grouping}  ]\d{{3}})+(?!\d)|\d+)(?:{decimal}(?P<decimals>\d+))?"
        )

    def read(self, text: str) -> list[Phonemes]:
        """Pronunciations, sorted, without overlap; nothing for what is no word of the language. Linear in length."""
        readings = []
        for match in self._token.finditer(text):
            if match["word"]:
                said = self._say_word(match["word"])
            else:
                said = self._say_number(match["number"], match["decimals"] or "")
            if said:
                readings.append(Phonemes(match.start(), match.end(), said))
        return readings

    def _say_word(self, word: str) -> str | None:
        if len(word) > _LONGEST:
            return None
        plain = unicodedata.normalize("NFC", word.lower()).translate(_PLAIN)
        quoted = plain.strip("'")
        return self._speller.say(quoted if quoted in self._speller.spelling.words else plain)

    def _say_number(self, digits: str, decimals: str) -> str:
        figures = [str(int(digit)) for digit in digits if digit.isdigit()]
        spelling = self._speller.spelling
        if len(figures) > _LARGEST or (len(figures) > 1 and figures[0] == "0"):
            words = " ".join(spelling.cardinal(int(digit)) for digit in figures)
        else:
            words = spelling.cardinal(int("".join(figures)))
        if decimals:
            words += f" {spelling.point} " + " ".join(spelling.cardinal(int(digit)) for digit in decimals)
        return " ".join(filter(None, (self._speller.say(word) for word in words.split())))


_PLAIN = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | {"\u200c": ""})


@cache
def reader(code: str) -> Reader:
    return Reader(code)
