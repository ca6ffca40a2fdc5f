# SPDX-License-Identifier: GPL-3.0-or-later
"""Text that espeak can neither misread nor choke on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscine.domain.alignment import Run
from oscine.domain.speech import Boundary, Phonemes, Segment
from oscine.engines.espeak.script import write_script


def segment(text: str, closes: Boundary = Boundary.EDGE, phonemes: tuple[Phonemes, ...] = ()) -> Segment:
    everything = Run(0, len(text), 0, len(text))
    return Segment(text, "en", 0, len(text), (everything,), Boundary.EDGE, closes, phonemes=phonemes)


def test_plain_text_goes_through_as_it_is() -> None:
    script = write_script(segment("A plain sentence, nothing more."))
    assert script.text == "A plain sentence, nothing more."
    assert [script.origin(position) for position in (1, 3)] == [0, 2]
    assert not script.reads_mnemonics


@pytest.mark.parametrize("bad", ["\x00", "\x01", "\x02", "\n", "\ud800", "\ue03c", "\uffff", "\u0530", "\u2028"])
def test_what_acts_as_a_command_becomes_a_space(bad: str) -> None:
    """U+0001 opens a command; espeak marks words with U+0530 (unassigned) and private characters."""
    script = write_script(segment(f"a{bad}b"))
    assert script.text == "a b"
    script.text.encode()


@pytest.mark.parametrize(
    ("text", "closes", "expected"),
    [
        ("and then", Boundary.CUT, "and then,"),
        ("and then", Boundary.CLAUSE, "and then,"),
        ("and then, ", Boundary.CUT, "and then, "),
        ("and then:", Boundary.CLAUSE, "and then,"),
        ("Mr.", Boundary.CUT, "Mr.,"),
        ("really?", Boundary.CLAUSE, "really?"),
        ("and then", Boundary.SENTENCE, "and then"),
        ("and then", Boundary.EDGE, "and then"),
        ("  ", Boundary.CUT, "  "),
    ],
)
def test_a_segment_that_goes_on_ends_open(text: str, closes: Boundary, expected: str) -> None:
    assert write_script(segment(text, closes)).text == expected


def test_overrides_become_mnemonics_and_brackets_stay_text() -> None:
    text = "a [[b]] tomato"
    script = write_script(segment(text, phonemes=(Phonemes(8, 14, "…"),)), [["t", "@", "'", "A:"]])
    assert script.text == "a [ [b] ]  [[t|@|'|A:]] "
    assert script.reads_mnemonics
    assert script.origin(script.text.index("t|@") + 1) == 8
    assert script.origin(script.text.index("b") + 1) == 4


def test_many_mnemonics_become_several_words() -> None:
    """More than 200 phonemes in one word of mnemonics end the process (found by test)."""
    script = write_script(segment("x", phonemes=(Phonemes(0, 1, "…"),)), [["tS"] * 1000])
    words = script.text.replace("，", "").split()
    assert len(words) == 25
    assert all(len(word.encode()) < 160 for word in words)


def test_clauses_and_words_stay_within_espeaks_buffers() -> None:
    for text in ("BCDFG " * 500, "漢" * 3000, "b" * 5000, "😀" * 500, "1234567 " * 300, "กขค" * 700):
        script = write_script(segment(text))
        clauses = script.text.split("，")
        assert max(map(len, clauses)) <= 600
        assert max(len(word.encode()) for word in script.text.replace("，", " ").split()) < 800
        assert "".join(script.text.split()).replace("，", "") == "".join(text.split())


@given(st.text(max_size=300), st.sampled_from(list(Boundary)))
def test_every_character_keeps_its_place(text: str, closes: Boundary) -> None:
    script = write_script(segment(text, closes))
    origins = [script.origin(position) for position in range(1, len(script.text) + 1)]
    assert origins == sorted(origins)
    assert all(0 <= origin <= len(text) for origin in origins)
    letters = [(script.text[i], text[origin]) for i, origin in enumerate(origins) if script.text[i].isalnum()]
    assert all(ours == theirs for ours, theirs in letters)
    assert len(letters) == sum(character.isalnum() for character in text)


def test_effort_grows_with_the_length_only() -> None:
    """Counted, not timed: each character is written once, with at most one addition before it."""
    script = write_script(segment("Å😀漢" * 5000))
    assert len(script.text) <= 2 * 15_000
