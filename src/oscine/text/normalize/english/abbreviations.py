# SPDX-License-Identifier: GPL-3.0-or-later
"""Shortened words. Whether one is spelled out depends on what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from oscine.text.normalize.english.dialect import Rules, Scene
from oscine.text.normalize.scan import Rule

_TITLES = {
    "Dr": "Doctor",
    "Mr": "Mister",
    "Mrs": "Missus",
    "Ms": "Miz",
    "Messrs": "Messers",
    "Prof": "Professor",
    "Rev": "Reverend",
    "Hon": "Honorable",
    "Gen": "General",
    "Col": "Colonel",
    "Maj": "Major",
    "Capt": "Captain",
    "Cpt": "Captain",
    "Cpl": "Corporal",
    "Lt": "Lieutenant",
    "Sgt": "Sergeant",
    "Sen": "Senator",
    "Rep": "Representative",
    "Gov": "Governor",
    "Pres": "President",
    "Supt": "Superintendent",
    "Adm": "Admiral",
    "Cmdr": "Commander",
    "Insp": "Inspector",
    "Mt": "Mount",
    "Ft": "Fort",
}
_TITLES_WITHOUT_POINT = frozenset("Dr Mr Mrs Ms Prof Lt Sgt Capt Col Rev Mt".split())
_STREETS = {
    "St": "Street",
    "Str": "Street",
    "Dr": "Drive",
    "Ave": "Avenue",
    "Av": "Avenue",
    "Blvd": "Boulevard",
    "Rd": "Road",
    "Ln": "Lane",
    "Ct": "Court",
    "Pl": "Place",
    "Sq": "Square",
    "Ter": "Terrace",
    "Pkwy": "Parkway",
    "Hwy": "Highway",
    "Cir": "Circle",
}
_SAINTS = frozenset(
    "Andrew Anne Anthony Augustine Bernard Catherine Charles Clair Croix David Denis Elizabeth Francis George Germain "
    "Helena Helens James Jerome John Johns Joseph Jude Kitts Laurent Lawrence Louis Lucia Luke Margaret Mark Martin "
    "Mary Matthew Maurice Michael Moritz Nicholas Pancras Patrick Paul Peter Petersburg Stephen Teresa Thomas "
    "Tropez Vincent Vitus".split()
)
_BEFORE_FIGURES = {
    "no": "number",
    "nos": "numbers",
    "p": "page",
    "pp": "pages",
    "vol": "volume",
    "vols": "volumes",
    "ch": "chapter",
    "chap": "chapter",
    "fig": "figure",
    "figs": "figures",
    "sec": "section",
    "art": "article",
    "eq": "equation",
    "ext": "extension",
    "est": "established",
    "apt": "apartment",
    "ste": "suite",
    "rm": "room",
    "tel": "telephone",
    "op": "opus",
    "pt": "part",
    "c": "circa",
    "ca": "circa",
    "approx": "approximately",
    "max": "maximum",
    "min": "minimum",
    "avg": "average",
    "hwy": "highway",
    "rte": "route",
}
_ALWAYS = {
    "approx.": "approximately",
    "appt.": "appointment",
    "assn.": "association",
    "assoc.": "associate",
    "asst.": "assistant",
    "bros.": "brothers",
    "cf.": "compare",
    "corp.": "corporation",
    "dept.": "department",
    "e.g.": "for example",
    "etc.": "et cetera",
    "excl.": "excluding",
    "govt.": "government",
    "i.e.": "that is",
    "inc.": "incorporated",
    "incl.": "including",
    "intl.": "international",
    "jr.": "junior",
    "ltd.": "limited",
    "mfg.": "manufacturing",
    "misc.": "miscellaneous",
    "mgmt.": "management",
    "mgr.": "manager",
    "natl.": "national",
    "pkg.": "package",
    "qty.": "quantity",
    "resp.": "respectively",
    "sr.": "senior",
    "univ.": "university",
    "viz.": "namely",
    "vs.": "versus",
}
_INSIDE_ONLY = {"avg.": "average", "max.": "maximum", "min.": "minimum", "est.": "estimated", "tel.": "telephone"}
"""Spelled out only where the sentence goes on in small letters."""
_WITHOUT_POINT = {
    "vs": "versus",
    "etc": "et cetera",
    "w/o": "without",
    "w/": "with",
    "dept": "department",
    "approx": "approximately",
    "govt": "government",
    "Jr": "Junior",
    "Sr": "Senior",
    "Ltd": "Limited",
    "Inc": "Incorporated",
}
_DEGREES = {"Ph.D.": "PhD", "M.Sc.": "MSc", "B.Sc.": "BSc", "M.Ed.": "MEd", "Ed.D.": "EdD"}
"""Engines that know "U.S." stumble over points after two letters."""
_DIRECTIONS = {
    **{"N": "North", "S": "South", "E": "East", "W": "West"},
    **{"NE": "Northeast", "NW": "Northwest", "SE": "Southeast", "SW": "Southwest"},
}
_TEXT_ENDS = re.compile(r"[\"'”’)\]\s]{0,8}\Z")
_SENTENCE_ENDS = re.compile(r"[\"'”’)\]\s]{0,8}\Z|\s{1,4}[A-Z]")
_STREET_ENDS = re.compile(r"[\"'”’)\]\s]{0,8}\Z|\s{1,4}[A-Z](?:[a-z']|\s)")
_NAME_FOLLOWS = re.compile(r"\s([A-Z][\w'’-]{0,20})")
_HOUSE_BEFORE = re.compile(r"\b[0-9]{1,6}[a-z]?\s(?:[\w.'’-]{1,20}\s){0,4}\Z")


def _like(written: str, words: str) -> str:
    return words[0].upper() + words[1:] if written[0].isupper() else words


def _point_at_end(match: re.Match[str], scene: Scene) -> str:
    """The point of an abbreviation is the sentence's as well where the text ends."""
    stands_alone = not scene.before(match.start(), 1)
    return "." if not stands_alone and match[0].endswith(".") and _TEXT_ENDS.match(scene.text, match.end()) else ""


