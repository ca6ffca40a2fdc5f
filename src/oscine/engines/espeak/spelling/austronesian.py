# SPDX-License-Identifier: GPL-3.0-or-later
"""Filipino, Cebuano and Javanese.

Stress in Filipino and Cebuano is not written; words are stressed on the last syllable but one, except those listed.
Sources: the Ortograpiyang Pambansa (2014) for Filipino; Javanese by the rules of its Latin spelling of 1974, in which
e without a mark is a schwa.
"""

from __future__ import annotations

from oscine.engines.espeak.spelling.table import Sound, Spelling, final, penultimate

_PHILIPPINE = """
a → a
e → e
i → i
o → o
u → u
á → a
é → e
í → i
ó → o
ú → u
â → aʔ
ê → eʔ
î → iʔ
ô → oʔ
û → uʔ
à → aʔ / _#
ì → iʔ / _#
ò → oʔ / _#
a → ʔa / [aáeéiíoóuú]_
e → ʔe / [aáeéiíoóuú]_
i → ʔi / [aáeéiíoóuú]_
o → ʔo / [aáeéiíoóuú]_
u → ʔu / [aáeéiíoóuú]_
a → ja / i_
o → jo / i_
a → ʔa / -_
e → ʔe / -_
i → ʔi / -_
o → ʔo / -_
u → ʔu / -_
b → b
c → k
c → s / _[ei]
ch → tʃ
d → d
dy → dʒ / _V
f → f
g → ɡ
h → h
j → dʒ
k → k
l → l
ll → lj / V_V
m → m
n → n
ng → ŋ
ngg → ŋɡ
ñ → ɲ
p → p
qu → k / _[ei]
qu → kw / _[ao]
q → k
r → ɾ
rr → ɾ
s → s
sy → ʃ / _V
siy → ʃ / #_[aoe]
t → t
ts → tʃ
ty → tʃ / _V
v → b
w → w
x → ks
y → j
z → s
- →
' →
"""


def _philippine_stress(_word: str, nuclei: list[Sound]) -> int:
    """A written accent; otherwise the last syllable but one."""
    for i, nucleus in enumerate(nuclei):
        if set(nucleus.letters) & set("áéíóúâêîôû"):
            return i
    return max(len(nuclei) - 2, 0)


def _words(text: str) -> dict[str, str]:
    """`word ipa` pairs."""
    parts = text.split()
    return dict(zip(parts[::2], parts[1::2], strict=True))


