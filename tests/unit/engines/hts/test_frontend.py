# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscine.domain.speech import Phonemes
from oscine.engines.hts.engine import HtsEngine
from oscine.engines.hts.frontend import split_clauses
from tests.unit.engines.hts.conftest import a_segment


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Yes, he did. Why?", ["Yes,", " he did.", " Why?"]),
        ("It costs 3.5 or 1,000 euros", ["It costs 3.5 or 1,000 euros"]),
        ("“Well,” she said — “no.”", ["“Well,”", " she said —", " “no.”"]),
        ("... and so on", ["... and so on"]),
        ("", []),
        (
            "one two three four five six seven eight and one two three four five six seven eight nine ten",
            ["one two three four five six seven eight ", "and one two three four five six seven eight nine ten"],
        ),
    ],
)
def test_clauses_end_where_a_voice_pauses(text: str, clauses: list[str]) -> None:
    assert [text[clause.start : clause.end] for clause in split_clauses(text)] == clauses


@given(st.text(max_size=300) | st.text("ab ,.?", max_size=900))
def test_clauses_tile_the_text(text: str) -> None:
    clauses = list(split_clauses(text))
    assert "".join(text[clause.start : clause.end] for clause in clauses) == text
    assert all(clause.end - clause.start <= 500 for clause in clauses)


def test_a_pronunciation_is_not_cut() -> None:
    text = "Say a, b, c now."
    clauses = [text[c.start : c.end] for c in split_clauses(text, [Phonemes(4, 11, "eɪ")])]
    assert clauses == ["Say a, b, c now."]


def test_words_keep_their_places_and_pronunciations(engine: HtsEngine) -> None:
    text = "Ann, say tomato now."
    segment = a_segment(text, phonemes=(Phonemes(9, 15, "təˈmɑːtoʊ"),))
    words = [word for _, words in engine._front_end.phrases(segment, "en-us") for word in words]
    assert [text[word.start :].split(maxsplit=1)[0] for word in words] == ["Ann,", "say", "tomato", "now."]
    assert [phone.name for phone in words[2].phones] == ["t", "ax", "m", "aa", "t", "ow"]
    assert [phone.stress for phone in words[2].phones] == [0, 0, 0, 1, 0, 0]


def test_varieties_differ(engine: HtsEngine) -> None:
    def phones(english: str) -> list[str]:
        phrases = engine._front_end.phrases(a_segment("car"), english)
        return [phone.name for _, words in phrases for word in words for phone in word.phones]

    assert phones("en-us") == ["k", "aa", "r"]
    assert phones("en-gb") == ["k", "aa"]
