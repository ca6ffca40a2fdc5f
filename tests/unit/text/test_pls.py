# SPDX-License-Identifier: GPL-3.0-or-later
"""Source of the format: https://www.w3.org/TR/pronunciation-lexicon/ (PLS 1.0)."""

from __future__ import annotations

import pytest

from oscine.domain.lexicon import Alias, Pronunciation, Rule
from oscine.domain.problems import LexiconInvalid, PhonemeInvalid, RuleInvalid
from oscine.text.pls import read_pls, write_pls

VENDOR = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0"
      xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
      xsi:schemaLocation="http://www.w3.org/2005/01/pronunciation-lexicon
        http://www.w3.org/TR/2007/CR-pronunciation-lexicon-20071212/pls.xsd"
      alphabet="ipa" xml:lang="en-US">
  <lexeme>
    <grapheme>tomato</grapheme>
    <grapheme>Tomato</grapheme>
    <phoneme>/tə'meɪtoʊ/</phoneme>
  </lexeme>
  <lexeme>
    <grapheme>UN</grapheme>
    <alias>United Nations</alias>
  </lexeme>
</lexicon>
"""
"""The form of the vendor's samples (reference/api-facts.md §9.2)."""


def lexemes(inside: str, attributes: str = 'alphabet="ipa"') -> bytes:
    return f'<lexicon version="1.0" {attributes} xml:lang="en">\n{inside}\n</lexicon>'.encode()


def ipa(grapheme: str, phoneme: str) -> Rule:
    return Rule(grapheme, Pronunciation(phoneme, "ipa"))


def test_a_sample_in_the_vendors_form() -> None:
    assert read_pls(VENDOR.encode()) == (
        ipa("tomato", "/tə'meɪtoʊ/"),
        ipa("Tomato", "/tə'meɪtoʊ/"),
        Rule("UN", Alias("United Nations")),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    text = VENDOR.replace("UTF-8", "UTF-16" if encoding == "utf-16" else "UTF-8")
    assert len(read_pls(text.encode(encoding))) == 3


def test_alphabets() -> None:
    inside = (
        "<lexeme><grapheme>a</grapheme><phoneme>AH0</phoneme></lexeme>"
        '<lexeme><grapheme>b</grapheme><phoneme alphabet="ipa">b</phoneme></lexeme>'
    )
    rules = read_pls(lexemes(inside, 'alphabet="CMU-ARPABET"'))
    assert rules == (Rule("a", Pronunciation("AH0", "cmu-arpabet")), ipa("b", "b"))
    assert read_pls(lexemes("<lexeme><grapheme>a</grapheme><phoneme>ə</phoneme></lexeme>", "")) == (ipa("a", "ə"),)


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("<phoneme>a</phoneme><phoneme>b</phoneme>", Pronunciation("a", "ipa")),
        ('<phoneme>a</phoneme><phoneme prefer="true">b</phoneme>', Pronunciation("b", "ipa")),
        ('<phoneme prefer="1">a</phoneme><phoneme prefer="true">b</phoneme>', Pronunciation("a", "ipa")),
        ("<alias>one</alias><phoneme>b</phoneme>", Alias("one")),
        ('<phoneme>a</phoneme><alias prefer="true">one</alias>', Alias("one")),
        ("<alias>  New\n York </alias>", Alias("New York")),
        ("<alias>R<!-- c -->&amp;<![CDATA[<D>]]></alias>", Alias("R&<D>")),
        ("<alias/>", Alias("")),
    ],
)
def test_which_pronunciation_counts(inside: str, says: Alias | Pronunciation) -> None:
    """Source: PLS 1.0 §4.9.3."""
    assert read_pls(lexemes(f"<lexeme><grapheme>x</grapheme>{inside}</lexeme>")) == (Rule("x", says),)


def test_what_is_passed_over() -> None:
    inside = (
        '<meta name="a" content="b"/><metadata><x xmlns="urn:x">text<y/></x></metadata>'
        '<z:note xmlns:z="urn:z">text<z:deep><lexeme/></z:deep></z:note>'
        '<lexeme role="a:b" xml:id="c"><grapheme orthography="Latn">x</grapheme><alias>y</alias>'
        "<example>It says x.</example></lexeme>"
    )
    assert read_pls(lexemes(inside)) == (Rule("x", Alias("y")),)


