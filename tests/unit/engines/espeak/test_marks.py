# SPDX-License-Identifier: GPL-3.0-or-later
"""Events in, marks out."""

from __future__ import annotations

from oscine.domain.alignment import Mark
from oscine.engines.espeak.driver import Event, EventKind
from oscine.engines.espeak.marks import MarkMaker
from oscine.engines.espeak.script import Script

RATE = 1000


def word(position: int, sample: int) -> Event:
    return Event(EventKind.WORD, position, sample, "")


def phoneme(name: str, sample: int) -> Event:
    return Event(EventKind.PHONEME, 0, sample, name)


def end(sample: int) -> Event:
    return Event(EventKind.CLAUSE_END, 0, sample, "")


def maker(text: str) -> MarkMaker:
    return MarkMaker(text, Script(text, range(len(text) + 1)), RATE)


def heard(text: str, marks: list[Mark]) -> list[tuple[str, float, float]]:
    return [(text[mark.start : mark.end], mark.start_s, mark.end_s) for mark in marks]


def test_a_word_is_final_when_the_next_one_starts() -> None:
    text = "to me"
    making = maker(text)
    assert making.feed([word(1, 0), phoneme("t", 10), phoneme("uː", 50)]) == []
    first = making.feed([word(4, 100), phoneme("m", 120)])
    assert heard(text, first) == [("t", 0.01, 0.05), ("o", 0.05, 0.1)]
    assert making.feed([phoneme("iː", 200), phoneme("", 300), end(320)]) == []
    assert heard(text, making.finish(0.4)) == [("m", 0.12, 0.2), ("e", 0.2, 0.3)]


def test_a_pause_belongs_to_no_word() -> None:
    text = "a, b"
    making = maker(text)
    making.feed([word(1, 0), phoneme("eɪ", 0), phoneme("", 100), end(300)])
    assert heard(text, making.feed([word(4, 300)])) == [("a", 0.0, 0.1)]


def test_a_sound_within_another_gets_its_share() -> None:
    """espeak reports the l of "all" where the vowel ends, without any length (found by test)."""
    text = "all"
    making = maker(text)
    making.feed([word(1, 0), phoneme("ˈɔː", 0), phoneme("l", 100), end(100)])
    assert heard(text, making.finish(0.1)) == [("a", 0.0, 0.065), ("ll", 0.065, 0.1)]


def test_a_number_read_as_several_words_is_one() -> None:
    """Expanded numbers give several events at, or one after, one position (reference/engines.md §3)."""
    text = "25 cats"
    making = maker(text)
    events = [word(1, 0), phoneme("t", 0), word(2, 100), phoneme("f", 100), word(1, 200), phoneme("v", 250)]
    assert making.feed(events) == []
    assert heard(text, making.feed([word(4, 300)])) == [("25", 0.0, 0.3)]


def test_events_on_punctuation_mean_the_word_behind_it() -> None:
    text = "“so” – no"
    making = maker(text)
    making.feed([word(1, 0), phoneme("s", 0), phoneme("oʊ", 10), word(5, 20), word(8, 30), phoneme("n", 30)])
    assert heard(text, making.finish(0.05)) == [("no", 0.03, 0.05)]


def test_a_word_without_sound_has_a_mark_without_length() -> None:
    text = "a b"
    making = maker(text)
    making.feed([word(1, 0), phoneme("a", 10), word(3, 50)])
    assert heard(text, making.finish(0.05)) == [("b", 0.05, 0.05)]


def test_nothing_said_no_marks() -> None:
    assert maker("…").finish(0.0) == []
    assert maker("").finish(0.0) == []
