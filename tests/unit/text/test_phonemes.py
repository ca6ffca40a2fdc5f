# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from oscine.domain.problems import PhonemeInvalid
from oscine.text.phonemes import read_arpabet, read_ipa


@pytest.mark.parametrize(
    ("written", "ipa"),
    [
        ("M AE1 D IH0 S AH0 N", "ˈmædɪsən"),
        ("ae1 k ch uw0 ah0 l iy0", "ˈæktʃuəli"),
        ("HH AH0 L OW1", "həˈloʊ"),
        ("EH2 K S T R AO1 R D AH0 N EH2 R IY0", "ˌɛkˈstɹɔɹdəˌnɛɹi"),
        ("S IH1 NG ER0", "ˈsɪŋɚ"),
        ("B AA1 T EL0", "ˈbɑtl̩"),
        ("  T  OW  M  ", "toʊm"),
        ("S T R EH1 NG K TH S", "ˈstɹɛŋkθs"),
    ],
)
def test_arpabet_becomes_ipa_with_stress_before_the_syllable(written: str, ipa: str) -> None:
    """The tag and its alphabet: reference/api-facts.md §6."""
    assert read_arpabet(written) == ipa


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("M XX D", "'XX' (symbol 2)"),
        ("M AE9", "'AE9' (symbol 2)"),
        ("T1", "'T1'"),
        ("M,AE", "'M,AE'"),
        ("ˈmæd", "symbol 1"),
    ],
)
def test_arpabet_refuses_an_impossible_symbol_by_name_and_place(written: str, named: str) -> None:
    with pytest.raises(PhonemeInvalid) as caught:
        read_arpabet(written)
    assert named in caught.value.message
    assert caught.value.parameter == "text"


@pytest.mark.parametrize(
    ("written", "ipa"),
    [
        ("ˈmædɪsən", "ˈmædɪsən"),
        ("/həˈloʊ/", "həˈloʊ"),
        ("[t͡ʃɛk]", "t͡ʃɛk"),
        ("ʁɛ̃", "ʁɛ̃"),
        ("ˈbu:k", "ˈbuːk"),
        ("gud", "ɡud"),
        ("'haʊs", "ˈhaʊs"),
        ("ma˥˩", "ma˥˩"),
        ("kʰæt.n̩", "kʰæt.n̩"),
        ("çõ", "çõ"),
        ("ˈnuː  ˈjɔɹk", "ˈnuː ˈjɔɹk"),
        ("bɔ̃ʒuʁ‿a", "bɔ̃ʒuʁ‿a"),
    ],
)
def test_ipa_is_cleaned(written: str, ipa: str) -> None:
    assert read_ipa(written) == ipa


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("ABC", "'A' (U+0041) (character 1)"),
        ("hello!", "'!' (U+0021) (character 6)"),
        ("la5", "'5' (U+0035) (character 3)"),
        ("p\u200bq", "U+200B (character 2)"),
        ("\u0303a", "U+0303 (character 1)"),
        ("ʃ\ud800", "U+D800 (character 2)"),
        ("漢", "(character 1)"),
        ("Ñ", "(character 1)"),
        ("ˈː", "no sound"),
    ],
)
def test_ipa_refuses_an_impossible_symbol_by_name_and_place(written: str, named: str) -> None:
    with pytest.raises(PhonemeInvalid) as caught:
        read_ipa(written)
    assert named in caught.value.message


@pytest.mark.parametrize("empty", ["", "  ", "//", "[ ]"])
def test_an_empty_pronunciation_is_refused(empty: str) -> None:
    with pytest.raises(PhonemeInvalid, match="empty"):
        read_ipa(empty)


def test_an_empty_arpabet_pronunciation_is_refused() -> None:
    with pytest.raises(PhonemeInvalid, match="empty"):
        read_arpabet(" ")
