# SPDX-License-Identifier: GPL-3.0-or-later
"""Cuts a text into the stretches that an engine speaks at once.

The rules, in order of strength:
1. Markup that demands it ends a segment; nothing is cut inside a `<phoneme>` or `<sub>`.
2. A segment is a sentence; short neighbours are not merged.
3. A long first sentence gives up its first clause, so that sound starts early; what is long, the model says.
4. A sentence over `LONGEST` is parted at clauses, else between words, else between graphemes.
5. What lies between two segments' words (white space, tags, emoji without end) belongs to the earlier one, up to the
   next segment's opening quotes and signs.

Work is done when the next span is asked for, and looks a bounded distance ahead of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from math import ceil

from oscine.domain.expression import NEUTRAL, Expression, Vocalisation
from oscine.domain.speech import Boundary
from oscine.text.plain import Plain
from oscine.text.stops import Stop, clause_ends, sentence_ends

LONGEST = 300
"""Characters of a segment before normalisation."""
_HORIZON = 2 * LONGEST
"""How far ahead the end of a sentence is sought."""
_FIRST_CLAUSE = (0.2, 1.5)
"""A first clause ends within these bounds, as shares of what is long for a first sentence."""
_LAST_CLAUSE = 15
"""The least that a clause cut leaves over."""
_LEAD_IN = 8
"""Characters before a segment's first letter or digit that may matter to its reading ("$", "(", "- ")."""

PAUSES_S = {
    Boundary.CUT: 0.0,
    Boundary.CLAUSE: 0.14,
    Boundary.SENTENCE: 0.35,
    Boundary.PARAGRAPH: 0.6,
    Boundary.EDGE: 0.0,
}
_LINGERING_S = 0.15
"""What an ellipsis adds to a pause …"""
_HESITATION_S, _HESITANT = 0.35, Expression(rate=0.9)
"""… and, where directions act, what it adds and how the words before it are said."""
_HESITATING = re.compile(r"(?<![.…])(?:…|\.\.)[.…]*+(?=\s)")
_VOCAL_GAP_S = 0.12
"""Silence on both sides of a sound."""

_ORDER = {boundary: rank for rank, boundary in enumerate(Boundary)}
_SPEECH = re.compile(r"[^\W_]")
_SPACE = re.compile(r"[\s\u200b]+")
_FLAG_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff]")
_FLAG_LETTERS_AT_END = re.compile("[\U0001f1e6-\U0001f1ff]*\\Z")
_VIRAMA = 9
"""Canonical combining class of the sign that joins two consonants in Indic scripts."""
_GLUE = frozenset("\u200c\u200d\ufe0e\ufe0f\u20e3")


@dataclass(frozen=True, slots=True)
class Span:
    """A segment's place in the plain text: of `text[start:end]`, `text[spoken_start:spoken_end]` is to be said."""

    start: int
    spoken_start: int
    spoken_end: int
    end: int
    closes: Boundary
    pause_s: float
    expression: Expression = NEUTRAL
    vocalisation: Vocalisation | None = None
    """A sound of the voice, in place of words."""
    effect: str = ""
    """A sound beside the voice, in place of words."""
    original_end: int | None = None
    """Where it ends in the original, if that is before the tags at `end`: the next span's tag begins here."""


def is_speakable(text: str) -> bool:
    """Whether there is a letter or digit of any script. Cost: up to the first one."""
    return _SPEECH.search(text) is not None


def spans(plain: Plain, language: str, edge: Boundary, long_start: int = 100) -> Iterator[Span]:
    """The segments of a text, first to last, without gap or overlap.

    A pause that markup asks for is added to the one that the punctuation has by itself.
    edge: what follows the text. long_start: characters above which a first sentence gives up its first clause.
    Cost: O(1) for each span of up to 300 characters, and the white space and unspeakable characters in between once.
    """
    return _Cutter(plain, language, edge, long_start).cut()


