# SPDX-License-Identifier: GPL-3.0-or-later
"""Capitals and ellipses where directions act: reference/api-facts.md §6."""

from __future__ import annotations

import pytest

from oscine.domain.expression import NEUTRAL
from oscine.domain.speech import Segment
from oscine.text.utterance import Markup, prepare


def make(text: str, *, directions: bool = True) -> list[Segment]:
    markup = Markup(breaks=False, phonemes=False, directions=directions)
    return list(prepare(text, language="en", languages=("en",), home="en", normalize=True, markup=markup))


@pytest.mark.parametrize(
    ("text", "stressed"),
    [
        ("I said NEVER again.", ["never"]),
        ("You are SO late, DON'T do it AGAIN!", ["so", "don't", "again"]),
        ("He works for NASA and the FBI in the USA.", []),
        ("NEVER SAY NEVER", []),
        ("I am here. A cat.", []),
        ("This is GROẞ and ÜBER good", ["über"]),
        ("see HTTP://A.B now", []),
    ],
)
def test_capitals_are_stress(text: str, stressed: list[str]) -> None:
    found = [segment.text[start:end] for segment in make(text) for start, end in segment.emphases]
    assert [word for word in found if word != "groß"] == stressed


def test_capitals_mean_nothing_to_other_models() -> None:
    (segment,) = make("I said NEVER again.", directions=False)
    assert (segment.text, segment.emphases) == ("I said NEVER again.", ())


def test_an_ellipsis_hesitates() -> None:
    first, second = make("I… don't know.")
    assert (first.text.strip(), second.text) == ("I…", "don't know.")
    assert first.expression.rate < 1 == second.expression.rate
    assert first.pause_s > 0.4


def test_a_direction_lasts_until_the_next_and_an_accent_longer() -> None:
    text = "One. [whispers] Two. [laughs] Three. [strong French accent] [sad] Four. [excited] Five. [normal] Six."
    moods = {segment.text.strip(): segment.expression for segment in make(text) if segment.text}
    assert moods["One."] == NEUTRAL == moods["Six."]
    assert moods["Two."].whisper == 1 == moods["Three."].whisper
    assert moods["Four."].whisper == 0
    assert moods["Four."].accent == "fr" == moods["Five."].accent
    assert moods["Four."].pitch < 1 < moods["Five."].pitch
