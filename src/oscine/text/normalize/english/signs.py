# SPDX-License-Identifier: GPL-3.0-or-later
"""Signs that stand for words: between numbers, between words, or alone."""

from __future__ import annotations

import re

from oscine.text.normalize.english.dialect import Rules, Scene
from oscine.text.normalize.noise import drop_picture
from oscine.text.normalize.scan import Rule

_OPERATORS = {
    "+": "plus",
    "−": "minus",
    "-": "minus",
    "–": "minus",
    "×": "times",
    "*": "times",
    "·": "times",
    "⋅": "times",
    "÷": "divided by",
    "/": "over",
    "=": "equals",
    "≠": "does not equal",
    "≈": "is approximately",
    "<": "is less than",
    ">": "is greater than",
    "≤": "is at most",
    "≥": "is at least",
    "±": "plus or minus",
    "^": "to the power of",
    "∝": "is proportional to",
    "∈": "is in",
}
_ALONE = {
    "&": "and",
    "%": "percent",
    "‰": "per mille",
    "§": "section",
    "¶": "paragraph",
    "©": "copyright",
    "®": "",
    "™": "",
    "°": "degrees",
    "∞": "infinity",
    "√": "square root of",
    "π": "pi",
    "∑": "sum of",
    "∫": "integral of",
    "±": "plus or minus",
    "×": "times",
    "÷": "divided by",
    "≈": "about",
    "≠": "not equal to",
    "≤": "at most",
    "≥": "at least",
    "=": "equals",
    "$": "dollar",
    "£": "pound",
    "€": "euro",
    "¥": "yen",
    "¢": "cents",
    "№": "number",
    "@": "at",
    "+": "plus",
    "−": "minus",
    "~": "about",
    "^": "",
    "<": "",
    ">": "",
    "#": "",
    "\\": "backslash",
    "‖": "",
}
_OPERAND_BEFORE = re.compile(r"(?:[\d)%°!π²³]|\b[A-Za-z])\s?\Z")
_OPERAND_AFTER = re.compile(r"\s?[-−]?(?:[\d(.√π$£€]|[A-Za-z]\b)")
_TIGHT = frozenset("-–/·")
"""Between these and letters there is no sum ("A/B", "a-b")."""


def _say_operator(match: re.Match[str], scene: Scene) -> str | None:
    """A sign with an operand on both sides; hyphens only where the line is a sum."""
    sign = match[1]
    before = scene.before(match.start(), 4)
    if not _OPERAND_BEFORE.search(before) or not _OPERAND_AFTER.match(scene.text, match.end()):
        return None
    if sign in _TIGHT:
        is_spaced = match[0][0].isspace() or scene.before(match.start(), 1).isspace()
        near = scene.before(match.start(), 40) + scene.after(match.end(), 40)
        if sign in "/·":
            if not (before.rstrip()[-1:].isdigit() and scene.after(match.end(), 2).lstrip()[:1].isdigit()):
                return None
        elif not is_spaced or not re.search(r"[=≈<>≤≥]", near):
            return None
    return _apart(_OPERATORS[sign], match, scene)


def _apart(words: str, match: re.Match[str], scene: Scene) -> str:
    """Spaces between words and the punctuation at their sides; the scanner sees to letters."""
    left, right = scene.before(match.start(), 1), scene.after(match.end(), 1)
    head = "" if not left or left.isalnum() or left.isspace() or left in "(\"“‘'" else " "
    tail = "" if not right or right.isalnum() or right.isspace() or right in ".,;:!?)\"”’'" else " "
    return f"{head}{words}{tail}"


def _say_alone(match: re.Match[str], scene: Scene) -> str:
    words = _ALONE[match[0]]
    return _apart(words, match, scene) if words else ""


def _say_number_sign(match: re.Match[str], scene: Scene) -> str:
    return "number "


def _say_slash(match: re.Match[str], scene: Scene) -> str:
    """ "he/she" is a choice, "TCP/IP" is not."""
    left, right = scene.before(match.start(), 16), scene.after(match.end(), 16)
    if left.endswith("and") and right.startswith("or"):
        return " "
    if re.search(r"[a-z]{2}\Z", left) and re.match(r"[a-z]{2}", right):
        return " or "
    return " "


def _say_spaced_range(match: re.Match[str], scene: Scene) -> str | None:
    """The dash of "9am-5pm", "$5 – $7" and the like: what stands on both sides was or will be said by other rules."""
    if not re.search(r"\d(?:\s?[ap]\.?m\.?|%|°[CF]?|[kKmMs])?\s?\Z", scene.before(match.start(), 8)):
        return None
    return " to " if re.match(r"\s?[$£€¥]?\d", scene.after(match.end(), 3)) else None


def _say_initials(match: re.Match[str], scene: Scene) -> str:
    """AT&T: apart from the sign, AT would be a word."""
    left, right = (f"{'.'.join(part)}." if len(part) > 1 else part for part in match.groups())
    return f"{left} and {right}"


def _say_language(match: re.Match[str], scene: Scene) -> str:
    return f"{match[1]} sharp" if match[2] == "#" else f"{match[1]} plus plus"


def _say_emoticon(match: re.Match[str], scene: Scene) -> str | None:
    if match[0].startswith("<3") and not re.search(r"[A-Za-z]{2}\s\Z|\bI\s\Z|\A\Z", scene.before(match.start(), 4)):
        return None
    return drop_picture(match, scene)


_OPERATOR_CLASS = "".join(re.escape(sign) for sign in _OPERATORS)
_ALONE_CLASS = "".join(re.escape(sign) for sign in _ALONE)

EMOTICONS: Rules = (
    Rule("emoticon", re.compile(r"(?:[-=]{1,2}>|<[-=]{1,2}|<3(?=\s|[.!]|\Z)) ?"), _say_emoticon, signs=r"\-=<"),
)
"""Arrows and hearts; they come before the numbers, since "<3" could be a comparison."""

SIGNS: Rules = (
    Rule("C# and C++", re.compile(r"([A-G])(#|\+\+)(?!\w)"), _say_language, words=r"[A-G](?:#|\+\+)"),
    Rule("initials", re.compile(r"([A-Z]{1,2})&([A-Z]{1,2})\b"), _say_initials, words="[A-Z]{1,2}&"),
    Rule("#5", re.compile(r"#(?=[0-9])"), _say_number_sign, signs="#"),
    Rule("operator", re.compile(rf"([{_OPERATOR_CLASS}])=?"), _say_operator, signs=_OPERATOR_CLASS),
    Rule("range", re.compile(r"\s?[-–—]"), _say_spaced_range, signs=r"\-–—"),
    Rule("slash", re.compile(r"/{1,8}"), _say_slash, signs="/"),
    Rule("sign", re.compile(f"[{_ALONE_CLASS}]"), _say_alone, signs=_ALONE_CLASS),
)
