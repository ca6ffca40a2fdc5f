# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest

from oscine.domain.music import Control, Note, Part
from oscine.engines.band.synth.controls import Curve, find_strokes

TIMES = np.array([0, 0.5, 0.999, 1.005, 1.01, 3])


def test_a_controller_glides_to_its_next_value_and_stays() -> None:
    curve = Curve([Control(1, 7, 80), Control(1, 8, 3)], 7, 100)
    assert np.broadcast_to(curve.over(TIMES), TIMES.shape) == pytest.approx([100, 100, 100, 90, 80, 80])
    assert [curve.value_at(at) for at in (0.9, 1.0, 2)] == [100, 80, 80]


def test_one_number_where_nothing_moves() -> None:
    curve = Curve([Control(1, 7, 80)], 7, 100)
    assert curve.over(np.array([0, 0.9])) == 100.0
    assert curve.over(np.array([1.1, 2])) == 80.0
    assert Curve([], 7, 5).over(TIMES) == 5.0


def test_values_closer_than_a_glide_and_in_any_order() -> None:
    curve = Curve([Control(1.002, 7, 20), Control(1, 7, 80), Control(1.002, 7, 30)], 7, 0)
    assert np.broadcast_to(curve.over(np.array([0.99, 1.1])), 2) == pytest.approx([0, 30])


def test_whether_it_is_ever_anything() -> None:
    curve = Curve([Control(1, 1, 80), Control(2, 1, 0)], 1, 0)
    assert [curve.is_ever(*span) for span in ((0, 0.5), (0, 1.5), (1.5, 1.6), (2.5, 9))] == [False, True, True, False]


def strokes(notes: list[Note], controls: list[Control], *, is_drums: bool = False) -> list[tuple[int, float]]:
    part = Part("part", 0, is_drums, tuple(notes), tuple(controls))
    return [(stroke.key, round(stroke.held_s, 3)) for stroke in find_strokes(part)]


def test_the_pedal_holds_what_ends_while_it_is_down() -> None:
    pedal = [Control(1, 64, 127), Control(3, 64, 0)]
    notes = [Note(0, 0.5, 60, 90), Note(0.5, 1, 62, 90), Note(2, 5, 64, 90)]
    assert strokes(notes, pedal) == [(60, 0.5), (62, 2.5), (64, 5)]
    assert strokes(notes, pedal, is_drums=True)[1] == (62, 1)


def test_a_pedal_that_is_never_lifted_holds_to_the_end() -> None:
    assert strokes([Note(0, 1, 60, 90)], [Control(0, 64, 127)]) == [(60, np.inf)]


def test_a_key_struck_again_ends_the_one_before() -> None:
    assert strokes([Note(1, 1, 60, 90), Note(0, 3, 60, 90), Note(0, 3, 61, 90)], []) == [(60, 1), (61, 3), (60, 1)]
