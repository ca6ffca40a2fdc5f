# SPDX-License-Identifier: GPL-3.0-or-later
"""Lengths of pieces and of their sections."""

from __future__ import annotations

import pytest

from oscine.engines.band import compose, natural_length, read_brief
from tests.unit.engines.band.pieces import GENRES, drums, piece, pitched, title


@pytest.mark.parametrize("genre", GENRES)
@pytest.mark.parametrize("length_s", [3.0, 7.77, 31.0, 183.4])
def test_length_is_exact_and_nothing_is_played_outside(genre: str, length_s: float) -> None:
    score = piece(title(genre), length_s)
    assert score.length_s == length_s
    assert sum(section.length_s for section in score.sections) == pytest.approx(length_s, abs=1e-6)
    for part in score.parts:
        assert part.notes
        for note in part.notes:
            assert note.start_s >= 0
            assert note.length_s > 0
            assert note.start_s + note.length_s <= length_s + 0.001
            assert 1 <= note.velocity <= 127
    assert max(note.start_s + note.length_s for note in pitched(score)) > length_s - 1.5


def test_ten_minutes_are_whole() -> None:
    score = piece("drum and bass", 600.0)
    assert max(note.start_s for note in drums(score)) > 595


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("techno with a 30-second intro, then a 45-second drop", [("intro", 30.0), ("drop", 45.0)]),
        (
            "Intro (0:00-0:15), verse (0:15-0:40), outro (0:40-0:50)",
            [("intro", 15.0), ("verse", 25.0), ("outro", 10.0)],
        ),
        ("10 second intro, 20 second verse, 20 second chorus", [("intro", 10.0), ("verse", 20.0), ("chorus", 20.0)]),
    ],
)
def test_sections_last_as_the_prompt_says(prompt: str, wanted: list[tuple[str, float]]) -> None:
    brief = read_brief(prompt, 1)
    score = compose(brief, natural_length(brief), 1)
    assert [section.name for section in score.sections] == [name for name, _ in wanted]
    assert [section.length_s for section in score.sections] == pytest.approx([length for _, length in wanted], abs=0.01)


def test_a_loop_has_its_length_and_whole_bars() -> None:
    brief = read_brief("45-second loop of house music", 1)
    score = compose(brief, natural_length(brief), 1)
    assert score.length_s == 45
    bars = 45 * score.tempo_bpm / 60 / 4
    assert bars == pytest.approx(round(bars), abs=0.01)
    assert not read_brief("45-second loop", 1).without_timing().length_s


@pytest.mark.parametrize("length_s", [2.9, 600.1, -1.0])
def test_lengths_out_of_range_are_refused(length_s: float) -> None:
    with pytest.raises(ValueError, match="3 to 600"):
        compose(read_brief("pop", 1), length_s, 1)


def test_the_final_chord_is_not_held_for_ever() -> None:
    for genre in GENRES:
        score = piece(title(genre), 45)
        bar_s = 60 / score.tempo_bpm * score.metre[0]
        last = max(note.start_s for note in pitched(score))
        assert score.length_s - last < 2.1 * bar_s + 0.7


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [("10-second solo piano", 10), ("a 20 s guitar solo", 20), ("15-second bridge for a podcast", 15)],
)
def test_a_part_that_stands_by_itself_is_the_whole_piece(prompt: str, seconds: float) -> None:
    assert natural_length(read_brief(prompt, 1)) == seconds


def test_an_intro_alone_is_one_to_something() -> None:
    assert natural_length(read_brief("lo-fi with a 30-second intro", 1)) > 45
