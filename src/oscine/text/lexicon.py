# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the rules of lexicons act in a text.

- The text is scanned once from its start. Where several rules match at one place, the first of them acts: that of the
  earlier lexicon, then the one that stands earlier in it. The scan goes on after what was matched.
- What was replaced is never scanned again, so no rule can loop.
- Composed and decomposed letters are the same, and so are all white space characters and both apostrophes. Without
  regard to case means Unicode's full case folding: "STRASSE" is "Straße".
- A match never parts a letter from its marks. With word boundaries neither end of it may be inside a word: a row of
  letters and digits, except that scripts without spaces (Han, Hiragana, Thai …) have a boundary everywhere.
- Markup parts a text: nothing matches across a tag or inside a `<phoneme>` or `<sub>`.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from oscine.domain.lexicon import Alias, Lexicon, Rule
from oscine.domain.problems import TextTooLong
from oscine.text.plain import Barrier, Patch, PatchKind, Plain
from oscine.text.rules import read_pronunciation

MOST_ADDED = 100_000
"""Characters that aliases may add to a text."""

_KEPT = 16
"""Combinations of lexicons whose tables are kept."""

_SAME = {ord("’"): "'", **{place: " " for place in range(0x3001) if chr(place).isspace()}}
_SPACELESS = re.compile(
    r"[\u3005-\u3007\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    r"\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]"
)
_JOINERS = frozenset("\u00ad\u200c\u200d\ufe0e\ufe0f")
"""Signs without sound of their own; a word goes on over them."""


@dataclass(frozen=True, slots=True)
class Match:
    """`text[start:end]` is said as `rule` has it."""

    start: int
    end: int
    rule: Rule


def find(text: str, lexicons: tuple[Lexicon, ...], *, phonemes: bool) -> Iterator[Match]:
    """Where rules act, first to last, without overlap.

    phonemes: whether rules that give phonemes act; if not, it is as if they were not there.
    Cost: O(len(text) × log(number of rules)), 0.1 s for 40,000 characters and 10,000 rules; rules made to begin
    alike cost a few times that. The tables of rules are made once, about 4 µs a rule.
    """
    tables = _tables(lexicons, phonemes)
    views: dict[bool, _View] = {}
    for table in tables:
        if table.folds not in views:
            views[table.folds] = _view(text, folds=table.folds)
    end = 0
    for start, _, stop, rule in heapq.merge(*(table.scan(views[table.folds]) for table in tables)):
        if start >= end:
            yield Match(start, stop, rule)
            end = stop


def pronounce(plain: Plain, lexicons: tuple[Lexicon, ...], *, phonemes: bool) -> Plain:
    """The text with aliases in place of what they replace, and with phonemes where rules give them.

    phonemes: as in `find`. Raises: TextTooLong where aliases add too much.
    """
    matches = [
        Match(start + match.start, start + match.end, match.rule)
        for start, end in _fields(plain)
        for match in find(plain.text[start:end], lexicons, phonemes=phonemes)
    ]
    if not matches:
        return plain
    added = sum(len(match.rule.says.text) for match in matches if isinstance(match.rule.says, Alias))
    if added > MOST_ADDED:
        raise TextTooLong(
            f"The aliases of the pronunciation dictionaries make this text {added} characters longer; at most "
            f"{MOST_ADDED} are allowed. Send less text at once, or hold the rules to whole words.",
            parameter="text",
        )
    return _Editor(plain).edit(matches)


def _fields(plain: Plain) -> Iterator[tuple[int, int]]:
    """The stretches between tags, aliases and phonemes."""
    start = 0
    for patch in plain.patches:
        if patch.kind != "character":
            if start < patch.start:
                yield start, patch.start
            start = patch.end
    if start < len(plain.text):
        yield start, len(plain.text)


class _Editor:
    """Writes a plain text anew, from left to right, with matches as further patches."""

    def __init__(self, plain: Plain) -> None:
        self._plain = plain
        self._position = 0
        """First character of the old text that is not yet written."""
        self._length = 0
        self._parts: list[str] = []
        self._patches: list[Patch] = []
        self._barriers: list[Barrier] = []
        self._old_patches = iter((*plain.patches, None))
        self._old_barriers = iter((*plain.barriers, None))
        self._patch = next(self._old_patches)
        self._barrier = next(self._old_barriers)

    def edit(self, matches: Sequence[Match]) -> Plain:
        plain = self._plain
        for match in matches:
            self._keep(match.start)
            says = match.rule.says
            kind: PatchKind
            if isinstance(says, Alias):
                kind, said, ipa = "alias" if says.text else "tag", says.text, ""
            else:
                kind, said, ipa = "phonemes", plain.text[match.start : match.end], read_pronunciation(says)
            original_start, original_end = plain.original_at(match.start), plain.original_before(match.end)
            patch = Patch(kind, original_start, original_end, self._length, self._length + len(said), ipa)
            self._patches.append(patch)
            self._parts.append(said)
            self._length = patch.end
            self._position = match.end
            while self._patch is not None and self._patch.start < match.end:  # entities
                self._patch = next(self._old_patches)
        self._keep(len(plain.text))
        return replace(plain, text="".join(self._parts), patches=tuple(self._patches), barriers=tuple(self._barriers))

    def _keep(self, end: int) -> None:
        """Write the old text up to there, and the tags at its end."""
        shift = self._length - self._position
        while self._patch is not None and self._patch.end <= end:
            patch = self._patch
            self._patches.append(replace(patch, start=patch.start + shift, end=patch.end + shift))
            self._patch = next(self._old_patches)
        while self._barrier is not None and self._barrier.position <= end:
            self._barriers.append(replace(self._barrier, position=self._barrier.position + shift))
            self._barrier = next(self._old_barriers)
        self._parts.append(self._plain.text[self._position : end])
        self._length += end - self._position
        self._position = end


