# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures that name rather than count: telephone numbers, IP addresses, versions, codes, house numbers."""

from __future__ import annotations

import re

from oscine.text.normalize.english.dialect import Rules, Scene
from oscine.text.normalize.english.numbers import cardinal, digits, pair
from oscine.text.normalize.scan import Rule

_FIGURES = re.compile(r"[0-9]{1,40}")
_EMERGENCY = frozenset({"911", "999", "112", "411", "311", "211", "101", "988"})
_STREETS = (
    "St Str Street Ave Av Avenue Blvd Boulevard Rd Road Dr Drive Ln Lane Ct Court Pl Place Sq Square Ter Terrace "
    "Way Pkwy Parkway Hwy Highway Cir Circle Trl Trail Crescent Close Gardens Alley Row Mews Quay Wharf"
).split()
_STREET = "|".join(sorted(_STREETS, key=len, reverse=True))
_CODE_WORDS = frozenset(
    "code pin id zip ext ext. extension account acct serial password passcode postcode otp ssn tracking".split()
)
"""After one of these a number is read figure by figure."""


def _grouped(text: str) -> str:
    """Figures one by one, with a comma, hence a pause, between groups."""
    return ", ".join(digits(group) for group in _FIGURES.findall(text))


def _say_phone(match: re.Match[str], scene: Scene) -> str | None:
    number = match[0]
    if scene.before(match.start(), 1) in {"-", "/", "."} and scene.before(match.start(), 2)[:1].isdigit():
        return None
    return ("plus " if number[0] == "+" else "") + _grouped(number)


def _say_freephone(match: re.Match[str], scene: Scene) -> str:
    return f"one, {cardinal(match[1])}, {_grouped(match[2] or '')}"


def _say_emergency(match: re.Match[str], scene: Scene) -> str | None:
    if match[0] not in _EMERGENCY or scene.word_before(match.start()).lower() not in {
        *("call", "calls", "called", "calling", "dial", "dialed", "dialled", "dialing", "phone", "phoned", "text"),
        *("ring", "rang", "a"),
    }:
        return None
    return digits(match[0])


def _say_ip(match: re.Match[str], scene: Scene) -> str | None:
    if any(int(part) > 255 for part in match["ip"].split(".")):
        return None
    words = " dot ".join(digits(part) for part in match["ip"].split("."))
    if match["port"]:
        words += f" colon {digits(match['port'])}"
    return words + (f" slash {cardinal(match['net'])}" if match["net"] else "")


def _say_version(match: re.Match[str], scene: Scene) -> str | None:
    if match["v"] and scene.before(match.start(), 1).isalnum():
        return None
    parts = match["parts"].split(".")
    if not match["v"] and len(parts) < 3:
        return None
    if not match["v"] and len(parts[0]) < 4 and parts[0] != "0" and all(len(part) == 3 for part in parts[1:]):
        return cardinal("".join(parts))  # 1.000.000 as many countries group it
    words = " point ".join(cardinal(part) for part in parts)
    if not match["v"] or scene.word_before(match.start()).lower() == "version":
        return words
    return f"version {words}" if len(parts) > 1 else f"v {words}"


def _say_house(match: re.Match[str], scene: Scene) -> str:
    """A house number: "123 Main St" → "one two three", "1600 …" → "sixteen hundred", "42 …" → "forty-two"."""
    number = match["number"]
    if len(number) < 3 or (len(number) == 3 and number.endswith("00")):
        words = cardinal(number)
    elif len(number) == 4 and number[0] != "0" and number[1:] != "000":
        words = f"{pair(number[:2])} {pair(number[2:])}"
    else:
        words = digits(number)
    return f"{words} {match['letter']}" if match["letter"] else words


def _say_zip(match: re.Match[str], scene: Scene) -> str | None:
    """Five figures after a state's two letters."""
    if not re.search(r"(?:^|[\s,])[A-Z]{2}\.?\s\Z", scene.before(match.start(), 6)):
        return None
    return _grouped(match[0])