def part(plain: Plain, span: Span, count: int) -> list[Span]:
    """Part a span into about `count` of equal length, between words where possible; fewer if it is too short."""
    parts: list[Span] = []
    for left in range(count, 1, -1):
        start, end = span.spoken_start, span.spoken_end
        ideal = start + (end - start) // left
        earliest, latest = (start + ideal) // 2, (ideal + end) // 2
        cut = _word_cut(plain, max(earliest, start + 1), latest, ideal) or _grapheme_cut(plain, start, ideal, end)
        if cut is None or not start < cut.spoken_end <= cut.end < end:
            break
        parts.append(replace(span, spoken_end=cut.spoken_end, end=cut.end, closes=Boundary.CUT, pause_s=0.0))
        span = replace(span, start=cut.end, spoken_start=cut.end)
    return [*parts, span]


@dataclass(slots=True)
class _Passage:
    """What markup between two words says, up to a sound or from one on."""

    end: int
    """After the last tag and the white space there."""
    boundary: Boundary = Boundary.CUT
    pause_s: float = 0.0
    original_start: int = 0
    """Of the sound's tag."""
    expression: Expression = NEUTRAL
    vocalisation: Vocalisation | None = None
    effect: str = ""


@dataclass(slots=True)
class _Cutter:
    plain: Plain
    language: str
    edge: Boundary
    long_start: int
    passed: int = 0
    """Barriers that are behind us."""
    expression: Expression = NEUTRAL
    """What directions have made of the voice so far."""

    def cut(self) -> Iterator[Span]:
        text = self.plain.text
        speech = self._next_speech(0)
        before, *sounds = self._pass_barriers(0, speech)
        start = 0
        if before.pause_s:
            start = before.end
            original_end = sounds[0].original_start if sounds else None
            yield Span(0, 0, 0, start, Boundary.SENTENCE, before.pause_s, original_end=original_end)
        yield from self._sound(start, sounds, Boundary.SENTENCE, 0.0, is_last=speech == len(text))
        start = sounds[-1].end if sounds else start
        is_first = True
        while speech < len(text):
            lead, expression = self._lead_in(start, speech), self.expression
            stop = self._close(lead, speech, is_first)
            speech = self._next_speech(stop.end)
            before, *sounds = self._pass_barriers(stop.end, speech)
            is_last = speech == len(text)
            end, pause_s = before.end, before.pause_s
            boundary = max(stop.boundary, before.boundary, key=_ORDER.__getitem__)
            if is_last:
                boundary, end = self.edge, max(end, len(text) if not sounds else end)
            own_s = PAUSES_S[boundary]
            if stop.lingers:
                own_s += _HESITATION_S if self.plain.is_directed else _LINGERING_S if own_s else 0.0
                if self.plain.is_directed:
                    expression = expression.joined(_HESITANT)
            if (pause_s or sounds) and boundary is Boundary.CUT:
                boundary = Boundary.CLAUSE
            if not sounds:
                yield Span(start, lead, stop.spoken_end, end, boundary, pause_s + own_s, expression)
            else:
                closes = Boundary.SENTENCE if is_last else boundary
                gap_s = pause_s + _VOCAL_GAP_S
                original_end = sounds[0].original_start
                yield Span(start, lead, stop.spoken_end, end, closes, gap_s, expression, original_end=original_end)
                yield from self._sound(end, sounds, boundary, own_s, is_last=is_last)
                end = sounds[-1].end
            start, is_first = end, False

    def _sound(
        self, start: int, sounds: list[_Passage], closes: Boundary, own_s: float, *, is_last: bool
    ) -> Iterator[Span]:
        """The spans of sounds between words. closes, own_s: what the words before have, or would have."""
        for sound, after in zip_longest(sounds, sounds[1:]):
            end, boundary, pause_s = sound.end, closes, sound.pause_s
            if after is None:
                end = len(self.plain.text) if is_last else end
                boundary = self.edge if is_last else closes
                pause_s += 0.0 if is_last else max(own_s, _VOCAL_GAP_S)
            elif boundary is Boundary.EDGE:
                boundary = Boundary.SENTENCE
            original_end = after.original_start if after else None
            yield Span(
                *(start, start, start, end, boundary, pause_s),
                *(sound.expression, sound.vocalisation, sound.effect, original_end),
            )
            start = end

    def _next_speech(self, start: int) -> int:
        found = _SPEECH.search(self.plain.text, start)
        return found.start() if found else len(self.plain.text)

    def _pass_barriers(self, start: int, speech: int) -> list[_Passage]:
        """Pass the barriers before the next words: what they say up to the first sound, then for each sound."""
        barriers = self.plain.barriers
        passages = [_Passage(start)]
        mood = NEUTRAL
        has_mood = False
        while self.passed < len(barriers) and barriers[self.passed].position <= speech:
            barrier = barriers[self.passed]
            direction = barrier.direction
            if direction is not None and direction.expression is not None and direction.endures:
                # Directions side by side act together; those after words replace what was before.
                base = mood if has_mood else Expression(accent=self.expression.accent)
                mood, has_mood = NEUTRAL if direction.resets else base.joined(direction.expression), True
                self.expression = mood
            if direction is not None and direction.is_heard:
                sound = self.expression
                if direction.expression is not None and not direction.endures:
                    sound = sound.joined(direction.expression)
                passages.append(
                    _Passage(
                        *(start, Boundary.CUT, 0.0, barrier.original_start),
                        *(sound, direction.vocalisation, direction.effect),
                    )
                )
            passage = passages[-1]
            passage.boundary = max(passage.boundary, barrier.boundary, key=_ORDER.__getitem__)
            passage.pause_s += barrier.pause_s
            start = passage.end = max(start, _past_space(self.plain.text, barrier.position, speech))
            self.passed += 1
        return passages

    def _lead_in(self, start: int, speech: int) -> int:
        """Where the spoken part begins: a few signs before the first letter or digit, without white space."""
        lead = max(start, speech - _LEAD_IN)
        prefix = self.plain.text[lead:speech]
        lead += len(prefix) - len(prefix.lstrip())
        atom = self.plain.atom_around(lead, speech + 1)
        return min(lead, atom.start) if atom else lead

    def _close(self, lead: int, speech: int, is_first: bool) -> Stop:
        """Where the segment that begins at `lead` ends."""
        text, barriers = self.plain.text, self.plain.barriers
        ceiling = barriers[self.passed].position if self.passed < len(barriers) else len(text)
        horizon = min(ceiling, lead + _HORIZON)
        whole = next(self._allowed(sentence_ends(text, lead, horizon, self.language), speech), None)
        reach = whole.spoken_end if whole else horizon
        if self.plain.is_directed and (hesitation := self._hesitate(speech, whole.start if whole else reach)):
            return hesitation
        stop = None
        if is_first and reach - lead > self.long_start:
            least, most = (round(share * self.long_start) for share in _FIRST_CLAUSE)
            clauses = clause_ends(text, lead + least, min(lead + most, reach - _LAST_CLAUSE), self.language)
            stop = next(self._allowed(clauses, speech), None)
        if stop is None and reach - lead > LONGEST:
            stop = self._part(lead, speech, reach)
        return stop or whole or self._trim(lead, ceiling)

    def _hesitate(self, speech: int, reach: int) -> Stop | None:
        """Where an ellipsis parts words that go on after it."""
        for match in _HESITATING.finditer(self.plain.text, speech, reach):
            if match.end() - speech <= LONGEST and not self.plain.atom_around(match.start(), match.end()):
                end = _past_space(self.plain.text, match.end(), reach)
                return Stop(match.start(), match.end(), end, Boundary.CLAUSE, lingers=True)
        return None

    def _part(self, lead: int, speech: int, reach: int) -> Stop:
        """Part a sentence that is too long for one segment into pieces of about equal length."""
        ideal = lead + (reach - lead) // ceil((reach - lead) / LONGEST)
        latest = min(lead + LONGEST, reach - _LAST_CLAUSE)
        clauses = self._allowed(clause_ends(self.plain.text, lead + LONGEST // 5, latest, self.language), speech)
        best = min(
            (c for c in clauses if c.spoken_end <= lead + LONGEST), key=lambda c: self._cost(c, ideal), default=None
        )
        if best:
            return best
        for earliest in (lead + LONGEST // 3, speech + 1):
            if between_words := _word_cut(self.plain, earliest, lead + LONGEST, ideal):
                return between_words
        return _grapheme_cut(self.plain, lead, lead + LONGEST, reach) or self._trim(lead, reach)

    def _cost(self, clause: Stop, ideal: int) -> int:
        """Distance from the ideal place; a comma counts as some words farther away."""
        return abs(clause.end - ideal) + (40 if self.plain.text[clause.start] in ",،、，-–" else 0)

    def _trim(self, lead: int, end: int) -> Stop:
        """A stop at `end`, white space before it not spoken."""
        spoken_end = lead + len(self.plain.text[lead:end].rstrip())
        return Stop(spoken_end, spoken_end, end, Boundary.CUT)

    def _allowed(self, stops: Iterator[Stop], speech: int) -> Iterator[Stop]:
        """Those stops that come after the first word and do not touch an atom's inside."""
        for stop in stops:
            if stop.start > speech and not self.plain.atom_around(stop.start, stop.end):
                yield stop


def _past_space(text: str, start: int, end: int) -> int:
    match = _SPACE.match(text, start, end)
    return match.end() if match else start


def _word_cut(plain: Plain, earliest: int, latest: int, ideal: int) -> Stop | None:
    """The white space within bounds that is nearest to the ideal place."""
    gaps = [
        match
        for match in _SPACE.finditer(plain.text, max(earliest, 0), max(latest, 0))
        if not plain.atom_around(match.start(), match.end())
    ]
    if not gaps:
        return None
    start = min(gaps, key=lambda match: abs(match.start() - ideal)).start()
    end = _past_space(plain.text, start, len(plain.text))
    while start and plain.text[start - 1].isspace():  # the bounds may lie inside the white space
        start -= 1
    return Stop(start, start, end, Boundary.CUT)


def _grapheme_cut(plain: Plain, start: int, place: int, end: int) -> Stop | None:
    """The last border between graphemes up to `place`, or just `place` where there is none near."""
    atom = plain.atom_around(place, place)
    if atom:
        place = atom.start if atom.start > start else atom.end
    else:
        lowest = max(start + 1, place - 32)
        border = place
        while border > lowest and _joins(plain.text, border):
            border -= 1
        place = place if _joins(plain.text, border) or plain.atom_around(border, border) else border
    return Stop(place, place, place, Boundary.CUT) if start < place < end else None


def _joins(text: str, place: int) -> bool:
    """Whether the characters on both sides of `place` belong to one grapheme (the common cases of UAX #29)."""
    if not 0 < place < len(text):
        return False
    left, right = text[place - 1], text[place]
    if right.isascii() and left.isascii():
        return left == "\r" and right == "\n"
    if right in _GLUE or left == "\u200d" or unicodedata.category(right)[0] == "M":
        return True
    if "\U0001f3fb" <= right <= "\U0001f3ff":  # skin tones
        return True
    if unicodedata.combining(left) == _VIRAMA and unicodedata.category(right) == "Lo":
        return True
    if _FLAG_LETTERS.match(right):  # flags are pairs of letters
        return len(_FLAG_LETTERS_AT_END.search(text, max(0, place - 2 * LONGEST), place)[0]) % 2 == 1  # type: ignore[index]
    return "\u1100" <= left <= "\u11ff" and "\u1160" <= right <= "\u11ff"  # jamo of one syllable
