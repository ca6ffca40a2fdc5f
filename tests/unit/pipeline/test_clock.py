# SPDX-License-Identifier: GPL-3.0-or-later
import pytest

from oscine.domain.alignment import Mark, Run
from oscine.domain.speech import Boundary, Segment
from oscine.pipeline.clock import SegmentClock


def segment(text: str, runs: tuple[Run, ...], original_length: int, start: int = 0) -> Segment:
    return Segment(text, "en", start, start + original_length, runs, Boundary.EDGE, Boundary.EDGE)


def word_marks(*spans: tuple[int, int, float, float]) -> tuple[Mark, ...]:
    return tuple(Mark(*span) for span in spans)


def test_plain_text_is_given_out_as_its_words_become_final() -> None:
    text = "Hi you."
    clock = SegmentClock(segment(text, (Run(0, 7, 0, 7),), 7), text, 10.0)
    first, first_spoken = clock.hear(word_marks((0, 2, 0.1, 0.3)), lead_s=0.1)
    assert "".join(first.characters) == "Hi" == "".join(first_spoken.characters)
    assert first.starts_s == pytest.approx([10.0, 10.1])
    assert first.ends_s == pytest.approx([10.1, 10.2])
    second, _ = clock.hear(word_marks((3, 6, 0.4, 1.0)), lead_s=0.1)
    assert "".join(second.characters) == " you"
    last, _ = clock.rest(11.1, 11.5)
    assert "".join(last.characters) == "."
    assert last.ends_s == [11.5]


def test_a_rewritten_stretch_waits_until_all_of_it_was_heard() -> None:
    text = "Pay $5 now"
    spoken = "Pay five dollars now"
    runs = (Run(0, 4, 0, 4), Run(4, 6, 4, 16), Run(6, 10, 16, 20))
    clock = SegmentClock(segment(spoken, runs, 10), text, 0.0)
    first, _ = clock.hear(word_marks((0, 3, 0.0, 0.3), (4, 8, 0.4, 0.8)), 0.0)
    assert "".join(first.characters) == "Pay "
    second, second_spoken = clock.hear(word_marks((9, 16, 0.9, 1.6), (17, 20, 1.7, 2.0)), 0.0)
    assert "".join(second.characters) == "$5 no"
    assert "".join(second_spoken.characters) == "five dollars no"
    assert second.starts_s[0] == pytest.approx(0.4)
    assert second.ends_s[1] == pytest.approx(1.6)
    last, _ = clock.rest(2.0, 2.0)
    assert "".join(last.characters) == "w"


def test_a_break_at_the_end_is_heard_in_the_pause() -> None:
    text = 'Go<break time="1s"/>'
    runs = (Run(0, 2, 0, 2), Run(2, len(text), 2, 2))
    clock = SegmentClock(segment("Go", runs, len(text)), text, 0.0)
    clock.hear(word_marks((0, 2, 0.0, 0.5)), 0.0)
    last, spoken = clock.rest(0.5, 1.5)
    assert "".join(last.characters) == 'o<break time="1s"/>'
    assert last.ends_s[0] == pytest.approx(0.5)
    assert last.ends_s[-1] == 1.5
    assert spoken.ends_s == [1.5]


def test_a_segment_that_is_only_a_pause() -> None:
    text = "<break/>"
    clock = SegmentClock(segment("", (Run(0, 8, 0, 0),), 8), text, 2.0)
    last, spoken = clock.rest(2.0, 3.0)
    assert "".join(last.characters) == text
    assert (last.starts_s[0], last.ends_s[-1]) == (2.0, 3.0)
    assert len(spoken) == 0


def test_dropped_characters_take_no_time_and_are_not_lost() -> None:
    text = "*a* b"
    runs = (Run(0, 1, 0, 0), Run(1, 2, 0, 1), Run(2, 3, 1, 1), Run(3, 5, 1, 3))
    clock = SegmentClock(segment("a b", runs, 5), text, 0.0)
    parts = [clock.hear(word_marks((0, 1, 0.0, 0.2)), 0.0)[0], clock.rest(1.0, 1.0)[0]]
    assert "".join(c for part in parts for c in part.characters) == text
    times = [t for part in parts for t in (*part.starts_s, *part.ends_s)]
    assert min(times) == 0.0
    assert max(times) == 1.0
