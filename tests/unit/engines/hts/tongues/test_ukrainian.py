# SPDX-License-Identifier: GPL-3.0-or-later
"""Phonemes as espeak NG 1.52 gives them."""

from __future__ import annotations

import pytest

from oscine.engines.hts.tongues.ukrainian import UKRAINIAN


@pytest.mark.parametrize(
    ("word", "symbols", "phones"),
    [
        ("містить", "m ˈi s t̪ ɪ t ʲ", "mj ii s t i tj"),
        ("містить", "m ˈi s t̪ ɪ t", "mj ii s t i tj"),  # the sign is left out before some words
        ("це", "t s ˈɛ", "ts e"),
        ("ціна", "t s i n ˈa", "tsj ii n a"),
        ("пароль", "p ˈa r o ʎ", "p a r o lj"),
        ("значення", "z n a tʃ ˈɛ n ɲ a", "z n a tsh e n nj a"),
        ("вода", "β o d ˈa", "w o d a"),
        ("його", "j o h ˈo", "j o gh o"),
    ],
)
def test_words(word: str, symbols: str, phones: str) -> None:
    said = UKRAINIAN.pronounce(word, symbols.split())
    assert " ".join(phone.name for sound in said for phone in sound) == phones


def test_prepositions_lean() -> None:
    assert [phone.stress for sound in UKRAINIAN.pronounce("до", ["d", "ˈo"]) for phone in sound] == [0, 0]


def test_voiceless_phones_are_phones() -> None:
    known = {phone.name for symbol in "p t̪ t k f s ʃ x tʃ ts".split() for phone in UKRAINIAN.phones.read(symbol)}
    assert known <= UKRAINIAN.voiceless
