# SPDX-License-Identifier: GPL-3.0-or-later
"""Japanese as it is written → how it is said, by Open JTalk's dictionary (extra `oscine[ja]`).

espeak reads kana letter by letter and calls a kanji "Chinese letter". Open JTalk cuts the text into words and knows
their sounds, the particles は and へ, and the accents. Without the package kana are left to espeak.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from oscine.domain.problems import LanguageUnsupported
from oscine.domain.speech import Phonemes
from oscine.engines.espeak.ipa import PRIMARY_STRESS, SECONDARY_STRESS

_KANJI = re.compile("[\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_STRETCH = re.compile(r"(?!ー)(?:[ぁ-ゖゝゞァ-ヺー-ヾ々〇一-鿿0-9０-９A-Za-zＡ-Ｚａ-ｚ]|(?<=[0-9])[.,](?=[0-9]))+")
"""What the dictionary is given. Of other characters Open JTalk's C code prints some to the log, the user's text."""
_VOWELS = {"a": "a", "i": "i", "u": "ɯ", "e": "e", "o": "o", "A": "a", "I": "i", "U": "ɯ", "E": "e", "O": "o"}
_CONSONANTS = {
    "k": "k", "kw": "kw", "g": "ɡ", "gw": "ɡw", "s": "s", "sh": "ɕ", "z": "z", "j": "dʑ", "t": "t", "ts": "ts",
    "ch": "tɕ", "d": "d", "n": "n", "h": "h", "f": "ɸ", "b": "b", "p": "p", "m": "m", "y": "j", "r": "ɽ", "w": "w",
    "v": "v", "ky": "kʲ", "gy": "ɡʲ", "ty": "tʲ", "dy": "dʲ", "ny": "ɲ", "hy": "ç", "by": "bʲ", "py": "pʲ", "my": "mʲ",
    "ry": "ɽʲ",
}  # fmt: skip
_NASAL, _STOP, _NOT_SAID = "N", "cl", frozenset(("pau", "sp", "xx"))
_NASALS = {"p": "m", "b": "m", "m": "m", "k": "ŋ", "g": "ŋ"} | dict.fromkeys("tdnrzscj", "n")
"""First letter of the phoneme after it → how the syllabic nasal sounds."""

FrontEnd = Callable[[str], list[dict[str, Any]]]
"""Text → its words: phonemes, char_span, accent_nucleus, chain_flag (pyopenjtalk-plus 0.4.1, g2p_mapping)."""


@dataclass(slots=True)
class _Word:
    start: int
    end: int
    phrase: int
    """Number of its accent phrase."""
    phonemes: list[str] = field(default_factory=list)


def read(text: str) -> list[Phonemes]:
    """The pronunciation of each word, sorted, without overlap; nothing without the package.

    Raises: LanguageUnsupported for kanji without the package. First call about 0.5 s and 40 MB, then 1 ms a sentence.
    """
    front_end = load()
    if front_end is None:
        if _KANJI.search(text):
            raise LanguageUnsupported(
                "The text has kanji, and the dictionary that reads them is not installed. Install the extra "
                "`oscine[ja]` on this server, or write the text in kana.",
                parameter="language",
            )
        return []
    said: list[Phonemes] = []
    for stretch in _STRETCH.finditer(text):
        said += _read_stretch(front_end, stretch.group(), stretch.start())
    return said


def _read_stretch(front_end: FrontEnd, text: str, offset: int) -> list[Phonemes]:
    """offset: where `text` starts in the whole."""
    try:
        entries = front_end(text)
    except ValueError:  # of some random strings the package loses track
        middle = len(text) // 2
        if not middle:
            return []
        return [
            *_read_stretch(front_end, text[:middle], offset),
            *_read_stretch(front_end, text[middle:], offset + middle),
        ]
    return _pronounce(*_gather(entries, offset))


@cache
def load() -> FrontEnd | None:
    """The front end, or None where the package is missing."""
    try:
        with redirect_stdout(io.StringIO()):  # it says on stdout what it could do with yet another package
            import pyopenjtalk
    except ImportError:
        return None

    def analyse(text: str) -> list[dict[str, Any]]:
        return [dict(entry) for entry in pyopenjtalk.g2p_mapping(text, predict_nani=False)]

    return analyse


def _gather(entries: list[dict[str, Any]], offset: int) -> tuple[list[_Word], list[int]]:
    """The words in order of the text, and the accent of each phrase: the mora that the voice falls after, or 0."""
    words: list[_Word] = []
    accents: list[int] = []
    for entry in entries:
        phonemes = [phoneme for phoneme in entry["phonemes"] if phoneme not in _NOT_SAID]
        if not phonemes:
            continue
        start, end = (offset + bound for bound in entry["char_span"])
        if entry["chain_flag"] != 1 or not accents:
            accents.append(entry["accent_nucleus"])
        if words and (start == end or start < words[-1].end):
            words[-1].phonemes += phonemes  # 百 within 1999
        else:
            words.append(_Word(start, end, len(accents) - 1, phonemes))
    return words, accents


def _pronounce(words: list[_Word], accents: list[int]) -> list[Phonemes]:
    stream = [phoneme for word in words for phoneme in word.phonemes]
    said: list[Phonemes] = []
    position, mora, phrase, is_stressed = 0, 0, -1, False
    for word in words:
        if word.phrase != phrase:
            phrase, mora, is_stressed = word.phrase, 0, False
        accent = accents[phrase]
        ipa = ""
        for phoneme in word.phonemes:
            before = stream[position - 1] if position else ""
            following = stream[position + 1] if position + 1 < len(stream) else ""
            position += 1
            if phoneme in _VOWELS:
                mora += 1
                if phoneme == "U" and ipa.endswith("s"):  # です, ます
                    continue
                is_second_half = before in _VOWELS
                if not is_stressed and (mora >= accent if accent else mora > 1 and not is_second_half):
                    ipa += PRIMARY_STRESS
                    is_stressed = True
                ipa += _VOWELS[phoneme]
            elif phoneme == _NASAL:
                mora += 1
                ipa += _NASALS.get(following[:1], "ɴ")
            elif phoneme == _STOP:
                mora += 1
                ipa += _CONSONANTS.get(following, "ʔ")[0]
            else:
                ipa += _CONSONANTS.get(phoneme, "")
        if ipa:
            said.append(Phonemes(word.start, word.end, ipa if PRIMARY_STRESS in ipa else SECONDARY_STRESS + ipa))
    return said
