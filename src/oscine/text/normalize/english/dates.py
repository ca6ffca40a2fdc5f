# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates, years and decades."""

from __future__ import annotations

import re

from oscine.text.normalize.english.dialect import Rules, Scene
from oscine.text.normalize.english.numbers import cardinal, dated_year, ordinal, pair, plural, year
from oscine.text.normalize.english.times import clock
from oscine.text.normalize.scan import Rule

MONTHS = ("January February March April May June July August September October November December").split()
WEEKDAYS = {
    **{"Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday"},
    **{"Thur": "Thursday", "Thurs": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday"},
}
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_MONTH_OF = {name: month for month in MONTHS for name in (month, month[:3])} | {"Sept": "September"}
_SHORT = "|".join(sorted((name for name in _MONTH_OF if name not in MONTHS), key=len, reverse=True))
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{_SHORT})\b\.?)"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_YEAR = r"[12][0-9]{3}"
_YEAR_AFTER = rf"(?:(?P<comma>,?)\s(?P<year>{_YEAR})(?![\d%:]|[.,]\d))?"
_END = r"(?![\d%$/]|[.,:-]\d)"

_WORDS_FOR_YEARS = frozenset(
    "in since by from until till to of year years circa ca ca. c. during before after around about early late mid "
    "spring summer autumn fall winter class between and copyright ©".split()
)
"""After one of these, four figures are a year."""
_WORDS_FOR_DATES = frozenset("on by until till since before after from due dated".split())
_WORDS_FOR_DECADES = frozenset("the early mid late in his her their my your our".split())
_WORDS_FOR_SECONDS = frozenset("for within wait of than every at about only just lasts took takes".split())
_NOT_COUNTED = frozenset("was is has does this as its his vs across unless towards always perhaps us".split())
"""Words in -s that do not make what precedes them a count."""
_COUNTED = frozenset("people men women children of more fewer other different new million dollars".split())


def _date(month: str, day: str, of_year: str | None) -> str:
    words = f"{month} {ordinal(day)}"
    return f"{words}, {dated_year(of_year)}" if of_year else words


def _month(match: re.Match[str]) -> str:
    return _MONTH_OF[match["month"].rstrip(".")]


