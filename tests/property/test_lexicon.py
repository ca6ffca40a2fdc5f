# SPDX-License-Identifier: GPL-3.0-or-later
"""The fast search against the slow obvious one; lexicons written and read back."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from oscine.domain.lexicon import Alias, Lexicon, Pronunciation, Rule
from oscine.domain.problems import Invalid
from oscine.text.lexicon import find
from oscine.text.pls import read_pls, write_pls
from oscine.text.rules import tidy

letters = st.sampled_from("abAB .-7\n'’東テสßéİ") | st.just("e\u0301") | st.just("ﬁ")
texts = st.lists(letters, max_size=40).map("".join)
rules = st.builds(
    Rule,
    st.lists(letters, min_size=1, max_size=4).map("".join).filter(str.strip).map(lambda g: " ".join(g.split())),
    st.builds(Alias, st.text("xyz", max_size=3)) | st.just(Pronunciation("a", "ipa")),
    case_sensitive=st.booleans(),
    word_boundaries=st.booleans(),
)
lexicons = st.lists(
    st.builds(Lexicon, st.just("d"), st.just("v"), st.lists(rules, max_size=6).map(tuple)), max_size=3
).map(tuple)


def canonical(text: str, rule: Rule) -> str:
    text = unicodedata.normalize("NFC", "".join(" " if c.isspace() else c for c in text.replace("’", "'")))
    return text if rule.case_sensitive else unicodedata.normalize("NFC", text.casefold())


def is_inside_word(text: str, place: int) -> bool:
    left = unicodedata.normalize("NFC", text[:place])[-1:]
    right = text[place : place + 1]
    return (
        left.isalnum()
        and right.isalnum()
        and not any("\u0e00" <= c < "\ua000" and not "ァ" <= c <= "ヺ" for c in left + right)
    )


def find_slowly(text: str, given: tuple[Lexicon, ...], *, phonemes: bool) -> list[tuple[int, int, Rule]]:
    """Every rule is tried on every stretch, in order."""
    text_rules = [r for lexicon in given for r in lexicon.rules if phonemes or isinstance(r.says, Alias)]
    found: list[tuple[int, int, Rule]] = []
    start = 0
    while start < len(text):
        for rule in text_rules:
            end = next(
                (
                    end
                    for end in range(start + 1, len(text) + 1)
                    if canonical(text[start:end], rule) == canonical(rule.grapheme, rule)
                    and "\u0301" not in (text[start], text[end : end + 1])
                    and not (rule.word_boundaries and (is_inside_word(text, start) or is_inside_word(text, end)))
                ),
                None,
            )
            if end is not None:
                found.append((start, end, rule))
                start = end
                break
        else:
            start += 1
    return found


@settings(max_examples=400, deadline=None)
@given(texts, lexicons, st.booleans())
def test_rules_act_where_the_slow_search_finds_them(text: str, given: tuple[Lexicon, ...], phonemes: bool) -> None:
    matches = list(find(text, given, phonemes=phonemes))
    assert [(m.start, m.end, m.rule) for m in matches] == find_slowly(text, given, phonemes=phonemes)
    assert all(a.end <= b.start for a, b in pairwise(matches))


any_rules = st.builds(
    Rule,
    st.text(min_size=1, max_size=12),
    st.builds(Alias, st.text(max_size=12))
    | st.builds(Pronunciation, st.sampled_from(("/təˈmeɪtoʊ/", "a")), st.just("ipa"))
    | st.builds(Pronunciation, st.sampled_from(("T AH0", "ey1")), st.just("cmu-arpabet")),
    case_sensitive=st.booleans(),
    word_boundaries=st.booleans(),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(any_rules, max_size=8))
def test_what_is_written_reads_back_the_same(written: list[Rule]) -> None:
    """Whatever rules are accepted."""
    accepted: list[Rule] = []
    for rule in written:
        try:
            accepted.append(tidy(rule, "Rule"))
        except Invalid as problem:
            assert problem.message
    assert list(read_pls(write_pls(accepted).encode())) == accepted


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from("<lexicon> <lexeme> </lexeme> <!DOCTYPE x> & ]]>".split())).map("".join)
)
def test_whatever_is_read_is_rules_or_a_clear_refusal(text: str) -> None:
    try:
        assert not read_pls(text.encode("utf-8", "surrogatepass"))
    except Invalid as problem:
        assert problem.message
