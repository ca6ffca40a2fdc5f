# SPDX-License-Identifier: GPL-3.0-or-later
"""Pashto, written in Arabic letters without its short vowels.

Frequent words are listed with their vowels. In all others an `a` is put where consonants could not be said without one:
after the first of two that start a word, and before the last of two that end it. That is a guess, and often wrong.
ښ and ږ have the sounds of Kandahar, the standard of broadcasting.
"""

from __future__ import annotations

from oscine.engines.espeak.spelling.table import Spelling, final

_RULES = """
ا → aː
ا → a / #_
آ → aː
او → aw / #_
ای → aj / #_
ای → aːj
اې → e / #_
ای → i / #_[بپتټثجځچڅحخدډذرړزژږسشښصضطظعغفقکګلمنڼ]
أ → a
ب → b
پ → p
ت → t
ټ → ʈ
ث → s
ج → dʒ
ځ → dz
چ → tʃ
څ → ts
ح → h
خ → x
د → d
ډ → ɖ
ذ → z
ر → r
ړ → ɽ
ز → z
ژ → ʒ
ږ → ʐ
س → s
ش → ʃ
ښ → ʂ
ص → s
ض → z
ط → t
ظ → z
ع →
غ → ɣ
ف → f
ق → q
ک → k
ك → k
ګ → ɡ
گ → ɡ
ل → l
م → m
ن → n
ڼ → ɳ
ں → n
و → u
و → w / #_
و → w / _[اآېۍئ]
و → w / [اېی]_
ه → h
ه → a / _#
ۀ → ə / _#
ة → a / _#
ی → i
ی → aj / _#
ی → j / #_
ی → j / _[اآو]
ي → i
ي → j / #_
ي → j / _[اآو]
ې → e
ۍ → əj
ئ → əj
ىٔ → əj
ى → aj
ؤ → u
ء →
َ → a
ِ → e
ُ → o
ْ →
ٔ →
ّ →
ً → an
ٰ → aː
ـ →
"""
_WORDS_TEXT = """
زه zə|ته tə|دی ˈdaɪ|دا ˈdaː|او ˌaw|په ˌpə|د ˌdə|چې ˌtʃe|له ˌlə|نه ˈna|هم ˈham|یو ˈjaw|یوه jaˈwa|يو ˈjaw
يوه jaˈwa|ده ˈda|دي ˈdi|دې ˈde|مې ˌme|یې ˌje|يې ˌje|کې ˌke|کښې ˌke|باندې baːnˈde|سره saˈra|پښتو paʂˈto
پرون paˈrun|نن ˈnan|سلام saˈlaːm|مننه maˈnəna|کور ˈkor|ښه ˈʂə|ښې ˈʂe|سړی saˈɽaj|ښځه ˈʂədza|اوبه oˈbə
ډوډۍ ɖoˈɖəj|دوکان duˈkaːn|لاړم ˈlaːɽəm|واخیسته ˈwaːxistə|واخيسته ˈwaːxistə|افغانستان afɣaːnisˈtaːn
کابل kaːˈbəl|خلک ˈxalk|ژبه ˈʒəba|ورځ ˈwradz|شپه ˈʃpa|کال ˈkaːl|لوی ˈloj|نوی ˈnəwaj|ډېر ˈɖer|ډیر ˈɖer
لږ ˈləʐ|څنګه ˈtsənɡa|څه ˈtsə|ولې ˈwəle|چیرته ˈtʃerta|چېرته ˈtʃerta|کله ˈkəla|هغه haˈɣa|دغه daˈɣa|موږ ˈmuʐ
تاسو ˈtaːso|تاسې ˈtaːse|هغوی haˈɣuj|زما zˈmaː|ستا sˈtaː|زموږ zˈmuʐ|ستاسو sˈtaːso|شم ˈʃəm|شو ˈʃo|شي ˈʃi
شوی ˈʃəwaj|وي ˈwi|و ˈwa|وم ˈwəm|یم ˈjəm|يم ˈjəm|یاست ˈjaːst|کوم kaˈwəm|کوي kaˈwi|کړ ˈkəɽ|کړل ˈkɽəl
وکړ ˈwəkəɽ|وکړه ˈwəkɽa|وکړي ˈwəkɽi|تر ˌtər|پر ˌpər|خو ˌxo|یا ˌjaː|که ˌkə|هر ˈhar|بیا ˈbjaː|وروسته wrusˈta
مخکې ˈməxke|اوس ˈos|ګران ˈɡraːn|ملګری malˈɡəraj|سهار saˈhaːr|ماښام maːˈʂaːm|هوا haˈwaː|پلار ˈplaːr
مور ˈmor|ورور ˈwror|خور ˈxor|زوی ˈzoj|لور ˈlur|نوم ˈnum|کتاب kiˈtaːb|ښوونځی ʂowənˈdzaj|ښار ˈʂaːr
کلی ˈkəlaj|هېواد heˈwaːd|هیواد heˈwaːd|مینه ˈmina|ژوند ˈʒwand|کار ˈkaːr|وخت ˈwaxt|سر ˈsar|لاس ˈlaːs
غواړم ˈɣwaːɽəm|غواړي ˈɣwaːɽi|راغلی ˈraːɣlaj|راغلاست raːɣˈlaːst|ستړی ˈstəɽaj|مه ˈma|سپین ˈspin|تور ˈtor
سور ˈsur|شین ˈʃin|ښکلی ˈʂkəlaj|صفر ˈsifar|دوه ˈdwa|درې ˈdre|څلور tsaˈlor|پنځه pinˈdzə|شپږ ˈʃpaʐ|اووه oˈwə
اته aˈtə|نهه ˈnəha|لس ˈlas|یوولس jaˈwolas|دولس ˈdolas|دیارلس djaːrˈlas|څوارلس tswaːrˈlas|پنځلس pinˈdzəlas
شپاړس ʃpaːˈɽas|اوولس oˈwəlas|اتلس aˈtəlas|نولس ˈnolas|شل ˈʃəl|ویشت ˈwiʃt|دېرش ˈderʃ|څلوېښت tsalˈweʂt
پنځوس panˈdzos|شپېته ʃpeˈtə|اویا awˈjaː|اتیا atˈjaː|نوي nəˈwi|سل ˈsəl|سوه ˈsawa|زر ˈzər|زره ˈzəra
میلیون milˈjun|میلیونه milˈjuna
"""
WORDS = dict(pair.rsplit(" ", 1) for line in _WORDS_TEXT.split("\n") for pair in line.split("|") if pair)

