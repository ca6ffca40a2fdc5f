# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a sentence or a clause may end: judgements about one place in a text, each at bounded cost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from oscine.domain.speech import Boundary
from oscine.text.abbreviations import Lexicon, find_lexicon

_SIGHT = 64
"""How far a judgement looks back and ahead."""
_LONGEST_MARK = 8
"""Characters of punctuation after a word that are worth an engine's while; a flood of them is not spoken."""
_SHORT_LINE = 50
"""A line below this that breaks off without punctuation is a heading, an item or a verse, not wrapped text."""

_FULL = "。！？｡．।॥؟۔։።፧፨။។៕།༎෴᠃᠉܀꘎꓿"
"""Marks that end a sentence wherever they stand."""
_ROUND = ".!?…‽⁇⁈⁉"
"""Marks that end a sentence depending on what follows."""
_NEWLINES = "\n\r\x0b\x0c\x85\u2028\u2029"

_STOP = re.compile(f"[{_FULL}{_ROUND}]++|[{_NEWLINES}]\\s*+")
_GREEK_STOP = re.compile(f"[{_FULL}{_ROUND};\u037e]++|[{_NEWLINES}]\\s*+")
_CLAUSE = re.compile("[,;:،؛、，；：—―–·\u0387፣፤፥၊]++|-{1,2}+|[.!?…]++")
_SPACED_CLAUSE = re.compile(f"{_CLAUSE.pattern}|\\s++")
_SPACE_PARTS_CLAUSES = frozenset(("th", "lo", "km", "my"))
_SPACE = re.compile(r"[\s\u200b]*+")
_CLOSERS = re.compile(r"(?:['\"”’»›“‘«‹)\]}」』】〕〉》）］｝*_`~]|[ \u00a0\u202f]»){0,16}+")
_FULL_CLOSERS = re.compile(r"[”’»)\]}」』】〕〉》）］｝]{0,16}+")
_OPENERS = re.compile(r"['\"“‘„‚«‹»([{¿¡*_`「『（《]{0,8}+")
_LAST_WORD = re.compile(r"[^\s()\[\]{}\"“”„«»*_`'‘’/]{1,24}\Z")
_NEXT_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LETTERS_WITH_STOPS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_NUMBER = re.compile(r"\d|#|\(\d|[IVXLC]{2,}\b|[VX]\b")
_LIST_ITEM = re.compile(r"\s*+(?:[-*+•‣◦▪–—·]|\d{1,3}[.)]|[A-Za-z][.)])\s")
_TRAILING = re.compile(rf"([{_FULL}{_ROUND},;:،؛、，；：—–-]++)({_CLOSERS.pattern})\Z")
_WIDE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Scripts that put no space after a sentence, or may not."""
_ANY_WORD = "X"
"""Stands for a word that is not known: capitalised, and none that only ever starts a sentence."""
_QUOTING = frozenset("とっなの")
"""Kana that go on after a quotation: 「行く。」と言った。"""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where a segment may end."""

    start: int
    """Where the words end and the mark begins."""
    spoken_end: int
    """Where what is worth speaking ends, marks and closing quotes included."""
    end: int
    """Where the next segment begins: after the white space."""
    boundary: Boundary
    lingers: bool = False
    """An ellipsis: the voice trails off."""


def sentence_ends(text: str, start: int, limit: int, language: str) -> Iterator[Stop]:
    """Ends of sentences whose marks begin in `text[start:limit]`, first to last.

    start: the beginning of a sentence. Cost: O(limit − start) and the white space after each stop.
    """
    lexicon = find_lexicon(language)
    pattern = _GREEK_STOP if language == "el" else _STOP
    for match in pattern.finditer(text, start, limit):
        place, end = match.span()
        if end == limit:  # the mark may go on beyond
            end = pattern.match(text, place).end()  # type: ignore[union-attr]
        if end < len(text) and text[end].isascii() and text[end].isalnum() and text[place] in _ROUND:
            continue  # inside a number, an address, an abbreviation
        if text[place] in _NEWLINES:
            stop = _judge_newline(text, start, place, _past_space(text, end))
        else:
            stop = judge(text, start, place, end, language, lexicon)
        if stop:
            yield stop


def judge(text: str, start: int, place: int, end: int, language: str, lexicon: Lexicon) -> Stop | None:
    """Whether the run of marks `text[place:end]` ends a sentence that began at or after `start`."""
    is_full = text[place] in _FULL or text[end - 1] in _FULL
    closed = (_FULL_CLOSERS if is_full else _CLOSERS).match(text, end).end()  # type: ignore[union-attr]
    after = _past_space(text, closed)
    lines = _count_lines(text, closed, after)
    head = _OPENERS.match(text, after).end()  # type: ignore[union-attr]
    following = text[head : head + 1]
    mark = text[place : min(end, place + _LONGEST_MARK)]
    is_ellipsis = "…" in mark or mark.startswith("..")
    stop = Stop(
        place,
        min(closed, place + _LONGEST_MARK),
        after,
        Boundary.PARAGRAPH if lines > 1 else Boundary.SENTENCE,
        is_ellipsis,
    )
    if head == len(text) or lines > 1:
        return stop
    if is_full:
        if text[place] == "．" and following.isdigit():
            return None
        is_quoted = closed > end and closed == after and following in _QUOTING
        return None if is_quoted else stop
    if closed == after:
        is_joined = _WIDE.match(following) and not text[max(0, place - 1)].isdigit()
        return stop if is_joined else None
    if mark == ".":
        return stop if _full_stop_ends(text, start, place, head, lexicon, lines, closed > end) else None
    if following.islower() and not lines and (is_ellipsis or closed > end):
        return None
    return stop