def test_an_empty_lexicon() -> None:
    assert read_pls(lexemes("")) == ()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Line 1 of the lexicon: this is not well-formed XML"),
        (b"hello", "Line 1 of the lexicon: this is not well-formed XML"),
        (b"\x00\xff", "not well-formed XML"),
        (b"<lexicon>\n<lexeme>", "Line 2 of the lexicon: this is not well-formed XML"),
        (b'<?xml version="1.0" encoding="klingon"?><lexicon/>', "its encoding cannot be read; save it as UTF-8"),
        (b'<?xml version="1.0" encoding="shift_jis"?><lexicon/>', "its encoding cannot be read; save it as UTF-8"),
        (b"<html/>", "<html> has no place as the outermost element"),
        (b"<meta/>", "<meta> has no place as the outermost element"),
        (b'<lexicon xmlns="urn:x"/>', "<lexicon> has no place as the outermost element"),
        (lexemes("\n<word/>"), "Line 3 of the lexicon: <word> has no place in <lexicon>"),
        (lexemes("<lexeme><lexeme/></lexeme>"), "<lexeme> has no place in <lexeme>"),
        (lexemes("<lexeme><grapheme><b>x</b></grapheme></lexeme>"), "<b> has no place in <grapheme>"),
        (lexemes("text"), "Line 2 of the lexicon: there is text where none belongs"),
        (lexemes("\n<lexeme><alias>x</alias></lexeme>"), "Line 3 of the lexicon: the lexeme has no <grapheme>"),
        (lexemes("<lexeme><grapheme>x</grapheme></lexeme>"), "the lexeme has neither <phoneme> nor <alias>"),
        (lexemes("", 'alphabet="sampa"'), "the alphabet 'sampa' is not known; allowed are ipa and cmu-arpabet"),
        (lexemes(f"<lexeme><grapheme>{'x' * 10_001}</grapheme></lexeme>"), "<grapheme> is longer than 10000 char"),
        (
            lexemes('<lexeme xmlns:o="urn:oscine:lexicon" o:case-sensitive="maybe"/>'),
            "case-sensitive='maybe' is neither 'true' nor 'false'",
        ),
    ],
)
def test_files_that_are_no_lexicons(data: bytes, message: str) -> None:
    with pytest.raises(LexiconInvalid, match=message):
        read_pls(data)


@pytest.mark.parametrize(
    "document_type",
    [
        "<!DOCTYPE lexicon>",
        '<!DOCTYPE lexicon SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE lexicon [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE lexicon [<!ENTITY x SYSTEM "http://127.0.0.1/x">]>',
    ],
)
def test_document_types_are_refused(document_type: str) -> None:
    with pytest.raises(LexiconInvalid, match="document types and entities are not read"):
        read_pls(f"\n{document_type}{VENDOR.split('?>')[1]}".encode())


def test_wrong_rules_name_their_line() -> None:
    wrong = "<lexeme>\n<grapheme>x</grapheme><phoneme>6</phoneme></lexeme>"
    with pytest.raises(PhonemeInvalid, match=r"The lexeme in line 2: '6' \(U\+0036\)"):
        read_pls(lexemes(wrong))
    with pytest.raises(RuleInvalid, match="The lexeme in line 2 has no text to replace"):
        read_pls(lexemes("<lexeme><grapheme> </grapheme><alias>x</alias></lexeme>"))


def test_no_more_rules_than_there_may_be() -> None:
    many = "<grapheme>x</grapheme>" * 10_000
    assert len(read_pls(lexemes(f"<lexeme>{many}<alias>y</alias></lexeme>"))) == 10_000
    with pytest.raises(RuleInvalid, match="may have 10000 rules"):
        read_pls(lexemes(f"<lexeme>{many}<grapheme>z</grapheme><alias>y</alias></lexeme>"))


def test_large_files_are_refused_unread() -> None:
    with pytest.raises(LexiconInvalid, match="has 10000001 bytes; at most 10000000"):
        read_pls(b" " * 10_000_001)


def test_what_is_written() -> None:
    rules = (Rule("UN", Alias("United <Nations>")), ipa("tomato", "/təˈmeɪtoʊ/"))
    assert write_pls(rules) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" '
        'xml:lang="und">\n'
        "  <lexeme>\n    <grapheme>UN</grapheme>\n    <alias>United &lt;Nations&gt;</alias>\n  </lexeme>\n"
        "  <lexeme>\n    <grapheme>tomato</grapheme>\n    <phoneme>/təˈmeɪtoʊ/</phoneme>\n  </lexeme>\n"
        "</lexicon>\n"
    )


def test_what_is_written_reads_back_the_same() -> None:
    """tests/property/test_lexicon.py does it with rules of all kinds."""
    rules = (
        Rule("a", Pronunciation("AH0", "cmu-arpabet"), case_sensitive=False),
        Rule("A&B", Alias(""), word_boundaries=False),
        ipa("c", "/c/"),
    )
    assert read_pls(write_pls(rules).encode()) == rules