def _say_iso(match: re.Match[str], scene: Scene) -> str | None:
    month, day = int(match["month"]), int(match["day"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    words = _date(MONTHS[month - 1], match["day"], match["year"])
    if match["hour"]:
        if int(match["hour"]) > 23 or int(match["minute"]) > 59:
            return None
        words += f", {clock(match['hour'], match['minute'], is_24h=True)}"
        words += " UTC" if match["zone"] else ""
    return words


def _say_numeric(match: re.Match[str], scene: Scene) -> str | None:
    first, second, of_year = int(match[1]), int(match[3]), match[4]
    day_first = scene.locale.is_day_first or match[2] == "."
    if (first if day_first else second) <= 12 < (second if day_first else first):
        day_first = not day_first  # 25/12/2023 can only be meant one way
    day, month = (first, second) if day_first else (second, first)
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    if len(of_year) == 2:
        if match[2] == ".":
            return None
        of_year = ("20" if int(of_year) < 70 else "19") + of_year
    return _date(MONTHS[month - 1], str(day), of_year)


def _say_month_day(match: re.Match[str], scene: Scene) -> str:
    words = f"{_month(match)} {ordinal(match['day'])}"
    if match["to"]:
        words += f" to {ordinal(match['to'])}"
    return f"{words}, {dated_year(match['year'])}" if match["year"] else words


def _say_day_month(match: re.Match[str], scene: Scene) -> str:
    words = f"{ordinal(match['day'])} of {_month(match)}"
    if match["to"]:
        words = f"{ordinal(match['day'])} to {ordinal(match['to'])} of {_month(match)}"
    if scene.word_before(match.start()).lower() != "the":
        words = f"the {words}"
    return f"{words}{match['comma'] or ''} {dated_year(match['year'])}" if match["year"] else words


def _say_month_year(match: re.Match[str], scene: Scene) -> str:
    return f"{_month(match)} {dated_year(match['year'])}"


def _say_month(match: re.Match[str], scene: Scene) -> str | None:
    """An abbreviated month that stands alone; "Mar." and "Jan." may be names, so a preposition must precede."""
    if scene.word_before(match.start()).lower() not in {*_WORDS_FOR_YEARS, *_WORDS_FOR_DATES, "last", "next", "this"}:
        return None
    return _MONTH_OF[match["month"]] + ("." if not scene.after(match.end(), 4).strip() else "")


def _say_weekday(match: re.Match[str], scene: Scene) -> str | None:
    name = match["day"]
    after = scene.after(match.end(), 12)
    is_dated = re.match(rf",? (?:{_MONTH}|[0-9])", after) is not None
    if name in ("Sun", "Sat", "Wed", "Fri") and not is_dated:
        return None
    if not match["point"]:
        return WEEKDAYS[name] if is_dated else None
    return WEEKDAYS[name] + ("." if not after.strip() else "")


def _say_weekdays(match: re.Match[str], scene: Scene) -> str:
    return f"{WEEKDAYS[match[1]]} to {WEEKDAYS[match[2]]}"


def _say_day_slash(match: re.Match[str], scene: Scene) -> str | None:
    """3/4 is a date after "on", "by" or a weekday; elsewhere a fraction."""
    word = scene.word_before(match.start()).rstrip(".,")
    before = scene.before(match.start(), 12).rstrip(" ,").rsplit(" ", 1)[-1]
    if word.lower() not in _WORDS_FOR_DATES and before.rstrip(".") not in {*WEEKDAYS, *WEEKDAYS.values()}:
        return None
    if scene.after(match.end(), 4) == " of ":
        return None
    first, second = int(match[1]), int(match[2])
    day, month = (first, second) if scene.locale.is_day_first else (second, first)
    if month > 12 >= day:
        day, month = month, day
    return _date(MONTHS[month - 1], str(day), None) if month <= 12 else None


def _say_decade(match: re.Match[str], scene: Scene) -> str | None:
    figures = match["decade"]
    if len(figures) == 2 and match["mark"] is None:
        word = scene.word_before(match.start()).lower()
        if word not in _WORDS_FOR_DECADES and (figures < "50" or word in _WORDS_FOR_SECONDS):
            return None
    if figures == "00":
        return "two thousands"
    words = cardinal(figures) if len(figures) == 2 or figures.endswith("000") else year(figures)
    return plural(words).removeprefix("one ")


def _say_short_year(match: re.Match[str], scene: Scene) -> str | None:
    if scene.before(match.start(), 1).isalnum() or scene.after(match.end(), 1) in ("'", "’"):
        return None
    return "two thousand" if match[1] == "00" else pair(match[1])


def _say_year_month(match: re.Match[str], scene: Scene) -> str | None:
    if int(match[2]) == (int(match[1]) + 1) % 100:
        return None  # 2010-11 is a season
    return f"{MONTHS[int(match[2]) - 1]} {dated_year(match[1])}"


def _say_season(match: re.Match[str], scene: Scene) -> str | None:
    """2023/24 and 2023-24: a span of two years."""
    first, second = match[1], match[3]
    if len(second) == 2:
        if second == "00" or (int(second) != (int(first) + 1) % 100 and match[2] == "/"):
            return None
        if int(second) <= int(first[2:]):
            return None
        second_words = pair(second)
    else:
        second_words = year(second)
    return f"{year(first)} to {second_words}"


def _say_year(match: re.Match[str], scene: Scene) -> str | None:
    """Four figures are a year where the words around say so, and from 1500 to 2099 unless something is counted."""
    figures = match[0]
    word = scene.word_before(match.start()).lower().rstrip(".")
    after = _NEXT_WORD.match(scene.text, match.end())
    following = after[1].lower() if after else ""
    counted = following in _COUNTED or (
        len(following) > 2 and following.endswith("s") and following not in _NOT_COUNTED and "'" not in following
    )
    if following in ("bc", "bce", "ad", "ce"):
        return year(figures)
    if counted or (figures >= "2100" and following):
        return None
    if word in _WORDS_FOR_YEARS and figures <= "2999":
        return year(figures) if figures[1:] != "000" else None
    return year(figures) if "1500" <= figures < "2100" else None


_NEXT_WORD = re.compile(r"\s([A-Za-z']{1,20})")

DATES: Rules = (
    Rule(
        "date 2024-01-31",
        re.compile(
            rf"(?P<year>{_YEAR})([-/.])(?P<month>[01]?[0-9])\2(?P<day>[0-3]?[0-9])(?![\d%])(?!-\d)"
            r"(?:[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?P<zone>Z\b)?)?"
        ),
        _say_iso,
        signs="12",
    ),
    Rule(
        "date 31/01/2024",
        re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([12][0-9]{3}|[0-9]{2})" + _END),
        _say_numeric,
        signs="0-9",
    ),
    Rule(
        "month and day",
        re.compile(
            rf"(?P<month>{_MONTH})\s(?P<day>{_DAY})(?:st|nd|rd|th)?(?:\s?[-–]\s?(?P<to>{_DAY})(?:st|nd|rd|th)?)?"
            rf"(?![\d%/:°]|\.\d|,\d|\s?(?:am|pm|[ap]\.m\.))\b{_YEAR_AFTER}"
        ),
        _say_month_day,
        words=rf"{_MONTH}\s[0-9]",
    ),
    Rule(
        "month and year",
        re.compile(rf"(?P<month>{_MONTH}),?\s(?P<year>{_YEAR})(?![\d%:]|[.,]\d)"),
        _say_month_year,
        words=rf"{_MONTH},?\s[12]",
    ),
    Rule(
        "day and month",
        re.compile(
            rf"(?P<day>{_DAY})(?:st|nd|rd|th)?(?:\s?[-–]\s?(?P<to>{_DAY})(?:st|nd|rd|th)?)?"
            rf"\s(?:of\s)?(?P<month>{_MONTH})(?!\w){_YEAR_AFTER}"
        ),
        _say_day_month,
        signs="0-9",
    ),
    Rule("month", re.compile(rf"(?P<month>{_SHORT})\."), _say_month, words=rf"(?:{_SHORT})\."),
    Rule(
        "weekdays",
        re.compile(rf"({_WEEKDAY})\.?\s?[-–]\s?({_WEEKDAY})\b\.?"),
        _say_weekdays,
        words=rf"(?:{_WEEKDAY})\.?\s?[-–]",
    ),
    Rule(
        "weekday",
        re.compile(rf"(?P<day>{_WEEKDAY})\b(?P<point>\.)?"),
        _say_weekday,
        words=rf"(?:{_WEEKDAY})\b",
    ),
    Rule("date 3/4", re.compile(rf"({_DAY})/({_DAY}){_END}\b"), _say_day_slash, signs="0-9"),
    Rule(
        "decade", re.compile(r"(?P<mark>['’‘])?(?P<decade>[12][0-9]{2}0|[0-9]0)['’]?s\b"), _say_decade, signs="0-9'’‘"
    ),
    Rule("year '69", re.compile(r"['’‘]([0-9]{2})\b(?![.,]?\d|%)"), _say_short_year, signs="'’‘"),
)

YEARS: Rules = (
    Rule("month 2024-01", re.compile(rf"({_YEAR})-(0[1-9]|1[0-2]){_END}(?![\w-])"), _say_year_month, signs="12"),
    Rule("season", re.compile(rf"({_YEAR})([-–/])([12][0-9]{{3}}|[0-9]{{2}}){_END}\b"), _say_season, signs="12"),
    Rule("year", re.compile(r"[12][0-9]{3}(?![\d%°$€£/:]|[.,]\d|\s?[-–]\d)(?![A-Za-z_])"), _say_year, signs="12"),
)
"""Come after the measures, since "1500 kg" is no year."""
