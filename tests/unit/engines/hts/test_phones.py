# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from oscine.engines.hts.phones import Phone, read_phoneme, split_syllables


@pytest.mark.parametrize(
    ("symbol", "phones"),
    [
        ("ˈaɪɚ", "ay1 er"), ("ɑːɹ", "aa r"), ("tʃ", "ch"), ("ˌoʊ", "ow2"), ("əʊ", "ow"), ("n̩", "ax n"), ("əl", "ax l"),
        ("ɜː", "er"), ("ɾ", "t"), ("ʔ", "t"), ("ʰ", ""), ("", ""), ("ˈ", ""), ("õ", "ow"), ("?!", ""), ("tʰ", "t"),
    ],
)  # fmt: skip
def test_phonemes_become_phones(symbol: str, phones: str) -> None:
    assert " ".join(f"{phone.name}{phone.stress or ''}" for phone in read_phoneme(symbol)) == phones


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("w ih n d ow", "w ih n.d ow"), ("ih k s t r ax", "ih k.s t r ax"), ("s t r iy t", "s t r iy t"),
        ("s ih ng er", "s ih ng.er"), ("k ae t n ih p", "k ae t.n ih p"), ("s", "s"), ("aa", "aa"),
        ("iy ax", "iy.ax"), ("aa f t er n uw n", "aa f.t er.n uw n"), ("v ih zh ax n", "v ih zh.ax n"),
    ],
)  # fmt: skip
def test_a_vowel_takes_the_consonants_that_may_begin_a_word(word: str, syllables: str) -> None:
    phones = [Phone(name) for name in word.split()]
    starts = split_syllables(phones)
    parts = [phones[a:b] for a, b in zip(starts, [*starts[1:], len(phones)], strict=True)]
    assert ".".join(" ".join(phone.name for phone in part) for part in parts) == syllables