def _say_code(match: re.Match[str], scene: Scene) -> str | None:
    before = scene.before(match.start(), 32).lower().rstrip(" :#")
    word = before[max(before.rfind(" "), before.rfind("\n")) + 1 :]
    if word in ("is", "number", "no.", "no"):
        word = before.split()[-2] if len(before.split()) > 1 else ""
    return digits(match[0]) if word in _CODE_WORDS else None


def _say_chain(match: re.Match[str], scene: Scene) -> str:
    """Three and more numbers joined by hyphens: read out in groups."""
    return ", ".join(
        digits(part) if len(part) > 2 or part[0] == "0" else cardinal(part) for part in re.split("[-–]", match[0])
    )


_GAP = r"[-.\s\u2011]"

CODES: Rules = (
    Rule(
        "free number",
        re.compile(r"\+?1-(8[0-9]{2})-(?:([0-9]{3}-?[0-9]{4})\b|(?=[A-Z]{3}))"),
        _say_freephone,
        signs="+1",
    ),
    Rule(
        "telephone",
        re.compile(
            rf"(?:\+[0-9]{{1,3}}{_GAP}?|1{_GAP})?(?:\([2-9][0-9]{{2}}\)\s?|[2-9][0-9]{{2}}{_GAP})[0-9]{{3}}{_GAP}[0-9]{{4}}(?!\d|[.,-]\d)"
            rf"|\+[0-9]{{1,3}}(?:{_GAP}?\(?[0-9]{{1,5}}\)?){{2,6}}(?!\d)"
            r"|\+[0-9]{7,15}(?!\d)"
            r"|\(?0[0-9]{2,5}\)?(?:[-\s][0-9]{2,8}){1,4}(?![\d:]|[.,/-]\d)"
            r"|[2-9][0-9]{2}-[0-9]{4}(?![\d.,-])"
            r"|[0-9]{4}(?:[- ][0-9]{4}){3}(?![\d-])"  # a bank card
        ),
        _say_phone,
        signs=r"+(0-9",
    ),
    Rule("emergency", re.compile(r"[1-9][0-9]{2}(?![\d-]|[.,:]\d)\b"), _say_emergency, signs="1-9"),
    Rule(
        "IP address",
        re.compile(
            r"(?P<ip>[0-9]{1,3}(?:\.[0-9]{1,3}){3})(?![\d]|\.\d)(?::(?P<port>[0-9]{1,5}))?(?:/(?P<net>[0-9]{1,2})\b)?"
        ),
        _say_ip,
        signs="0-9",
    ),
    Rule(
        "version",
        re.compile(r"(?P<v>v)?\.?(?P<parts>[0-9]{1,6}(?:\.[0-9]{1,6}){0,5})(?!\.?[\d])"),
        _say_version,
        signs="0-9",
        words=r"v\.?[0-9]",
    ),
    Rule(
        "house number",
        re.compile(
            r"(?P<number>[0-9]{1,5})(?P<letter>[A-Ea-e])?"
            rf"(?=\s(?:[NSEW]{{1,2}}\.?\s|North\s|South\s|East\s|West\s)?(?:[A-Z][a-z'’.]{{0,20}}\s|[0-9]{{1,3}}(?:st|nd|rd|th)\s){{1,3}}(?:{_STREET})\b)"
        ),
        _say_house,
        signs="0-9",
    ),
    Rule("zip code", re.compile(r"[0-9]{5}(?:-[0-9]{4})?\b(?![.,]\d)"), _say_zip, signs="0-9"),
    Rule("code", re.compile(r"[0-9]{3,20}\b(?![.,/:-]\d)"), _say_code, signs="0-9"),
    Rule("chain", re.compile(r"[0-9]{1,10}(?:[-–][0-9]{1,10}){2,12}(?![\d%]|[-.,/:]\d)"), _say_chain, signs="0-9"),
)