_FILIPINO_WORDS = _words("""
ng ˌnaŋ mga maˈŋa ako aˈko ikaw ʔiˈkaw siya ˈʃa kami kaˈmi kayo kaˈjo sila siˈla ito ʔiˈto iyan ʔiˈjan iyon ʔiˈjon
hindi hinˈdiʔ wala waˈlaʔ opo ˈʔopoʔ po ˈpoʔ oo ˈʔoʔo ano ʔaˈno saan saˈʔan kailan kaʔiˈlan paano paˈʔano
gaano ɡaˈʔano ilan ʔiˈlan doon doˈʔon diyan ˈdʒan narito naˈɾito isa ʔiˈsa dalawa dalaˈwa tatlo tatˈlo pito piˈto
walo waˈlo siyam ˈʃam sampu samˈpuʔ isang ʔiˈsaŋ dalawang dalaˈwaŋ tatlong tatˈloŋ pitong piˈtoŋ walong waˈloŋ
sampung samˈpuŋ labindalawa labindalaˈwa labintatlo labintatˈlo labimpito labimpiˈto labingwalo labiŋwaˈlo
dalawampu't dalawamˈput tatlumpu't tatlumˈput dalawampu dalawamˈpuʔ tatlumpu tatlumˈpuʔ gabi ɡaˈbi maganda maɡanˈda
magandang maɡanˈdaŋ mabuti maˈbuti mabuting maˈbutiŋ kumusta kumusˈta kamusta kamusˈta bata ˈbataʔ batang ˈbataŋ
babae baˈbaʔe lalaki laˈlaki malaki malaˈki maliit maliˈʔit marami maˈɾami mahal maˈhal bumili bumiˈli
pumunta pumunˈta mundo munˈdo aking ˈʔakiŋ aso ˈʔaso puno ˈpunoʔ puti putiˈʔ itim ʔiˈtim pula puˈla dilaw diˈlaw
lungsod luŋˈsod bayan ˈbajan kapatid kapaˈtid anak ʔaˈnak tatay ˈtataj nanay ˈnanaj salamat saˈlamat
maraming maˈɾamiŋ kaibigan kaʔiˈbiɡan ngayon ŋaˈjon bukas ˈbukas kahapon kaˈhapon umaga ʔuˈmaɡa hapon ˈhapon
tanghali taŋˈhaliʔ tao ˈtaʔo mag-isa maɡʔiˈsa talaga talaˈɡa siguro siˈɡuɾo dahil ˈdahil kasi kaˈsi bakit ˈbakit
sino ˈsino
""")
_CEBUANO_WORDS = _words("""
mga maˈŋa ako ʔaˈko ikaw ʔiˈkaw siya siˈja kami kaˈmi kita kiˈta kamo kaˈmo sila siˈla kini kiˈni kana kaˈna
kadto kadˈto usa ʔuˈsa duha duˈha tulo tuˈlo upat ʔuˈpat lima liˈma unom ʔuˈnom pito piˈto walo waˈlo siyam siˈjam
napulo naˈpuloʔ dili ˈdiliʔ wala waˈlaʔ oo ˈʔoʔo karon kaˈɾon gabii ɡaˈbiʔi asa ˈʔasa kinsa ˈkinsa ngano ˈŋano
ganahan ɡaˈnahan gwapa ˈɡwapa bata ˈbataʔ babaye baˈbaje lalaki laˈlaki dako daˈkoʔ gamay ɡaˈmaj salamat saˈlamat
kawhaan kawhaˈʔan maayo maˈʔajo maayong maˈʔajoŋ tawo ˈtawo adto ˈʔadto miadto miˈʔadto
""")

_FILIPINO_DIGITS = "sero isa dalawa tatlo apat lima anim pito walo siyam".split()
_FILIPINO_TEENS = (
    "sampu labing-isa labindalawa labintatlo labing-apat labinlima labing-anim labimpito labingwalo labinsiyam"
).split()
_FILIPINO_TENS = "dalawampu tatlumpu apatnapu limampu animnapu pitumpu walumpu siyamnapu".split()


def _filipino_linked(words: str) -> str:
    """With the linker before a noun: dalawa → dalawang, apat → apat na."""
    return words + "ng" if words[-1] in "aeiou" else f"{words[:-1]}ng" if words[-1] == "n" else f"{words} na"


def _filipino(number: int) -> str:
    if number < 10:
        return _FILIPINO_DIGITS[number]
    if number < 20:
        return _FILIPINO_TEENS[number - 10]
    if number < 100:
        tens, unit = divmod(number, 10)
        return _FILIPINO_TENS[tens - 2] + (f"'t {_FILIPINO_DIGITS[unit]}" if unit else "")
    size, noun = next(step for step in ((10**6, "milyon"), (1000, "libo"), (100, "daan")) if number >= step[0])
    count, rest = divmod(number, size)
    head = _filipino_linked(_filipino(count))
    if size == 100 and head.endswith(" na"):
        noun = "raan"
    return f"{head} {noun}" + (f" at {_filipino(rest)}" if rest else "")


_CEBUANO_DIGITS = "sero usa duha tulo upat lima unom pito walo siyam".split()
_CEBUANO_TENS = "napulo kawhaan katloan kap-atan kalim-an kan-uman kapitoan kawaloan kasiyaman".split()


def _cebuano(number: int) -> str:
    if number < 10:
        return _CEBUANO_DIGITS[number]
    if number < 100:
        tens, unit = divmod(number, 10)
        return _CEBUANO_TENS[tens - 1] + (f" ug {_CEBUANO_DIGITS[unit]}" if unit else "")
    size, noun = next(step for step in ((10**6, "milyon"), (1000, "libo"), (100, "gatos")) if number >= step[0])
    count, rest = divmod(number, size)
    joint = " ug " if rest < 100 else " "
    return f"{_cebuano(count)} ka {noun}" + (f"{joint}{_cebuano(rest)}" if rest else "")


