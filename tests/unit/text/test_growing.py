# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a text that is being written can be spoken."""

import time

import pytest

from oscine.text.growing import GrowingText


def grown(*pieces: str, has_tags: bool = False) -> GrowingText:
    text = GrowingText(has_tags=has_tags)
    for piece in pieces:
        text.add(piece)
    return text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello wor", "Hello "),
        ("Hello world ", "Hello world "),
        ("Hello", ""),
        ("  Hello ", "Hello "),
        ("It takes 5\u00a0km", "It takes "),  # a no-break space joins
        ("今日は、いい天気", "今日は、"),
        ("One\n\ntwo", "One\n\n"),
    ],
)
def test_the_last_word_may_go_on(text: str, words: str) -> None:
    growing = grown(text)
    assert growing.take_words() == words
    assert growing.take_all() == text.lstrip()[len(words) :]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Hello there.", "Hello there."),
        ("“Hello there!”", "“Hello there!”"),
        ("It is 3.", "It is "),  # 3.14?
        ("Hello the", "Hello "),
        ("そうです。", "そうです。"),
    ],
)
def test_a_sentence_that_ends_needs_no_space_after_it(text: str, sentences: str) -> None:
    assert grown(text).take_sentences() == sentences


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('Wait <break time="1s" ', "Wait "),
        ('Wait <break time="1s" /> now ', 'Wait <break time="1s" /> now '),
        ('Say <phoneme alphabet="ipa" ph="a">to ma', "Say "),
        (
            'Say <phoneme alphabet="ipa" ph="a">to ma</phoneme> then',
            'Say <phoneme alphabet="ipa" ph="a">to ma</phoneme> ',
        ),
        ("if a < b then it is", "if a < b then it "),
        ("I <3 you so", "I <3 you "),
    ],
)
def test_no_tag_is_cut(text: str, words: str) -> None:
    assert grown(text, has_tags=True).take_words() == words


def test_without_tags_brackets_are_words() -> None:
    assert grown("a <break ti").take_words() == "a <break "


def test_blanks_never_pile_up() -> None:
    text = grown(*[" "] * 10_000)
    assert len(text) == 0
    text.add("word ")
    text.take_words()
    for _ in range(10_000):
        text.add(" ")
    assert len(text) <= 1
    assert text.take_words() == ""


def test_cost_of_tiny_pieces_is_linear() -> None:
    def cost(count: int) -> float:
        best = float("inf")
        for _ in range(3):
            began = time.process_time()
            text = grown(*["a"] * count)
            text.take_words()
            best = min(best, time.process_time() - began)
        return best

    assert cost(40_000) < 20 * cost(10_000)
