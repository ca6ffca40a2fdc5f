# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in a text but is not speech, in any language: control characters, emoji, markdown signs."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from oscine.text.normalize.scan import Rule, Scene

CONTROLS = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\ufff9-\uffff"
    r"\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
"""Controls, lone surrogates, invisible format characters, variation selectors, private use.

The joiners U+200C and U+200D shape letters in many scripts; they go only where they join emoji.
"""

EMOJI = r"\u20e3\u2190-\u21ff\u2300-\u23ff\u2500-\u2775\u2794-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
"""Emoji, arrows, boxes, dingbats and their kin; not the circled numbers, which can be read."""

_LETTER_FORMS = r"\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7cb"
"""Full-width letters and the mathematical alphabets that people use as fonts."""


def _drop_controls(match: re.Match[str], scene: Scene[Any]) -> str:
    return " " if any(c.isspace() for c in match[0]) else ""


def drop_picture(match: re.Match[str], scene: Scene[Any]) -> str:
    """Nothing is said; of the spaces around an emoji or the like one stays."""
    left, right = scene.before(match.start(), 1), scene.after(match.end(), 1)
    if match[0][-1] == " ":
        return " " if left and not left.isspace() else ""
    return " " if left.isalnum() and right.isalnum() else ""


def _drop(match: re.Match[str], scene: Scene[Any]) -> str:
    return ""


def _spell_plainly(match: re.Match[str], scene: Scene[Any]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def _drop_line_start(match: re.Match[str], scene: Scene[Any]) -> str | None:
    """Bullets, headings and quotation signs; the same characters inside a line are none of those."""
    line = scene.text[max(0, match.start() - 9) : match.start()].rstrip(" \t")
    return "" if not line or line.endswith("\n") else None


def _drop_underscores(match: re.Match[str], scene: Scene[Any]) -> str:
    left, right = scene.before(match.start(), 1), scene.after(match.end(), 1)
    return " " if left.isalnum() and right.isalnum() else ""


def _say_line(match: re.Match[str], scene: Scene[Any]) -> str:
    return "—" if match[0][0] == "-" else " "


NOISE: tuple[Rule[Any], ...] = (
    Rule("controls", re.compile(f"[{CONTROLS}]+"), _drop_controls, signs=CONTROLS),
    Rule(
        "emoji",
        re.compile(rf"[{EMOJI}][{EMOJI}\ufe0e\ufe0f\u200d\U000e0020-\U000e007f]*+ ?"),
        drop_picture,
        signs=EMOJI,
    ),
    Rule("font", re.compile(f"[{_LETTER_FORMS}]+"), _spell_plainly, signs=_LETTER_FORMS),
    Rule("bullet", re.compile(r"(?:[-*+>•‣·]|#{1,6})[ \t]{1,8}"), _drop_line_start, signs=r"\-*+>•‣·#"),
    Rule("rule line", re.compile(r"-{3,}+|={2,}+|~{2,}+|\|++"), _say_line, signs=r"\-=~|"),
    Rule("link start", re.compile(r"\[(?=[^\[\]\n]{1,80}\]\([^()\s]{1,200}\))"), _drop, signs=r"\["),
    Rule("link end", re.compile(r"\]\([^()\s]{1,200}\)"), _drop, signs=r"\]"),
    Rule("code", re.compile(r"`++[a-z]{0,10}\n|`++"), _drop, signs="`"),
    Rule("underscore", re.compile(r"_++"), _drop_underscores, signs="_"),
)
"""Rules that come first in every language's table."""

EMPHASIS: Rule[Any] = Rule("emphasis", re.compile(r"\*++"), _drop, signs="*")
"""Comes last: between figures an asterisk is said."""
