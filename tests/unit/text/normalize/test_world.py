# SPDX-License-Identifier: GPL-3.0-or-later
"""Every locale: complete tables, and number words that make sense."""

from __future__ import annotations

import num2words
import pytest

from oscine.text.normalize import normalize
from oscine.text.normalize.world.languages import LOCALES
from oscine.text.normalize.world.plurals import RULES, choose
from oscine.text.normalize.world.rules import find_scanner

_LEFT_TO_ENGINES = {"ar", "he", "th"}
"""Their words come out as bare consonants, figures do not (measured with espeak-ng phonemes)."""


def test_every_language_that_num2words_knows_has_a_locale() -> None:
    known = {name for name in num2words.CONVERTER_CLASSES if not name.startswith(("en", "es_", "fr_DZ"))}
    used = {locale.numbers for locale in LOCALES.values() if locale.numbers}
    assert known - used == _LEFT_TO_ENGINES
    assert used <= known


@pytest.mark.parametrize("code", [code for code, locale in LOCALES.items() if locale.numbers])
def test_number_words(code: str) -> None:
    numbers = [
        *range(125),
        199,
        200,
        345,
        999,
        1000,
        1001,
        1234,
        1999,
        2024,
        9999,
        12345,
        99999,
        *(10**n for n in range(5, 31)),
    ]
    words = [normalize(str(number), code).text for number in numbers]
    assert all(words)
    assert not [word for word in words if any(character.isdigit() for character in word)]
    assert len(set(words[:125])) == 125


@pytest.mark.parametrize("code", [code for code, locale in LOCALES.items() if locale.numbers])
def test_decimals_and_signs(code: str) -> None:
    locale = LOCALES[code]
    for number in ("0,5", "3,14", "1,05", "-7", "0,123456789"):
        spoken = normalize(number.replace(",", locale.decimal), code).text
        assert spoken and not any(character.isdigit() for character in spoken)


@pytest.mark.parametrize("code", LOCALES)
def test_tables_are_whole(code: str) -> None:
    locale = LOCALES[code]
    assert locale.plural in RULES
    assert len(locale.months) in (0, 12)
    assert not locale.percent or "{}" in locale.percent
    for noun in (*locale.units.values(), *locale.currencies.values()):
        assert all(noun.forms) and len(noun.forms) <= 4
    find_scanner(code)


@pytest.mark.parametrize("code", LOCALES)
def test_every_unit_and_currency_is_read(code: str) -> None:
    locale = LOCALES[code]
    for symbol, noun in {**locale.units, **locale.currencies}.items():
        spoken = normalize(f"25 {symbol}", code).text
        assert any(form in spoken for form in noun.forms), symbol


@pytest.mark.parametrize(
    ("rule", "whole", "has_fraction", "index"),
    [
        *[("one", "1", False, 0), ("one", "2", False, 1), ("one", "1", True, 1), ("up to one", "0", False, 0)],
        *[("up to one", "1", True, 0), ("up to one", "2", True, 1)],
        *[
            ("east slavic", n, False, i)
            for n, i in (("1", 0), ("21", 0), ("3", 1), ("11", 2), ("13", 2), ("5", 2), ("0", 2))
        ],
        *[("polish", n, False, i) for n, i in (("1", 0), ("21", 2), ("22", 1), ("12", 2), ("10001", 2))],
        *[("czech", n, False, i) for n, i in (("1", 0), ("4", 1), ("5", 2), ("22", 2))],
        *[("slovene", n, False, i) for n, i in (("1", 0), ("2", 1), ("103", 2), ("5", 3))],
        *[("lithuanian", n, False, i) for n, i in (("1", 0), ("9", 1), ("10", 2), ("21", 0), ("11", 2))],
        *[("latvian", n, False, i) for n, i in (("1", 0), ("11", 1), ("21", 0), ("2", 1))],
        *[("romanian", n, False, i) for n, i in (("1", 0), ("2", 1), ("19", 1), ("20", 2), ("101", 1))],
        *[("arabic", n, False, i) for n, i in (("1", 0), ("5", 1), ("11", 0), ("103", 1))],
    ],
)
def test_plural_rules(rule: str, whole: str, has_fraction: bool, index: int) -> None:
    """Source: CLDR 44 cardinal rules."""
    forms = ("0", "1", "2", "3")[: 4 if rule in ("slovene", "polish", "czech") else 3]
    assert choose(rule, forms, whole, has_fraction=has_fraction) == str(index)
