# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of examples: what is written, and what is to be heard."""

from __future__ import annotations

from pathlib import Path

import pytest

from oscine.text.normalize import normalize

_HERE = Path(__file__).parent


def _rows(name: str) -> list[tuple[str, str]]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split(" => ") for line in lines if " => " in line]
    return [(written, spoken) for written, spoken in rows]


@pytest.mark.parametrize(("written", "spoken"), _rows("english.txt"))
def test_english(written: str, spoken: str) -> None:
    assert normalize(written, "en").text == spoken


@pytest.mark.parametrize(("written", "spoken"), _rows("world.txt"))
def test_world(written: str, spoken: str) -> None:
    language, _, text = written.partition(" | ")
    assert normalize(text, language).text == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("1234", "one thousand two hundred thirty-four"),
        ("2nd", "second"),
        ("$42.50", "forty-two dollars and fifty cents"),
        ("£1,001.32", "one thousand and one pounds and thirty-two pence"),
        ("3.14", "three point one four"),
        ("⅔", "two-thirds"),
        ("555-555-5555", "five five five, five five five, five five five five"),
        ("XIV", "fourteen"),
        ("Louis XIV", "Louis the fourteenth"),
        ("Dr.", "Doctor"),
        ("Ave.", "Avenue"),
        ("St.", "Street"),
        ("St. Patrick", "Saint Patrick"),
        ("100km", "one hundred kilometers"),
        ("100%", "one hundred percent"),
        ("elevenlabs.io/docs", "eleven labs dot io slash docs"),
        ("2024-01-01", "January first, two-thousand twenty-four"),
        ("01/02/2023", "January second, two-thousand twenty-three"),
        ("14:30", "two thirty PM"),
        ("Ctrl + Z", "control z"),
        ("123 Main St", "one two three Main Street"),
        ("$1,000,000", "one million dollars"),
    ],
)
def test_the_vendors_own_examples(written: str, spoken: str) -> None:
    """Source: the vendor's normalisation guide (DOCS25 normalization.mdx), reference/api-facts.md §6."""
    assert normalize(written, "en").text == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("en-GB", "01/02/2023", "February first, two-thousand twenty-three"),
        ("en-US", "01/02/2023", "January second, two-thousand twenty-three"),
        ("en_GB", "105", "one hundred and five"),
        ("en-GB", "1,001", "one thousand and one"),
        ("en-GB", "5 km", "five kilometres"),
        ("en-GB", "50p", "fifty pence"),
        ("en-GB", "1p", "one penny"),
        ("en-US", "50p", "fifty p"),
        ("en-AU", "2 l", "two litres"),
        ("en-Latn-GB", "5 km", "five kilometres"),
        ("eng", "5 km", "five kilometers"),
    ],
)
def test_regions_of_english(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language).text == spoken


@pytest.mark.parametrize(
    ("before", "written", "spoken"),
    [
        ("It was built under Louis", "XIV himself", "the fourteenth himself"),
        ("It was built under Louis ", "XIV himself", "the fourteenth himself"),
        ("That is in Chapter", "V of it", "five of it"),
        ("The house was sold in", "1066", "ten sixty-six"),
        ("", "1066", "one thousand sixty-six"),
        ("Please call", "911", "nine one one"),
        ("He lives on Main ", "St. today", "Street today"),
    ],
)
def test_the_words_before_decide(before: str, written: str, spoken: str) -> None:
    assert normalize(written, "en", context_before=before).text == spoken


def test_lines_of_markdown() -> None:
    text = "# Title\n\n- one **two**\n  * three\n> four\n---\n"
    assert normalize(text, "en").text == "Title\n\none two\n  three\nfour\n—\n"


def test_plain_sentences_stay_as_they_are() -> None:
    text = 'The quick brown fox didn\'t jump; it slept — "soundly", they said… (Or did it?)'
    assert normalize(text, "en").text == text
