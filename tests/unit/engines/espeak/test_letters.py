# SPDX-License-Identifier: GPL-3.0-or-later
"""Letters and phonemes side by side."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscine.engines.espeak.letters import align


def pairs(word: str, phonemes: str) -> list[tuple[str, str]]:
    sounds = phonemes.split()
    groups = align(word, tuple(sounds))
    return [(word[g.start : g.end], "".join(sounds[g.first : g.last])) for g in groups]


@pytest.mark.parametrize(
    ("word", "phonemes", "expected"),
    [
        ("fox", "f ɑː k s", [("f", "f"), ("o", "ɑː"), ("x", "ks")]),
        ("knight", "n aɪ t", [("kn", "n"), ("igh", "aɪ"), ("t", "t")]),
        ("sleeps", "s l iː p s", [("s", "s"), ("l", "l"), ("ee", "iː"), ("p", "p"), ("s", "s")]),
        ("though", "ð oʊ", [("th", "ð"), ("ough", "oʊ")]),
        ("schön", "ʃ øː n", [("sch", "ʃ"), ("ö", "øː"), ("n", "n")]),
        ("привет", "p rʲ i vʲ e t", [("п", "p"), ("р", "rʲ"), ("и", "i"), ("в", "vʲ"), ("е", "e"), ("т", "t")]),
        ("o'clock", "ə k l ɑː k", [("o'", "ə"), ("c", "k"), ("l", "l"), ("o", "ɑː"), ("ck", "k")]),
        ("天", "tʰ jɛ n", [("天", "tʰjɛn")]),
        ("漢字", "k a n", [("漢字", "kan")]),
        ("shh", "", [("shh", "")]),
    ],
)
def test_words(word: str, phonemes: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(word, phonemes) == expected


@given(
    st.text("abcdefghijklmnopqrstuvwxyzäß'-漢ا", max_size=60),
    st.lists(st.sampled_from(["a", "ˈiː", "t", "ʃ", "ŋ", "ɡ", "", "ʔ", "aɪ", "4"]), max_size=60),
)
def test_groups_tile_word_and_phonemes(word: str, phonemes: list[str]) -> None:
    groups = align(word, tuple(phonemes))
    assert (groups[0].start, groups[0].first) == (0, 0)
    assert (groups[-1].end, groups[-1].last) == (len(word), len(phonemes))
    for before, after in pairwise(groups):
        assert (before.end, before.last) == (after.start, after.first)
        assert before.start < before.end
        assert before.first < before.last


def test_very_long_words_stay_whole() -> None:
    """So that the work for a word is bounded."""
    assert len(align("a" * 5000, ("a",) * 5000)) == 1
