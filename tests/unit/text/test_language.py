# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import threading

import pytest

from oscine.domain.problems import LanguageUnsupported
from oscine.text import language
from oscine.text.language import detect, resolve

FLASH = "en ja zh de hi fr ko pt it es id nl tr fil pl sv bg ro ar cs el fi hr ms sk da ta uk ru hu no vi".split()
"""The 32 languages of the flash models: reference/api-facts.md §7."""
V3 = (
    "af ar as az be bg bn bs ca ceb cs cy da de el en es et fa fi fil fr ga gl gu ha he hi hr hu hy id is it ja jv ka "
    "kk kn ko ky lb ln lt lv mk ml mr ms ne nl no ny pa pl ps pt ro ru sd sk sl so sr sv sw ta te th tr uk ur vi zh"
).split()
"""The 74 languages of eleven_v3: reference/api-facts.md §7."""

SENTENCES = {
    "af": "Ek het gister 'n nuwe boek by die winkel gekoop.",
    "ar": "ذهبت إلى السوق لشراء الخبز والحليب.",
    "as": "মই কালি বজাৰলৈ গৈছিলোঁ।",
    "az": "Mən dünən kitabxanaya getdim və bir kitab götürdüm.",
    "be": "Учора я хадзіў у краму і купіў хлеб.",
    "bg": "Вчера ходих до магазина и купих хляб.",
    "bn": "আমি গতকাল বাজারে গিয়েছিলাম।",
    "ca": "Ahir vaig anar al mercat i vaig comprar pa.",
    "cs": "Včera jsem byl v obchodě a koupil jsem chléb.",
    "cy": "Es i i'r siop ddoe a phrynais fara.",
    "da": "Jeg gik i butikken i går og købte noget brød.",
    "de": "Gestern bin ich in den Laden gegangen und habe Brot gekauft.",
    "el": "Χθες πήγα στο μαγαζί και αγόρασα ψωμί.",
    "en": "Yesterday I went to the shop and bought some bread.",
    "es": "Ayer fui a la tienda y compré pan.",
    "et": "Eile käisin poes ja ostsin leiba.",
    "fa": "دیروز به مغازه رفتم و نان خریدم.",
    "fi": "Eilen kävin kaupassa ja ostin leipää.",
    "fil": "Kahapon pumunta ako sa tindahan at bumili ng tinapay.",
    "fr": "Hier, je suis allé au magasin et j'ai acheté du pain.",
    "ga": "Chuaigh mé go dtí an siopa inné agus cheannaigh mé arán.",
    "gl": "Onte fun á tenda e merquei pan.",
    "gu": "ગઈકાલે હું દુકાને ગયો હતો.",
    "ha": "Jiya na je kasuwa na sayi burodi.",
    "he": "אתמול הלכתי לחנות וקניתי לחם.",
    "hi": "कल मैं दुकान गया और रोटी खरीदी।",
    "hr": "Jučer sam bio u trgovini i kupio kruh.",
    "hu": "Tegnap elmentem a boltba és vettem kenyeret.",
    "hy": "Երեկ ես գնացի խանութ։",
    "id": "Kemarin saya pergi ke toko dan membeli roti.",
    "is": "Í gær fór ég í búðina og keypti brauð.",
    "it": "Ieri sono andato al negozio e ho comprato il pane.",
    "ja": "昨日、店に行ってパンを買いました。",
    "jv": "Wingi aku lunga menyang toko lan tuku roti.",
    "ka": "გუშინ მაღაზიაში წავედი.",
    "kk": "Кеше мен дүкенге барып, нан сатып алдым.",
    "kn": "ನಿನ್ನೆ ನಾನು ಅಂಗಡಿಗೆ ಹೋದೆ.",
    "ko": "어제 가게에 가서 빵을 샀어요.",
    "ky": "Кечээ мен дүкөнгө барып, нан сатып алдым.",
    "lb": "Gëschter sinn ech an de Buttek gaangen an hunn Brout kaaft.",
    "ln": "Lobi nakendaki na wenze mpe nasombaki mampa.",
    "lt": "Vakar nuėjau į parduotuvę ir nusipirkau duonos.",
    "lv": "Vakar es aizgāju uz veikalu un nopirku maizi.",
    "mk": "Вчера отидов во продавница и купив леб.",
    "ml": "ഇന്നലെ ഞാൻ കടയിൽ പോയി.",
    "mr": "काल मी दुकानात गेलो आणि भाकरी विकत घेतली.",
    "ms": "Semalam saya pergi ke kedai dan membeli roti.",
    "ne": "हिजो म पसल गएँ र रोटी किनेँ।",
    "nl": "Gisteren ging ik naar de winkel en kocht ik brood.",
    "no": "I går gikk jeg til butikken og kjøpte brød.",
    "pa": "ਕੱਲ੍ਹ ਮੈਂ ਦੁਕਾਨ ਤੇ ਗਿਆ ਸੀ।",
    "pl": "Wczoraj poszedłem do sklepu i kupiłem chleb.",
    "ps": "زه پرون دوکان ته لاړم او ډوډۍ مې واخیسته.",
    "pt": "Ontem fui à loja e comprei pão.",
    "ro": "Ieri am fost la magazin și am cumpărat pâine.",
    "ru": "Вчера я ходил в магазин и купил хлеб.",
    "sd": "مان ڪالهه دڪان تي ويس ۽ ماني ورتي.",
    "sk": "Včera som bol v obchode a kúpil som chlieb.",
    "sl": "Včeraj sem šel v trgovino in kupil kruh.",
    "so": "Shalay waxaan tagay dukaanka waxaanan soo iibsaday rooti.",
    "sr": "Јуче сам ишао у продавницу и купио хлеб.",
    "sv": "Igår gick jag till affären och köpte bröd.",
    "sw": "Jana nilienda dukani na kununua mkate.",
    "ta": "நேற்று நான் கடைக்குச் சென்றேன்.",
    "te": "నిన్న నేను దుకాణానికి వెళ్ళాను.",
    "th": "เมื่อวานฉันไปร้านค้าและซื้อขนมปัง",
    "tr": "Dün dükkana gittim ve ekmek aldım.",
    "uk": "Вчора я ходив до крамниці й купив хліб.",
    "ur": "کل میں دکان پر گیا اور روٹی خریدی۔",
    "vi": "Hôm qua tôi đã đi đến cửa hàng và mua bánh mì.",
    "zh": "昨天我去商店买了面包。",
}
"""About the same sentence ("Yesterday I went to the shop and bought some bread.") in each language."""


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_recognised_among_all_languages(code: str) -> None:
    assert detect(SENTENCES[code], V3, "en") == code


