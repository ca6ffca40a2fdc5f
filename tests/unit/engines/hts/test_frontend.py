# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscine.domain.speech import Phonemes
from oscine.engines.hts.engine import HtsEngine
from oscine.engines.hts.frontend import split_clauses
from oscine.engines.hts.tongues import TONGUES
from oscine.engines.hts.tongues.english import ENGLISH
from oscine.engines.hts.tongues.russian import RUSSIAN
from tests.unit.engines.hts.conftest import a_segment


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Yes, he did. Why?", ["Yes,", " he did.", " Why?"]),
        ("It costs 3.5 or 1,000 euros", ["It costs 3.5 or 1,000 euros"]),
        ("“Well,” she said — “no.”", ["“Well,”", " she said —", " “no.”"]),
        ("... and so on", ["... and so on"]),
        ("", []),
        (
            "one two three four five six seven eight and one two three four five six seven eight nine ten",
            ["one two three four five six seven eight ", "and one two three four five six seven eight nine ten"],
        ),
    ],
)
def test_clauses_end_where_a_voice_pauses(text: str, clauses: list[str]) -> None:
    assert [text[clause.start : clause.end] for clause in split_clauses(ENGLISH, text)] == clauses


@given(st.text(max_size=300) | st.text("ab ,.?", max_size=900))
def test_clauses_tile_the_text(text: str) -> None:
    clauses = list(split_clauses(ENGLISH, text))
    assert "".join(text[clause.start : clause.end] for clause in clauses) == text
    assert all(clause.end - clause.start <= 500 for clause in clauses)


def test_a_pronunciation_is_not_cut() -> None:
    text = "Say a, b, c now."
    clauses = [text[c.start : c.end] for c in split_clauses(ENGLISH, text, [Phonemes(4, 11, "eɪ")])]
    assert clauses == ["Say a, b, c now."]


def test_words_keep_their_places_and_pronunciations(engine: HtsEngine) -> None:
    text = "Ann, say tomato now."
    segment = a_segment(text, phonemes=(Phonemes(9, 15, "təˈmɑːtoʊ"),))
    words = [word for _, words in engine._front_end.phrases(segment, ENGLISH, "en-us") for word in words]
    assert [text[word.start :].split(maxsplit=1)[0] for word in words] == ["Ann,", "say", "tomato", "now."]
    assert [phone.name for phone in words[2].phones] == ["t", "ax", "m", "aa", "t", "ow"]
    assert [phone.stress for phone in words[2].phones] == [0, 0, 0, 1, 0, 0]


def test_varieties_differ(engine: HtsEngine) -> None:
    def phones(english: str) -> list[str]:
        phrases = engine._front_end.phrases(a_segment("car"), ENGLISH, english)
        return [phone.name for _, words in phrases for word in words for phone in word.phones]

    assert phones("en-us") == ["k", "aa", "r"]
    assert phones("en-gb") == ["k", "aa"]


def test_words_of_another_script_are_said_and_their_switches_are_not(engine: HtsEngine) -> None:
    """espeak names the language it turns to, `(en)`, among the phonemes."""
    phrases = engine._front_end.phrases(a_segment("Это Windows."), RUSSIAN, "ru")
    words = [word for _, words in phrases for word in words]
    assert [word.spelling for word in words] == ["это", "windows"]
    assert [phone.name for phone in words[1].phones][:3] == ["vv", "i", "n"]
    assert not any(sound.symbol.startswith("(") for word in words for sound in word.sounds)


_SENTENCES = {
    "en": "The quick brown fox jumps over the lazy dog, doesn't it?",
    "ky": "Бардык адамдар өз беделинде жана укуктарында эркин болуп жаралат, үй-бүлө өнөктөшүңүз жөнүндө щётка.",
    "pt": "Todos os seres humanos nascem livres; um pinguim não põe limões à mão, e o cão viu trinta ilhas em junho.",
    "ru": "Все люди рождаются свободными: съешь ещё этих мягких французских булок, да выпей же чаю в объезд цирка.",
    "uk": "Усі люди народжуються вільними: з'їж ще цих м'яких французьких булок, ґанок, дзвін і щастя у джерелі.",
}


@pytest.mark.parametrize("code", TONGUES)
def test_no_sound_is_lost_on_the_way_to_the_voice(engine: HtsEngine, code: str) -> None:
    """What has no phone of its own has gone into its neighbour: softness, nasality, the start of an affricate."""
    tongue = TONGUES[code]
    for variety in tongue.varieties:
        phrases = engine._front_end.phrases(a_segment(_SENTENCES[code]), tongue, variety)
        sounds = [sound for _, words in phrases for word in words for sound in word.sounds]
        assert {sound.symbol for sound in sounds if not sound.phones} <= {"ʲ", "ŋ", "t"}
        assert len(sounds) > 50 or code == "en"
