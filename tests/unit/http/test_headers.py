# SPDX-License-Identifier: GPL-3.0-or-later
import pytest

from oscine.http.headers import listed, lists


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ((), ""),
        (("one", "two words"), "one, two words"),
        (("ж", "a\r\nx: y"), "%D0%B6, a%0D%0Ax%3A y"),
        (("\ud800",), "%3F"),
    ],
)
def test_words_in_a_header(words: tuple[str, ...], line: str) -> None:
    assert listed(words) == line


def test_a_header_has_its_limits() -> None:
    assert len(listed(["word"] * 10_000)) <= 1000


def test_headers_without_words_are_left_out() -> None:
    assert lists({"a": ["one", "two"], "b": []}) == {"a": "one, two"}
