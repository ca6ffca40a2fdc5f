# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans that go out can come in again. Limits: reference/api-facts.md §9.7."""

from __future__ import annotations

import random

import pytest

from oscine.dialects.elevenlabs.render_music import metadata, plan
from oscine.dialects.elevenlabs.schema_music import ChunksBody, SectionsBody
from oscine.domain.composition import CompositionPlan, Piece, PlannedSection


def planned(*lengths_s: float) -> CompositionPlan:
    sections = (PlannedSection(f"part {n}", length_s, (f"style {n}",)) for n, length_s in enumerate(lengths_s))
    return CompositionPlan(tuple(sections), ("jazz", "120 BPM"), ("vocals",))


CASES = {
    "fine": (10.0, 20.0, 3.0),
    "a third": (10 / 3, 10 / 3, 10 / 3),
    "short ones": (1.0, 5.0, 0.5, 0.5, 9.0, 2.9),
    "short first": (0.001, 4.0),
    "long": (600.0,),
    "long and short": (0.5, 361.0, 0.25),
    "many": (3.0,) * 45,
    "many short ones": (0.1,) * 100,
    "least": (3.0,),
}


@pytest.mark.parametrize("has_chunks", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_sections_are_as_long_and_as_many_as_they_may_be(name: str, has_chunks: bool) -> None:
    lengths = CASES[name]
    told = plan(planned(*lengths), has_chunks)
    read = (ChunksBody if has_chunks else SectionsBody).model_validate(told)
    durations = [part["duration_ms"] for part in told["chunks" if has_chunks else "sections"]]
    assert sum(durations) == round(1000 * sum(lengths))
    assert read.read().length_s == pytest.approx(sum(lengths), abs=0.0006)


def test_any_lengths_at_all() -> None:
    chance = random.Random(1)
    for _ in range(200):
        lengths = [chance.choice((0.05, 2.0, 3.0, 9.0, 250.0)) * chance.random() + 0.1 for _ in range(20)]
        if 3 <= sum(lengths) <= 600:
            SectionsBody.model_validate(plan(planned(*lengths), has_chunks=False))


def test_what_fits_is_left_as_it_is() -> None:
    entry = planned(4.0, 5.5)
    assert SectionsBody.model_validate(plan(entry, has_chunks=False)).read() == entry


def test_the_first_chunk_holds_for_the_whole_piece() -> None:
    """Source: Python client 2.78.0, GenerationChunkInput.positive_styles."""
    told = plan(planned(4.0, 5.5), has_chunks=True)["chunks"]
    assert told[0]["positive_styles"] == ["jazz", "120 BPM", "style 0"]
    assert told[1]["positive_styles"] == ["style 1"]
    read = ChunksBody.model_validate({"chunks": told}).read()
    assert read.positive_styles == ("jazz", "120 BPM", "style 0")
    assert read.negative_styles == ("vocals",)
    assert [section.name for section in read.sections] == ["part 0", "part 1"]


def test_directions_in_a_chunk_are_styles() -> None:
    text = "[Drop]\n{scratching}\n[guitar solo]"
    body = ChunksBody.model_validate({"chunks": [{"text": text, "duration_ms": 3000, "positive_styles": ["techno"]}]})
    (section,) = body.read().sections
    assert (section.name, section.lines) == ("Drop", ())
    assert section.positive_styles == ("techno", "guitar solo", "scratching")


def test_metadata_says_what_was_not_understood() -> None:
    piece = Piece("Jazz in C major", 4.0, 119.6, "C major", (3, 4), planned(4.0), unknown=("zamboni",))
    told = metadata(piece)
    assert (told["time_signature"], told["unknown_words"]) == ("3/4", ["zamboni"])
    assert told["description"] == "Jazz in C major, 120 BPM, 3/4, 4 seconds. Words that changed nothing: zamboni."
