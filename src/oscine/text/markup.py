# SPDX-License-Identifier: GPL-3.0-or-later
"""Markup in a text: the part of SSML that acts, entities, and directions in square brackets.

Ordinary text is full of `<`, `&` and `[`, so this is a scanner for tags, not a parser for documents:
- `<name …>`, `</name>` and `<name …/>` with well-formed attributes are tags; anything else is text ("a < b", "<3").
- `<break>`, `<phoneme>` and `<sub>` act; where one of these is malformed the text is refused.
- `<p>`, `<s>`, `<speak>` and their kin in HTML part paragraphs and sentences.
- Every other tag, known or not, is dropped and what it encloses is spoken; so are comments and instructions.
- The five entities of XML, numeric ones and those of HTML are one character each; a lone `&` is text.

Everything is read once, from left to right, with a cost that is linear for any input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.entities import html5
from operator import itemgetter

from oscine.domain.problems import MarkupInvalid
from oscine.domain.speech import Boundary
from oscine.text.directions import find_direction
from oscine.text.phonemes import read_arpabet, read_ipa
from oscine.text.plain import Barrier, Patch, PatchKind, Plain

LONGEST_BREAK_S = 3.0
"""Source: reference/api-facts.md §6."""
LONGEST_WORD = 100
"""Characters that one `<phoneme>` may enclose; it is never cut, so it must fit a segment."""
LONGEST_ALIAS = 200


@dataclass(frozen=True, slots=True)
class Markup:
    """Which markup acts, by model."""

    breaks: bool
    """Whether `<break>` is taken; if not, it is refused."""
    phonemes: bool
    """Whether `<phoneme>` acts; if not, its word is said as written."""
    directions: bool
    """Whether `[square brackets]` hold directions; if not, they are text."""
    effects: bool = False
    """Whether directions may be sounds beside the voice; if not, those are passed over."""
    tags: bool = True
    """Whether there are tags and entities at all; if not, they are text."""


_BREAK_STRENGTHS_S = {"none": 0.0, "x-weak": 0.15, "weak": 0.3, "medium": 0.5, "strong": 0.8, "x-strong": 1.2}
_BOUNDARIES = {
    **dict.fromkeys(("speak", "p", "paragraph", "div", "h1", "h2", "h3", "h4", "h5", "h6"), Boundary.PARAGRAPH),
    **dict.fromkeys(("s", "sentence", "br", "li", "tr", "ul", "ol", "table"), Boundary.SENTENCE),
}

_TAG = re.compile(r"<(/?)([A-Za-z_][\w:.-]*+)((?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_ATTRIBUTES = re.compile(r"(?:\s++[\w:.-]++\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'))*+\s*+/?")
_ATTRIBUTE = re.compile(r"([\w:.-]++)\s*+=\s*+(?:\"([^\"<]*+)\"|'([^'<]*+)')")
_ACTIVE_START = re.compile(r"</?(break|phoneme|sub)(?![\w:.-])", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_DIRECTION = re.compile(r"\[\s{0,4}+([^\W\d_][^\[\]<>\n]{0,119}+)\]")
_REFERENCE = re.compile(r"[^\W\d_]{0,10}[ .]*\d+(?:[-–, ]+\d+)*|see\b.*|sic|\w")
"""Brackets of ordinary prose: "[note 3]", "[see below]", "[sic]", "[a]"."""
MOST_EFFECTS = 50
"""Sounds beside the voice in one text; further ones are passed over."""
_SKIPPED, _SKIPPED_LENGTH = 16, 40
"""How many skipped directions are kept, and how much of each."""
_TIME = re.compile(r"\+?([0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})\s?(s|ms)", re.IGNORECASE)
_WORDLIKE = re.compile(r"[^\W_]")


def read(text: str, markup: Markup) -> Plain:
    """Part a text from its markup.

    Raises: MarkupInvalid, PhonemeInvalid; so nothing about markup can go wrong later.
    Cost: O(len(text)); a few microseconds where there is none of `<`, `&`, `[`.
    """
    signs = ("<&" if markup.tags else "") + ("[" if markup.directions else "")
    ahead = {sign: place for sign in signs if (place := text.find(sign)) >= 0}
    if not ahead:
        return Plain(text, text, is_directed=markup.directions)
    reader = _Reader(text, markup)
    while ahead:
        sign, place = min(ahead.items(), key=itemgetter(1))
        if sign == "<":
            reader.read_tag(place)
        elif sign == "&":
            reader.read_entity(place)
        else:
            reader.read_direction(place)
        past = max(reader.position, place + 1)
        for other, found in tuple(ahead.items()):
            if found < past:
                ahead[other] = text.find(other, past)
                if ahead[other] < 0:
                    del ahead[other]
    return reader.finish()


@dataclass(slots=True)
class _Reader:
    """Goes through the original from left to right and writes the plain text."""

    original: str
    markup: Markup
    position: int = 0
    """First character of the original that is not yet written."""
    length: int = 0
    """Characters of plain text written so far."""
    parts: list[str] = field(default_factory=list)
    patches: list[Patch] = field(default_factory=list)
    barriers: list[Barrier] = field(default_factory=list)
    effects: int = 0
    """Sounds beside the voice so far."""
    skipped: dict[str, None] = field(default_factory=dict)
    """Directions that are passed over, in order."""
    missing: set[str] = field(default_factory=set)
    """Ends of comments and instructions that do not come any more."""

    def finish(self) -> Plain:
        self._keep(len(self.original))
        return Plain(
            self.original,
            "".join(self.parts),
            tuple(self.patches),
            tuple(self.barriers),
            is_directed=self.markup.directions,
            skipped=tuple(self.skipped),
        )

    def read_tag(self, start: int) -> None:
        match = _TAG.match(self.original, start)
        if match is None:
            if _ACTIVE_START.match(self.original, start):
                raise _invalid("A <break>, <phoneme> or <sub> tag is not closed with '>', or a quote in it is missing")
            self._read_remark(start)
            return
        closes, name, attributes = bool(match[1]), match[2].lower(), match[3]
        is_well_formed = _ATTRIBUTES.fullmatch(attributes) is not None
        if name == "break":
            self._read_break(match, None if closes else attributes, is_well_formed)
        elif name == "sub" or (name == "phoneme" and self.markup.phonemes):
            if closes:
                raise _invalid(f"</{name}> stands without an opening <{name}>")
            if not is_well_formed:
                raise _invalid(f'The attributes of <{name}> cannot be read; write them as name="value"')
            given = _read_attributes(attributes)
            (self._read_sub if name == "sub" else self._read_phoneme)(match, given, attributes.rstrip().endswith("/"))
        elif is_well_formed or name in _KNOWN:
            self._write("tag", match.start(), match.end())
            if name in _BOUNDARIES:
                self.barriers.append(Barrier(self.length, _BOUNDARIES[name]))

    def read_entity(self, start: int) -> None:
        match = _ENTITY.match(self.original, start)
        character = _decode(match) if match else None
        if match and character:
            self._write("character", start, match.end(), character)

    def read_direction(self, start: int) -> None:
        match = _DIRECTION.match(self.original, start)
        if match is None or _REFERENCE.fullmatch(match[1]):
            return
        end = match.end()
        follows_space = not start or self.original[start - 1].isspace()
        if follows_space and self.original[end : end + 1] == " ":
            end += 1  # "well [sighs] yes" has one space when the direction is gone
        self._write("tag", start, end)
        direction = find_direction(match[1])
        is_effect = direction is not None and bool(direction.effect)
        if direction is not None and (not is_effect or (self.markup.effects and self.effects < MOST_EFFECTS)):
            self.effects += is_effect
            self.barriers.append(Barrier(self.length, Boundary.CUT, direction.pause_s, direction, start))
        elif len(self.skipped) < _SKIPPED:
            self.skipped[" ".join(match[1].split())[:_SKIPPED_LENGTH]] = None

    def _read_remark(self, start: int) -> None:
        """`<!-- comment -->`, `<!DOCTYPE …>`, `<?instruction?>`; whatever else starts with `<` is text."""
        for opening, closing in (("<!--", "-->"), ("<?", "?>")):
            if self.original.startswith(opening, start) and closing not in self.missing:
                end = self.original.find(closing, start + len(opening))
                if end >= 0:
                    self._write("tag", start, end + len(closing))
                    return
                self.missing.add(closing)
        if match := _DOCTYPE.match(self.original, start):
            self._write("tag", start, match.end())

    def _read_break(self, match: re.Match[str], attributes: str | None, is_well_formed: bool) -> None:
        if not self.markup.breaks:
            raise _invalid(
                "This model does not take <break>. Write [pause], [short pause] or [long pause], an ellipsis (…) or "
                "other punctuation instead, or choose a model that takes it"
            )
        if attributes is None:
            self._write("tag", match.start(), match.end())
            return
        if not is_well_formed:
            raise _invalid(f"The attributes of <break> cannot be read: {attributes.strip()[:40]!r}. {_BREAK_HINT}")
        pause_s = _read_pause(_read_attributes(attributes))
        self._write("tag", match.start(), match.end())
        if pause_s:
            self.barriers.append(Barrier(self.length, Boundary.CUT, pause_s))

    def _read_phoneme(self, match: re.Match[str], given: dict[str, str], is_empty: bool) -> None:
        alphabet = given.get("alphabet", "ipa").lower()
        if alphabet not in {"ipa", "cmu-arpabet"}:
            raise _invalid(f"<phoneme alphabet={alphabet[:40]!r}> is not known; allowed are 'ipa' and 'cmu-arpabet'")
        ipa = (read_ipa if alphabet == "ipa" else read_arpabet)(given.get("ph", ""))
        start, end, close = self._enclosed(match, "phoneme", is_empty)
        word = _decode_all(self.original[start:end])
        if len(word) > LONGEST_WORD or not _WORDLIKE.search(word):
            raise _invalid(f"<phoneme> encloses one word, 1–{LONGEST_WORD} characters; {len(word)} were given")
        self._write("tag", match.start(), match.end())
        self._write("phonemes", start, end, word, ipa)
        self._write("tag", close.start(), close.end())

    def _read_sub(self, match: re.Match[str], given: dict[str, str], is_empty: bool) -> None:
        alias = " ".join(given.get("alias", "").split())
        if len(alias) > LONGEST_ALIAS or not _WORDLIKE.search(alias):
            raise _invalid(f'<sub> needs an alias="…" of 1–{LONGEST_ALIAS} characters; {len(alias)} were given')
        if is_empty:
            self._write("alias", match.start(), match.end(), alias)
            return
        start, end, close = self._enclosed(match, "sub", is_empty)
        if start < end:
            self._write("tag", match.start(), match.end())
            self._write("alias", start, end, alias)
        else:
            self._write("alias", match.start(), match.end(), alias)
        self._write("tag", close.start(), close.end())

    def _enclosed(self, match: re.Match[str], name: str, is_empty: bool) -> tuple[int, int, re.Match[str]]:
        """Start and end of the text between a tag and its end tag, white space aside; and the end tag."""
        inside = self.original.find("<", match.end())
        close = None if is_empty or inside < 0 else _TAG.match(self.original, inside)
        if close is None or not close[1] or close[2].lower() != name:
            raise _invalid(f"<{name}> must enclose plain text without tags and be closed by </{name}>")
        enclosed = self.original[match.end() : inside]
        start = match.end() + len(enclosed) - len(enclosed.lstrip())
        return start, max(start, match.end() + len(enclosed.rstrip())), close

    def _keep(self, end: int) -> None:
        if end > self.position:
            self.parts.append(self.original[self.position : end])
            self.length += end - self.position
            self.position = end

    def _write(self, kind: PatchKind, start: int, end: int, plain: str = "", ipa: str = "") -> None:
        """The original up to `start` is text, `original[start:end]` stands as `plain`."""
        self._keep(start)
        if end == start:
            return
        self.patches.append(Patch(kind, start, end, self.length, self.length + len(plain), ipa))
        self.parts.append(plain)
        self.length += len(plain)
        self.position = end


_KNOWN = frozenset((*_BOUNDARIES, *"phoneme emphasis prosody say-as voice lang mark audio w token".split()))
"""Tags that are dropped even where their attributes are malformed."""

_DOCTYPE = re.compile(r"<!DOCTYPE[^<>]{0,300}>", re.IGNORECASE)

_BREAK_HINT = f'Write <break time="1.5s"/> or <break time="500ms"/>, at most {LONGEST_BREAK_S:g} seconds'


def _read_attributes(attributes: str) -> dict[str, str]:
    return {name.lower(): _decode_all(double or single) for name, double, single in _ATTRIBUTE.findall(attributes)}


def _read_pause(given: dict[str, str]) -> float:
    """Seconds that a `<break>` asks for."""
    for name in given:
        if name not in {"time", "strength"}:
            raise _invalid(f"<break> has no attribute {name[:40]!r}. {_BREAK_HINT}")
    if "time" not in given:
        strength = given.get("strength", "medium").lower()
        if strength not in _BREAK_STRENGTHS_S:
            raise _invalid(f"<break strength={strength[:40]!r}>: allowed are {', '.join(_BREAK_STRENGTHS_S)}")
        return _BREAK_STRENGTHS_S[strength]
    match = _TIME.fullmatch(given["time"].strip())
    if match is None:
        raise _invalid(f"<break time={given['time'][:40]!r}> is not a time. {_BREAK_HINT}")
    pause_s = float(match[1]) / (1000 if match[2].lower() == "ms" else 1)
    if pause_s > LONGEST_BREAK_S:
        raise _invalid(f"<break time={given['time'][:40]!r}> is too long. {_BREAK_HINT}; use several for more")
    return pause_s


def _decode(match: re.Match[str]) -> str | None:
    """The one character that an entity stands for, or None if it stands for none that can be in a text."""
    decimal, hexadecimal, name = match.groups()
    if name:
        character = html5.get(f"{name};", "")
        return character if len(character) == 1 else None
    code = int(decimal) if decimal else int(hexadecimal, 16)
    is_character = code in {9, 10, 13} or 32 <= code < 0xD800 or 0xE000 <= code < 0x110000
    return chr(code) if is_character else None


def _decode_all(text: str) -> str:
    return _ENTITY.sub(lambda match: _decode(match) or match[0], text) if "&" in text else text


def _invalid(message: str) -> MarkupInvalid:
    return MarkupInvalid(f"{message}.", parameter="text")
