# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from oscine.text.markup import Markup, read
from oscine.text.plain import Plain

ALL = Markup(breaks=True, phonemes=True, directions=True)


def places(plain: Plain) -> list[str]:
    """For each character of the plain text: what stands at its place in the original."""
    return [plain.original[plain.original_at(i)] for i in range(len(plain.text))]


@pytest.mark.parametrize(
    "text",
    ["ab cd", "a<b>b</b>c", "<b>a</b>", "<b><i>x</i></b><b>y</b>", "a [sighs] b", "a <!-- x --> b", "[pause]a[pause]"],
)
def test_every_plain_character_is_found_again(text: str) -> None:
    plain = read(text, ALL)
    assert places(plain) == list(plain.text)


def test_original_at_passes_tags_over_and_original_before_does_not() -> None:
    plain = read("ab<b>cd</b>", ALL)
    assert (plain.text, plain.original_before(2), plain.original_at(2)) == ("abcd", 2, 5)
    assert (plain.original_before(4), plain.original_at(4)) == (7, 11)


def test_an_entity_is_one_character() -> None:
    plain = read("a&amp;b", ALL)
    assert plain.text == "a&b"
    assert [plain.original_at(i) for i in range(4)] == [0, 1, 6, 7]
    assert [plain.original_before(i) for i in range(1, 4)] == [1, 6, 7]


def test_an_atom_is_found_from_its_inside_but_not_from_its_ends() -> None:
    plain = read('x <sub alias="y z">w</sub> v', ALL)
    (atom,) = plain.atoms
    assert plain.text[atom.start : atom.end] == "y z"
    assert plain.atom_around(atom.start, atom.start) is None
    assert plain.atom_around(atom.end, atom.end) is None
    assert plain.atom_around(atom.start + 1, atom.start + 1) is atom
    assert plain.atom_around(0, atom.start + 1) is atom
    assert plain.atom_around(0, atom.start) is None
