# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from oscine.engines.hts.phones import Phone, PhoneSet, rising
from oscine.engines.hts.tongues.english import ENGLISH


@pytest.mark.parametrize(
    ("symbol", "phones"),
    [
        ("ˈaɪɚ", "ay1 er"), ("ɑːɹ", "aa r"), ("tʃ", "ch"), ("ˌoʊ", "ow2"), ("əʊ", "ow"), ("n̩", "ax n"), ("əl", "ax l"),
        ("ɜː", "er"), ("ɾ", "t"), ("ʔ", "t"), ("ʰ", ""), ("", ""), ("ˈ", ""), ("õ", "ow"), ("?!", ""), ("tʰ", "t"),
    ],
)  # fmt: skip
def test_phonemes_become_phones(symbol: str, phones: str) -> None:
    assert " ".join(f"{phone.name}{phone.stress or ''}" for phone in ENGLISH.phones.read(symbol)) == phones


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
    starts = ENGLISH.phones.split_syllables(phones)
    parts = [phones[a:b] for a, b in zip(starts, [*starts[1:], len(phones)], strict=True)]
    assert ".".join(" ".join(phone.name for phone in part) for part in parts) == syllables


def test_a_sound_that_the_table_lacks_becomes_the_nearest() -> None:
    few = PhoneSet("a:a i:i t:t s:s m:m ʔ:", "a i", ())
    assert [phone.name for symbol in ("æ", "ɪ", "d", "z", "n", "ʔ") for phone in few.read(symbol)] == list("aitsm")


def test_composed_and_taken_apart_are_the_same_symbol() -> None:
    nasal = PhoneSet("a:a ã:an", "a an", ())
    assert nasal.read("a\u0303") == nasal.read("\u00e3") == (Phone("an"),)


def test_clusters_open() -> None:
    assert rising("p t", "r", "l j") == ["p.r", "t.r", "p.l", "p.j", "t.l", "t.j"]