@dataclass(frozen=True, slots=True)
class _View:
    """A text as rules see it: composed, perhaps folded."""

    text: str
    origins: Sequence[int] | None
    """For each character, and for the end, where it comes from; None: from the same place."""

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The stretch of the text itself, or None where it would part a character of it."""
        if self.origins is None:
            return start, end
        origins = self.origins
        if (start and origins[start] == origins[start - 1]) or origins[end] == origins[end - 1]:
            return None
        return origins[start], origins[end]


def _view(text: str, *, folds: bool) -> _View:
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        seen = _canonical(text, folds)
        if len(seen) == len(text):
            return _View(seen, None)
    parts: list[str] = []
    origins: list[int] = []
    starts = [place for place, character in enumerate(text) if not (place and _may_compose(character))]
    for start, end in pairwise((*starts, len(text))):
        seen = _canonical(text[start:end], folds)
        parts.append(seen)
        origins += [start] * len(seen)
    origins.append(len(text))
    return _View("".join(parts), origins)


def _may_compose(character: str) -> bool:
    """Whether it may become one character with what stands before it."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def _canonical(text: str, folds: bool) -> str:
    seen = unicodedata.normalize("NFC", text).translate(_SAME)
    return unicodedata.normalize("NFC", seen.casefold()) if folds else seen


@lru_cache(_KEPT)
def _tables(lexicons: tuple[Lexicon, ...], phonemes: bool) -> tuple[_Table, ...]:
    """The rules that act, sorted by how they are compared."""
    tables: dict[tuple[bool, bool], dict[str, tuple[int, Rule]]] = defaultdict(dict)
    rank = 0
    for lexicon in lexicons:
        for rule in lexicon.rules:
            if phonemes or isinstance(rule.says, Alias):
                rank += 1
                folds = not rule.case_sensitive
                tables[folds, rule.word_boundaries].setdefault(_canonical(rule.grapheme, folds), (rank, rule))
    return tuple(_Table(folds, bounded, rules) for (folds, bounded), rules in tables.items())


class _Table:
    """Rules that are compared alike.

    Of the graphemes in alphabetical order, the last one that does not come after the text at a place is the only one
    to look at there, with those that it begins with itself: whatever matches at the place is one of them.
    """

    def __init__(self, folds: bool, is_bounded: bool, rules: dict[str, tuple[int, Rule]]) -> None:
        """rules: canonical grapheme → rank and rule."""
        self.folds = folds
        self._is_bounded = is_bounded
        self._graphemes = sorted(rules)
        self._longest = max(map(len, rules))
        self._families: list[tuple[tuple[int, str, Rule], ...]] = []
        """For each grapheme, it and its beginnings by rank."""
        line: list[str] = []
        for grapheme in self._graphemes:
            while line and not grapheme.startswith(line[-1]):
                line.pop()
            line.append(grapheme)
            self._families.append(tuple(sorted((rules[one][0], one, rules[one][1]) for one in line)))
        self._first = re.compile(f"[{''.join(map(re.escape, sorted({grapheme[0] for grapheme in rules})))}]")

    def scan(self, view: _View) -> Iterator[tuple[int, int, int, Rule]]:
        """At each place the first rule that matches: start, rank, end, rule."""
        text, graphemes, longest = view.text, self._graphemes, self._longest
        for first in self._first.finditer(text):
            start = first.start()
            if not self._may_cut(text, start):
                continue
            last = bisect_right(graphemes, text[start : start + longest]) - 1
            for rank, grapheme, rule in self._families[last] if last >= 0 else ():
                end = start + len(grapheme)
                if text.startswith(grapheme, start) and self._may_cut(text, end) and (span := view.span(start, end)):
                    yield span[0], rank, span[1], rule
                    break

    def _may_cut(self, text: str, place: int) -> bool:
        """Whether a match may begin or end there."""
        if not 0 < place < len(text):
            return True
        left, right = text[place - 1], text[place]
        if right.isascii() and left.isascii():
            return not (self._is_bounded and left.isalnum() and right.isalnum())
        if unicodedata.category(right)[0] == "M" or right in _JOINERS:
            return False
        if not self._is_bounded:
            return left != "\u200d"
        return not (_is_wordlike(left) and _is_wordlike(right)) or bool(
            _SPACELESS.match(left) or _SPACELESS.match(right)
        )


def _is_wordlike(character: str) -> bool:
    return character.isalnum() or character in _JOINERS or unicodedata.category(character)[0] == "M"
