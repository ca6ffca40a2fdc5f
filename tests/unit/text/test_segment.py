# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from oscine.domain.speech import Boundary
from oscine.text.markup import Markup, read
from oscine.text.segment import LONGEST, Span, is_speakable, part, spans

ALL = Markup(breaks=True, phonemes=True, directions=True)


def cut(text: str, language: str = "en", edge: Boundary = Boundary.EDGE) -> list[tuple[str, str, float]]:
    """For each span: what is spoken, what follows, the pause."""
    plain = read(text, ALL)
    found = list(spans(plain, language, edge))
    assert [span.start for span in found] == [0, *(span.end for span in found[:-1])]
    assert found[-1].end == len(plain.text)
    assert all(s.start <= s.spoken_start <= s.spoken_end <= s.end for s in found)
    return [(plain.text[s.spoken_start : s.spoken_end], s.closes.value, round(s.pause_s, 3)) for s in found]


def texts(text: str, language: str = "en") -> list[str]:
    return [spoken for spoken, _, _ in cut(text, language)]


def test_boundaries_and_pauses() -> None:
    assert cut("One. Two… Three?\n\nFour") == [
        ("One.", "sentence", 0.35),
        ("Two…", "sentence", 0.7),
        ("Three?", "paragraph", 0.6),
        ("Four", "edge", 0.0),
    ]


def test_the_edge_is_what_the_caller_says() -> None:
    assert cut("One.", edge=Boundary.SENTENCE) == [("One.", "sentence", 0.35)]
    assert cut("One", edge=Boundary.CUT) == [("One", "cut", 0.0)]


def test_short_sentences_are_not_merged() -> None:
    assert texts("Go. Now. Run!") == ["Go.", "Now.", "Run!"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('One <break time="1s"/> two', [("One", "clause", 1.0), ("two", "edge", 0.0)]),
        ('One. <break time="1s"/> Two', [("One.", "sentence", 1.35), ("Two", "edge", 0.0)]),
        ('One, <break time="1s"/><break time="500ms"/> two', [("One,", "clause", 1.5), ("two", "edge", 0.0)]),
        ('<break time="1s"/>One', [("", "sentence", 1.0), ("One", "edge", 0.0)]),
        ('One.<break time="1s"/>', [("One.", "edge", 1.0)]),
        ("One [pause] two", [("One", "clause", 0.7), ("two", "edge", 0.0)]),
        ("<p>One</p><p>Two</p>", [("One", "paragraph", 0.6), ("Two", "edge", 0.0)]),
        ("<s>One</s><s>Two</s>", [("One", "sentence", 0.35), ("Two", "edge", 0.0)]),
        ('Dr. <break time="1s"/> Who', [("Dr.", "clause", 1.0), ("Who", "edge", 0.0)]),
        ("One.</p> “Two”", [("One.", "paragraph", 0.6), ("“Two”", "edge", 0.0)]),
        ('<speak>One</speak> <break time="2s"/> !', [("One", "edge", 2.0)]),
    ],
)
def test_markup_ends_segments_and_adds_its_pause(text: str, expected: list[tuple[str, str, float]]) -> None:
    assert cut(text) == expected


def test_a_long_first_sentence_gives_up_its_first_clause() -> None:
    """Small first chunk: reference/peers.md §3, "fake streaming / slow first audio"."""
    text = (
        "Once, in the old house by the river, there lived a man who had never in his life spoken to anyone at all, "
        "or so people said. And in the old town by the sea, there lived a woman who had never once in all her life "
        "been silent, they say."
    )
    first, rest, second = cut(text)
    assert first == ("Once, in the old house by the river,", "clause", 0.14)
    assert rest[0].startswith("there lived a man")
    assert len(second[0]) > 100


def test_a_short_first_sentence_stays_whole() -> None:
    text = "Once upon a time there was a king, and he was very, very old, they say."
    assert texts(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "word " * 500,
        "some words, and more; " * 100,
        "a" * 2000,
        "漢" * 2000,
        "e\u0301" * 1000,
        "👨‍👩‍👧" * 400 + " end",
        "word\u200b" * 300,
        "x " + "." * 1000 + " y",
        "x" + " " * 1000 + "y",
        "Dr. " * 400,
        "a.b" * 400,
    ],
)
def test_no_segment_is_longer_than_the_limit(text: str) -> None:
    assert all(len(spoken) <= LONGEST for spoken in texts(text))


