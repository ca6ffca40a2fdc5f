# SPDX-License-Identifier: GPL-3.0-or-later
"""The scan: order, spacing, context, and a cost that grows no faster than the text."""

from __future__ import annotations

import re
import time

import pytest

from oscine.text.normalize import normalize
from oscine.text.normalize.scan import Rule, Scanner, Scene


def _constant(words: str | None) -> Rule[None]:
    return Rule(str(words), re.compile(r"[0-9]{1,9}"), lambda match, scene: words, signs="0-9")


def test_the_first_willing_rule_speaks() -> None:
    scanner = Scanner([_constant(None), _constant("one"), _constant("two")])
    assert scanner.scan("a 5 b", "", None).text == "a one b"


def test_words_do_not_run_into_their_neighbours() -> None:
    assert Scanner([_constant("x")]).scan("a1b-2c 3", "", None).text == "a x b-x c x"


def test_no_rule_sees_what_another_wrote() -> None:
    digits: Rule[None] = Rule("digits", re.compile("[0-9]"), lambda match, scene: "#", signs="0-9")
    signs: Rule[None] = Rule("signs", re.compile("#"), lambda match, scene: "1", signs="#")
    assert Scanner([digits, signs]).scan("1#", "", None).text == "#1"


def test_sight_is_limited_and_reaches_into_the_context() -> None:
    scene = Scene("0123456789", "context ", None)
    assert scene.before(2, 5) == "xt 01"
    assert scene.before(6, 3) == "345"
    assert scene.after(8, 5) == "89"
    assert Scene("x", "King Louis ", None).word_before(0) == "Louis"
    assert Scene("x", "Louis, ", None).word_before(0) == ""


FLOODS = [
    *("1", "0 ", "1,", "1.", "1-", "1:", "1/", "$1", "$", "(", "[", "#", "*", "**a", "_a", "=1", "1=", "½", "a²"),
    *("a.", "a@", "a-", "I", "I ", "MMMM ", "St. ", "Jan 1 ", "12 Main ", "+1(", "http://a", "Ctrl+", "⌘", "😀 "),
    *('1"', "1'1", "1 1/2 ", "1 kg-", "1–", "~1", "A1", "10:10", "1 x ", "/a", "[a](b", "e.g. ", "1e1", "٣", " "),
    *("1.1.", "'9", "😀", "\ud800"),
]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("flood", FLOODS)
def test_cost_is_linear(flood: str, language: str) -> None:
    """Eight times the text may cost three times as much a character; a quadratic scan would cost eight times."""

    def cost(length: int) -> float:
        text = (flood * length)[:length]
        costs = []
        for _ in range(3):
            start = time.process_time()
            normalize(text, language)
            costs.append(time.process_time() - start)
        return min(costs)

    normalize("1", language)
    small, large = cost(500), cost(4_000)
    assert large < 8 * 3 * small + 0.01


def test_a_number_of_a_hundred_thousand_figures() -> None:
    spoken = normalize("7" * 100_000, "en").text
    assert spoken.startswith("seven seven") and spoken.count("seven") == 100_000
    assert normalize("7" * 100_000, "de").text.count("sieben") == 100_000
