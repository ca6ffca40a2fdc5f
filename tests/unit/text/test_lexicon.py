# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest

from oscine.domain.lexicon import Alias, Lexicon, Pronunciation, Rule
from oscine.domain.problems import TextTooLong
from oscine.text import lexicon as module
from oscine.text.lexicon import find, pronounce
from oscine.text.markup import Markup, read
from oscine.text.plain import Plain

ALL = Markup(breaks=True, phonemes=True, directions=True)


def lexicon(*graphemes: str, **flags: Any) -> Lexicon:
    """Rules whose alias is their number."""
    rules = (Rule(grapheme, Alias(str(i)), **flags) for i, grapheme in enumerate(graphemes))
    return Lexicon("dictionary", "version", tuple(rules))


def found(text: str, *lexicons: Lexicon) -> list[tuple[str, str]]:
    """What is matched, and the number of the rule."""
    matches = find(text, lexicons, phonemes=True)
    return [(text[m.start : m.end], m.rule.says.text) for m in matches if isinstance(m.rule.says, Alias)]


def said(text: str, *lexicons: Lexicon, phonemes: bool = True) -> Plain:
    return pronounce(read(text, ALL), lexicons, phonemes=phonemes)


def test_the_first_rule_that_matches_at_a_place_acts() -> None:
    """Source: reference/api-facts.md §9.2."""
    assert found("New York, New Jersey, York", lexicon("New", "New York", "York")) == [
        ("New", "0"),
        ("York", "2"),
        ("New", "0"),
        ("York", "2"),
    ]
    assert found("New York, New Jersey", lexicon("New York", "New", "York")) == [("New York", "0"), ("New", "1")]


def test_the_place_that_comes_first_goes_before_the_order_of_rules() -> None:
    assert found("a b c", lexicon("b c", "a b")) == [("a b", "1")]


def test_earlier_lexicons_go_before_later_ones() -> None:
    assert found("one two", lexicon("one"), lexicon("one two", "two")) == [("one", "0"), ("two", "1")]
    assert found("one two", lexicon("one two", "two"), lexicon("one")) == [("one two", "0")]


def test_case() -> None:
    """The vendor's rules are case-sensitive unless they say otherwise (reference/api-facts.md §9.2)."""
    assert found("Tomato tomato", lexicon("tomato")) == [("tomato", "0")]
    assert found("Tomato TOMATO", lexicon("tomato", case_sensitive=False)) == [("Tomato", "0"), ("TOMATO", "0")]
    assert found("ΟΔΟΣ οδός οδος", lexicon("οδοσ", case_sensitive=False)) == [("ΟΔΟΣ", "0"), ("οδος", "0")]


def test_folding_that_changes_the_length() -> None:
    """Source: Unicode, full case folding; "ß".casefold() is "ss", "İ".lower() is two characters."""
    assert found("STRASSE, straße, Straßen", lexicon("straße", case_sensitive=False)) == [
        ("STRASSE", "0"),
        ("straße", "0"),
    ]
    assert found("Straße", lexicon("straße", "strasse")) == []
    loose = {"case_sensitive": False, "word_boundaries": False}
    assert found("Straße", lexicon("s", **loose)) == [("S", "0")]  # half of ß is nothing
    assert found("ﬁnd", lexicon("f", "fi", **loose)) == [("ﬁ", "1")]
    assert found("xİx", lexicon("i", "İ", **loose)) == [("İ", "1")]


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert found("Cafe\u0301 Café", lexicon("Café")) == [("Cafe\u0301", "0"), ("Café", "0")]
    assert found("Café", lexicon("Cafe\u0301")) == [("Café", "0")]
    assert found("\u1112\u1161\u11ab", lexicon("한")) == [("\u1112\u1161\u11ab", "0")]
    assert found("\u0928\u093c", lexicon("\u0929")) == [("\u0928\u093c", "0")]


def test_no_letter_is_parted_from_its_marks() -> None:
    assert found("Cafe\u0301 n\u0323\u0307 की", lexicon("e", "n", "क", word_boundaries=False)) == []
    assert found("👩\u200d👧", lexicon("👩", "👧", word_boundaries=False)) == []


@pytest.mark.parametrize(
    ("grapheme", "text", "count"),
    [
        ("AI", "AI, (AI) AI's AI-made", 4),
        ("AI", "AIR FAIR AI2 2AI ÄAI AIé", 0),
        ("C++", "C++ is C++, not C++11", 3),
        ("C++", "XC++", 0),
        (".NET", "ASP.NET and .NET", 2),
        (".NET", ".NETs", 0),
        ("$$", "$$ a$$b", 2),
        ("a.c", "abc a.c", 1),
        ("(x|y)*", "(x|y)* xy", 1),
        ("[a-z]", "[a-z] q", 1),
        ("\\d", "\\d 7", 1),
        ("東京", "私は東京に行く", 1),
        ("AI", "AI技術", 1),
        ("テスト", "テスト、コンテスト", 1),
        ("ไทย", "ประเทศไทย", 1),
        ("서울", "서울 서울에", 1),
        ("नम", "नमस्ते नम", 1),
        ("می", "می می\u200cخواهم", 1),
        ("snake", "snake_case", 1),
    ],
)
def test_word_boundaries(grapheme: str, text: str, count: int) -> None:
    assert [what for what, _ in found(text, lexicon(grapheme))] == [grapheme] * count


