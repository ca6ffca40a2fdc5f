# SPDX-License-Identifier: GPL-3.0-or-later
"""Web and mail addresses, file names, handles and hashtags."""

from __future__ import annotations

import re

from oscine.text.normalize.english.dialect import Rules, Scene
from oscine.text.normalize.english.numbers import cardinal, digits, year
from oscine.text.normalize.english.vocabulary import split_compound
from oscine.text.normalize.scan import Rule

_DOMAINS = (
    "com|org|net|edu|gov|mil|int|io|ai|co|dev|app|uk|de|fr|es|nl|ch|eu|ca|au|jp|cn|ru|br|mx|tv|info|biz|xyz|online"
    "|site|tech|blog|shop|store|ly|gg|fm|cloud|page|news|world|live|studio|design|space|wiki|club|media"
)
_DOMAINS_BEFORE_SLASH = "me|be|us|in|it|is|to|so|at|no|am|my|do|sh|gl|cc"
"""Country domains that are English words too: read as a domain only with a path after them."""
_FILES = (
    "py|js|jsx|ts|tsx|txt|pdf|html|htm|css|json|xml|yml|yaml|toml|md|csv|docx|xlsx|pptx|doc|xls|ppt|zip|tar|gz|exe|dmg"
    "|png|jpg|jpeg|gif|svg|webp|mp3|mp4|wav|ogg|flac|mov|avi|mkv|sh|bat|cpp|java|rb|rs|php|sql|log|cfg|ini|ipynb"
)
_SIGNS = {
    ".": "dot",
    "/": "slash",
    "-": "dash",
    "_": "underscore",
    "@": "at",
    "?": "question mark",
    "=": "equals",
    "&": "and",
    "#": "hash",
    "%": "percent",
    "+": "plus",
    "~": "tilde",
    ":": "colon",
    ",": "comma",
    "*": "star",
    "$": "dollar",
}
_PARTS = re.compile(r"[A-Z]?[a-z]{1,64}|[A-Z]{1,64}(?![a-z])|[0-9]{1,64}|[^\W\d_A-Za-z]{1,64}|.", re.DOTALL)
_HOST = r"[A-Za-z0-9][\w-]{0,62}(?:\.[\w-]{1,63}){0,5}"
_REST = r"(?::[0-9]{2,5})?(?:[/?#][^\s<>\"'“”‘’`\ud800-\udfff]{0,400})?"
_CONNECTED = r"[A-Za-z][\w+-]{0,63}+[.@]\w"
_PLAIN_HOST = (
    rf"(?:[A-Za-z0-9][\w-]{{0,62}}\.){{1,5}}(?:(?:{_DOMAINS})(?![\w@-]|\.\w)|(?:{_DOMAINS_BEFORE_SLASH})(?=/\w))"
)


def _spell(address: str) -> str:
    words = []
    for part in _PARTS.findall(address):
        if part.isdecimal():
            words.append(_figures(part))
        elif part == "www":
            words.append("w w w")
        elif part.isalpha():
            words.append(split_compound(part) if part.islower() else part)
        else:
            words.append(_SIGNS.get(part, ""))
    return " ".join(filter(None, words))


def _figures(figures: str) -> str:
    figures = "".join(str(int(figure)) for figure in figures)
    if len(figures) == 4 and "1900" <= figures <= "2099":
        return year(figures)
    return cardinal(figures) if len(figures) < 4 and figures[0] != "0" else digits(figures)


def _say_address(match: re.Match[str], scene: Scene) -> str:
    """The scheme is not said, nor a slash at the end; punctuation after the address is the sentence's."""
    address = match["address"]
    bare = address.rstrip(".,;:!?)]}…")
    if address[len(bare) :].startswith(")") and "(" in bare:
        bare += ")"
    ending = address[len(bare) :]
    return _spell(bare.rstrip("/")) + ending


def _say_mail(match: re.Match[str], scene: Scene) -> str:
    return _spell(match[0])


def _say_path(match: re.Match[str], scene: Scene) -> str | None:
    left = scene.before(match.start(), 1)
    if left and not (left.isspace() or left in "\"'(“‘"):
        return None
    return _spell(match[0].rstrip(".").rstrip("/")) + ("." if match[0].endswith(".") else "")


def _say_file(match: re.Match[str], scene: Scene) -> str:
    return f"{_spell(match[1])} dot {_spell(match[2])}"


def _say_handle(match: re.Match[str], scene: Scene) -> str | None:
    if scene.before(match.start(), 1).isalnum():
        return None
    return f"at {_name(match[1])}"


def _say_hashtag(match: re.Match[str], scene: Scene) -> str | None:
    if scene.before(match.start(), 1).isalnum():
        return None
    return f"hashtag {_name(match[1])}"


def _say_hex(match: re.Match[str], scene: Scene) -> str:
    return "hash " + " ".join(digits(c) if c.isdigit() else c.upper() for c in match[1])


def _name(name: str) -> str:
    return _spell(name.replace("_", " "))


WEB: Rules = (
    Rule(
        "address",
        re.compile(rf"(?:(?:https?|ftp|wss?)://)(?P<address>{_HOST}{_REST})"),
        _say_address,
        words=r"(?:https?|ftp|wss?)://",
    ),
    Rule(
        "mail",
        re.compile(r"(?:mailto:)?[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9][\w-]{0,62}(?:\.[A-Za-z0-9][\w-]{0,62}){1,5}"),
        _say_mail,
        signs="0-9",
        words=_CONNECTED,
    ),
    Rule(
        "bare address",
        re.compile(rf"(?P<address>(?:www\.{_HOST}|{_PLAIN_HOST}){_REST})"),
        _say_address,
        signs="0-9",
        words=_CONNECTED,
    ),
    Rule(
        "file",
        re.compile(rf"([A-Za-z0-9][\w-]{{0,62}})\.({_FILES})\b(?!\.\w)"),
        _say_file,
        signs="0-9",
        words=_CONNECTED,
    ),
    Rule("path", re.compile(r"(?:~|\.{1,2})?(?:/[\w.-]{1,64}){1,20}+/?"), _say_path, signs="~/."),
    Rule("handle", re.compile(r"@([A-Za-z_]\w{0,40})"), _say_handle, signs="@"),
    Rule(
        "color", re.compile(r"#(?=[0-9A-Fa-f]{0,5}[0-9])(?=[0-9]{0,5}[A-Fa-f])([0-9A-Fa-f]{6})\b"), _say_hex, signs="#"
    ),
    Rule("hashtag", re.compile(r"#([^\W\d]\w{0,60}|[0-9]{1,20}[A-Za-z_]\w{0,60})"), _say_hashtag, signs="#"),
)
