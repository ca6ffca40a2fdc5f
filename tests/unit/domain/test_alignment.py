# SPDX-License-Identifier: GPL-3.0-or-later
import pytest

from oscine.domain.alignment import Mark, character_times


def test_marks_place_their_characters_and_the_rest_shares_the_gaps() -> None:
    marks = [Mark(0, 2, 0.0, 0.4), Mark(3, 5, 0.6, 1.0)]
    assert character_times(6, marks, 0.0, 1.2) == pytest.approx([0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2])


def test_no_marks_share_evenly() -> None:
    assert character_times(4, [], 1.0, 3.0) == pytest.approx([1.0, 1.5, 2.0, 2.5, 3.0])


@pytest.mark.parametrize(
    "marks",
    [
        [Mark(0, 3, 5.0, 9.0)],  # beyond the end
        [Mark(2, 4, 1.5, 1.8), Mark(0, 2, 1.9, 2.0)],  # out of order
        [Mark(0, 99, 0.0, 1.0)],  # more characters than there are
        [Mark(1, 1, 0.5, 0.5)],  # no characters
    ],
)
def test_marks_of_a_careless_engine_never_make_times_fall(marks: list[Mark]) -> None:
    times = character_times(5, marks, 1.0, 2.0)
    assert len(times) == 6
    assert times[0] == 1.0
    assert times[-1] == 2.0
    assert times == sorted(times)
