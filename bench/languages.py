# SPDX-License-Identifier: GPL-3.0-or-later
"""What espeak makes of a sentence in each of the 74 languages: `python -m bench.languages [code …]`.

One line each: code, the phonemes as it speaks them, milliseconds until all of it is spoken. Meant to be read by
someone who knows the language; the sentences all say about "Yesterday I went to the shop and bought some bread."
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import espeakng_loader

from oscine.domain.alignment import Run
from oscine.domain.speech import Boundary, Segment
from oscine.engines.espeak.driver import EventKind, Instance, copy_events, read_events
from oscine.engines.espeak.languages import Languages
from oscine.engines.espeak.mnemonics import take_inventory
from oscine.engines.espeak.pronunciation import pronounce
from oscine.engines.espeak.script import write_script

SENTENCES = {
    "af": "Ek het gister 'n nuwe boek by die winkel gekoop.",
    "ar": "ذهبت إلى السوق لشراء الخبز والحليب.",
    "as": "মই কালি বজাৰলৈ গৈছিলোঁ।",
    "az": "Mən dünən kitabxanaya getdim və bir kitab götürdüm.",
    "be": "Учора я хадзіў у краму і купіў хлеб.",
    "bg": "Вчера ходих до магазина и купих хляб.",
    "bn": "আমি গতকাল বাজারে গিয়েছিলাম।",
    "bs": "Jučer sam otišao u prodavnicu i kupio hljeb.",
    "ca": "Ahir vaig anar al mercat i vaig comprar pa.",
    "ceb": "Gahapon miadto ko sa tindahan ug mipalit og pan.",
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
    "ny": "Dzulo ndinapita kumsika ndipo ndinagula mkate.",
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


def phonemes(code: str, text: str) -> str:
    """espeak's phonemes for a text, a space before each word."""
    data_dir = espeakng_loader.get_data_path()
    language = Languages(Path(data_dir)).find(code)
    runs = (Run(0, len(text), 0, len(text)),)
    segment = Segment(text, code, 0, len(text), runs, Boundary.EDGE, Boundary.EDGE)
    segment = Segment(
        text, code, 0, len(text), runs, Boundary.EDGE, Boundary.EDGE, 0.0, pronounce(language.tag, segment)
    )
    instance = Instance(Path(espeakng_loader.get_library_path()).read_bytes(), data_dir)
    heard: list[str] = []

    def listen(_samples: int, _count: int, events: int) -> int:
        heard.extend(" " if e.kind is EventKind.WORD else e.name for e in read_events(copy_events(events)))
        return 0

    try:
        instance.set_voice(f"{language.description}\nklatt 4")
        inventory = take_inventory(instance, Path(data_dir), language.phoneme_table) if segment.phonemes else None
        names = [inventory.spell(given.ipa) for given in segment.phonemes] if inventory else []
        script = write_script(segment, names)
        instance.synthesise(script.text, listen, reads_mnemonics=script.reads_mnemonics)
    finally:
        instance.close()
    return "".join(heard).strip()


def main(codes: list[str]) -> None:
    for code in codes or SENTENCES:
        before = time.perf_counter()
        said = phonemes(code, SENTENCES[code])
        print(f"{code:4} {(time.perf_counter() - before) * 1000:5.0f} ms  {said}")


if __name__ == "__main__":
    main(sys.argv[1:])
