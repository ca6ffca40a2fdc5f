# SPDX-License-Identifier: GPL-3.0-or-later
"""Phonemes as espeak NG 1.52 gives them: partly by its own mnemonics."""

from __future__ import annotations

import pytest

from oscine.engines.hts.tongues.kyrgyz import KYRGYZ


@pytest.mark.parametrize(
    ("word", "symbols", "phones"),
    [
        ("бул", "b ˈu l-", "b u l"),
        ("талаа", "t[ ɑ l ˈɑ:", "t a l aa"),
        ("өзгөртүү", "ˌoe z ɡ oe r t[ ˈy:", "of z g of r t uuf"),
        ("жок", "dZ ˈo q", "dzh o k"),
        ("баскычың", "b ɑ s q ɯ tS ˈɯ N", "b a s k y ch y ng"),
    ],
)
def test_words(word: str, symbols: str, phones: str) -> None:
    said = KYRGYZ.pronounce(word, symbols.split())
    assert " ".join(phone.name for sound in said for phone in sound) == phones
