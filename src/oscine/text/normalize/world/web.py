# SPDX-License-Identifier: GPL-3.0-or-later
"""Web and mail addresses, with the locale's words for their signs."""

from __future__ import annotations

import re

from oscine.text.normalize.scan import Rule
from oscine.text.normalize.world.numbers import ascii_figures, cardinal, digits
from oscine.text.normalize.world.scene import Rules, Scene

_PARTS = re.compile(r"[^\W\d_]{1,64}|\d{1,64}|.", re.DOTALL)
_DOMAINS = (
    "com|org|net|edu|gov|info|io|ai|app|dev|eu|de|at|ch|fr|es|it|nl|be|pt|br|pl|cz|sk|hu|ro|bg|gr|tr|ru|ua|se|no|dk|fi"
    "|il|ir|in|cn|jp|kr|tw|vn|id|th|co|tv|me|mx|ar|cl"
)


def _say_address(match: re.Match[str], scene: Scene) -> str | None:
    words = scene.locale.web
    if words is None:
        return None
    signs = dict(zip("./@", words, strict=True))
    address = match["address"]
    bare = address.rstrip(".,;:!?)]}…")
    said = []
    for part in _PARTS.findall(bare.rstrip("/")):
        if part.isdecimal():
            figures = ascii_figures(part)
            said.append(cardinal(figures, scene.locale) if len(figures) < 3 else digits(figures, scene.locale))
        elif part.isalpha():
            said.append("w w w" if part == "www" else part)
        else:
            said.append(signs.get(part, ""))
    return " ".join(filter(None, said)) + address[len(bare) :]


_CONNECTED = r"[A-Za-z][\w+-]{0,63}+[.@]\w|https?://"

WEB: Rules = (
    Rule(
        "address",
        re.compile(
            r"(?:https?://)(?P<address>[A-Za-z0-9][\w-]{0,62}(?:\.[\w-]{1,63}){0,5}(?:[/?#][^\s<>\"'“”«»]{0,400})?)"
        ),
        _say_address,
        words=_CONNECTED,
    ),
    Rule(
        "mail",
        re.compile(r"(?P<address>[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9][\w-]{0,62}(?:\.[A-Za-z0-9][\w-]{0,62}){1,5})"),
        _say_address,
        words=_CONNECTED,
    ),
    Rule(
        "bare address",
        re.compile(
            rf"(?P<address>(?:www\.[\w-]{{1,63}}\.|(?:[A-Za-z0-9][\w-]{{1,62}}\.){{1,4}})(?:{_DOMAINS})(?![\w@-]|\.\w)"
            r"(?:/[^\s<>\"'“”«»]{0,400})?)"
        ),
        _say_address,
        words=_CONNECTED,
    ),
)
