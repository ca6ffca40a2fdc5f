# SPDX-License-Identifier: GPL-3.0-or-later
"""½, 3½, 3/4, 1 1/2, 8/10."""

from __future__ import annotations

import re
import unicodedata

from oscine.text.normalize.english.dialect import Rules, Scene
from oscine.text.normalize.english.numbers import cardinal, is_one, ordinal, plural, quantity
from oscine.text.normalize.scan import Rule

GLYPHS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞↉"
_SAYINGS = {("24", "7"): "twenty-four seven", ("9", "11"): "nine eleven", ("7", "11"): "seven eleven"}
_RATING_WORDS = frozenset("rated rating score scored scores scoring got gave give gets a an solid".split())


def fraction(top: str, bottom: str) -> str:
    """ "2", "3" → "two-thirds"; "1", "2" → "one-half"."""
    if bottom == "2":
        part = "half" if is_one(top) else "halves"
    elif bottom == "4":
        part = "quarter" if is_one(top) else "quarters"
    else:
        part = ordinal(bottom).removeprefix("one ")
        part = part if is_one(top) else plural(part)
    top_words = cardinal(top)
    return f"{top_words} {part}" if "-" in top_words or "-" in part or " " in part else f"{top_words}-{part}"


def mixed(whole: str, top: str, bottom: str) -> str:
    """ "3", "1", "2" → "three and a half"."""
    words = fraction(top, bottom)
    if is_one(top):
        words = words.replace("one-", "an " if bottom.startswith("8") else "a ", 1)
    return f"{quantity(whole)} and {words}"


def _split(glyph: str) -> tuple[str, str]:
    """ "⅔" → "2", "3"."""
    top, _, bottom = unicodedata.normalize("NFKC", glyph).partition("\u2044")
    return top, bottom


def glyph_words(whole: str, glyph: str) -> str:
    """ "", "¾" → "three-quarters"; "3", "½" → "three and a half"."""
    return mixed(whole, *_split(glyph)) if whole else fraction(*_split(glyph))


def slash_words(text: str) -> str | None:
    """ "3/4" → "three-quarters", "1 1/2" → "one and a half"; None where it is no proper fraction."""
    *whole, top, bottom = re.split("[-/⁄ ]", text)
    if not 0 < int(top) < int(bottom):
        return None
    return mixed(whole[0], top, bottom) if whole else fraction(top, bottom)


def _say_glyph(match: re.Match[str], scene: Scene) -> str:
    return glyph_words(match[1] or "", match[2])


def _say_mixed(match: re.Match[str], scene: Scene) -> str | None:
    return slash_words(match[0])


def _say_slash(match: re.Match[str], scene: Scene) -> str:
    top, bottom = match[1], match[2]
    if (top, bottom) in _SAYINGS:
        return _SAYINGS[top, bottom]
    if top == bottom:
        return f"{cardinal(top)} {cardinal(bottom)}"
    if (bottom in ("10", "100") and not is_one(top)) or (
        bottom == "5" and scene.after(match.end(), 6).lower() == " stars"
    ):
        return f"{cardinal(top)} out of {cardinal(bottom)}"
    if bottom == "5" and scene.word_before(match.start()).lower() in _RATING_WORDS:
        return f"{cardinal(top)} out of five"
    if (len(bottom) > 2 and bottom != "100") or len(top) > 2 or not 0 < int(top) < int(bottom) or bottom == "1":
        return f"{cardinal(top)} over {cardinal(bottom)}"
    return fraction(top, bottom)


FRACTIONS: Rules = (
    Rule("fraction ⅔", re.compile(rf"([0-9]{{1,9}})?\s?([{GLYPHS}])"), _say_glyph, signs=f"0-9{GLYPHS}"),
    Rule(
        "fraction 1 1/2",
        re.compile(r"([0-9]{1,4})[ -]([0-9]{1,2})[/⁄]([0-9]{1,2})(?![\d/%]|[.,]\d)"),
        _say_mixed,
        signs="0-9",
    ),
    Rule("fraction 3/4", re.compile(r"([0-9]{1,6})[/⁄]([0-9]{1,6})(?![\d/%]|[.,]\d)"), _say_slash, signs="0-9"),
)
