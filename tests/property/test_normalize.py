# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever the text: it is read without failing, and every spoken character is tied to what was written."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from oscine.text.normalize import Spoken, normalize, verbatim
from oscine.text.normalize.world.languages import LOCALES

_ATOMS = st.sampled_from(
    [
        *"0123456789.,:;-–—−+/\\'\"’”“%$£€¥₹°º²³½⅔#@&*_~`^=<>()[]{}|§©™ \n\t\u00a0\u202f…!?№٣५५①Ⅳ⁻⁰",
        *"IVXLCDM kKmMgGhHsStTpPaAnNoO",
        *["Dr.", "St.", "Ave", "Main St", "Louis ", "XIV", "Chapter ", "a.m.", "pm", "kg", "km/h", "°C", "million"],
        *["Jan ", "Jan. ", "May ", "Mon-", "Fri", " of ", "in ", "the ", "call ", "911", "2024", "1999", "'90s"],
        *["https://", "www.", ".com", "a@b.com", "index.html", "Ctrl+", "⌘", "Shift", "No. ", "e.g.", "etc.", "v1."],
        *["😀", "👨\u200d👩", "🇩🇪", "\u200b", "\u200d", "\ud800", "\x00", "\u202e", "e\u0301", "שלום", "مرحبا"],
        *["你好", "ก", "𝐇", "ＡＢ", "３", "1st", "bn", "vs.", "US$", "EUR ", "R$", " in ", "ft", "x", "×"],
        *["Uhr", "км", "руб.", "ª", "er", "h"],
    ]
)
_TEXTS = st.lists(_ATOMS, max_size=24).map("".join) | st.text(max_size=40)
_LANGUAGES = st.sampled_from(["en", "en-GB", "xx", *filter(None, LOCALES)])


def _check(original: str, spoken: Spoken) -> None:
    position = length = 0
    for run in spoken.runs:
        assert (run.original_start, run.spoken_start) == (position, length)
        assert run.original_end >= position and run.spoken_end >= length
        assert run.original_end > position or run.spoken_end > length
        position, length = run.original_end, run.spoken_end
        written, said = original[run.original_start : position], spoken.text[run.spoken_start : length]
        assert not run.is_identity or written == said or len(written) == 1
    assert (position, length) == (len(original), len(spoken.text))
    assert "".join(original[run.original_start : run.original_end] for run in spoken.runs) == original


@given(text=_TEXTS, language=_LANGUAGES, before=_TEXTS)
def test_runs_tile_both_texts(text: str, language: str, before: str) -> None:
    _check(text, normalize(text, language, context_before=before))


@given(text=_TEXTS)
def test_verbatim_is_the_text(text: str) -> None:
    spoken = verbatim(text)
    assert spoken.text == text
    _check(text, spoken)


@given(text=_TEXTS, region=st.sampled_from(["en", "en-GB"]), before=_TEXTS)
def test_no_figure_is_left_to_an_english_engine(text: str, region: str, before: str) -> None:
    spoken = normalize(text, region, context_before=before).text
    assert not [character for character in spoken if unicodedata.category(character) == "Nd"]


@given(text=_TEXTS, language=_LANGUAGES)
def test_nothing_unspeakable_is_left(text: str, language: str) -> None:
    spoken = normalize(text, language).text
    assert not [character for character in spoken if unicodedata.category(character) in ("Cs", "Co")]
    assert not set(spoken) & set("\x00\u200b\u202e😀🇩")


@given(text=st.text(alphabet="0123456789.,½⅔ $€%xkm/⁄-:+'°#@()IV", min_size=1, max_size=14), language=_LANGUAGES)
def test_figures_and_signs_in_any_order_are_read(text: str, language: str) -> None:
    _check(text, normalize(text, language))