FILIPINO = Spelling(
    host="id",
    vowels="aeiouáéíóú",
    rules=_PHILIPPINE,
    stress=_philippine_stress,
    cardinal=_filipino,
    grouping=",",
    point="punto",
    words=_FILIPINO_WORDS,
    unstressed=frozenset("ang si sa ay at na ni kay o pa ba din rin nang sina nina ko mo niya namin natin".split()),
    joins="-",
)
CEBUANO = Spelling(
    host="id",
    vowels="aeiouáéíóú",
    rules=_PHILIPPINE,
    stress=_philippine_stress,
    cardinal=_cebuano,
    grouping=",",
    point="punto",
    words=_CEBUANO_WORDS,
    unstressed=frozenset("ang si sa ug nga ni kang og na pa ba ko mo niya ka ra usab".split()),
    joins="-",
)

_JAVANESE = """
a → a
a → ɔ / _#
a → ɔ / _[bcdfghjklmnprstwy]a#
a → ɔ / _[mn][bcdgjkpt]a#
a → ɔ / _ng[gk]?a#
a → ɔ / _[dtn][hy]a#
á → a
å → ɔ
e → ə
e → e / _#
é → e
è → ɛ
ê → ə
i → i
o → o
o → ɔ / _[bcdfghjklmnprstwy]#
o → ɔ / _ng#
u → u
u → ʊ / _[bcdfghjklmnprstwy]#
u → ʊ / _ng#
b → b
c → tʃ
d → d̪
dh → d
f → f
g → ɡ
h → h
j → dʒ
k → k
k → ʔ / V_#
kh → x
l → l
m → m
n → n
ng → ŋ
ngg → ŋɡ
nj → ndʒ
ny → ɲ
p → p
q → k
r → r
s → s
sy → ʃ
t → t̪
th → t
v → f
w → w
x → ks
y → j
z → z
' →
"""


def _javanese_stress(_word: str, nuclei: list[Sound]) -> int:
    """The last syllable but one, unless that is a schwa."""
    late = penultimate(_word, nuclei)
    return final(_word, nuclei) if nuclei[late].ipa == "ə" else late


_JAVANESE_DIGITS = "nol siji loro telu papat lima enem pitu wolu sanga".split()
_JAVANESE_TEENS = ("sepuluh sewelas rolas telulas patbelas limalas nembelas pitulas wolulas sangalas").split()
_JAVANESE_TWENTIES = (
    "rong puluh|selikur|rolikur|telulikur|patlikur|selawé|nemlikur|pitulikur|wolulikur|sangalikur"
).split("|")
_JAVANESE_LINKED = " sa rong telung patang limang nem pitung wolung sangang".split(" ")
_JAVANESE_TENS = {5: "sèket", 6: "suwidak"}


def _javanese(number: int) -> str:
    if number < 10:
        return _JAVANESE_DIGITS[number]
    if number < 20:
        return _JAVANESE_TEENS[number - 10]
    if number < 30:
        return _JAVANESE_TWENTIES[number - 20]
    if number < 100:
        tens, unit = divmod(number, 10)
        head = _JAVANESE_TENS.get(tens) or f"{_JAVANESE_LINKED[tens]} puluh"
        return head + (f" {_JAVANESE_DIGITS[unit]}" if unit else "")
    size, one, noun = next(
        step for step in ((10**6, "sayuta", "yuta"), (1000, "sèwu", "èwu"), (100, "satus", "atus")) if number >= step[0]
    )
    count, rest = divmod(number, size)
    head = one if count == 1 else f"{_JAVANESE_LINKED[count] if count < 10 else _javanese(count)} {noun}"
    return head + (f" {_javanese(rest)}" if rest else "")


JAVANESE = Spelling(
    host="id",
    vowels="aeiouéèêåá",
    rules=_JAVANESE,
    stress=_javanese_stress,
    cardinal=_javanese,
    grouping=".",
    point="koma",
    words={"lan": "ˌlan", "sing": "ˌsiŋ", "ing": "ˌiŋ", "saka": "ˈsɔkɔ", "menyang": "məˈɲaŋ", "ora": "oˈra",
           "dhéwé": "ˈdewe", "wong": "ˈwɔŋ", "uga": "ˈuɡɔ", "lunga": "ˈluŋɔ", "kowe": "ˈkowe", "dheweke": "deˈweʔe"},
)  # fmt: skip
