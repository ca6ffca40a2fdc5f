# SPDX-License-Identifier: GPL-3.0-or-later
"""Times in a prompt: how long the piece is, and which sections it has."""

from __future__ import annotations

import re
from dataclasses import dataclass

KINDS: dict[str, tuple[float, str]] = {
    "intro": (0.3, "A"),
    "verse": (0.5, "A"),
    "theme": (0.55, "A"),
    "head": (0.55, "A"),
    "groove": (0.7, "A"),
    "build": (0.65, "C"),
    "chorus": (0.85, "B"),
    "drop": (1.0, "B"),
    "climax": (1.0, "B"),
    "bridge": (0.6, "C"),
    "development": (0.75, "C"),
    "breakdown": (0.3, "C"),
    "solo": (0.8, "D"),
    "loop": (0.75, "A"),
    "outro": (0.3, "A"),
}
"""Kind of section → how intense it is (0–1) and which theme it has."""

_KIND_WORDS = {
    "introduction": "intro", "opening": "intro", "beginning": "intro", "start": "intro", "part": "theme",
    "section": "theme", "refrain": "chorus", "hook": "chorus", "pre-chorus": "build", "prechorus": "build",
    "build-up": "build", "buildup": "build", "build up": "build", "riser": "build", "peak": "climax",
    "finale": "climax", "middle": "bridge", "interlude": "breakdown", "break": "breakdown", "ending": "outro",
    "end": "outro", "coda": "outro", "conclusion": "outro", "main theme": "theme", "melody": "theme",
}  # fmt: skip
_PARTIAL = {"intro", "build", "drop", "climax", "breakdown", "outro"}
"""Whoever asks for one of these alone wants a piece around it; "a 10-second solo" is all that is wanted."""
_NAMES = sorted([*KINDS, *_KIND_WORDS], key=len, reverse=True)
_NAME = "(?P<name>" + "|".join(name.replace("-", "[- ]") for name in _NAMES) + r")(?:s\b|\b)"
_TIME = (
    r"(?<![\d.:])(?:(?P<clock_m>\d{1,2}):(?P<clock_s>[0-5]\d)|"
    r"(?P<minutes>\d{1,4}(?:\.\d{1,3})?)[\s-]*(?:minutes?|mins?)\b(?:\s*(?:and\s*)?(?P<rest>\d{1,4})[\s-]*(?:seconds?|secs?|s)\b)?|"
    r"(?P<seconds>\d{1,4}(?:\.\d{1,3})?)[\s-]*(?:seconds?|secs?|s)\b)"
)
_LENGTH_THEN_NAME = re.compile(_TIME + r"(?:[\s-]+(?:long|of|[a-z]+))?(?:[\s-]+[a-z]+)?[\s-]+" + _NAME)
_NAME_THEN_LENGTH = re.compile(
    _NAME + r"\s*(?:\(|:|of|for|lasting|lasts|that lasts|=|,)?\s*(?:about |around |for )?" + _TIME
)
_AT = re.compile(_NAME + r"\s*(?:comes |hits |starts |begins |kicks in )?(?:at|after|from)\s+(?:the )?" + _TIME)
_SPAN = re.compile(
    _NAME + r"[^.;\n\d]{0,12}?(?P<m1>\d{1,2}):(?P<s1>[0-5]\d)\s*(?:-|–|to|until)\s*(?P<m2>\d{1,2}):(?P<s2>[0-5]\d)"
)
_ANY_TIME = re.compile(_TIME)
_BAR_LIST = re.compile(r"(?<![\w-])" + _NAME + r"(?=\s*(?:,|->|→|>|then|and then|-|;|\())")


@dataclass(frozen=True, slots=True)
class SectionCue:
    """A section that the prompt asks for."""

    name: str
    """As the caller says it."""
    kind: str
    """A key of KINDS."""
    length_s: float | None = None
    at_s: float | None = None
    """Where it begins, if that is what was said."""


@dataclass(frozen=True, slots=True)
class Timing:
    sections: tuple[SectionCue, ...]
    length_s: float | None
    is_loop: bool


def section_words() -> list[str]:
    """What sections are called."""
    return _NAMES


def kind_of(name: str) -> str:
    """The kind that a section's name means; a theme where it means none."""
    folded = name.casefold().replace("_", " ")
    for word in _NAMES:
        if re.search(r"\b" + word.replace("-", "[- ]"), folded):
            return _KIND_WORDS.get(word, word)
    return "theme"


def read_timing(prompt: str) -> Timing:
    """Length, sections and whether the end is to lead back into the beginning."""
    text = prompt.casefold()
    cues: dict[int, SectionCue] = {}
    taken: list[tuple[int, int]] = []
    length_s: float | None = None
    for pattern in (_SPAN, _AT, _LENGTH_THEN_NAME, _NAME_THEN_LENGTH):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            name = match["name"].replace("-", " ")
            if pattern is _SPAN:
                start = int(match["m1"]) * 60 + int(match["s1"])
                until = int(match["m2"]) * 60 + int(match["s2"])
                cues[start] = SectionCue(name, kind_of(name), max(0.0, until - start) or None, float(start))
            elif pattern is _AT:
                cues[match.start()] = SectionCue(name, kind_of(name), None, _seconds(match))
            elif name == "loop":
                length_s = _seconds(match)
            else:
                cues[match.start()] = SectionCue(name, kind_of(name), _seconds(match) or None)
    for match in _ANY_TIME.finditer(text):
        if not any(match.start() < end and start < match.end() for start, end in taken) and _seconds(match) >= 3:
            length_s = length_s or _seconds(match)
    if length_s is None and len(cues) == 1:
        (only,) = cues.values()
        if only.at_s is None and only.kind not in _PARTIAL:
            cues, length_s = {}, only.length_s
    sections = tuple(cues[place] for place in sorted(cues)) or _listed(text)
    is_loop = re.search(r"\b(?:loop|loops|looping|loopable|seamless)\b", text) is not None
    return Timing(sections, length_s, is_loop)


def _listed(text: str) -> tuple[SectionCue, ...]:
    """Sections that are only listed: "intro, verse, chorus, verse, chorus, outro"."""
    names = [match["name"] for match in re.finditer(r"(?<![\w-])" + _NAME, text) if kind_of(match["name"]) != "loop"]
    if (
        _BAR_LIST.search(text) is None
        or sum(kind_of(name) in ("intro", "verse", "chorus", "drop", "outro", "bridge") for name in names) < 3
    ):
        return ()
    return tuple(SectionCue(name, kind_of(name)) for name in names[:30])


def _seconds(match: re.Match[str]) -> float:
    if match["clock_m"] is not None:
        return int(match["clock_m"]) * 60.0 + int(match["clock_s"])
    if match["minutes"] is not None:
        return float(match["minutes"]) * 60 + float(match["rest"] or 0)
    return float(match["seconds"])
