# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from oscine.engines.hts.tongues.english import ENGLISH


@pytest.mark.parametrize(("word", "kind"), [("The", "det"), ("dog", "content"), ("to", "to"), ("would", "md")])
def test_function_words_have_a_kind(word: str, kind: str) -> None:
    assert ENGLISH.kind_of(word) == kind


def test_weak_words_stay_weak() -> None:
    assert [phone.stress for sound in ENGLISH.pronounce("about", ["ɐ", "b", "ˌaʊ", "t"]) for phone in sound] == [
        0,
        0,
        2,
        0,
    ]