def test_without_word_boundaries() -> None:
    assert found("Thailand", lexicon("land", "Thai", word_boundaries=False)) == [("Thai", "1"), ("land", "0")]
    assert found("aaaa", lexicon("aa", word_boundaries=False)) == [("aa", "0"), ("aa", "0")]


def test_rules_of_all_kinds_go_by_their_order() -> None:
    rules = (
        Rule("AB", Alias("first"), case_sensitive=False),
        Rule("ab", Alias("second")),
        Rule("ab", Alias("third"), word_boundaries=False),
        Rule("AB", Alias("fourth"), case_sensitive=False, word_boundaries=False),
    )
    assert [says for _, says in found("ab AB xab xAB", Lexicon("d", "v", rules))] == [
        "first",
        "first",
        "third",
        "fourth",
    ]
    assert found("ab", Lexicon("d", "v", rules[1:])) == [("ab", "second")]


def test_space_and_apostrophes() -> None:
    assert found("New\nYork New\u00a0York", lexicon("New York")) == [("New\nYork", "0"), ("New\u00a0York", "0")]
    assert found("don’t don't", lexicon("don't")) == [("don’t", "0"), ("don't", "0")]


def test_tables_are_made_once_for_the_same_lexicons(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    class Counted(module._Table):
        def __init__(self, *given: Any) -> None:
            made.append(1)
            super().__init__(*given)

    monkeypatch.setattr(module, "_Table", Counted)
    first, second = lexicon("a"), lexicon("a")
    for _ in range(3):
        assert found("a", first) == [("a", "0")]
    assert len(made) == 1
    assert found("a", second) == [("a", "0")]
    assert len(made) == 2


def test_aliases_stand_in_the_plain_text() -> None:
    text = "See <b>AT&amp;T</b> &amp; WHO."
    plain = said(text, lexicon("AT&T", "WHO"))
    assert plain.text == "See 0 & 1."
    patches = [(text[p.original_start : p.original_end], plain.text[p.start : p.end], p.kind) for p in plain.patches]
    assert patches == [
        ("<b>", "", "tag"),
        ("AT&amp;T", "0", "alias"),
        ("</b>", "", "tag"),
        ("&amp;", "&", "character"),
        ("WHO", "1", "alias"),
    ]
    assert [text[plain.original_at(i)] for i in range(len(plain.text))] == list("See A & W.".replace("&", "&"))


def test_what_is_replaced_is_not_looked_at_again() -> None:
    first = Rule("a", Alias("b a"))
    second = Rule("b", Alias("a"))
    assert said("a b", Lexicon("d", "v", (first, second))).text == "b a a"


def test_an_empty_alias_is_not_spoken() -> None:
    plain = said("Acme® rocks", Lexicon("d", "v", (Rule("®", Alias("")),)))
    assert plain.text == "Acme rocks"
    assert [(p.kind, p.original_start, p.original_end) for p in plain.patches] == [("tag", 4, 5)]
    assert plain.atoms == ()


def test_markup_parts_a_text() -> None:
    assert said("<p>One</p><p>Two</p>", lexicon("One", "Two")).text == "01"
    assert said("New <break/>York", lexicon("New York")).text == "New York"
    assert said("Tha<b>i</b>land", lexicon("Thailand")).text == "Thailand"
    assert said("[whispers] whispers", lexicon("whispers")).text == "0"
    assert said('<break time="1s"/> break', lexicon("break", "time")).text == " 0"


def test_markup_goes_before_rules() -> None:
    text = '<sub alias="X">WWW</sub> <phoneme ph="a">hello</phoneme> WWW hello'
    plain = said(text, lexicon("WWW", "hello", "X"))
    assert plain.text == "X hello 0 1"
    assert [p.kind for p in plain.atoms] == ["alias", "phonemes", "alias", "alias"]


def test_barriers_keep_their_places() -> None:
    text = "WHO <break/>WHO<p>WHO</p>"
    plain = said(text, Lexicon("d", "v", (Rule("WHO", Alias("World Health")),)))
    assert [plain.text[: b.position] for b in plain.barriers] == [
        "World Health ",
        "World Health World Health",
        "World Health World HealthWorld Health",
    ]


def test_phonemes_act_where_the_model_reads_them() -> None:
    rules = (
        Rule("Tomato", Pronunciation("/təˈmeɪtoʊ/", "ipa")),
        Rule("Tomato", Alias("to mah to")),
        Rule("Madison", Pronunciation("M AE1 D IH0 S AH0 N", "cmu-arpabet")),
    )
    both = Lexicon("d", "v", rules)
    with_phonemes = said("Tomato Madison", both)
    assert with_phonemes.text == "Tomato Madison"
    assert [p.ipa for p in with_phonemes.atoms] == ["təˈmeɪtoʊ", "ˈmædɪsən"]
    without = said("Tomato Madison", both, phonemes=False)
    assert without.text == "to mah to Madison"
    assert [p.kind for p in without.atoms] == ["alias"]


def test_a_text_without_matches_is_as_it_was() -> None:
    plain = read("Nothing here.", ALL)
    assert pronounce(plain, (lexicon("there"),), phonemes=True) is plain
    assert pronounce(plain, (lexicon(),), phonemes=True) is plain


def test_aliases_cannot_blow_a_text_up() -> None:
    rule = Rule("a", Alias("x" * 200), word_boundaries=False)
    with pytest.raises(TextTooLong, match="100200 characters longer; at most 100000"):
        said("a" * 501, Lexicon("d", "v", (rule,)))
    assert len(said("a" * 500, Lexicon("d", "v", (rule,))).text) == 100_000
