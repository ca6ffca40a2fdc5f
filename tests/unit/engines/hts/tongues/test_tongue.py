# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from oscine.domain.problems import LanguageUnsupported
from oscine.engines.hts.phones import PhoneSet
from oscine.engines.hts.tongues import TONGUES, find_tongue
from oscine.engines.hts.tongues.tongue import Tongue, list_kinds

_TONGUE = Tongue(
    code="xx",
    long_code="xxx",
    folder="None",
    varieties=("xx",),
    phones=PhoneSet("a:a t:t", "a", ()),
    kinds=list_kinds({"conj": "and or", "prep": "at"}),
    asking=frozenset(),
    breaks=frozenset({"that"}),
)


@pytest.mark.parametrize(
    ("word", "symbols", "stresses"),
    [
        ("word", "ta t a", [0, 0]),
        ("word", "ˌa ta", [1, 0]),
        ("word", "ˌa ˈta", [2, 1]),
        ("word", "ta", [1]),
        ("at", "ˈat", [0]),
        ("and", "ˌata", [1, 0]),
        ("word", "t", []),
    ],
)
def test_words_have_a_stress_and_short_ones_lean(word: str, symbols: str, stresses: list[int]) -> None:
    phones = [phone for sound in _TONGUE.pronounce(word, symbols.split()) for phone in sound]
    assert [phone.stress for phone in phones if phone.name == "a"] == stresses


def test_pauses_stand_before_what_opens_a_clause() -> None:
    assert [_TONGUE.opening(word) for word in ("and", "that", "at", "dog")] == [3, 3, 2, 0]


def test_languages_are_found_by_either_code() -> None:
    assert list(TONGUES) == sorted(TONGUES)
    assert {find_tongue(code).code for code in ("ru", "RU", "rus", "ru-RU", "ru_KZ")} == {"ru"}
    with pytest.raises(LanguageUnsupported, match=r"'eo' is not one that hts can say\. Allowed: en, ky, pt, ru, uk"):
        find_tongue("eo")
