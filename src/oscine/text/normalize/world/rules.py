# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that languages other than English rewrite, in order; one scanner for each locale."""

from __future__ import annotations

import re
from functools import lru_cache

from oscine.text.normalize.noise import EMPHASIS, NOISE
from oscine.text.normalize.scan import Rule, Scanner
from oscine.text.normalize.world.calendar import calendar_rules
from oscine.text.normalize.world.languages import LOCALES
from oscine.text.normalize.world.locale import Locale
from oscine.text.normalize.world.measures import measure_rules
from oscine.text.normalize.world.numbers import (
    ascii_figures,
    cardinal,
    digits,
    is_code,
    number_pattern,
    ordinal,
    quantity,
    year,
)
from oscine.text.normalize.world.scene import Rules, Scene
from oscine.text.normalize.world.web import WEB

_NEXT_WORD = re.compile(r"\s([^\W\d_]{1,30})(?!\w)")
_FIRST_OF_RANGE = re.compile(r"[\w.,:/-]\Z")


def _say_long(match: re.Match[str], scene: Scene) -> str | None:
    return digits(ascii_figures(match[0]), scene.locale) if scene.locale.numbers else None


def _say_phone(match: re.Match[str], scene: Scene) -> str | None:
    if not scene.locale.numbers:
        return None
    plus = f"{scene.locale.plus} " if match[0][0] == "+" else ""
    return plus + ", ".join(digits(ascii_figures(group), scene.locale) for group in re.findall(r"\d+", match[0]))


def _say_dotted(match: re.Match[str], scene: Scene) -> str | None:
    """Versions and addresses: 1.2.3."""
    locale = scene.locale
    parts = match[0].split(".")
    if not locale.numbers or not locale.point or (len(parts[0]) < 4 and all(len(part) == 3 for part in parts[1:])):
        return None
    dot = locale.web[0] if locale.web else locale.point
    return f" {dot} ".join(cardinal(ascii_figures(part), locale) for part in parts)


def _say_ordinal(match: re.Match[str], scene: Scene) -> str | None:
    figures, marker = ascii_figures(match["figures"]), match["marker"].lower().strip(".-: ")
    locale = scene.locale
    if locale.code == "ru":
        return ordinal(figures, locale, {"й": "m", "я": "f", "е": "n"}[marker])
    words = ordinal(figures, locale)
    if words is None:
        return None
    if marker == "ª":
        return " ".join(f"{word[:-1]}a" if word.endswith("o") else word for word in words.split())
    return "première" if marker in ("re", "ère") and figures == "1" else words


def _say_range(match: re.Match[str], scene: Scene) -> str | None:
    locale = scene.locale
    first, second = match["first"], match["second"]
    if not locale.to or _FIRST_OF_RANGE.search(scene.before(match.start(), 1)) or is_code(first) or is_code(second):
        return None
    return f"{_plain(first, locale)} {locale.to} {_plain(second, locale)}"


def _say_number(match: re.Match[str], scene: Scene) -> str | None:
    locale = scene.locale
    if not locale.numbers and not match["sign"]:
        return None
    words = _plain(match["number"], locale, _gender_ahead(match, scene))
    if not match["sign"]:
        return words
    if _FIRST_OF_RANGE.search(scene.before(match.start(), 1)) or not locale.minus:
        return None
    return f"{locale.minus} {words}"


def _gender_ahead(match: re.Match[str], scene: Scene) -> str:
    """The gender of the noun after a number, where it is one of the locale's own, or any German noun."""
    if not scene.locale.agreement:
        return ""
    word = _NEXT_WORD.match(scene.text, match.end())
    if word is None:
        return ""
    if word[1] in scene.locale.genders:
        return scene.locale.genders[word[1]]
    return "m" if scene.locale.code == "de" and word[1][0].isupper() else ""


def _plain(number: str, locale: Locale, gender: str = "") -> str:
    figures = ascii_figures(number)
    return (
        year(figures, locale)
        if len(number) == 4 and number.isdecimal() and locale.numbers
        else quantity(number, locale, gender)
    )


def _say_and(match: re.Match[str], scene: Scene) -> str | None:
    if not scene.locale.and_:
        return None
    left, right = scene.before(match.start(), 1), scene.after(match.end(), 1)
    return (
        f"{'' if not left or left.isspace() else ' '}{scene.locale.and_}{'' if not right or right.isspace() else ' '}"
    )


def _make_rules(locale: Locale) -> Rules:
    number = number_pattern(locale)
    first = number.replace("<group>", "<group1>").replace("=group", "=group1")
    ordinals: Rules = ()
    if locale.ordinal:
        pattern = re.compile(rf"(?P<figures>\d{{1,4}})(?P<marker>{locale.ordinal})(?!\w)")
        ordinals = (Rule("ordinal", pattern, _say_ordinal, signs=r"\d"),)
    return (
        *NOISE,
        Rule("very long", re.compile(r"\d{31,}"), _say_long, signs=r"\d"),
        *WEB,
        *calendar_rules(locale),
        Rule(
            "telephone",
            re.compile(r"\+\d{1,3}(?:[-.\s]?\(?\d{1,5}\)?){2,6}(?!\d)|0\d{1,5}(?:[-/\s]\d{2,8}){1,4}(?![\d:]|[.,]\d)"),
            _say_phone,
            signs=r"+\d",
        ),
        *measure_rules(locale),
        *ordinals,
        Rule("dotted", re.compile(r"\d{1,6}(?:\.\d{1,6}){2,5}(?!\.?\d)"), _say_dotted, signs=r"\d"),
        Rule(
            "range",
            re.compile(rf"(?P<first>{first})\s?[-–—]\s?(?P<second>{number})(?![-\d]|[.,]\d)"),
            _say_range,
            signs=r"\d",
        ),
        Rule("number", re.compile(rf"(?P<sign>[-−](?=\d))?(?P<number>{number})"), _say_number, signs=r"\d\-−"),
        Rule("and", re.compile("&"), _say_and, signs="&"),
        EMPHASIS,
    )


@lru_cache(maxsize=128)
def find_scanner(locale_code: str) -> tuple[Scanner[Locale], Locale]:
    """The scanner of a locale of `languages.LOCALES`; costs some milliseconds the first time."""
    locale = LOCALES[locale_code]
    return Scanner(_make_rules(locale)), locale
