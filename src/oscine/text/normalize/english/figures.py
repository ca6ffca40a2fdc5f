# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers that nothing else has claimed: ordinals, ranges, plain numbers, and every figure that is left."""

from __future__ import annotations

import re
import unicodedata

from oscine.text.normalize.english.dialect import Rules, Scene
from oscine.text.normalize.english.numbers import NUMBER, SIGNS, cardinal, digits, is_code, ordinal, plural, quantity
from oscine.text.normalize.scan import Rule

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LETTER_A = re.compile(r"(?:\A|[^\w])A\Z")
"""Of A4 and A380: with a space after it, it would be the article."""
_RAISED = str.maketrans(_SUPERSCRIPTS + "⁻⁺", "0123456789-+")


def _say_ordinal(match: re.Match[str], scene: Scene) -> str:
    return ordinal(match[1], is_british=scene.locale.is_british)


def _say_range(match: re.Match[str], scene: Scene) -> str | None:
    """10-20 → ten to twenty; not where a hyphen joins it to more on the left."""
    if re.search(r"[\w.,:/-]\Z", scene.before(match.start(), 1)):
        return None
    if is_code(match[1].partition(".")[0]) or is_code(match[2].partition(".")[0]):
        return f"{digits(match[1])}, {digits(match[2])}"
    is_british = scene.locale.is_british
    return f"{quantity(match[1], is_british=is_british)} to {quantity(match[2], is_british=is_british)}"


def _say_plural(match: re.Match[str], scene: Scene) -> str:
    return plural(quantity(match[1]))


def _say_scientific(match: re.Match[str], scene: Scene) -> str | None:
    if scene.before(match.start(), 1).isalpha():
        return None
    return f"{quantity(match[1])} times ten to the power of {quantity(match[2].lstrip('+'))}"


def _say_number(match: re.Match[str], scene: Scene) -> str | None:
    if match["sign"] and re.search(r"[\w.,:/)\]-]\Z", scene.before(match.start(), 1)):
        return None
    if match["number"][0] == "." and scene.before(match.start(), 1).isalnum():
        return None
    words = quantity(match[0], is_british=scene.locale.is_british)
    return f"-{words}" if _LETTER_A.search(scene.before(match.start(), 2)) else words


def _say_long(match: re.Match[str], scene: Scene) -> str:
    return digits(match[0])


def _say_raised(match: re.Match[str], scene: Scene) -> str:
    """x² is squared, 10⁶ a power; after a word, and ¹ after any letter, it is a footnote and not read."""
    power = match[0].translate(_RAISED)
    before = scene.before(match.start(), 3)
    gap = "" if before[-1:].isalnum() else " "
    letters = re.search(r"[^\W\d_]{0,3}\Z", before)
    if before[-1:].isspace() or (letters and (len(letters[0]) > 2 or (letters[0] and power == "1"))):
        return ""
    words = {"2": "squared", "3": "cubed"}.get(
        power
    ) or f"to the power of {quantity(power) if len(power) < 9 else digits(power)}"
    return gap + words


def _say_other(match: re.Match[str], scene: Scene) -> str:
    """Figures of other scripts, circled and subscript numbers, Roman numeral characters."""
    words = []
    for character in match[0]:
        value = unicodedata.numeric(character, -1.0)
        words.append(cardinal(str(int(value))) if value == int(value) and value >= 0 else "")
    return " ".join(filter(None, words))


_OTHER = r"\d₀-₉⅟-ↈ①-⒛⓪-⓿❶-➓〇㉈-㉏㉑-㉟㊱-㊿"

LONG: Rules = (Rule("very long", re.compile(r"[0-9]{31,}"), _say_long, signs="0-9"),)
"""Comes before all that reads figures, so that none of them meets more than 30 in a row."""

FIGURES: Rules = (
    Rule(
        "ordinal",
        re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,15})(?i:st|nd|rd|th)\b"),
        _say_ordinal,
        signs="0-9",
    ),
    Rule("range", re.compile(rf"({NUMBER})(?:\s?[–—]\s?|-)({NUMBER})(?![\d/%:]|[.,-]\d)"), _say_range, signs="0-9"),
    Rule("scientific", re.compile(rf"({NUMBER})[eE]([-+−]?[0-9]{{1,4}})\b"), _say_scientific, signs="0-9"),
    Rule("plural", re.compile(r"([0-9]{1,6})['’]?s\b"), _say_plural, signs="0-9"),
    Rule(
        "number",
        re.compile(rf"(?P<sign>[{SIGNS}])?(?P<number>{NUMBER}|\.[0-9]{{1,30}})"),
        _say_number,
        signs=rf"0-9.{SIGNS}",
    ),
    Rule("raised", re.compile(rf"[⁻⁺]?[{_SUPERSCRIPTS}]+"), _say_raised, signs=f"{_SUPERSCRIPTS}⁻⁺"),
    Rule("other figures", re.compile(f"[{_OTHER}]+"), _say_other, signs=_OTHER),
)