@pytest.mark.parametrize("code", [code for code in FLASH if code in SENTENCES])
@pytest.mark.parametrize("home", ["en", "de", "ja"])
def test_a_sentence_is_recognised_whatever_the_voice(code: str, home: str) -> None:
    assert detect(SENTENCES[code], FLASH, home) == code


@pytest.mark.parametrize("languages", [FLASH, V3])
@pytest.mark.parametrize(
    "text",
    [
        *("Hello", "OK", "Hi", "No", "Yes", "haha", "Hmm", "ok ok ok", "Test", "Chapter 1", "Bye bye", "Radio", "Taxi"),
        *(
            "Giovanni Rossi",
            "Karl Heinz Rummenigge",
            "Barack Obama",
            "Taj Mahal",
            "Siobhan",
            "Jean-Luc Picard",
            "Rachel",
        ),
        *(
            "Dr. Müller",
            "Café",
            "Naïve",
            "Piano sonata",
            "A cappella",
            "Lorem ipsum dolor",
            "San Francisco",
            "123",
            "!",
        ),
        *("HELLO WORLD", "Alexa, play Für Elise", "Do you like croissants from Paris?", "I love 東京", "Einstein"),
    ],
)
def test_names_and_short_words_stay_with_the_voice(text: str, languages: list[str]) -> None:
    assert detect(text, languages, "en") == "en"


@pytest.mark.parametrize("text", ["Hallo", "OK", "Test", "Danke", "Hotel Adlon", "123", "Barack Obama", "Ciao"])
def test_a_german_voice_keeps_short_words_german(text: str) -> None:
    assert detect(text, FLASH, "de") == "de"


