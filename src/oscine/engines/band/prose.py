# SPDX-License-Identifier: GPL-3.0-or-later
"""What a prompt says in so many words: tempo, key and metre, and which words it affirms or denies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from oscine.engines.band.theory import Metre

_DENIALS = re.compile(
    r"\b(?:no|not|without|w/o|avoid(?:ing)?|exclud(?:e|ing)|minus|never|don't|except|free of|instead of|lacking)\b"
)
_LONGEST_DENIAL = 60
"""Characters that a denial reaches at most."""
_AFFIRMS_AGAIN = re.compile(r"[.;:!?]|\b(?:but|just|only|with|however)\b")
_TEMPO = re.compile(
    r"(?<![\d.])(\d{2,3}(?:\.\d{1,3})?)\s*(?:-\s*)?(?:bpm|beats per minute|beats a minute)\b"
    r"|\b(?:tempo|bpm)\s*(?:of|at|:|=|is)?\s*(\d{2,3}(?:\.\d{1,3})?)(?!\d)"
)
_KEY = re.compile(
    r"(?P<lead>\bkey of\s+|\bkey:\s*|\bin\s+(?:the key of\s+)?)?\b(?P<note>[A-Ga-g])"
    r"(?P<sign>\s*-?\s*(?:sharp|flat)|[#♯b♭])?[\s-]*(?P<mode>(?:natural |harmonic |melodic )?"
    r"(?:major|minor|maj\b|min\b)|dorian|phrygian|lydian|mixolydian|aeolian|ionian|m\b)"
    r"(?P<tail>\s+(?:key|keys|way|scale|mode|chords?|mood|feel|tonality)\b)?"
)
_MODE = re.compile(r"\b(?:in (?:a |the )?|a )?(major|minor|dorian|phrygian|lydian|mixolydian)\b")
_METRE = re.compile(r"\b(\d{1,2})\s*/\s*(4|8)\b(?!\s*/)")
_CLASSES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_VOICE = re.compile(
    r"\b(?:vocals?|vocalists?|singers?|singing|sings?|sung|lyrics?|rapper|rapping|raps?|a cappella|acapella)\b"
)


class Prose:
    """A prompt, folded, in which words are looked up."""

    def __init__(self, prompt: str) -> None:
        self._text = " " + re.sub(r"[\s_]+", " ", prompt.casefold().replace("’", "'")) + " "
        self._denied = bytearray(len(self._text))
        """1 for each character that a denial reaches."""
        for start, end in _denied_spans(self._text):
            self._denied[start:end] = b"\x01" * (end - start)

    def said(self, words: Iterable[str]) -> list[str]:
        """Which of the words are affirmed, in order. Of words within one another the longest counts."""
        return [word for word, start in self._found(words) if not self._is_denied(start)]

    def denied(self, words: Iterable[str]) -> list[str]:
        """Which of the words are not to be."""
        return [word for word, start in self._found(words) if self._is_denied(start)]

    def score(self, words: Mapping[str, float]) -> float:
        """The weight of the words affirmed less that of those denied; what comes early counts a little more."""
        total = 0.0
        for word, start in self._found(words):
            weight = words[word] * (1.15 - 0.3 * start / len(self._text))
            total += -2 * weight if self._is_denied(start) else weight
        return total

    def has(self, *words: str) -> bool:
        return bool(self.said(words))

    def arc(self) -> str:
        """`rising`, `falling` or empty."""
        if self.has(
            "crescendo",
            "builds",
            "build up",
            "builds up",
            "building",
            "build-up",
            "slow build",
            "gradually builds",
            "rising",
        ):
            return "rising"
        if self.has("decrescendo", "diminuendo", "winds down", "calms down", "gradually fades"):
            return "falling"
        return ""

    def is_exclusive(self, wanted: tuple[str, ...], words: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether the prompt wants these instruments and nobody else: solo piano, only strings, a duet."""
        if self.has("duet", "duo", "trio", "unaccompanied"):
            return True
        names = [word for word in words if set(words[word]) & set(wanted)]
        alone = "|".join(re.escape(name) for name in names)
        pattern = (
            rf"\b(?:solo|only|just|single|lone)\s+(?:a |an |the |gentle |soft |sad |acoustic )*(?:{alone})\b"
            rf"|\b(?:{alone})\s+(?:only|alone)\b"
        )
        return re.search(pattern, self._text) is not None

    def asks_for_voice(self) -> bool:
        return any(not self._is_denied(match.start()) for match in _VOICE.finditer(self._text))

    def _found(self, words: Iterable[str]) -> list[tuple[str, int]]:
        listed = tuple(words)
        matches = _pattern(listed).finditer(self._text)
        return [(_spelling(listed)[_loose(match[1])], match.start()) for match in matches]

    def _is_denied(self, place: int) -> bool:
        return bool(self._denied[place])


