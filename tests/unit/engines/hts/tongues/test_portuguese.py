# SPDX-License-Identifier: GPL-3.0-or-later
"""Phonemes as espeak NG 1.52 gives them."""

from __future__ import annotations

import pytest

from oscine.engines.hts.tongues.portuguese import PORTUGUESE


@pytest.mark.parametrize(
    ("word", "symbols", "phones"),
    [
        ("segundos", "s ˌe ɡ ˈũ ŋ d ʊ z", "s e g un d u z"),  # the velar nasal is the vowel's nasality
        ("com", "k o ŋ", "k on"),
        ("em", "ˈeɪ ŋ", "en jn"),  # the glide's, too
        ("não", "n ˌɐ̃ʊ", "n an wn"),
        ("senha", "s ˈe ɲ æ", "s e nj a"),
        ("digite", "dʒ ˌi ʒ ˈi tʃ y", "dj i zh i tj i"),
        ("carro", "k ˈa x ʊ", "k a rh u"),
        ("para", "p ˌa ɾ æ", "p a r a"),
        ("ping", "p ˈi ŋ ɡ", "p in g"),
        ("só", "s ˈɔ", "s oo"),
        ("x", "ʃ ŋ", "sh n"),  # nothing to be nasal
    ],
)
def test_words(word: str, symbols: str, phones: str) -> None:
    said = PORTUGUESE.pronounce(word, symbols.split())
    assert " ".join(phone.name for sound in said for phone in sound) == phones