@pytest.mark.parametrize(
    ("text", "home", "code"),
    [
        ("Guten Morgen, wie geht es dir?", "en", "de"),
        ("Comment ça va ?", "en", "fr"),
        ("¿Qué tal?", "en", "es"),
        ("This is a test of the system.", "de", "en"),
        ("This is a test of the system.", "ja", "en"),
        ("Hello there", "ru", "en"),
        ("東京", "ja", "ja"),
        ("東京", "en", "zh"),
        ("你好吗？", "ja", "zh"),
        ("iPhone 15 Proを買った", "en", "ja"),
        ("Привет", "en", "ru"),
        ("Привет", "uk", "uk"),
        ("Що ти робиш?", "en", "uk"),
        ("مرحبا", "en", "ar"),
        ("नमस्ते", "en", "hi"),
    ],
)
def test_short_texts(text: str, home: str, code: str) -> None:
    assert detect(text, FLASH, home) == code


def test_context_is_evidence_for_a_text_that_shows_little() -> None:
    before = "Der Zug nach München fährt heute leider erst später ab. "
    assert detect("Danke, wirklich.", FLASH, "en", before=before) == "de"
    assert detect("東京", FLASH, "en", before="昨日はどこへ行きましたか。") == "ja"
    assert detect("...", FLASH, "en", after="Это очень важно.") == "ru"


def test_context_does_not_outweigh_a_clear_text() -> None:
    before = "The train to Munich is late today, as it always is in winter. "
    assert detect("Bonjour tout le monde, comment allez-vous ?", FLASH, "en", before=before) == "fr"


def test_only_served_languages_are_found() -> None:
    assert detect(SENTENCES["th"], FLASH, "en") == "en"
    assert detect(SENTENCES["fr"], ["en"], "en") == "en"
    assert detect(SENTENCES["pt"], ["en", "pt-BR"], "en") == "pt-BR"
    assert detect("123", ["fr", "de"], "en") == "de"
    assert detect(SENTENCES["de"], ["xx", "de", "en"], "xx") == "xx"


def test_only_the_start_of_a_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def rank(text: str) -> list[tuple[str, float]]:
        seen.append(text)
        return [("en", 0.0), ("de", -1.0)]

    monkeypatch.setattr(language, "_ranker", [rank])
    detect("word " * 100_000, FLASH, "en", before="x " * 100_000, after="y " * 100_000)
    assert max(map(len, seen)) <= 401


def test_threads_share_one_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_ranker", [])
    threads = [threading.Thread(target=language.warm) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(language._ranker) == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        *(
            ("en", "en"),
            ("EN", "en"),
            ("en-US", "en"),
            ("en_GB", "en"),
            ("zh-CN", "zh"),
            ("zh-Hant-TW", "zh"),
            ("cmn", "zh"),
        ),
        *(("eng", "en"), ("deu", "de"), ("ger", "de"), ("nb", "no"), ("nn-NO", "no"), ("tl", "fil"), ("iw", "he")),
        *(
            ("fil", "fil"),
            ("fil-PH", "fil"),
            ("pt-BR", "pt"),
            (" fr ", "fr"),
            ("ces", "cs"),
            ("ceb", "ceb"),
            ("nya", "ny"),
        ),
    ],
)
def test_a_code_is_resolved(given: str, code: str) -> None:
    assert resolve(given, V3) == code


def test_every_code_that_is_served_resolves_to_itself() -> None:
    assert [resolve(code, V3) for code in V3] == V3


def test_regions_that_are_served_are_kept() -> None:
    assert resolve("pt-br", ["en", "pt", "pt-BR"]) == "pt-BR"
    assert resolve("pt-PT", ["en", "pt", "pt-BR"]) == "pt"
    assert resolve("por", ["en", "pt-BR"]) == "pt-BR"


@pytest.mark.parametrize("given", ["xx", "tlh", "", "klingon" * 50, "de"])
def test_an_unknown_code_lists_what_is_allowed(given: str) -> None:
    """An unsupported language_code is an error: reference/api-facts.md §15.10."""
    with pytest.raises(LanguageUnsupported, match="Allowed: en, fr") as caught:
        resolve(given, ["fr", "en"])
    assert caught.value.parameter == "language"
    assert len(caught.value.message) < 200