_UNITS = "صفر یو دوه درې څلور پنځه شپږ اووه اته نهه لس".split()
_TEENS = "یوولس دولس دیارلس څوارلس پنځلس شپاړس اوولس اتلس نولس".split()
_TENS = "شل دېرش څلوېښت پنځوس شپېته اویا اتیا نوي".split()


def _cardinal(number: int) -> str:
    """Units come before tens; twenty is another word after a unit."""
    if number <= 10:
        return _UNITS[number]
    if number < 20:
        return _TEENS[number - 11]
    if number < 100:
        tens, unit = divmod(number, 10)
        if not unit:
            return _TENS[tens - 2]
        return f"{_UNITS[unit]} {'ویشت' if tens == 2 else _TENS[tens - 2]}"
    size, one, many = next(
        step for step in ((10**6, "یو میلیون", "میلیونه"), (1000, "زر", "زره"), (100, "سل", "سوه")) if number >= step[0]
    )
    count, rest = divmod(number, size)
    head = one if count == 1 else f"{_cardinal(count)} {many}"
    return head + (f" {_cardinal(rest)}" if rest else "")


PASHTO = Spelling(
    host="ur",
    vowels="اآېۍئ",
    rules=_RULES,
    stress=final,
    cardinal=_cardinal,
    grouping="٬",
    words=WORDS,
    epenthesis="a",
)
