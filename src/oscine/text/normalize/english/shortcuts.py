# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys pressed together: Ctrl + Z, Cmd+Shift+P, ⌘C."""

from __future__ import annotations

import re

from oscine.text.normalize.english.dialect import Rules, Scene
from oscine.text.normalize.english.numbers import cardinal
from oscine.text.normalize.scan import Rule

_MODIFIERS = {
    "Ctrl": "control",
    "CTRL": "control",
    "Control": "control",
    "Cmd": "command",
    "CMD": "command",
    "Command": "command",
    "Alt": "alt",
    "ALT": "alt",
    "Option": "option",
    "Opt": "option",
    "Shift": "shift",
    "SHIFT": "shift",
    "Win": "windows",
    "Windows": "windows",
    "Super": "super",
    "Meta": "meta",
    "Fn": "function",
    "⌘": "command",
    "⌥": "option",
    "⇧": "shift",
    "⌃": "control",
}
_KEYS = {
    "esc": "escape",
    "del": "delete",
    "ins": "insert",
    "pgup": "page up",
    "pgdn": "page down",
    "return": "return",
    "+": "plus",
    "-": "minus",
    "/": "slash",
    "\\": "backslash",
    "a": "A",  # lower case would be taken for the article
}
_KEY = (
    r"(?:F[0-9]{1,2}|[A-Za-z0-9]|(?i:enter|esc|escape|tab|space|spacebar|del|delete|ins|insert|home|end|pgup|pgdn"
    r"|page up|page down|backspace|return|up|down|left|right|print|pause|click|drag|scroll))(?!\w)|[-+/\\]"
)
_WORD_MODIFIERS = "|".join(name for name in _MODIFIERS if name.isalpha())
_PATTERN = re.compile(rf"(?:(?:{_WORD_MODIFIERS})(?:\s?\+\s?|-)(?=\S)|[⌘⌥⇧⌃]\s?\+?\s?){{1,4}}(?:{_KEY})")
_PART = re.compile(rf"{_WORD_MODIFIERS}|[⌘⌥⇧⌃]|[A-Za-z0-9]{{1,12}}(?:\s(?:up|down))?|[-+/\\]")


def _say_shortcut(match: re.Match[str], scene: Scene) -> str:
    chain, key = _split_key(match[0])
    words = [_MODIFIERS[part] for part in _PART.findall(chain) if part in _MODIFIERS]
    return " ".join([*words, _key(key)])


def _split_key(chord: str) -> tuple[str, str]:
    """The modifiers, and the key that closes the chord."""
    found = re.search(rf"(?<![A-Za-z0-9])(?:{_KEY})\Z|[A-Za-z0-9]\Z", chord)
    cut = found.start() if found else len(chord) - 1
    return chord[:cut], chord[cut:]


def _key(key: str) -> str:
    if len(key) > 1 and key[0] in "Ff" and key[1:].isdecimal():
        return f"F {cardinal(key[1:])}"
    if key.isdecimal():
        return cardinal(key)
    return _KEYS.get(key.lower(), key.lower())


SHORTCUTS: Rules = (Rule("shortcut", _PATTERN, _say_shortcut, signs="⌘⌥⇧⌃", words=rf"(?:{_WORD_MODIFIERS})\s?[-+]"),)
