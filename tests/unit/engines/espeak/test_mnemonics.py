# SPDX-License-Identifier: GPL-3.0-or-later
"""IPA said by espeak, checked by what espeak says it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from oscine.domain.problems import PhonemeInvalid
from oscine.engines.espeak import ipa
from oscine.engines.espeak.driver import EventKind, Instance, copy_events, read_events
from oscine.engines.espeak.languages import Languages
from oscine.engines.espeak.mnemonics import Inventory, read_phonemes, take_inventory


def said(instance: Instance, names: list[str]) -> str:
    heard: list[str] = []

    def listen(_samples: int, _count: int, events: int) -> int:
        heard.extend(e.name for e in read_events(copy_events(events)) if e.kind is EventKind.PHONEME)
        return 0

    instance.synthesise(f"[[{'|'.join(names)}]]", listen, reads_mnemonics=True)
    return "".join(heard)


@pytest.mark.parametrize(
    ("code", "spelling", "heard"),
    [
        ("en", "təˈmeɪtoʊ", "təmˈeɪɾoʊ"),
        ("en", "təˈmɑːtoʊ", "təmˈɑːɾoʊ"),
        ("en-GB", "təˈmɑːtəʊ", "təmˈɑːtəʊ"),
        ("en", "t͡ʃɪp", "tʃˈɪp"),
        ("en", "ˈwɔːtɚ", "wˈɔːɾɚ"),
        ("de", "ˈʃøːn", "ʃˈøːn"),
        ("fr", "bɔ̃ʒuʁ", "bˈɔ̃ʒuʁ"),
        ("ru", "prʲɪˈvʲet", "prʲɪvʲˈet"),
        ("es", "ˈbeβa", "bˈeβa"),
        ("ja", "ˈhaɽɯ", "hˈäɽɯᵝ"),
        ("ur", "laːˈɽəm", "laːr.ˈəm"),
    ],
)
def test_symbols_come_out_as_written(
    instance: Instance, data_dir: Path, languages: Languages, code: str, spelling: str, heard: str
) -> None:
    language = languages.find(code)
    instance.set_voice(f"{language.description}\nklatt 4")
    inventory = take_inventory(instance, data_dir, language.phoneme_table)
    assert said(instance, inventory.spell(spelling)) == heard


INVENTORY = Inventory({"t": "t", "tʃ": "tS", "a": "a", "aː": "A:", "i": "i", "n": "n", "ɡ": "g", "s": "s", "u": "u"})


@pytest.mark.parametrize(
    ("spelling", "names"),
    [
        ("tʃa", ["tS", "'", "a"]),
        ("t.ʃa", ["t", "s", "'", "a"]),
        ("ˈtaːti", ["'", "t", "A:", "t", "i"]),
        ("taˌti", ["t", "a", ",", "t", "i"]),
        ("tiːna", ["t", "'", "i", ":", "n", "a"]),
        ("ɡy", ["g", "'", "i"]),
        ("gæ̃ˑ", ["g", "'", "a"]),
        ("/ˈna/", ["'", "n", "a"]),
        ("n", ["n"]),
    ],
)
def test_the_longest_match_or_the_nearest_sound(spelling: str, names: list[str]) -> None:
    assert INVENTORY.spell(spelling) == names


@pytest.mark.parametrize("spelling", ["t4", "t€", "ta漢", "T AE1 P"])
def test_what_is_no_symbol_is_a_problem_that_names_it(spelling: str) -> None:
    with pytest.raises(PhonemeInvalid, match=r"U\+[0-9A-F]{4}.*International Phonetic Alphabet"):
        INVENTORY.spell(spelling)


@pytest.mark.parametrize("spelling", ["", "ˈ", " . "])
def test_a_spelling_without_sound_is_a_problem(spelling: str) -> None:
    with pytest.raises(PhonemeInvalid, match="no sound"):
        INVENTORY.spell(spelling)


@pytest.mark.parametrize(
    ("symbol", "choice", "near"), [("y", "iua", "i"), ("ɾ", "tdr", "r"), ("θ", "sfk", "f"), ("ɬ", "ls", "s")]
)
def test_nearest_sounds(symbol: str, choice: str, near: str) -> None:
    assert ipa.nearest(symbol, choice) == near


def test_vowels_stand_for_vowels_only() -> None:
    assert ipa.nearest("a", "tk") is None
    assert ipa.nearest("€", "a") is None


def test_tables_build_on_one_another(data_dir: Path) -> None:
    phonemes = read_phonemes((data_dir / "phontab").read_bytes(), "en-us")
    assert phonemes["oU"] == 2  # its own
    assert phonemes["m"] == 8  # of a table below
    assert "'" not in phonemes
