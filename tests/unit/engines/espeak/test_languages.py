# SPDX-License-Identifier: GPL-3.0-or-later
"""Which languages there are, and how codes find them."""

from __future__ import annotations

from pathlib import Path

import pytest

from oscine.domain.language import NAMES
from oscine.domain.problems import LanguageUnsupported
from oscine.engines.espeak.languages import Languages


def test_all_74_languages_of_the_vendor(languages: Languages) -> None:
    """reference/api-facts.md §7 lists them."""
    assert set(NAMES) <= set(languages.codes)


def test_codes_are_sorted_iso_codes(languages: Languages) -> None:
    assert list(languages.codes) == sorted(set(languages.codes))
    assert all(2 <= len(code) <= 3 and code.isalpha() for code in languages.codes)
    assert len(languages.codes) > 100


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        *(("en", "en-us"), ("en-US", "en-us"), ("en_US", "en-us"), ("en-GB", "en-gb"), ("en-AU", "en-gb")),
        *(("eng", "en-us"), ("zh", "cmn"), ("cmn", "cmn"), ("zh-TW", "cmn"), ("zh-HK", "yue"), ("yue", "yue")),
        *(("no", "nb"), ("nb", "nb"), ("pt", "pt"), ("pt-BR", "pt-br"), ("por", "pt"), ("es", "es"), ("es-ES", "es")),
        *(("es-MX", "es-419"), ("es-AR", "es-419"), ("fr", "fr-fr"), ("fr-CH", "fr-ch"), ("fr-CA", "fr-fr")),
        *(("deu", "de"), ("de-AT", "de"), ("sr-Latn-RS", "sr"), ("ja-JP", "ja"), ("iw", "he"), ("hy", "hy")),
    ],
)  # fmt: skip
def test_codes_find_the_nearest_voice_file(languages: Languages, code: str, tag: str) -> None:
    assert languages.find(code).tag == tag


def test_plain_english_is_the_voices_own(languages: Languages) -> None:
    assert languages.find("en", "en-gb-scotland").tag == "en-gb-scotland"
    assert languages.find("en-US", "en-gb-scotland").tag == "en-us"
    assert languages.find("de", "en-gb-scotland").tag == "de"


@pytest.mark.parametrize("code", ["tlh", "xx", "", "-", "piqd", "e" * 5000])
def test_an_unknown_language_is_a_problem_that_names_the_choice(languages: Languages, code: str) -> None:
    with pytest.raises(LanguageUnsupported, match="Allowed: af, am") as caught:
        languages.find(code)
    assert len(caught.value.message) < 1000


def test_descriptions_hold_the_language_and_not_the_speaker(languages: Languages) -> None:
    english = languages.find("en").description
    assert "dictrules 3 6" in english
    assert "name" not in english
    assert "formant" not in languages.find("mi").description
    assert languages.find("en").phoneme_table == "en-us"


def test_a_language_without_its_dictionary_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "lang" / "x").mkdir(parents=True)
    (tmp_path / "lang" / "x" / "aa").write_text("name A\nlanguage aa\n", encoding="utf-8")
    (tmp_path / "lang" / "x" / "bb").write_text("name B\nlanguage bb\ndictionary cc\n", encoding="utf-8")
    (tmp_path / "cc_dict").touch()
    assert Languages(tmp_path).codes == ("bb",)
