# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import gc
import time
from itertools import islice, pairwise
from typing import Any

import pytest

from oscine.domain.alignment import Run
from oscine.domain.lexicon import Alias, Lexicon, Pronunciation, Rule
from oscine.domain.problems import LanguageUnsupported, MarkupInvalid, PhonemeInvalid, TextUnspeakable
from oscine.domain.speech import Boundary, Phonemes, Segment
from oscine.text import utterance as module
from oscine.text.normalize.spoken import Spoken
from oscine.text.utterance import LONGEST_SPOKEN, Markup, Utterance, prepare

ALL = Markup(breaks=True, phonemes=True, directions=True)


def make(text: str, **given: Any) -> Utterance:
    wanted: dict[str, Any] = {"language": "en", "languages": ("en", "de", "ja"), "home": "en", "normalize": False}
    return prepare(text, **{**wanted, "markup": ALL, **given})


def spoken(text: str, **given: Any) -> list[str]:
    return [segment.text for segment in make(text, **given)]


def sides(segment: Segment, text: str) -> list[tuple[str, str]]:
    """The runs of a segment as (original, spoken)."""
    original = text[segment.original_start : segment.original_end]
    return [
        (original[r.original_start : r.original_end], segment.text[r.spoken_start : r.spoken_end]) for r in segment.runs
    ]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Replaces the normaliser: "&" is "and", figures triple; notes what it is given (text, context)."""
    calls: list[tuple[str, str]] = []

    def normalize(text: str, language: str, *, context_before: str = "") -> Spoken:
        calls.append((text, context_before))
        words: list[str] = []
        runs: list[Run] = []
        length = 0
        for i, character in enumerate(text):
            word = "and" if character == "&" else character * 3 if character.isdigit() else character
            runs.append(Run(i, i + 1, length, length + len(word)))
            words.append(word)
            length += len(word)
        return Spoken("".join(words), tuple(runs))

    monkeypatch.setattr(module, "normalize_text", normalize)
    return calls


def test_segments_joined_read_as_what_is_said() -> None:
    text = "  One.\n\nTwo  three.😀 \t Four  "
    assert "".join(spoken(text)) == "One. Two  three.😀 \t Four"
    assert spoken("昨日。今日。", language="ja") == ["昨日。", "今日。"]


def test_spans_runs_and_boundaries() -> None:
    text = " <p>One &amp; two.</p> Three!"
    first, second = make(text)
    assert (first.original_start, first.original_end, second.original_end) == (0, 23, len(text))
    assert sides(first, text) == [
        (" <p>", ""),
        ("One ", "One "),
        ("&amp;", "&"),
        (" two.", " two."),
        ("</p> ", " "),
    ]
    assert sides(second, text) == [("Three!", "Three!")]
    assert (first.opens, first.closes, second.opens, second.closes) == (
        Boundary.EDGE,
        Boundary.PARAGRAPH,
        Boundary.PARAGRAPH,
        Boundary.EDGE,
    )
    assert (first.pause_s, second.pause_s, first.language) == (0.6, 0.0, "en")


def test_entities_and_rewritten_words_are_mapped_together(counted: list[tuple[str, str]]) -> None:
    text = "A&amp;B &#53;c"
    (segment,) = make(text, normalize=True)
    assert segment.text == "AandB 555c"
    assert counted == [("A&B 5c", "")]
    assert [side for side in sides(segment, text) if len(side[0]) > 1] == [("&amp;", "and"), ("&#53;", "555")]


def test_a_rewritten_stretch_may_hold_an_entity(monkeypatch: pytest.MonkeyPatch) -> None:
    def normalize(text: str, language: str, *, context_before: str = "") -> Spoken:
        return Spoken("rhythm and blues now", (Run(0, 3, 0, 16), Run(3, 7, 16, 20)))

    monkeypatch.setattr(module, "normalize_text", normalize)
    text = "R&amp;B now"
    (segment,) = make(text, normalize=True)
    assert sides(segment, text) == [("R&amp;B", "rhythm and blues"), (" now", " now")]


def test_normalisation_stops_at_tags(counted: list[tuple[str, str]]) -> None:
    spoken('1<b>2</b> <sub alias="3">x</sub> <phoneme ph="a">4</phoneme>', normalize=True)
    assert [text for text, _ in counted] == ["1", "2", " ", "3", " "]


def test_the_normaliser_sees_what_was_said_before(counted: list[tuple[str, str]]) -> None:
    spoken("No. <b>5</b>", normalize=True, previous_text="Chapter")
    assert counted == [("No. ", "Chapter "), ("5", "Chapter No. ")]


def test_without_normalisation_the_text_is_spoken_as_it_stands(counted: list[tuple[str, str]]) -> None:
    assert spoken("It costs $5 & more.") == ["It costs $5 & more."]
    assert not counted


def test_phonemes_point_at_their_word(counted: list[tuple[str, str]]) -> None:
    """The word inside is kept as written: reference/api-facts.md §6."""
    text = '11 <phoneme alphabet="cmu-arpabet" ph="T UW1">22</phoneme> x <phoneme ph="ˈdɒktə">Dr.</phoneme> Who'
    (segment,) = make(text, normalize=True)
    assert segment.text == "111111 22 x Dr. Who"
    assert segment.phonemes == (Phonemes(7, 9, "ˈtu"), Phonemes(12, 15, "ˈdɒktə"))


def test_a_model_without_phonemes_gets_none() -> None:
    (segment,) = make('<phoneme ph="??">Dr. X</phoneme>', markup=Markup(breaks=True, phonemes=False, directions=False))
    assert (segment.text, segment.phonemes) == ("Dr. X", ())


def test_an_alias_is_said_instead() -> None:
    text = 'The <sub alias="World Wide Web">WWW</sub>.'
    (segment,) = make(text)
    assert segment.text == "The World Wide Web."
    assert ("WWW", "World Wide Web") in sides(segment, text)


def test_a_leading_break_is_a_segment_of_silence() -> None:
    silence, words = make('<break time="2s"/>Hello')
    assert (silence.text, silence.pause_s, silence.opens, silence.original_end) == ("", 2.0, Boundary.EDGE, 18)
    assert (words.text, words.opens) == ("Hello", silence.closes)


def test_directions_are_silent() -> None:
    assert spoken("[whispers] Come here. [pause] Now.") == ["Come here. ", "Now."]
    assert spoken("[whispers] Come", markup=Markup(True, True, False)) == ["[whispers] Come"]


def test_what_grows_too_long_is_parted_again(counted: list[tuple[str, str]]) -> None:
    text = "12345678 " * 33
    segments = list(make(text, normalize=True))
    assert max(len(segment.text) for segment in segments) <= LONGEST_SPOKEN
    assert "".join(segment.text for segment in segments).split() == ["".join(c * 3 for c in "12345678")] * 33
    assert [segment.original_start for segment in segments[1:]] == [segment.original_end for segment in segments[:-1]]
    assert all(a.closes is b.opens is Boundary.CUT for a, b in pairwise(segments))


@pytest.mark.parametrize(
    ("before", "text", "after", "opens", "closes"),
    [
        ("", "One.", "", "edge", "edge"),
        ("Zero.", "One.", "Two.", "sentence", "sentence"),
        ("and then,", "one", "two", "clause", "cut"),
        ("the", "one", "\n\nTwo", "cut", "paragraph"),
        (" ", "One,", " ", "edge", "edge"),
    ],
)
def test_context_decides_the_outer_boundaries(before: str, text: str, after: str, opens: str, closes: str) -> None:
    segments = list(make(text, previous_text=before, next_text=after))
    assert (segments[0].opens.value, segments[-1].closes.value) == (opens, closes)


def test_the_language_is_forced_or_detected() -> None:
    german = "Ich weiß nicht, was das bedeuten soll."
    assert make(german, language=None).language == "de"
    assert make(german, language="en-US").language == "en"
    assert {segment.language for segment in make("昨日。今日。", language=None)} == {"ja"}
    assert make("<emphasis>Ok</emphasis>", language=None, home="de").language == "de"
    with pytest.raises(LanguageUnsupported):
        make("Salut", language="fr")


@pytest.mark.parametrize(
    "text", ["", "  \n", "😀🎉", "...!?", "\x00\x07", "<b></b>", '<break time="1s"/>', "[whispers]", "&amp; &lt;"]
)
def test_nothing_to_speak_is_refused(text: str) -> None:
    with pytest.raises(TextUnspeakable):
        make(text)


def test_everything_wrong_is_said_at_once() -> None:
    """An error after the first audio could only cut the transport: nothing may fail while segments are taken."""
    start = "A sentence. " * 100
    with pytest.raises(MarkupInvalid):
        make(start + '<break time="9s"/>')
    with pytest.raises(PhonemeInvalid):
        make(start + '<phoneme ph="?">x</phoneme>')


def test_the_first_segment_costs_one_normalisation_however_long_the_text(counted: list[tuple[str, str]]) -> None:
    text = "It was the best of times, it was the worst of times. " * 20_000
    ready = make(text, normalize=True)
    assert not counted
    assert next(iter(ready)).text == "It was the best of times, it was the worst of times. "
    assert len(counted) == 1
    assert len(list(islice(ready, 3))) == 3
    assert len(counted) == 4


def test_an_utterance_can_be_taken_again() -> None:
    ready = make("One. Two.")
    assert list(ready) == list(ready)


FLOODS = {
    **{c: c for c in "a.<&([\"'-,!?_*5漢ก\u0301\u200d\n😀 "},
    **{
        f: f
        for f in (
            "Dr. ",
            "a ",
            "a, ",
            "a. ",
            "1. ",
            "… ",
            "x\n",
            " \n",
            "\r\n",
            "&amp;",
            "<b>",
            "<a",
            '<a "',
            "<!--",
            "<?",
            "[a]",
        )
    },
    **{
        f: f
        for f in ('<break time="1s"/>', '<phoneme ph="a">a</phoneme>', '<sub alias="a"/>', "[pause]", '<a b="c" ', ".)")
    },
}


@pytest.mark.parametrize("unit", FLOODS)
@pytest.mark.parametrize("end", ["", " y", "y"])
def test_floods_cost_linear_time(unit: str, end: str) -> None:
    """CPU time at 4 n is about 4 times that at n; quadratic would be 16 times, in every attempt."""

    def seconds(characters: int) -> float:
        text = "x " + unit * (characters // len(unit)) + end
        gc.disable()
        began = time.process_time()
        segments = list(make(text))
        took = time.process_time() - began
        gc.enable()
        assert [segment.original_start for segment in segments[1:]] == [s.original_end for s in segments[:-1]]
        assert segments[-1].original_end == len(text)
        return took

    small = min(seconds(4_000), seconds(4_000))
    assert any(seconds(16_000) < 9 * small + 0.01 for _ in range(5))


def lexicon(*rules: Rule) -> tuple[Lexicon, ...]:
    return (Lexicon("dictionary", "version", rules),)


def test_aliases_are_spoken_like_written_text() -> None:
    text = "In <b>UN</b> for $5."
    (segment,) = make(text, normalize=True, lexicons=lexicon(Rule("UN", Alias("the UN of 3 km"))))
    assert segment.text == "In the UN of three kilometers for five dollars."
    assert ("UN", "the UN of three kilometers") in sides(segment, text)
    assert "".join(original for original, _ in sides(segment, text)) == text


def test_an_empty_alias_leaves_its_place_in_the_text() -> None:
    text = "Acme® rocks."
    (segment,) = make(text, lexicons=lexicon(Rule("®", Alias(""))))
    assert sides(segment, text) == [("Acme", "Acme"), ("®", ""), (" rocks.", " rocks.")]
    with pytest.raises(TextUnspeakable):
        make("Acme", lexicons=lexicon(Rule("Acme", Alias(""))))


def test_phoneme_rules_act_where_phoneme_tags_do() -> None:
    rules = lexicon(Rule("Madison", Pronunciation("/ˈmædɪsən/", "ipa")))
    (segment,) = make("James Madison spoke.", lexicons=rules)
    assert segment.text == "James Madison spoke."
    assert segment.phonemes == (Phonemes(6, 13, "ˈmædɪsən"),)
    (segment,) = make("James Madison spoke.", lexicons=rules, markup=Markup(True, False, False))
    assert (segment.text, segment.phonemes) == ("James Madison spoke.", ())


def test_aliases_make_a_text_speakable_and_decide_its_language() -> None:
    assert spoken("☺!", lexicons=lexicon(Rule("☺", Alias("a smile")))) == ["a smile!"]
    words = "Das ist ein Satz, der nur so aussieht"
    assert make("QQ", language=None, lexicons=lexicon(Rule("QQ", Alias(words)))).language == "de"


def test_aliases_are_never_cut() -> None:
    alias = "one two. three, " * 12
    segments = spoken("WWW " * 30, lexicons=lexicon(Rule("WWW", Alias(alias.strip()))))
    assert all(segment.strip().startswith("one two.") and segment.strip().endswith("three,") for segment in segments)


@pytest.mark.parametrize(
    ("text", "closes"),
    [
        ("He said that ", Boundary.CUT),
        ("He said, ", Boundary.CLAUSE),
        ("He said so. ", Boundary.SENTENCE),
        ("He saw Dr. ", Boundary.CUT),
        ("He said so.\n\n", Boundary.PARAGRAPH),
    ],
)
def test_the_end_of_a_text_that_goes_on(text: str, closes: Boundary) -> None:
    """In words that nobody knows yet: they are parted from it, whatever they are."""
    (segment,) = make(text, open_end=Boundary.CUT)
    assert segment.closes is closes
    assert segment.text.endswith(" ")
    (flushed,) = make(text, open_end=Boundary.SENTENCE)
    assert flushed.closes is (Boundary.PARAGRAPH if closes is Boundary.PARAGRAPH else Boundary.SENTENCE)
