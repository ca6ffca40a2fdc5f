# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked for of the band, and what it says that it is going to play."""

from __future__ import annotations

import numpy as np
import pytest

from oscine.domain.composition import CompositionPlan, MusicPrompt, PlannedSection
from oscine.domain.problems import EngineUnavailable, NotServed
from oscine.engines.band.leader import FONT, Leader, fit, write

PLAN = CompositionPlan(
    (PlannedSection("Intro", 4.2), PlannedSection("Drop", 5.1, ("powerful",))), ("techno", "120 bpm", "in A minor")
)


def lengths(plan: CompositionPlan) -> list[float]:
    return [section.length_s for section in plan.sections]


def test_the_first_take_says_what_follows() -> None:
    takes = list(Leader().play(MusicPrompt("calm piano in C major", seconds=3.0, wants_midi=True), 1))
    piece = takes[0].reading
    assert piece is not None
    assert (piece.key, piece.seconds, piece.midi[:4], len(takes[0].samples)) == ("C major", 3.0, b"MThd", 0)
    assert all(take.reading is None for take in takes[1:])
    samples = np.concatenate([take.samples for take in takes])
    assert samples.shape == (3 * 44100, 2)
    assert 0.05 < np.abs(samples).max() <= 1.0


def test_equal_seeds_are_equal_samples() -> None:
    leader, prompt = Leader(), MusicPrompt(plan=PLAN)

    def play(seed: int) -> np.ndarray:
        return np.concatenate([take.samples for take in leader.play(prompt, seed)])

    one = play(1)
    assert not np.array_equal(one, play(2))
    assert np.array_equal(one, play(1))


def test_lengths_of_sections_are_kept_or_fitted_to_bars() -> None:
    _, kept = write(MusicPrompt(plan=PLAN), 1)
    assert [section.length_s for section in kept.sections] == pytest.approx([4.2, 5.1])
    score, fitted = write(MusicPrompt(plan=PLAN, keeps_sections=False), 1)
    assert [section.length_s for section in fitted.sections] == pytest.approx([4.0, 5.3])
    assert score.length_s == pytest.approx(9.3)


def test_a_last_section_that_would_vanish_leaves_all_as_they_are() -> None:
    plan = CompositionPlan((PlannedSection("a", 3.0), PlannedSection("b", 3.0)))
    assert fit(plan, 2.0) == CompositionPlan((PlannedSection("a", 4.0), PlannedSection("b", 2.0)))
    assert fit(plan, 5.0) == plan


def test_timing_in_a_prompt_is_passed_over_where_it_does_not_count() -> None:
    text = "techno, 4-second intro, then a 5-second drop"
    assert write(MusicPrompt(text), 1)[1].seconds == 9.0
    assert write(MusicPrompt(text, keeps_sections=False), 1)[1].seconds == 60.0


def test_words_change_a_plan_and_win() -> None:
    _, piece = write(MusicPrompt("140 bpm with flute", PLAN, seconds=18.6), 1)
    assert piece.tempo_bpm == pytest.approx(140, rel=0.03)
    assert "flute" in piece.instruments
    assert lengths(piece.plan) == pytest.approx([8.4, 10.2])


@pytest.mark.parametrize(
    "prompt",
    [
        MusicPrompt("a ballad with a female singer"),
        MusicPrompt(plan=CompositionPlan((PlannedSection("a", 3.0, ("rap vocals",)),))),
        MusicPrompt(plan=CompositionPlan((PlannedSection("a", 3.0, lines=("la la",)),)), is_instrumental=True),
    ],
)
def test_nobody_sings(prompt: MusicPrompt) -> None:
    with pytest.raises(NotServed, match="no singer"):
        write(prompt, 1)


def test_voices_are_left_out_of_what_is_to_be_instrumental() -> None:
    assert write(MusicPrompt("a ballad with a female singer", is_instrumental=True), 1)[1].seconds == 60.0
    assert write(MusicPrompt("a ballad, no vocals"), 1)[1].seconds == 60.0


def test_sections_whose_sum_strays_in_binary_are_played() -> None:
    sections = tuple(PlannedSection("a", 600 / 29) for _ in range(29))
    assert write(MusicPrompt(plan=CompositionPlan(sections)), 1)[1].seconds == 600.0


def test_a_font_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FONT, __file__)
    with pytest.raises(EngineUnavailable, match="cannot be played"):
        Leader()