def test_long_sentences_are_parted_at_clauses() -> None:
    clause = "and so the river went on and on through the wide land"
    text = "It rained: " + ", ".join([clause] * 12) + "."
    found = cut(text)
    assert len(found) in {3, 4}
    assert all(closes == "clause" and spoken.endswith((",", ":")) for spoken, closes, _ in found[:-1])
    lengths = [len(spoken) for spoken, _, _ in found[1:]]
    assert min(lengths) > 100


def test_words_are_not_cut_while_there_is_a_space() -> None:
    text = "supercalifragilistic expialidocious " * 30
    assert " ".join(texts(text)).split() == text.split()
    assert {closes for _, closes, _ in cut(text)[:-1]} == {"cut"}


@pytest.mark.parametrize("grapheme", ["e\u0301", "👨‍👩‍👧", "🇩🇪", "👍🏽", "क्ष", "각", "❤\ufe0f"])
def test_graphemes_are_not_cut(grapheme: str) -> None:
    for shift in range(4):
        text = "x" * shift + grapheme * 200 + "x"
        places = [span.end for span in spans(read(text, ALL), "en", Boundary.EDGE)]
        assert all((place - shift) % len(grapheme) == 0 for place in places[:-1])


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("  Hello.  ", ["Hello."]),
        ("Hello. 😀😀😀", ["Hello."]),
        ("😀 Hello", ["😀 Hello"]),
        ("!" * 500 + " Hello", ["!!!!!!! Hello"]),
        ("Hello" + "!" * 500, ["Hello!!!!!!!!"]),
        ("It is -5. (Yes.) $5! “No.”", ["It is -5.", "(Yes.)", "$5!", "“No.”"]),
        ("One.\n\n* * *\n\nTwo.", ["One.", "* * *\n\nTwo."]),
    ],
)
def test_what_cannot_be_spoken_goes_with_its_neighbour(text: str, spoken: list[str]) -> None:
    assert texts(text) == spoken


def test_phonemes_and_aliases_are_never_cut() -> None:
    word = "x y. z, " * 10 + "w"
    text = f'One two <phoneme ph="a">{word}</phoneme> three. ' * 10
    assert sum(spoken.count(word) for spoken in texts(text)) == 10
    alias = "Rio. São, Paulo; " * 10 + "end"
    text = f'<sub alias="{alias}">x</sub>, ' * 10
    assert sum(spoken.count(alias) for spoken in texts(text)) == 10


def test_adjacent_atoms_part_at_their_borders() -> None:
    word = "x" * 90
    found = texts(f'<phoneme ph="a">{word}</phoneme>' * 10)
    assert {len(spoken) for spoken in found} <= {90, 180, 270}


def test_part_makes_equal_pieces_between_words() -> None:
    plain = read("one two three four five six", ALL)
    pieces = part(plain, Span(0, 0, 27, 27, Boundary.SENTENCE, 0.35), 3)
    assert [plain.text[p.spoken_start : p.spoken_end] for p in pieces] == ["one two", "three four", "five six"]
    assert [(p.closes.value, p.pause_s) for p in pieces] == [("cut", 0.0), ("cut", 0.0), ("sentence", 0.35)]


def test_part_leaves_an_atom_whole() -> None:
    plain = read('<sub alias="one two three">x</sub>', ALL)
    assert len(part(plain, Span(0, 0, 13, 13, Boundary.EDGE, 0.0), 3)) == 1


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("a", True),
        ("7", True),
        ("½", True),
        ("漢", True),
        ("", False),
        (" \n", False),
        ("😀!?…", False),
        ("\u0301\x00_", False),
    ],
)
def test_is_speakable(text: str, answer: bool) -> None:
    assert is_speakable(text) is answer


def test_what_is_a_long_start_is_for_the_caller_to_say() -> None:
    text = "Good morning to all of you, and welcome on board, where the ferry leaves at noon."
    firsts = [next(spans(read(text, ALL), "en", Boundary.EDGE, long_start)) for long_start in (40, 100, 300)]
    assert [span.spoken_end for span in firsts] == [len("Good morning to all of you,"), len(text), len(text)]
