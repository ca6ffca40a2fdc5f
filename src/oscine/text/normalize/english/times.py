# SPDX-License-Identifier: GPL-3.0-or-later
"""Times of the day and durations."""

from __future__ import annotations

import re

from oscine.text.normalize.english.dialect import Rules, Scene
from oscine.text.normalize.english.numbers import cardinal, digits, pair
from oscine.text.normalize.scan import Rule

_HALF = r"(?P<half>[aApP])(?:\.\s?[mM]\.|\.?[mM](?P<tight>\b))"
_SENTENCE_ENDS = re.compile(r"[\"'”’)\]]{0,3}(?:\s{1,8}[A-Z]|\s{0,8}\Z)")


def clock(hour: str, minute: str, *, half: str = "", is_24h: bool = False) -> str:
    """ "14", "30" → "two thirty PM"; "9", "05" → "nine oh five".

    half: "a" or "p" where the text says so. is_24h: whether the hour counts to 24 even when it is below 13.
    """
    number = int(hour) % 24
    suffix = ""
    if half:
        suffix = f" {half.upper()}M"
    elif is_24h or not 1 <= number <= 12 or hour[0] == "0":
        suffix = " AM" if number < 12 else " PM"
    words = cardinal(str(number % 12 or 12))
    if minute != "00":
        words += f" {pair(minute)}"
    elif not suffix:
        words += " o'clock"
    return words + suffix


def _say_clock(match: re.Match[str], scene: Scene) -> str | None:
    hour, minute, second = match["hour"], match["minute"] or "00", match["second"]
    half = match["half"] or ""
    if int(minute) > 59 or int(hour) > (12 if half else 24):
        return None
    if second and not half and not _follows_at(match, scene):
        return _duration(hour, minute, second)
    words = clock(hour, minute, half=half)
    if second:
        words += f" and {_count(second, 'second')}"
    if half and match["tight"] is None and _SENTENCE_ENDS.match(scene.text, match.end()):
        words += "."  # the point of "p.m." was also the sentence's
    return words


def _follows_at(match: re.Match[str], scene: Scene) -> bool:
    return scene.word_before(match.start()).lower() in {"at", "around", "by", "until", "from"}


def _duration(hour: str, minute: str, second: str) -> str:
    parts = [
        _count(figures, unit)
        for figures, unit in ((hour, "hour"), (minute, "minute"), (second, "second"))
        if figures.strip("0")
    ]
    if len(parts) < 2:
        return "".join(parts) or "zero seconds"
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _count(figures: str, unit: str) -> str:
    number = cardinal(figures)
    return f"{number} {unit}" if number == "one" else f"{number} {unit}s"


def _say_split(match: re.Match[str], scene: Scene) -> str | None:
    """1:23.45 as a runner's time is read."""
    if int(match[2]) > 59:
        return None
    return f"{cardinal(match[1])} {pair(match[2]) if match[2] != '00' else 'zero'} point {digits(match[3])}"


def _say_hour(match: re.Match[str], scene: Scene) -> str | None:
    if not 1 <= int(match["hour"]) <= 12:
        return None
    words = clock(match["hour"], "00", half=match["half"])
    if match["tight"] is None and _SENTENCE_ENDS.match(scene.text, match.end()):
        words += "."
    return words


def _say_first_hour(match: re.Match[str], scene: Scene) -> str | None:
    """The "1-" of "1-2pm"; the rest is a time of its own."""
    hour, _, minute = match[1].partition(":")
    if not 1 <= int(hour) <= 12:
        return None
    return f"{clock(hour, minute).removesuffix(' AM')} to " if minute else f"{cardinal(hour)} to "


def _say_ratio(match: re.Match[str], scene: Scene) -> str:
    return f"{cardinal(match[1])} to {cardinal(match[2])}"


TIMES: Rules = (
    Rule(
        "first hour",
        re.compile(rf"([0-9]{{1,2}}(?::[0-5][0-9])?)\s?[-–]\s?(?=[0-9]{{1,2}}(?::[0-5][0-9])?\s?{_HALF})"),
        _say_first_hour,
        signs="0-9",
    ),
    Rule("split time", re.compile(r"([0-9]{1,2}):([0-9]{2})\.([0-9]{1,3})(?![\d:])"), _say_split, signs="0-9"),
    Rule(
        "clock",
        re.compile(
            r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-5][0-9]))?(?![\d:])"
            rf"(?!\.\d)(?:\s?{_HALF})?"
        ),
        _say_clock,
        signs="0-9",
    ),
    Rule("hour", re.compile(rf"(?P<hour>[0-9]{{1,2}})\s?{_HALF}"), _say_hour, signs="0-9"),
    Rule("ratio", re.compile(r"([0-9]{1,6}):([0-9]{1,6})(?![\d:])"), _say_ratio, signs="0-9"),
)
