# SPDX-License-Identifier: GPL-3.0-or-later
"""Number words, held against num2words, which we do not use for English."""

from __future__ import annotations

import random

import pytest
from num2words import num2words

from oscine.text.normalize.english.numbers import cardinal, dated_year, digits, ordinal, plural, quantity, year

_NUMBERS = [*range(300), *(10**n for n in range(3, 30)), *(random.Random(1).randrange(10**n) for n in range(3, 30))]


@pytest.mark.parametrize("number", _NUMBERS)
def test_cardinals_and_ordinals(number: int) -> None:
    expected = num2words(number, lang="en").replace(",", "")
    assert cardinal(str(number), is_british=True) == expected
    assert cardinal(str(number)) == expected.replace(" and", "")
    assert ordinal(str(number), is_british=True) == num2words(number, lang="en", to="ordinal").replace(",", "")


@pytest.mark.parametrize("figures", [str(year) for year in range(1100, 2100, 7)])
def test_years(figures: str) -> None:
    expected = num2words(int(figures), lang="en", to="year").replace("-hundred", " hundred").replace("oh-", "oh ")
    assert year(figures) == expected.replace(" and", "")


def test_years_of_this_century_in_dates() -> None:
    assert [dated_year(figures) for figures in ("2000", "2007", "2024", "1999")] == [
        "two-thousand",
        "two-thousand seven",
        "two-thousand twenty-four",
        "nineteen ninety-nine",
    ]


def test_numbers_without_a_name_are_read_figure_by_figure() -> None:
    assert cardinal("9" * 33).startswith("nine hundred ninety-nine nonillion")
    assert cardinal("9" * 34) == digits("9" * 34) == " ".join(["nine"] * 34)
    assert quantity("1" * 5000) == " ".join(["one"] * 5000)


def test_plurals() -> None:
    assert [plural(word) for word in ("twenty", "nineteen sixty", "six", "two hundred", "forty-seven")] == [
        "twenties",
        "nineteen sixties",
        "sixes",
        "two hundreds",
        "forty-sevens",
    ]
