# SPDX-License-Identifier: GPL-3.0-or-later
"""Galician.

Sources: the norms of the Real Academia Galega for letters and accents; descriptions of its phonology in common use.
Open and closed e and o are not told apart in writing: both are read closed.
"""

from __future__ import annotations

from oscine.engines.espeak.spelling.table import Sound, Spelling

_RULES = """
a → a
á → a
e → e
é → e
ê → e
i → i
í → i
ï → i
o → o
ó → o
u → u
ú → u
ü → u
ai → aɪ
ei → eɪ
oi → oɪ
ui → uj
au → aʊ
eu → eʊ
iu → iw
ou → ow
ái → aɪ
éi → eɪ
ói → oɪ
áu → aʊ
éu → eʊ
ía → ia
i → j / _[aáeéoóu]
u → w / _[aáeéoói]
b → b
v → b
b → β / V_[aáeéiíoóuúlr]
v → β / V_[aáeéiíoóuúlr]
c → k
c → θ / _[eéií]
cc → kθ / _[eéií]
ç → s
ch → tʃ
d → d
d → ð / V_[aáeéiíoóuúr]
f → f
g → ɡ
g → ɣ / V_[aáoóuúlr]
gu → ɡ / _[eéií]
gu → ɡw / _[aáoó]
gü → ɡw
h →
j → ʃ
k → k
l → l
ll → ʎ
m → m
m → ŋ / _#
n → n
n → ŋ / _#
n → ŋ / _[cgqk]
nc → nθ / _[eéií]
nh → ŋ
ñ → ɲ
p → p
qu → k / _[eéií]
q → k
r → ɾ
r → r / #_
r → r / [nls]_
rr → r
s → s
t → t
w → w
x → ʃ
x → s / _[bcdfgpqt]
y → j
z → θ
' →
"""


def _stress(word: str, nuclei: list[Sound]) -> int:
    """The written accent; otherwise the last syllable but one after a vowel, n or s, and the last after the rest."""
    for i, nucleus in enumerate(nuclei):
        if set(nucleus.letters) & set("áéíóú"):
            return i
    ending = word[:-1] if word[-1] in "ns" and len(word) > 1 else word
    falls_early = ending[-1] in "aeo" or (ending[-1] in "iu" and len(nuclei[-1].letters) == 1)
    return max(len(nuclei) - 2, 0) if falls_early else len(nuclei) - 1


_UNITS = (
    "cero un dous tres catro cinco seis sete oito nove dez once doce trece catorce quince dezaseis dezasete dezaoito "
    "dezanove"
).split()
_TENS = "vinte trinta corenta cincuenta sesenta setenta oitenta noventa".split()
_HUNDREDS = ("cento douscentos trescentos catrocentos cincocentos seiscentos setecentos oitocentos novecentos").split()


def _cardinal(number: int) -> str:
    if number < 20:
        return _UNITS[number]
    if number < 100:
        tens, unit = divmod(number, 10)
        return _TENS[tens - 2] + (f" e {_UNITS[unit]}" if unit else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return "cen" if number == 100 else _HUNDREDS[hundreds - 1] + (f" {_cardinal(rest)}" if rest else "")
    size, one, many = (1000, "mil", "mil") if number < 10**6 else (10**6, "un millón", "millóns")
    count, rest = divmod(number, size)
    head = one if count == 1 else f"{_cardinal(count)} {many}"
    return head + (f" {_cardinal(rest)}" if rest else "")


GALICIAN = Spelling(
    host="es",
    vowels="aáeéiíoóuúüï",
    rules=_RULES,
    stress=_stress,
    cardinal=_cardinal,
    grouping=".",
    point="coma",
    words={
        "é": "ˈɛ", "ao": "ˌaʊ", "aos": "ˌaʊs", "unha": "ˈuŋa", "taxi": "ˈtaksi", "texto": "ˈtesto", "café": "kaˈfɛ",
        "avó": "aˈβɔ", "só": "ˈsɔ", "hoxe": "ˈɔʃe", "e": "ˌe", "ti": "ˈti", "galego": "ɡaˈleɣo", "galega": "ɡaˈleɣa",
    },
    unstressed=frozenset(
        "o a os as do da dos das de no na nos nas en que se me te che lle lles co ca cos coas por para con á ás ó ós "
        "polo pola polos polas ou nin".split()
    ),
)  # fmt: skip
