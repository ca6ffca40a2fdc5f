# SPDX-License-Identifier: GPL-3.0-or-later
"""From the caller's text to the segments that an engine speaks: the one way in.

    utterance = prepare(text, language=None, languages=model.languages, home=voice.language, normalize=True,
                        markup=Markup(breaks=True, phonemes=False, directions=False))
    for segment in utterance: ...

Whatever can be wrong with a text is said by `prepare`; after that nothing fails. What costs time is done segment by
segment, so that the first one is there at once however long the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from math import ceil

from oscine.domain.alignment import Run
from oscine.domain.expression import NEUTRAL, Expression
from oscine.domain.lexicon import Lexicon
from oscine.domain.problems import TextUnspeakable
from oscine.domain.speech import Boundary, Phonemes, Segment
from oscine.text.emphasis import has_small_words, stress_capitals
from oscine.text.language import detect, resolve
from oscine.text.lexicon import pronounce
from oscine.text.markup import Markup, read
from oscine.text.normalize import normalize as normalize_text
from oscine.text.normalize import verbatim
from oscine.text.normalize.spoken import Spoken
from oscine.text.plain import Patch, Plain
from oscine.text.segment import Span, is_speakable, part, spans
from oscine.text.stops import between, ending

__all__ = ["LONGEST_SPOKEN", "Markup", "Utterance", "prepare"]

LONGEST_SPOKEN = 450
"""Characters that a segment may grow to by normalisation before it is parted once more, if it can be."""
_CONTEXT = 80
"""Characters before a stretch that the normaliser may look at."""


def prepare(
    text: str,
    *,
    language: str | None,
    languages: Collection[str],
    home: str,
    normalize: bool,
    markup: Markup,
    lexicons: tuple[Lexicon, ...] = (),
    previous_text: str = "",
    next_text: str = "",
    open_end: Boundary | None = None,
    long_start: int = 100,
    expression: Expression = NEUTRAL,
) -> Utterance:
    """Check a text and make it ready to be spoken.

    language: the caller's code, or None to have it detected. languages: codes that are served. home: the voice's own
    language, which short and ambiguous texts are taken for. markup: which markup acts. lexicons: pronunciations to
    keep to, in order of precedence; those in phonemes act where `<phoneme>` does. previous_text, next_text: what is
    said before and after; not spoken. open_end: for a text that goes on in words not known yet, the least that stands
    at its end; None: next_text is all that follows. long_start: characters above which a first sentence gives up its
    first clause. expression: of all of it; directions in the text act besides.
    Raises: LanguageUnsupported, MarkupInvalid, PhonemeInvalid, TextTooLong, TextUnspeakable.
    Cost: detection (≤ 0.3 ms), one scan at C speed for markup and one for lexicons, where there are any; nothing else
    grows with the text.
    """
    plain = read(text, markup)
    if lexicons:
        plain = pronounce(plain, lexicons, phonemes=markup.phonemes)
    if not is_speakable(plain.text) and not any(b.direction and b.direction.is_heard for b in plain.barriers):
        raise TextUnspeakable(
            "The text holds nothing that can be spoken: no letter and no digit outside of markup. Send some words.",
            parameter="text",
        )
    if language:
        spoken_language = resolve(language, languages)
    else:
        spoken_language = detect(plain.text, languages, home, before=previous_text, after=next_text)
    return Utterance(
        text=text,
        language=spoken_language,
        plain=plain,
        normalize=normalize,
        opens=between(previous_text, plain.text, spoken_language),
        closes=between(plain.text, next_text, spoken_language)
        if open_end is None
        else max(ending(plain.text, spoken_language), open_end, key=list(Boundary).index),
        goes_on=open_end is not None,
        before=previous_text[-_CONTEXT:],
        is_emphatic=plain.is_directed and has_small_words(plain.text),
        long_start=long_start,
        expression=expression,
    )


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text that is ready to be spoken. Iterating gives its segments, each made when it is asked for.

    The segments tile the text, and their `text`s joined read as what is said, with single spaces between them.
    """

    text: str
    """As sent."""
    language: str
    """The one of the served codes that all segments have."""
    plain: Plain = field(repr=False)
    normalize: bool
    opens: Boundary
    """What lies before the text."""
    closes: Boundary
    """What lies after it."""
    goes_on: bool = False
    """Whether another text follows, so that the last word too is spoken with a space after it."""
    before: str = field(default="", repr=False)
    """The end of what was said before."""
    is_emphatic: bool = False
    """Whether words in capitals are stressed."""
    long_start: int = 100
    """Characters above which a first sentence gives up its first clause."""
    expression: Expression = NEUTRAL
    """Of all of it."""

    @property
    def skipped_directions(self) -> tuple[str, ...]:
        """Tags in brackets that are passed over; at most 16, of at most 40 characters."""
        return self.plain.skipped

    def __iter__(self) -> Iterator[Segment]:
        opens, start = self.opens, 0
        for span in spans(self.plain, self.language, self.closes, self.long_start):
            for segment in self._render(span, opens, start):
                yield segment
                opens, start = segment.closes, segment.original_end

    def _render(self, span: Span, opens: Boundary, original_start: int) -> Iterator[Segment]:
        """The segment of a span, or several where normalisation makes it too long for one."""
        whole = self._speak(span, opens, original_start)
        count = ceil(len(whole.text) / LONGEST_SPOKEN)
        parts = part(self.plain, span, count) if count > 1 else []
        if len(parts) < 2:
            yield whole
            return
        for piece in parts:
            for segment in self._render(piece, opens, original_start):
                yield segment
                opens, original_start = segment.closes, segment.original_end

    def _speak(self, span: Span, opens: Boundary, original_start: int) -> Segment:
        plain = self.plain
        is_last = span.end == len(plain.text)
        writer = _Writer(original_start)
        phonemes: list[Phonemes] = []
        for start, end, patch in _stretches(plain, span.spoken_start, span.spoken_end):
            if patch and patch.kind == "phonemes":
                writer.pass_to(patch.original_start)
                phonemes.append(Phonemes(writer.length, writer.length + end - start, patch.ipa))
                writer.put(patch.original_end, plain.text[start:end])
            elif patch:
                writer.pass_to(patch.original_start)
                writer.put(patch.original_end, self._say(start, end).text)
            else:
                writer.put_spoken(self._say(start, end), plain, start, end)
        if span.original_end is not None:
            original_end = max(span.original_end, writer.position)
        else:
            original_end = len(plain.original) if is_last else max(plain.original_at(span.end), writer.position)
        has_space = any(map(str.isspace, plain.text[span.spoken_end : min(span.end, span.spoken_end + 64)]))
        parts_words = self.goes_on if is_last else has_space
        writer.put(original_end, " " if parts_words and writer.length else "")
        text, runs = "".join(writer.parts), tuple(writer.runs)
        text, emphases = stress_capitals(text, runs) if self.is_emphatic else (text, ())
        return Segment(
            text=text,
            language=self.language,
            original_start=original_start,
            original_end=original_end,
            runs=runs,
            opens=opens,
            closes=span.closes,
            pause_s=span.pause_s,
            phonemes=tuple(phonemes),
            expression=self.expression.joined(span.expression),
            emphases=emphases,
            vocalisation=span.vocalisation,
            effect=span.effect,
        )

    def _say(self, start: int, end: int) -> Spoken:
        text = self.plain.text[start:end]
        if not self.normalize:
            return verbatim(text)
        before = self.plain.text[max(0, start - _CONTEXT) : start]
        if start < _CONTEXT and self.before:
            before = f"{self.before} {before}"
        return normalize_text(text, self.language, context_before=before)


