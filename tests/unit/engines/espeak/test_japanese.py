# SPDX-License-Identifier: GPL-3.0-or-later
"""Japanese as written and as said."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise

import pytest

from oscine.domain.alignment import Run
from oscine.domain.problems import LanguageUnsupported
from oscine.domain.speech import Boundary, Phonemes, Segment, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.espeak import EspeakEngine, japanese
from oscine.engines.espeak.pronunciation import pronounce

MAN = Timbre("klatt4", 120.0)


def segment(text: str, phonemes: tuple[Phonemes, ...] = ()) -> Segment:
    everything = Run(0, len(text), 0, len(text))
    return Segment(text, "ja", 0, len(text), (everything,), Boundary.EDGE, Boundary.EDGE, phonemes=phonemes)


def said(text: str) -> dict[str, str]:
    return {text[r.start : r.end]: r.ipa.translate({ord(mark): None for mark in "ˈˌ"}) for r in japanese.read(text)}


@pytest.fixture
def without_package(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "pyopenjtalk", None)
    japanese.load.cache_clear()
    yield
    japanese.load.cache_clear()


class TestWithDictionary:
    @pytest.fixture(autouse=True)
    def _needs_package(self) -> None:
        pytest.importorskip("pyopenjtalk")

    def test_kanji_are_read(self) -> None:
        assert said("東京は日本の首都です。") == {
            "東京": "tookʲoo", "は": "wa", "日本": "nihon", "の": "no", "首都": "ɕɯto", "です": "des",
        }  # fmt: skip

    def test_particles_are_said_as_they_sound(self) -> None:
        assert said("学校へ") == {"学校": "ɡakkoo", "へ": "e"}
        assert said("わたしは") == {"わたし": "wataɕi", "は": "wa"}
        assert said("はい") == {"はい": "hai"}

    @pytest.mark.parametrize(
        ("word", "ipa"),
        [("きっぷ", "kippɯ"), ("さんぽ", "sampo"), ("にほんご", "nihoŋɡo"), ("本", "hoɴ"), ("ラーメン", "ɽaameɴ")],
    )
    def test_doubled_consonants_nasals_and_long_vowels(self, word: str, ipa: str) -> None:
        assert said(word) == {word: ipa}

    def test_the_accent_tells_words_apart(self) -> None:
        assert [r.ipa for r in japanese.read("箸を")] == ["hˈaɕi", "ˌo"]
        assert [r.ipa for r in japanese.read("橋を")] == ["haɕˈi", "ˌo"]

    def test_digits_keep_their_places(self) -> None:
        text = "彼は1999年に"
        readings = japanese.read(text)
        assert [text[r.start : r.end] for r in readings] == ["彼", "は", "1", "9", "9", "9", "年", "に"]
        assert "".join(said(text).values()).startswith("kaɽewaseŋ")

    def test_punctuation_stays_text(self) -> None:
        text = "はい、「行く」！"
        assert [text[r.start : r.end] for r in japanese.read(text)] == ["はい", "行く"]

    def test_a_sentence_is_spoken_with_marks_on_its_own_characters(self, engine: EspeakEngine) -> None:
        text = "昨日、店に行ってパンを買いました。"
        takes = list(engine.speak(segment(text), MAN, VoiceSettings(), None))
        marks = [mark for take in takes for mark in take.marks]
        assert "".join(text[mark.start : mark.end] for mark in marks) == "昨日店に行ってパンを買いました"
        assert all(a.end_s <= b.start_s for a, b in pairwise(marks))
        assert sum(len(take.samples) for take in takes) > 1.2 * engine.card.rate

    def test_given_pronunciations_win(self) -> None:
        given = Phonemes(0, 2, "test")
        assert [each.ipa for each in pronounce("ja", segment("東京は", (given,)))] == ["test", "ˌwa"]

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "。",
            "ーー",
            "っ",
            "ん",
            "a\u3099か\u3099",
            "漢\U00020000字",
            "年\ufe0fﾞ한月http。",
            "々〇々ーゝ",
            "1,2.3,",
        ],
    )
    def test_odd_text_is_no_failure(self, engine: EspeakEngine, text: str) -> None:
        list(engine.speak(segment(text), MAN, VoiceSettings(), None))

    def test_a_stretch_that_the_package_fails_on_is_read_in_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        front_end = japanese.load()
        assert front_end

        def moody(text: str) -> list[dict[str, object]]:
            if len(text) > 2:
                raise ValueError(text)
            return front_end(text)

        monkeypatch.setattr(japanese, "load", lambda: moody)
        assert [(r.start, r.end) for r in japanese.read("東京日本")] == [(0, 2), (2, 4)]

    def test_nothing_of_the_text_is_printed(self) -> None:
        """Open JTalk's C code prints what it does not know, and the package prints when it is loaded."""
        program = (
            "from oscine.engines.espeak import japanese\n"
            "japanese.read('한🙂か\\u0300ゔ笑 \\ufdfaか年\\ufe0f月 \\U00020000さん')"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, timeout=60)
        assert (done.stdout, done.stderr) == (b"", b"")

    def test_the_dictionary_is_loaded_only_for_japanese(self) -> None:
        program = "import sys, oscine.engines.espeak as e; e.EspeakEngine(); print('pyopenjtalk' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, timeout=60)
        assert done.stdout.strip() == b"False"


def test_without_the_dictionary_kanji_are_a_problem_that_says_what_to_install(
    engine: EspeakEngine, without_package: None
) -> None:
    with pytest.raises(LanguageUnsupported, match=r"oscine\[ja\]") as caught:
        next(engine.speak(segment("昨日"), MAN, VoiceSettings(), None))
    assert "昨" not in caught.value.message


def test_without_the_dictionary_kana_are_spoken(engine: EspeakEngine, without_package: None) -> None:
    takes = list(engine.speak(segment("おはようございます"), MAN, VoiceSettings(), None))
    assert sum(len(take.samples) for take in takes) > 0.5 * engine.card.rate