def _point_after_street(match: re.Match[str], scene: Scene) -> str:
    if not match[0].endswith(".") or not scene.before(match.start(), 1):
        return ""
    return "." if _STREET_ENDS.match(scene.text, match.end()) else ""


def _say_title(match: re.Match[str], scene: Scene) -> str | None:
    short, point = match[1], match[2]
    name = _NAME_FOLLOWS.match(scene.text, match.end())
    if short in _STREETS and _follows_street_name(match, scene, name[1] if name else ""):
        return None
    if not name and not (point and short in ("Dr", "Mr", "Mrs", "Ms", "Prof")):
        return None
    if not point and short not in _TITLES_WITHOUT_POINT:
        return None
    return _TITLES[short]


def _say_saint_or_street(match: re.Match[str], scene: Scene) -> str | None:
    name = _NAME_FOLLOWS.match(scene.text, match.end())
    if _follows_street_name(match, scene, name[1] if name else ""):
        return "Street" + _point_after_street(match, scene)
    if name:
        return "Saint"
    return "Street" + _point_after_street(match, scene) if match[1] else None


def _follows_street_name(match: re.Match[str], scene: Scene, name: str) -> bool:
    """Whether "St" or "Dr" closes the name of a street: a name stands before it, and none it could open after it."""
    before = scene.word_before(match.start())
    if not re.match(r"[A-Z]|[0-9]{1,3}(?:st|nd|rd|th)\Z", before) or before.endswith("."):
        return False
    if not name:
        return True
    if _HOUSE_BEFORE.search(scene.before(match.start(), 48)):
        return True
    return match[0].startswith("St") and re.split("['’]", name, maxsplit=1)[0] not in _SAINTS and len(before) > 3


def _say_street(match: re.Match[str], scene: Scene) -> str | None:
    before = scene.before(match.start())
    if before.strip() and not re.match(r"[A-Z]|[0-9]{1,3}(?:st|nd|rd|th)\Z", scene.word_before(match.start())):
        return None
    return _STREETS[match[1]] + _point_after_street(match, scene)


def _say_before_figures(match: re.Match[str], scene: Scene) -> str | None:
    short = match[1].lower()
    if short == "c" and not re.match(r"\s?[12][0-9]{3}", scene.after(match.end(), 5)):
        return None
    return _like(match[1], _BEFORE_FIGURES[short])


def _say_number_sign(match: re.Match[str], scene: Scene) -> str:
    return "number "


