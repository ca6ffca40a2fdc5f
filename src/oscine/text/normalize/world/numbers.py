# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers in the words of a locale. Takes figures as text, so that no length is too much.

num2words knows the words; it is imported at the first number, since English never needs it. Signs, fractions and
lengths are dealt with here: num2words drops, misreads or refuses some of them in about a third of its languages.
"""

from __future__ import annotations

import importlib
import re
from functools import lru_cache
from typing import Any

from oscine.text.normalize.world.locale import Locale, Noun
from oscine.text.normalize.world.plurals import choose

_SPACES = "\u00a0\u2009\u202f "
_KEYWORDS: dict[str, dict[str, Any]] = {"ja": {"reading": True}}
"""Japanese in kana: engines without a dictionary cannot read the characters."""
_FAILURES = (
    NotImplementedError,
    OverflowError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
)
"""What num2words raises where a language lacks a form or a size."""


def ascii_figures(text: str) -> str:
    """The figures of any script as 0–9; everything else is left out."""
    return "".join(str(int(character)) for character in text if character.isdecimal())


def number_pattern(locale: Locale) -> str:
    """An expression for numbers as the locale writes them, in bounded length."""
    group = re.escape(locale.group)
    return (
        rf"(?:\d{{1,3}}(?:(?P<group>[{group}{_SPACES}])\d{{3}})(?:(?P=group)\d{{3}}){{0,9}}(?!\d)|\d{{1,30}})"
        rf"(?:[.,٫]\d{{1,30}}(?!\d|[.,]\d))?"
    )


def split(text: str, locale: Locale) -> tuple[str, str]:
    """A number as written → its whole figures and those of its fraction, ASCII.

    The locale's separator decides; the other one is taken for a decimal separator only where it cannot group.
    """
    cut = max(text.rfind(mark) for mark in ".,٫")
    if cut < 0:
        return ascii_figures(text), ""
    fraction = ascii_figures(text[cut + 1 :])
    if text[cut] == locale.group and len(fraction) == 3 and not text.startswith("0"):
        return ascii_figures(text), ""
    return ascii_figures(text[:cut]), fraction


@lru_cache(maxsize=4096)
def _convert(figures: str, name: str, form: str) -> str | None:
    """Words for a short number, or None where num2words has none that make sense."""
    convert = importlib.import_module("num2words").num2words
    to, *inflection = form.split()
    keywords = _KEYWORDS.get(name, {}) | dict(zip(("gender", "case"), inflection, strict=False))
    try:
        words = str(convert(int(figures), lang=name, to=to, **keywords)).strip()
    except _FAILURES:
        return None
    return None if not words or any(character.isdigit() for character in words) else words


def _say(figures: str, locale: Locale, form: str) -> str | None:
    words = _convert(figures, locale.numbers, form)
    if words:
        for wrong, right in locale.fixes.items():
            words = words.replace(wrong, right)
    return words


def cardinal(figures: str, locale: Locale, gender: str = "") -> str:
    """ASCII figures in words; as they are where the engine reads them. gender: of the noun that follows, if any."""
    if not locale.numbers:
        return figures
    plain = figures.lstrip("0") or "0"
    if len(plain) > locale.limit:
        return digits(figures, locale)
    words = _say(plain, locale, "cardinal")
    if words is None:
        return digits(figures, locale)
    forms = locale.agreement.get(gender)
    if forms:
        head, _, last = words.rpartition(" ")
        words = f"{head} {forms.get(last, last)}".lstrip()
    return words


def digits(figures: str, locale: Locale) -> str:
    """Figure by figure."""
    if not locale.numbers:
        return figures
    return " ".join(_say(figure, locale, "cardinal") or figure for figure in figures)


def ordinal(figures: str, locale: Locale, inflection: str = "") -> str | None:
    """ "3" → "third"; None where the language's ordinals are not known.

    inflection: gender and case as num2words names them ("m g"), for the few languages that take them.
    """
    if not locale.numbers or len(figures) > 4:
        return None
    return _say(figures.lstrip("0") or "0", locale, f"ordinal {inflection}".rstrip())


def year(figures: str, locale: Locale) -> str:
    if locale.century and len(figures) == 4 and "1100" <= figures < "2000":
        hundred, joiner = locale.century
        rest = figures[2:].lstrip("0")
        words = cardinal(figures[:2], locale) + hundred
        return words + (joiner + cardinal(rest, locale) if rest else "")
    return cardinal(figures, locale)


def quantity(text: str, locale: Locale, gender: str = "") -> str:
    """A number as `number_pattern` finds it, without a sign."""
    whole, fraction = split(text, locale)
    if not locale.numbers:
        return text
    words = digits(whole, locale) if is_code(text) else cardinal(whole, locale, "" if fraction else gender)
    if not fraction:
        return words
    if not locale.point:
        return f"{words}{locale.decimal}{digits(fraction, locale)}"
    if locale.reads_fraction_whole and fraction[0] != "0" and len(fraction) < 3:
        fraction_words = cardinal(fraction, locale)
    else:
        fraction_words = digits(fraction, locale)
    return f"{words} {locale.point} {fraction_words}"


def is_code(text: str) -> bool:
    """Whether figures are an identifier rather than a count: a leading zero, or very long without separators."""
    whole = re.split(f"[.,٫{_SPACES}'’]", text, maxsplit=1)[0]
    return (len(whole) > 1 and ascii_figures(whole[0]) == "0") or len(whole) > 12


def counted(text: str, noun: Noun, locale: Locale) -> str:
    """A number and its noun, in agreement: "2,5", km → "zwei Komma fünf Kilometer"."""
    whole, fraction = split(text, locale)
    name = choose(locale.plural, noun.forms, whole, has_fraction=bool(fraction.strip("0")))
    return f"{quantity(text, locale, noun.gender)}{locale.glue}{name}"
