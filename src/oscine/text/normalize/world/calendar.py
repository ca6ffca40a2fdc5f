# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates and times of the day, in the locale's plain form."""

from __future__ import annotations

import re

from oscine.text.normalize.scan import Rule
from oscine.text.normalize.world.locale import Locale
from oscine.text.normalize.world.numbers import ascii_figures, cardinal, counted, digits, ordinal, year
from oscine.text.normalize.world.scene import Rules, Scene

_GERMAN_WEAK = frozenset("am vom zum bis dem den des der seit ab im".split())
"""After these a German ordinal ends in -n, elsewhere a bare one in -r."""


def _say_date(match: re.Match[str], scene: Scene) -> str | None:
    locale = scene.locale
    day, month, of_year = int(match["d"]), int(match["m"]), ascii_figures(match["y"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    if len(of_year) == 2:
        of_year = ("20" if int(of_year) < 70 else "19") + of_year
    name = locale.months[month - 1] if locale.months else cardinal(str(month), locale)
    return locale.date.format(d=_day(str(day), match, scene), m=name, y=_year(of_year, locale))


def _year(figures: str, locale: Locale) -> str:
    """Russian dates are "of the two thousand twenty-third year"."""
    return (ordinal(figures, locale, "m g") if locale.code == "ru" else None) or year(figures, locale)


def _day(figures: str, match: re.Match[str], scene: Scene) -> str:
    locale = scene.locale
    style = locale.day
    if style == "cardinal" or (style == "first" and figures != "1"):
        return cardinal(figures, locale)
    words = ordinal(figures, locale, "n" if locale.code == "ru" else "")
    if words is None:
        return cardinal(figures, locale)
    if locale.code == "de":
        return words + ("n" if scene.word_before(match.start()).lower() in _GERMAN_WEAK else "r")
    return words


def _say_day_month(match: re.Match[str], scene: Scene) -> str | None:
    if not 1 <= int(match["d"]) <= 31 or not scene.locale.numbers:
        return None
    return f"{_day(ascii_figures(match['d']), match, scene)}{match['gap']}"


def _say_clock(match: re.Match[str], scene: Scene) -> str | None:
    locale = scene.locale
    hour, minute = ascii_figures(match["h"]), ascii_figures(match["m"] or "00")
    if int(hour) > 24 or int(minute) > 59 or not (locale.numbers or locale.clock):
        return None
    hour = hour.lstrip("0") or "0"
    if minute == "00" and locale.oclock:
        return locale.oclock.format(h=_hour(hour, locale))
    if minute == "00" and "h" in locale.units:
        return counted(hour, locale.units["h"], locale)
    if locale.clock:
        return locale.clock.format(h=_hour(hour, locale), m=cardinal(minute.lstrip("0") or "0", locale))
    minute_words = digits(minute, locale) if minute[0] == "0" else cardinal(minute, locale)
    return f"{cardinal(hour, locale)} {minute_words}"


def _hour(hour: str, locale: Locale) -> str:
    """The hour before its noun: "ein Uhr", "une heure"."""
    return cardinal(hour, locale, locale.hour_gender)


def calendar_rules(locale: Locale) -> Rules:
    end = r"(?![\d%]|[.,:/-]\d)"
    numeric = {
        "dmy": r"(?P<d>\d{1,2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<y>[12]\d{3}|\d{2})",
        "mdy": r"(?P<m>\d{1,2})(?P<s>[./-])(?P<d>\d{1,2})(?P=s)(?P<y>[12]\d{3}|\d{2})",
        "ymd": r"(?P<y>[12]\d{3})(?P<s>[./])\s?(?P<m>\d{1,2})(?P=s)\s?(?P<d>\d{1,2})",
    }[locale.order]
    signs = rf"\s?(?:{locale.hour_signs})(?!\w)" if locale.hour_signs else ""
    rules: Rules = (
        Rule(
            "date 2024-01-31",
            re.compile(rf"(?P<y>[12]\d{{3}})-(?P<m>[01]\d)-(?P<d>[0-3]\d){end}"),
            _say_date,
            signs=r"\d",
        ),
        Rule("date in figures", re.compile(numeric + end), _say_date, signs=r"\d"),
        Rule(
            "clock",
            re.compile(rf"(?P<h>[0-2]?\d)[{locale.clock_marks}](?P<m>[0-5]\d)(?![\d:]|[.,]\d)(?:{signs})?"),
            _say_clock,
            signs=r"\d",
        ),
    )
    if signs:
        pattern = re.compile(rf"(?P<h>[0-2]?\d)(?:\.(?P<m>[0-5]\d))?{signs}")
        rules += (Rule("clock 14.30 Uhr", pattern, _say_clock, signs=r"\d"),)
    if locale.months and locale.day != "cardinal":
        dot = r"\." if locale.day == "dotted" else ""
        which = "1" if locale.day == "first" else r"\d{1,2}"
        names = "|".join(locale.months)
        pattern = re.compile(rf"(?P<d>{which}){dot}(?P<gap>\s)(?=(?i:{names})(?!\w))")
        rules += (Rule("day and month", pattern, _say_day_month, signs=r"\d"),)
    return rules