def _say_always(match: re.Match[str], scene: Scene) -> str:
    short = match[1]
    words = _like(short, _ALWAYS[short.lower()])
    ends = _SENTENCE_ENDS if short.lower() == "etc." else _TEXT_ENDS
    stands_alone = not scene.before(match.start(), 1)
    return words + ("." if match[0].endswith(".") and not stands_alone and ends.match(scene.text, match.end()) else "")


def _say_inside(match: re.Match[str], scene: Scene) -> str:
    return _like(match[1], _INSIDE_ONLY[match[1].lower()])


def _say_without_point(match: re.Match[str], scene: Scene) -> str | None:
    short = match[1]
    if short in ("Jr", "Sr", "Ltd", "Inc") and not scene.word_before(match.start())[:1].isupper():
        before = scene.before(match.start(), 24).rstrip(" ,")
        if not before[-1:].isalpha():
            return None
    return _WITHOUT_POINT[short]


def _say_degree(match: re.Match[str], scene: Scene) -> str:
    return _DEGREES[match[0]] + _point_at_end(match, scene)


def _say_company(match: re.Match[str], scene: Scene) -> str | None:
    before = scene.word_before(match.start())
    if not before[:1].isupper() and not scene.before(match.start(), 2).startswith(("&", "d")):
        return None
    return "Company" + _point_at_end(match, scene)


def _say_versus(match: re.Match[str], scene: Scene) -> str | None:
    return "versus" if scene.word_before(match.start())[:1].isupper() else None


def _say_direction(match: re.Match[str], scene: Scene) -> str | None:
    return _DIRECTIONS[match[1]] if re.search(r"\b[0-9]{1,6}\s\Z", scene.before(match.start(), 8)) else None


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _any_case(words: Iterable[str]) -> str:
    """Small or with a capital: much cheaper for `re` than ignoring case."""
    return _any({form for word in words for form in (word, word.capitalize())})


_BEFORE_FIGURES_WORDS = _any_case(_BEFORE_FIGURES)
_ALWAYS_WORDS = _any_case(_ALWAYS)
_INSIDE_ONLY_WORDS = _any_case(_INSIDE_ONLY)

ABBREVIATIONS: Rules = (
    Rule("title", re.compile(rf"({_any(_TITLES)})\b(\.)?"), _say_title, words=rf"(?:{_any(_TITLES)})\b"),
    Rule("Saint or Street", re.compile(r"St\b(\.)?"), _say_saint_or_street, words=r"St\b"),
    Rule("street", re.compile(rf"({_any(_STREETS)})\b\.?"), _say_street, words=rf"(?:{_any(_STREETS)})\b"),
    Rule(
        "before figures",
        re.compile(rf"({_BEFORE_FIGURES_WORDS})\.(?=\s?#?[0-9])"),
        _say_before_figures,
        words=rf"(?:{_BEFORE_FIGURES_WORDS})\.",
    ),
    Rule("№", re.compile(r"№\s?(?=[0-9])"), _say_number_sign, signs="№"),
    Rule("always", re.compile(rf"({_ALWAYS_WORDS})(?!\w)"), _say_always, words=rf"(?:{_ALWAYS_WORDS})"),
    Rule(
        "inside a sentence",
        re.compile(rf"({_INSIDE_ONLY_WORDS})(?=\s[a-z])"),
        _say_inside,
        words=rf"(?:{_INSIDE_ONLY_WORDS})\s",
    ),
    Rule(
        "without a point",
        re.compile(rf"({_any(_WITHOUT_POINT)})(?![\w.'’]|(?<=w/)\d)"),
        _say_without_point,
        words=rf"(?:{_any(_WITHOUT_POINT)})(?![\w.])",
    ),
    Rule("degree", re.compile(_any(_DEGREES)), _say_degree, words=_any(_DEGREES)),
    Rule("company", re.compile(r"Co\."), _say_company, words=r"Co\."),
    Rule("versus", re.compile(r"v\.(?=\s[A-Z])"), _say_versus, words=r"v\.\s"),
    Rule("direction", re.compile(r"([NSEW]|[NS][EW])\b\.?(?=\s[A-Z0-9])"), _say_direction, words=r"[NSEW]{1,2}\b"),
)
