# SPDX-License-Identifier: GPL-3.0-or-later
"""Composition plans: kept to, and written from a prompt."""

from __future__ import annotations

import pytest

from oscine.domain.composition import CompositionPlan, PlannedSection
from oscine.engines.band import compose_plan, plan_of, read_brief
from tests.unit.engines.band.pieces import GENRES, title


def test_a_plan_is_kept_to() -> None:
    plan = CompositionPlan(
        (
            PlannedSection("Intro", 8.0, ("only piano", "quiet")),
            PlannedSection("Verse", 16.5, (), ("drums",)),
            PlannedSection("Chorus", 20.0, ("powerful", "violin")),
        ),
        ("pop", "110 bpm", "in G major"),
        ("organ",),
    )
    score = compose_plan(plan, 3)
    assert score.length_s == 44.5
    assert [(section.name, section.length_s) for section in score.sections] == [
        ("Intro", 8.0),
        ("Verse", 16.5),
        ("Chorus", 20.0),
    ]
    assert score.key == "G major"

    def players(start_s: float, end_s: float) -> set[str]:
        return {
            part.name.split(",")[0]
            for part in score.parts
            if any(start_s <= note.start_s < end_s for note in part.notes)
        }

    assert players(0, 7.9) == {"piano"}
    assert "drums" not in players(8, 24.4)
    assert {"violin", "drums"} <= players(24.6, 44)


@pytest.mark.parametrize("genre", GENRES)
def test_a_prompt_becomes_a_plan_that_gives_the_same_kind_of_piece(genre: str) -> None:
    brief = read_brief(f"{title(genre)} in D minor", 2)
    plan = plan_of(brief, 60.0, 2)
    score = compose_plan(plan, 2)
    assert score.length_s == pytest.approx(60, abs=0.01)
    assert score.key == "D minor"
    assert score.title == brief.title
    assert score.tempo_bpm == pytest.approx(brief.tempo_bpm, rel=0.02)


def test_thirty_sections_are_written() -> None:
    plan = CompositionPlan(tuple(PlannedSection(f"Part {n}", 3.0) for n in range(30)), ("chiptune",))
    assert len(compose_plan(plan, 1).sections) == 30
    with pytest.raises(ValueError, match="in all"):
        compose_plan(CompositionPlan(()), 1)