def clause_ends(text: str, start: int, limit: int, language: str) -> Iterator[Stop]:
    """Places in `text[start:limit]` where a long sentence may be parted: after commas, semicolons, colons, dashes."""
    pattern = _SPACED_CLAUSE if language in _SPACE_PARTS_CLAUSES else _CLAUSE
    for match in pattern.finditer(text, start, limit):
        place, end = match.span()
        closed = _CLOSERS.match(text, end).end()  # type: ignore[union-attr]
        after = _past_space(text, closed)
        if after >= len(text):
            return
        mark = text[place]
        if mark in "-–":
            parts = after > closed and place > 0 and text[place - 1].isspace()
            parts = parts or (end - place > 1 and mark == "-")
        elif mark in ",;:.!?·\u0387":
            parts = after > closed or (_WIDE.match(text, closed) is not None and mark != ".")
            parts = parts and (mark != "." or end - place > 1)
        elif mark.isspace():
            closed, parts = place, True
        else:
            parts = not (mark in "—―" and text[closed].isdigit())
        if parts:
            yield Stop(place, min(closed, place + _LONGEST_MARK), after, Boundary.CLAUSE, mark in "….")


def between(before: str, after: str, language: str) -> Boundary:
    """What stands between two texts that are said one after the other; EDGE if one of them is blank.

    Two texts without white space between them count as parted by a space.
    """
    if not before or not after:
        return Boundary.EDGE
    left, right = before.rstrip(), after.lstrip()
    if not left or not right:
        return Boundary.EDGE
    gap = before[len(left) :] + after[: len(after) - len(right)]
    left, right = left[-_SIGHT:], right[:_SIGHT]
    if _count_lines(gap, 0, len(gap)) > 1:
        return Boundary.PARAGRAPH
    match = _TRAILING.search(left)
    if match is None:
        return Boundary.CUT
    lexicon = find_lexicon(language)
    text = f"{left}{gap or ' '}{right}"
    if match[1][0] in _FULL + _ROUND and judge(text, 0, match.start(1), match.end(1), language, lexicon):
        return Boundary.SENTENCE
    return Boundary.CUT if match[1] in {".", "-"} else Boundary.CLAUSE


def ending(text: str, language: str) -> Boundary:
    """What stands at the end of a text that goes on in words nobody knows yet; EDGE if it is blank."""
    return between(text, _ANY_WORD, language)


def _full_stop_ends(
    text: str, start: int, place: int, head: int, lexicon: Lexicon, lines: int, is_quoted: bool
) -> bool:
    """Whether a single full stop, followed by white space, ends a sentence."""
    following = text[head]
    is_lower = following.islower()
    found = _LAST_WORD.search(text, max(start, place - 24), place)
    if found is None:
        return not is_lower
    word = found[0].casefold()
    if word.isdigit():
        line = text[max(start, found.start() - 4) : found.start()].strip(" \t*_>-")
        is_item = found.start() <= start or not line or line[-1] in _NEWLINES
        is_ordinal = lexicon.has_ordinals and len(word) <= 2
        return not is_lower and not (is_item and len(word) <= 3) and (not is_ordinal or _starts(text, head, lexicon))
    if word in lexicon.tied:
        return False
    if word in lexicon.numbered and _NUMBER.match(text, head):
        return False
    is_initial = _LETTERS_WITH_STOPS.fullmatch(word) is not None and word.upper() != word  # 네 is a word
    if is_initial or word in lexicon.open:
        return following.isupper() if word == "etc" else _starts(text, head, lexicon)
    if is_lower:
        is_word = len(word) > 2 or word in lexicon.starters
        return (lines > 0 or is_word) and word.isalpha() and not is_quoted
    return True


def _starts(text: str, head: int, lexicon: Lexicon) -> bool:
    """Whether the word at `head` is capitalised without being a name."""
    word = _NEXT_WORD.match(text, head)
    if word is None or text[word.start() + 1 : word.start() + 2] == ".":  # an initial
        return False
    return word[0][0].isupper() and word[0].casefold().replace("’", "'") in lexicon.starters


def _judge_newline(text: str, start: int, place: int, after: int) -> Stop | None:
    """Whether the line that ends at `place` ends a sentence although it has no mark."""
    lines = _count_lines(text, place, after)
    words_end = place
    while words_end > start and text[words_end - 1].isspace():
        words_end -= 1
    stop = Stop(words_end, words_end, after, Boundary.PARAGRAPH if lines > 1 else Boundary.SENTENCE)
    if lines > 1 or after == len(text):
        return stop
    sight = max(0, place - 2 * _SHORT_LINE)
    line_start = max(text.rfind("\n", sight, place), text.rfind("\r", sight, place))
    line = text[max(sight, line_start + 1) : place].strip()
    following = text[after]
    is_item = _LIST_ITEM.match(text, after) is not None
    if is_item or (line and _LIST_ITEM.match(line) and not following.islower()):
        return stop
    is_short = 0 < len(line) < _SHORT_LINE and line[-1] not in ",;—–-、，"
    if is_short and not following.islower():
        return stop
    return None


def _past_space(text: str, start: int) -> int:
    return _SPACE.match(text, start).end()  # type: ignore[union-attr]


def _count_lines(text: str, start: int, end: int) -> int:
    """Line breaks in white space; a paragraph separator counts as two."""
    if end - start == 1 and text[start] == " ":
        return 0
    feeds = text.count("\n", start, end)
    feeds = feeds or text.count("\r", start, end)
    return (
        feeds + text.count("\u2028", start, end) + text.count("\x85", start, end) + 2 * text.count("\u2029", start, end)
    )
