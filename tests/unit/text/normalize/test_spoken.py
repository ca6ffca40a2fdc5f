# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs tie the spoken text to the written one."""

from __future__ import annotations

from oscine.domain.alignment import Run
from oscine.text.normalize import Spoken, normalize, verbatim
from oscine.text.normalize.spoken import SpokenBuilder


def test_verbatim_is_one_run() -> None:
    assert verbatim("abc") == Spoken("abc", (Run(0, 3, 0, 3),))
    assert verbatim("") == Spoken("", ())


def test_what_is_kept_and_what_is_replaced() -> None:
    builder = SpokenBuilder("I owe $5.")
    builder.keep(6)
    builder.replace(8, "five dollars")
    assert builder.build() == Spoken("I owe five dollars.", (Run(0, 6, 0, 6), Run(6, 8, 6, 18), Run(8, 9, 18, 19)))


def test_words_that_both_sides_share_stay_tied() -> None:
    spoken = normalize("June 5, 2024 it was", "en")
    assert spoken.text == "June fifth, two-thousand twenty-four it was"
    assert spoken.runs[0] == Run(0, 5, 0, 5)


def test_a_rewrite_of_the_same_length_does_not_pass_for_unchanged_text() -> None:
    builder = SpokenBuilder("abcd")
    builder.replace(4, "wxyz")
    assert builder.build() == Spoken("wxyz", (Run(0, 1, 0, 2), Run(1, 4, 2, 4)))


def test_dropped_text_has_an_empty_spoken_side() -> None:
    assert normalize("a\u200bb", "en") == Spoken("ab", (Run(0, 1, 0, 1), Run(1, 2, 1, 1), Run(2, 3, 1, 2)))


def test_a_replacement_that_changes_nothing_is_kept() -> None:
    builder = SpokenBuilder("abc")
    builder.replace(3, "abc")
    assert builder.build() == verbatim("abc")
