# SPDX-License-Identifier: GPL-3.0-or-later
"""The nine languages that espeak lacks: what their spelling says, and that it is spoken."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscine.domain.alignment import Run
from oscine.domain.speech import Boundary, Phonemes, Segment, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.espeak import EspeakEngine
from oscine.engines.espeak.languages import Languages
from oscine.engines.espeak.pronunciation import pronounce
from oscine.engines.espeak.spelling import SPELLINGS
from oscine.engines.espeak.spelling.reading import reader
from oscine.engines.espeak.spelling.table import Speller

WORDS = {
    "ceb": "buntag ˈbuntaɡ|maayo maˈʔajo|tindahan tinˈdahan|ngano ˈŋano|tsinelas tʃiˈnelas|ug ˌuɡ|mga maˈŋa",
    "fil": "salamat saˈlamat|ng ˌnaŋ|mga maˈŋa|tsokolate tʃokoˈlate|hindi hinˈdiʔ|mag-aral maɡˈʔaɾal|ngiti ˈŋiti",
    "gl": "galicia ɡaˈliθja|unha ˈuŋa|corazón koɾaˈθoŋ|auga ˈaʊɣa|quere ˈkeɾe|xente ˈʃente|choiva ˈtʃoɪβa|ollo ˈoʎo",
    "ha": "ruwa ˈɾuwa|ƙasa ˈkʔasa|sana'a saˈnaʔa|'yan ˈʔjaŋ|tsohuwa tsʔoˈhuwa|shida ˈʃida|nan ˈnaŋ",
    "jv": "jawa ˈdʒɔwɔ|apa ˈɔpɔ|aku ˈaku|anak ˈanaʔ|dhuwit ˈduwit̪|jeneng dʒəˈnəŋ|basa ˈbɔsɔ|kanca ˈkɔntʃɔ",
    "ln": "mbote ˈmbote|nkombo ˈŋkombo|bolingo boˈliŋɡo|nzambe ˈnzambe|tshombe ˈtʃombe|ndɛkɛ ˈndɛkɛ",
    "ny": "chikondi tʃiˈkondi|ng'ombe ˈŋombe|mkate ˈm̩kate|mphunzitsi mpʰunˈzitsi|nyumba ˈɲumba|ŵana ˈβana",
    "ps": "زه zə|سلام saˈlaːm|کتاب kiˈtaːb|پښتو paʂˈto|ډوډۍ ɖoˈɖəj|پېښور peˈʂur|کندهار kandaˈhaːr",
    "so": "soomaaliya soːmaːˈlija|cali ˈʕali|subax ˈsubaħ|dhulka ˈɖulka|shalay ˈʃalaj|qalin ˈqalin|khamiis ˈxamiːs",
}

SENTENCES = {
    "ceb": "Gahapon miadto ko sa tindahan ug mipalit og pan.",
    "fil": "Kahapon pumunta ako sa tindahan at bumili ng tinapay.",
    "gl": "Onte fun á tenda e merquei pan.",
    "ha": "Jiya na je kasuwa na sayi burodi.",
    "jv": "Wingi aku lunga menyang toko lan tuku roti.",
    "ln": "Lobi nakendaki na wenze mpe nasombaki mampa.",
    "ny": "Dzulo ndinapita kumsika ndipo ndinagula mkate.",
    "ps": "زه پرون دوکان ته لاړم او ډوډۍ مې واخیسته.",
    "so": "Shalay waxaan tagay dukaanka waxaanan soo iibsaday rooti.",
}

NUMBERS = {
    "ceb": {0: "sero", 15: "napulo ug lima", 348: "tulo ka gatos ug kap-atan ug walo", 1000: "usa ka libo"},
    "fil": {11: "labing-isa", 21: "dalawampu't isa", 400: "apat na raan", 2021: "dalawang libo at dalawampu't isa"},
    "gl": {16: "dezaseis", 22: "vinte e dous", 100: "cen", 1999: "mil novecentos noventa e nove", 10**6: "un millón"},
    "ha": {12: "sha biyu", 45: "arba'in da biyar", 200: "ɗari biyu", 1000: "dubu ɗaya"},
    "jv": {15: "limalas", 25: "selawé", 50: "sèket", 348: "telung atus patang puluh wolu", 2000: "rong èwu"},
    "ln": {13: "zomi na misato", 40: "ntuku minei", 300: "nkama misato", 1000: "nkoto moko"},
    "ny": {7: "zisanu ndi ziwiri", 20: "makumi awiri", 300: "mazana atatu", 2000: "zikwi ziwiri"},
    "ps": {11: "یوولس", 21: "یو ویشت", 35: "پنځه دېرش", 200: "دوه سوه", 2000: "دوه زره"},
    "so": {11: "kow iyo toban", 40: "afartan", 200: "laba boqol", 1000: "kun"},
}


def segment(text: str, language: str, phonemes: tuple[Phonemes, ...] = ()) -> Segment:
    everything = Run(0, len(text), 0, len(text))
    return Segment(text, language, 0, len(text), (everything,), Boundary.EDGE, Boundary.EDGE, phonemes=phonemes)


def said(code: str, text: str) -> list[str]:
    return [reading.ipa for reading in reader(code).read(text)]


@pytest.mark.parametrize(
    ("code", "word", "ipa"), [(code, *pair.split()) for code, words in WORDS.items() for pair in words.split("|")]
)
def test_words_are_read_by_their_spelling(code: str, word: str, ipa: str) -> None:
    assert Speller(SPELLINGS[code]).say(word) == ipa


@pytest.mark.parametrize(
    ("code", "number", "words"), [(code, *pair) for code, pairs in NUMBERS.items() for pair in pairs.items()]
)
def test_numbers_have_words(code: str, number: int, words: str) -> None:
    assert SPELLINGS[code].cardinal(number) == words


@pytest.mark.parametrize("code", SPELLINGS)
def test_every_number_can_be_said(code: str) -> None:
    speller = Speller(SPELLINGS[code])
    for number in (*range(130), 200, 999, 1001, 10_000, 11_111, 100_000, 345_678, 999_999, 10**6, 999_999_999):
        words = SPELLINGS[code].cardinal(number).split()
        assert all(speller.say(word) for word in words), (number, words)


@pytest.mark.parametrize("code", SPELLINGS)
def test_a_sentence_is_spoken_with_a_mark_for_every_letter(engine: EspeakEngine, code: str) -> None:
    text = SENTENCES[code]
    takes = list(engine.speak(segment(text, code), Timbre("klatt4", 120.0), VoiceSettings(), None))
    marks = [mark for take in takes for mark in take.marks]
    assert sum(len(take.samples) for take in takes) > 1.5 * engine.card.rate
    heard = "".join(text[mark.start : mark.end] for mark in marks)
    assert heard == "".join(filter(str.isalpha, text))
    assert all(a.end_s <= b.start_s for a, b in pairwise(marks))
    words = text.split()
    starts = {mark.start for mark in marks}
    assert sum(len(word) + 1 for word in words) == len(text) + 1
    assert all(sum(len(word) + 1 for word in words[:i]) in starts for i in range(len(words)))


def test_regions_and_long_codes_find_them(languages: Languages) -> None:
    for code, tag in {"fil-PH": "fil", "tl": "fil", "glg": "gl", "hau": "ha", "so-SO": "so", "pus": "ps"}.items():
        assert languages.find(code).tag == tag
    assert languages.find("gl").phoneme_table == languages.find("es").phoneme_table


def test_numbers_are_read_with_the_language_s_own_separators() -> None:
    assert said("fil", "12,500") == [" ".join(said("fil", "labindalawang libo at limang daan"))]
    assert said("gl", "12.500") == [" ".join(said("gl", "doce mil cincocentos"))]
    assert said("gl", "2,5") == [" ".join(said("gl", "dous coma cinco"))]
    assert said("ps", "۲۵") == [" ".join(said("ps", "پنځه ویشت"))]
    assert said("ha", "007") == [" ".join(said("ha", "sifili sifili bakwai"))]
    assert said("ha", "1234567890123") == [" ".join(said("ha", digit)[0] for digit in "1234567890123")]


def test_what_is_no_word_of_the_language_is_left_to_espeak() -> None:
    assert said("gl", "BBC Москва 東京") == []
    assert [r.ipa for r in pronounce("en", segment("a word", "en"))] == []


def test_apostrophes_of_all_kinds_are_one_letter() -> None:
    assert said("ha", "sana’a") == said("ha", "sana'a") == said("ha", "sanaʼa") == ["saˈnaʔa"]
    assert said("gl", "'galego'") == ["ɡaˈleɣo"]


def test_decomposed_letters_are_the_same() -> None:
    assert said("gl", "corazo\u0301n") == ["koɾaˈθoŋ"]


def test_given_pronunciations_win() -> None:
    text = "Galicia é terra"
    given = Phonemes(0, 7, "test")
    assert [each.ipa for each in pronounce("gl", segment(text, "gl", (given,)))] == ["test", "ˈɛ", "ˈtera"]


@pytest.mark.parametrize("code", SPELLINGS)
@given(text=st.text(alphabet=st.characters() | st.sampled_from("aeiouنgŋ'-12.,ښوا\u0301"), max_size=60))
def test_any_text_is_read_in_order(code: str, text: str) -> None:
    position = 0
    for reading in reader(code).read(text):
        assert position <= reading.start < reading.end <= len(text)
        assert reading.ipa
        position = reading.end