def spoken_tempo(prompt: str) -> float | None:
    """Beats a minute, where the prompt says so and it can be played (30–300)."""
    match = _TEMPO.search(prompt.casefold())
    if match is None:
        return None
    bpm = float(match[1] or match[2])
    return bpm if 30 <= bpm <= 300 else None


def spoken_key(prompt: str) -> tuple[int | None, str]:
    """Tonic as a pitch class, or None, and mode or an empty string.

    `a` and lower-case notes count only where a key is clearly meant: "in a minor key" names no tonic.
    """
    for match in _KEY.finditer(prompt):
        is_article = (
            match["note"] in "aA"
            and not match["sign"]
            and (match["tail"] or (match["note"] == "a" and not match["lead"]))
        )
        if (
            is_article
            or (match["note"].islower() and not match["lead"])
            or (match["mode"] == "m" and match["note"].islower())
        ):
            continue
        sign = (match["sign"] or "").strip(" -")
        shift = {"#": 1, "♯": 1, "sharp": 1, "b": -1, "♭": -1, "flat": -1}.get(sign, 0)
        return (_CLASSES[match["note"].upper()] + shift) % 12, _mode(match["mode"])
    note = re.search(r"\bkey(?: of|:)\s+([A-G])(#|♯|b|♭)?(?![\w])", prompt)
    if note:
        return (_CLASSES[note[1]] + {"#": 1, "♯": 1, "b": -1, "♭": -1}.get(note[2] or "", 0)) % 12, ""
    named = _MODE.search(prompt.casefold())
    return None, named[1] if named else ""


def spoken_metre(prompt: str) -> Metre | None:
    """The metre, where the prompt names one that has two to twelve beats."""
    folded = prompt.casefold()
    if match := _METRE.search(folded):
        top, bottom = int(match[1]), int(match[2])
        if (bottom == 4 and 2 <= top <= 7) or (bottom == 8 and 5 <= top <= 12):
            return Metre(top, bottom)
    if re.search(r"\b(?:waltz|three[- ]four)\b", folded):
        return Metre(3, 4)
    return Metre(6, 8) if re.search(r"\b(?:jig|six[- ]eight|tarantella|barcarolle)\b", folded) else None


def _mode(word: str) -> str:
    word = word.strip()
    if word.startswith("harmonic"):
        return "harmonic minor"
    if word in ("m", "min", "aeolian") or word.endswith("minor"):
        return "minor"
    return word if word in ("dorian", "phrygian", "lydian", "mixolydian") else "major"


def _denied_spans(text: str) -> list[tuple[int, int]]:
    """From each denial to where its list ends: `no drums or bass, just piano`."""
    spans = []
    for match in _DENIALS.finditer(text):
        end = match.end()
        limit = min(len(text), end + _LONGEST_DENIAL)
        if stop := _AFFIRMS_AGAIN.search(text, end, limit):
            limit = stop.start()
        pieces = re.split(r"(,|\band\b|\bor\b)", text[end:limit])
        # A comma ends the denial unless a bare list goes on: "no drums, no bass" denies twice on its own.
        goes_on = "or" in pieces or len(pieces) == 1
        spans.append((match.start(), limit if goes_on else end + len(pieces[0])))
    return spans


def _loose(word: str) -> str:
    return re.sub(r"[\s-]+", " ", word).strip()


@cache
def _spelling(words: tuple[str, ...]) -> dict[str, str]:
    return {_loose(word): word for word in words}


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, the longest first, or its plural; a space may be a hyphen and a hyphen a space."""
    order = sorted(_spelling(words), key=len, reverse=True)
    return re.compile(
        r"(?<![\w-])(" + "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in order) + r")s?(?!\w)"
    )
