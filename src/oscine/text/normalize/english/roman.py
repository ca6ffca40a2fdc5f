# SPDX-License-Identifier: GPL-3.0-or-later
"""Roman numerals, where they are certain to be numerals."""

from __future__ import annotations

import re

from oscine.text.normalize.english.dialect import Rules, Scene
from oscine.text.normalize.english.numbers import cardinal, ordinal
from oscine.text.normalize.scan import Rule

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_WELL_FORMED = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")

_RULERS = frozenset(
    "Adrian Afonso Alexander Alfonso Amenhotep Anastasius Andrew Antiochus Artaxerxes Baldwin Benedict Boniface "
    "Carl Casimir Catherine Celestine Charles Christian Clement Cleopatra Conrad Constantine Constantius Darius "
    "David Edmund Edward Elizabeth Eric Ernest Eugene Ferdinand Francis Franz Frederick Friedrich George Gregory "
    "Gustav Haakon Harald Henry Honorius Hussein Innocent Isabella Ivan James Joseph Juan Julius Justinian Karl "
    "Leo Leopold Louis Ludwig Malcolm Manuel Margaret Mary Maximilian Mehmed Michael Mithridates Murad Napoleon "
    "Nicholas Olaf Otto Paul Pedro Peter Philip Philippe Pius Ptolemy Rama Ramesses Ramses Richard Robert Rudolf "
    "Seti Sigismund Sixtus Stephen Suleiman Theodosius Thutmose Umberto Urban Valdemar Victor Vittorio Wilhelm "
    "Willem William Xerxes".split()
)
_PEOPLE_NAMED_X = frozenset({"Malcolm"})
_TITLES = re.compile(r"\b(?:King|Queen|Pope|Emperor|Empress|Tsar|Czar|Kaiser|Prince|Sultan|Pharaoh)\s\w{1,20}\s{1,3}\Z")
_LABELS = frozenset(
    "Act Amendment Annex Appendix Article Book Canto Category Chapter Ch. Class Division Episode Exhibit Figure Fig. "
    "Fantasy Grade Group Henry Lesson Level Mark Mk Mk. Movement No. Number Olympiad Op. Part Pt. Phase Quest Rocky "
    "Round Scene Schedule Season Section Sec. Sequel Sonata Stage Step Symphony Table Tier Title Tome Type Unit "
    "Version Vol. Volume War Bowl WrestleMania".split()
)
"""What a numeral counts when it follows: "Chapter IV", "World War II", "Super Bowl LIV"."""
_ORDERED = re.compile(
    r"(?:st|nd|rd|th)?\s(?:century|centuries|dynasty|legion|olympiad|corps|congress)\b", re.IGNORECASE
)
_MEDICAL = re.compile(r"\s(?:drip|drips|fluid|fluids|line|lines|bag|bags|antibiotic|antibiotics|therapy|access|drug)\b")
_CLOSED = re.compile(r"\s{0,3}(?:[.,;:!?)\]\"”—–-]|\Z|(?:of|and|or|to|was|is|in)\b)")
_NOT_NUMERALS = frozenset({"XX", "XXX", "XI", "MIX"})
"""Well formed, but bare they mean something else (sizes, ratings, a family name, a verb)."""


def _value(numeral: str) -> int:
    total = 0
    for figure, following in zip(numeral, [*numeral[1:], ""], strict=True):
        value = _VALUES[figure]
        total += -value if following and value < _VALUES[following] else value
    return total


def _say_numeral(match: re.Match[str], scene: Scene) -> str | None:
    numeral = match[1]
    if not _WELL_FORMED.fullmatch(numeral):
        return None
    figures = str(_value(numeral))
    before = scene.word_before(match.start())
    possessive = match[2] or ""
    if before in _RULERS and not (numeral == "X" and before in _PEOPLE_NAMED_X):
        named = numeral != "I" or _TITLES.search(scene.before(match.start()))
        return f"the {ordinal(figures)}{possessive}" if named and len(numeral) < 7 else None
    if before in _LABELS:
        certain = (
            len(numeral) > 1
            or numeral in "VX"
            or before == "War"
            or (numeral == "I" and _CLOSED.match(scene.text, match.end()) is not None)
        )
        return f"{cardinal(figures)}{possessive}" if certain else None
    if len(numeral) > 1 and _ORDERED.match(scene.text, match.end()):
        return ordinal(figures)
    is_plain = len(numeral) > 1 and set(numeral) <= set("IVX") and numeral not in _NOT_NUMERALS
    is_plain = is_plain or (numeral == "XI" and before[:1].isupper() and not before.isupper())
    if not is_plain and len(numeral) < 4:
        return None
    if numeral == "IV" and _MEDICAL.match(scene.text, match.end()):
        return None
    return f"{cardinal(figures)}{possessive}"


def _say_small(match: re.Match[str], scene: Scene) -> str | None:
    """(iv) in a list."""
    numeral = match[1].upper()
    return f"({cardinal(str(_value(numeral)))})" if _WELL_FORMED.fullmatch(numeral) else None


ROMAN: Rules = (
    Rule(
        "Roman numeral",
        re.compile(r"([IVXLCDM]{1,15})(?!\w|[/&+]|\.\w|-[A-Z])(['’]s)?(?!['’])"),
        _say_numeral,
        words=r"[IVXLCDM]{1,15}\b",
    ),
    Rule("(iv)", re.compile(r"\(((?:i|v|x){2,5})\)"), _say_small, signs="("),
)
