# SPDX-License-Identifier: GPL-3.0-or-later
"""Phonemes as espeak NG 1.52 gives them; phones by the phonology of Russian (Timberlake 2004, chapter 2)."""

from __future__ import annotations

import pytest

from oscine.engines.hts.tongues.russian import RUSSIAN


@pytest.mark.parametrize(
    ("word", "symbols", "phones"),
    [
        ("поле", "p ˈo ɭ ʲ i", "p o ll i0"),  # softness is a phoneme of its own, and vowels fade
        ("сейчас", "s i j tʃʲ ˈɑ s", "ss i0 j ch a s"),  # soft before a front vowel though espeak does not say so
        ("целое", "ts ˈɛ ɭ ʌ j ɪ", "c e l a0 j i0"),
        ("тест", "t ˈɛ s t", "t e s t"),  # hard before the open e
        ("жить", "ʒ ˈi tʲ", "zh y tt"),  # always hard
        ("что", "ʃ t o", "sh t o"),
        ("не", "n ʲ ɪ", "nn i0"),  # leans
        ("быть", "b y tʲ", "b y tt"),  # does not
        ("в", "v", "v"),
        ("объект", "ʌ b j j ˈe k t", "a0 b j j e k t"),
        ("юг", "ˈju k", "j u k"),
        ("этаж", "ɛ t ˈɑ ʃ", "e0 t a sh"),
    ],
)
def test_words(word: str, symbols: str, phones: str) -> None:
    said = RUSSIAN.pronounce(word, symbols.split())
    assert " ".join(phone.name for sound in said for phone in sound) == phones