@dataclass(slots=True)
class _Writer:
    """Writes a segment's text and its runs, from left to right."""

    origin: int
    """Where the segment starts in the original."""
    position: int = field(init=False)
    """First character of the original that is not yet covered."""
    length: int = 0
    """Characters spoken so far."""
    parts: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.position = self.origin

    def pass_to(self, original_end: int) -> None:
        """Leave the original up to there unspoken."""
        if original_end > self.position:
            self._tile(original_end, 0)

    def put(self, original_end: int, spoken: str) -> None:
        """Speak `spoken` for the original up to there."""
        self.parts.append(spoken)
        if spoken or original_end > self.position:
            self._tile(original_end, len(spoken))

    def put_spoken(self, spoken: Spoken, plain: Plain, start: int, end: int) -> None:
        """Speak `spoken` for the plain text from `start` to `end`, which holds no tags."""
        self.pass_to(plain.original_at(start))
        self.parts.append(spoken.text)
        entities = [patch for patch in plain.patches_within(start, end) if patch.kind == "character"][::-1]
        if not entities:
            for run in spoken.runs:
                self._tile(self.position + run.original_end - run.original_start, _width(run))
            return
        for run in spoken.runs:
            run_end = start + run.original_end
            while run.is_identity and entities and entities[-1].start < run_end:
                entity = entities.pop()
                if entity.original_start >= self.position:
                    self._keep(entity.original_start)
                    self._tile(entity.original_end, 1)
            original_end = plain.original_before(run_end)
            if run.is_identity:
                self._keep(original_end)
            else:
                self._tile(max(original_end, self.position), _width(run))

    def _keep(self, original_end: int) -> None:
        if original_end > self.position:
            self._tile(original_end, original_end - self.position)

    def _tile(self, original_end: int, spoken: int) -> None:
        position, end = self.position - self.origin, original_end - self.origin
        self.runs.append(Run(position, end, self.length, self.length + spoken))
        self.position = original_end
        self.length += spoken


def _width(run: Run) -> int:
    return run.spoken_end - run.spoken_start


def _stretches(plain: Plain, start: int, end: int) -> Iterator[tuple[int, int, Patch | None]]:
    """The parts of `text[start:end]` between tags, each with the alias or phonemes that it is, if any."""
    for patch in plain.patches_within(start, end):
        if patch.kind == "character":
            continue
        if patch.start > start:
            yield start, patch.start, None
        if patch.end > patch.start:
            yield patch.start, patch.end, patch
        start = max(start, patch.end)
    if end > start:
        yield start, end, None
