# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever is sent: segments tile it, runs tile each segment, nothing that can be said is lost."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from oscine.domain.lexicon import Alias, Lexicon, Pronunciation, Rule
from oscine.domain.problems import Invalid
from oscine.domain.speech import Boundary, Segment
from oscine.text.segment import LONGEST
from oscine.text.utterance import Markup, Utterance, prepare

LANGUAGES = ("en", "de", "el", "fr", "hi", "ja", "th", "zh")

FRAGMENTS = (
    *("a", "Word", "hello ", "Dr. ", "e.g. ", "U.S. ", "J. R. ", "No. 5 ", "3.14", "$5", "1,000", "½", "5 km"),
    *(". ", "! ", "? ", "…", "...", "?!", " ", "  ", "\n", "\n\n", "\r\n", "\t", "\u200b", "\u2029"),
    *("<", ">", "&", "[", "]", "(", ")", '"', "'", "“", "”", "«", "»", " — ", "-", ", ", "; ", ": ", "- item\n", "1. "),
    *(
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<s>",
        "</s>",
        "<br/>",
        "<speak>",
        "</speak>",
        "<!-- c -->",
        "<?x?>",
        "<!--",
        "<a b",
    ),
    *(
        '<break time="1s"/>',
        "<break/>",
        '<break strength="none"/>',
        "[whispers] ",
        "[pause]",
        "[1]",
        " [laughs] ",
        "[sighs]",
        "[gunshot]",
        " [rain] ",
        "[crying]",
        "LOUD ",
    ),
    *('<phoneme ph="həˈloʊ">hello</phoneme>', '<phoneme ph="a"> N. Y. </phoneme>', '<sub alias="x"/>'),
    *(
        '<sub alias="World Wide. Web">WWW</sub>',
        '<sub alias="five"></sub>',
        "&amp;",
        "&lt;",
        "&#65;",
        "&eacute;",
        "&no;",
    ),
    *(
        "漢字",
        "。",
        "「",
        "」",
        "かな",
        "ไทย ",
        "हिन्दी",
        "।",
        "مرحبا",
        "؟",
        "Τι;",
        "😀",
        "👨‍👩‍👧",
        "🇩🇪",
        "e\u0301",
        "\u200d",
    ),
    *(
        "\x00",
        "\ud800",
        "\ufffe",
        "İ",
        "ß",
        "ﬁ",
        "http://a.b/c?d=1 ",
        "word " * 40,
        "clause, " * 30,
        "x" * 400,
        "." * 400,
    ),
)
prose = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=40).map("".join)
markups = st.builds(
    Markup, breaks=st.booleans(), phonemes=st.booleans(), directions=st.booleans(), effects=st.booleans()
)
RULES = (
    Rule("Word", Alias("other words. Or 5 km")),
    Rule("hello", Pronunciation("həˈloʊ", "ipa"), case_sensitive=False),
    Rule("WWW", Pronunciation("W EH1 B", "cmu-arpabet"), word_boundaries=False),
    Rule("a", Alias(""), word_boundaries=False),
    Rule("x", Alias("xx xx"), word_boundaries=False),
    Rule("e", Alias("e" * 200), word_boundaries=False),
    Rule(".", Alias("dot")),
    Rule("&", Alias("and")),
    Rule("😀", Alias("a smile")),
    Rule("— ", Alias(" ... "), word_boundaries=False),
    Rule("$5", Alias("$7")),
    Rule("SS", Alias("ess"), case_sensitive=False, word_boundaries=False),
    Rule("漢", Alias("かん")),
    Rule("clause, clause", Alias("twice")),
    Rule("é", Alias("?!")),
)
lexicons = st.lists(
    st.lists(st.sampled_from(RULES), max_size=4).map(lambda rules: Lexicon("d", "v", tuple(rules))), max_size=3
).map(tuple)
contexts = st.sampled_from(("", " ", "Before.", "and, ", "One\n\n", "lower"))


def attempt(
    text: str,
    markup: Markup,
    language: str,
    *,
    normalize: bool,
    lexicons: tuple[Lexicon, ...] = (),
    before: str = "",
    after: str = "",
) -> Utterance | None:
    """The utterance, or None where the text is refused; nothing else may be raised."""
    try:
        return prepare(
            text,
            language=language,
            languages=LANGUAGES,
            home="en",
            normalize=normalize,
            markup=markup,
            lexicons=lexicons,
            previous_text=before,
            next_text=after,
        )
    except Invalid as problem:
        assert problem.message
        return None


