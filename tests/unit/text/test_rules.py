# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from oscine.domain.lexicon import Alias, Pronunciation, Rule
from oscine.domain.problems import PhonemeInvalid, RuleInvalid
from oscine.text.rules import MOST_RULES, add, check_count, read_pronunciation, remove, tidy, tidy_all


def alias(grapheme: str, said: str = "x") -> Rule:
    return Rule(grapheme, Alias(said))


def phoneme(written: str, alphabet: str = "ipa", grapheme: str = "tomato") -> Rule:
    return Rule(grapheme, Pronunciation(written, alphabet))  # type: ignore[arg-type]


def test_needless_white_space_goes() -> None:
    assert tidy(alias(" New\n York ", "\tnyoo  york"), "Rule 1") == alias("New York", "nyoo york")
    assert tidy(phoneme(" /a/\n"), "Rule 1") == phoneme("/a/")


def test_flags_stay() -> None:
    rule = Rule("a", Alias("b"), case_sensitive=False, word_boundaries=False)
    assert tidy(rule, "Rule 1") == rule


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (alias(""), "Rule 1 has no text to replace. Give 1–100 characters."),
        (alias(" \n"), "Rule 1 has no text to replace"),
        (alias("x" * 101), "Rule 1: its text to replace has 101 characters; at most 100 are allowed."),
        (alias("a", "x" * 201), "Rule 1: its alias has 201 characters; at most 200"),
        (alias("a\x00b"), r"Rule 1: its text to replace has a control character \(U\+0000\)"),
        (alias("a", "\ud800"), r"Rule 1: its alias has a control character \(U\+D800\)"),
        (phoneme("a", "sampa"), "Rule 1 has the alphabet 'sampa'; allowed are 'ipa' and 'cmu-arpabet'."),
        (phoneme("ænd", grapheme="&"), "Rule 1 gives phonemes for text without a letter or digit"),
    ],
)
def test_rules_that_cannot_act(rule: Rule, message: str) -> None:
    with pytest.raises(RuleInvalid, match=message):
        tidy_all([rule])


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (phoneme(" "), "Rule 2 has an empty phoneme"),
        (phoneme("//"), "Rule 2 has an empty phoneme"),
        (phoneme("tə6"), r"Rule 2: '6' \(U\+0036\) \(character 3\) is not an IPA symbol"),
        (phoneme("T AH0 M EY1 T OW5", "cmu-arpabet"), r"Rule 2: 'OW5' \(symbol 6\) has a stress digit"),
        (phoneme("T QQ", "cmu-arpabet"), r"Rule 2: 'QQ' \(symbol 2\) is not a CMU ARPAbet symbol"),
        (phoneme("/", "cmu-arpabet"), "Rule 2 has an empty phoneme"),
    ],
)
def test_sounds_that_there_are_not(rule: Rule, message: str) -> None:
    with pytest.raises(PhonemeInvalid, match=message):
        tidy_all([alias("a"), rule])


def test_an_empty_alias_is_a_rule() -> None:
    assert tidy(alias("®", " "), "Rule 1") == alias("®", "")


def test_pronunciations_may_stand_in_slashes() -> None:
    """Source: the vendor's samples, reference/api-facts.md §9.2."""
    assert read_pronunciation(Pronunciation("/təˈmeɪtoʊ/", "ipa")) == "təˈmeɪtoʊ"
    assert read_pronunciation(Pronunciation("/T AH0/", "cmu-arpabet")) == "tə"


def test_as_many_as_there_may_be() -> None:
    check_count(MOST_RULES)
    with pytest.raises(RuleInvalid, match="may have 10000 rules; this one would have 10001"):
        check_count(MOST_RULES + 1)


def test_added_rules_take_the_place_of_those_for_the_same_text() -> None:
    """Source: reference/api-facts.md §9.2."""
    old = [alias("a"), alias("b"), Rule("a", Alias("y"), case_sensitive=False), alias("c")]
    new = [alias("d"), alias("a", "new"), alias("d", "last")]
    assert add(old, new) == (alias("a", "new"), alias("b"), alias("c"), alias("d", "last"))
    assert add([], [alias("a")]) == (alias("a"),)


def test_removal() -> None:
    assert remove([alias("a b"), alias("c"), alias("A b")], [" a\tb ", "nothing"]) == (alias("c"), alias("A b"))