def check_tiles(text: str, segments: list[Segment]) -> None:
    assert [0, *(s.original_end for s in segments)] == [*(s.original_start for s in segments), len(text)]
    for segment in segments:
        original = spoken = 0
        for run in segment.runs:
            assert (run.original_start, run.spoken_start) == (original, spoken)
            assert run.original_end >= original
            assert run.spoken_end >= spoken
            assert (run.original_end, run.spoken_end) != (original, spoken)
            original, spoken = run.original_end, run.spoken_end
        assert (original, spoken) == (segment.original_end - segment.original_start, len(segment.text))
    assert all(a.closes is b.opens for a, b in pairwise(segments))
    assert all(s.closes is not Boundary.EDGE for s in segments[:-1])
    assert all(s.pause_s >= 0 for s in segments)


def check_directions(segments: list[Segment]) -> None:
    for segment in segments:
        assert not segment.text or not (segment.vocalisation or segment.effect)
        assert not (segment.vocalisation and segment.effect)
        end = 0
        for start, stop in segment.emphases:
            assert end <= start < stop <= len(segment.text)
            assert segment.text[start:stop].islower()
            end = stop


def check_phonemes(segments: list[Segment]) -> None:
    for segment in segments:
        end = 0
        for phonemes in segment.phonemes:
            assert end <= phonemes.start < phonemes.end <= len(segment.text)
            assert segment.text[phonemes.start : phonemes.end].lower() in {"hello", "n. y.", "www"}
            end = phonemes.end


@settings(max_examples=300, deadline=None)
@given(prose, markups, st.sampled_from(LANGUAGES), lexicons, contexts, contexts)
def test_as_written(
    text: str, markup: Markup, language: str, lexicons: tuple[Lexicon, ...], before: str, after: str
) -> None:
    utterance = attempt(text, markup, language, normalize=False, lexicons=lexicons, before=before, after=after)
    if utterance is None:
        return
    segments = list(utterance)
    check_tiles(text, segments)
    check_phonemes(segments)
    check_directions(segments)
    if any(segment.text.strip() for segment in utterance):  # a sound alone has no neighbours in speech
        assert (utterance.opens is Boundary.EDGE) == (not before.strip())
        assert (utterance.closes is Boundary.EDGE) == (not after.strip())
    assert all(len(segment.text) <= LONGEST + 1 for segment in segments)
    assert all(
        segment.text.strip() or segment.pause_s or segment.vocalisation or segment.effect for segment in segments
    )
    sounding = [c for segment in segments for c in segment.text.lower() if c.isalnum()]
    assert sounding == [c for c in utterance.plain.text.lower() if c.isalnum()]


@settings(max_examples=200, deadline=None)
@given(prose, markups, st.sampled_from(LANGUAGES), lexicons)
def test_normalised(text: str, markup: Markup, language: str, lexicons: tuple[Lexicon, ...]) -> None:
    utterance = attempt(text, markup, language, normalize=True, lexicons=lexicons)
    if utterance is None:
        return
    segments = list(utterance)
    check_tiles(text, segments)
    check_phonemes(segments)
    check_directions(segments)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_text_without_markup_is_spoken_character_by_character(text: str) -> None:
    text = text.translate(dict.fromkeys(map(ord, "<&[")))
    utterance = attempt(text, Markup(breaks=True, phonemes=True, directions=True), "en", normalize=False)
    for segment in utterance or ():
        original = text[segment.original_start : segment.original_end]
        for run in segment.runs:
            said = segment.text[run.spoken_start : run.spoken_end]
            written = original[run.original_start : run.original_end]
            assert said in {written, " ", ""} or (segment.emphases and said.lower() == written.lower())


@settings(max_examples=100, deadline=None)
@given(prose)
def test_a_text_is_refused_or_spoken_alike_each_time(text: str) -> None:
    first, second = (attempt(text, Markup(True, True, True), "en", normalize=True) for _ in range(2))
    assert list(first or ()) == list(second or ())
