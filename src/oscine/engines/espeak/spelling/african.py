# SPDX-License-Identifier: GPL-3.0-or-later
"""Hausa, Somali, Chichewa and Lingala.

All four have tone, which everyday spelling leaves out and espeak's hosts do not have; words get a stress instead,
on the last syllable but one. Vowel length in Hausa is not written either. Ejectives and implosives become the plain
stops that the hosts have.
"""

from __future__ import annotations

from oscine.engines.espeak.spelling.table import Cardinal, Spelling, penultimate

_HAUSA = """
a → a
e → e
i → i
o → o
u → u
ai → aj
au → aw
b → b
ɓ → ɓ
c → tʃ
d → d
ɗ → ɗ
f → f
g → ɡ
h → h
j → dʒ
k → k
ƙ → kʔ
l → l
m → m
n → n
n → ŋ / _#
n → ŋ / _[gkƙ]
p → p
q → k
r → ɾ
s → s
sh → ʃ
t → t
ts → tsʔ
v → b
w → w
x → ks
y → j
ƴ → ʔj
z → z
'y → ʔj
' → ʔ
"""
_SOMALI = """
a → a
aa → aː
e → e
ee → eː
i → i
ii → iː
o → o
oo → oː
u → u
uu → uː
b → b
c → ʕ
d → d
dh → ɖ
f → f
g → ɡ
h → h
j → dʒ
k → k
kh → x
l → l
m → m
n → n
p → b
q → q
r → r
s → s
sh → ʃ
t → t
v → f
w → w
x → ħ
y → j
z → z
' → ʔ
"""
_CHICHEWA = """
a → a
e → e
i → i
o → o
u → u
b → b
c → k
ch → tʃ
d → d
dz → dz
f → f
g → ɡ
h → h
j → dʒ
k → k
kh → kʰ
l → l
m → m
m → m̩ / #_[cdgjklnqrstz]
n → n
n → ŋ / _[gk]
ng' → ŋ
ny → ɲ
p → p
ph → pʰ
q → k
r → ɾ
s → s
sh → ʃ
t → t
th → tʰ
ts → ts
v → v
w → w
ŵ → β
x → ks
y → j
z → z
zy → ʒ
' →
"""
_LINGALA = """
a → a
e → e
i → i
o → o
u → u
ɛ → ɛ
ɔ → ɔ
b → b
c → k
ch → ʃ
d → d
dj → dʒ
f → f
g → ɡ
h → h
j → ʒ
k → k
l → l
m → m
n → n
n → ŋ / _[gk]
ny → ɲ
p → p
q → k
r → ɾ
s → s
sh → ʃ
t → t
ts → ts
tsh → tʃ
v → v
w → w
x → ks
y → j
z → z
' →
"""


def _counting(
    below_hundred: Cardinal, scale: tuple[tuple[int, str, str], ...], joint: str, *, multiplier_first: bool = False
) -> Cardinal:
    """A way of counting that goes on from 99 by multiples.

    scale: (size, what one of it is called, what several are called), falling. joint: the word between the parts.
    """

    def count(number: int) -> str:
        if number < 100:
            return below_hundred(number)
        size, one, many = next(step for step in scale if number >= step[0])
        multiple, rest = divmod(number, size)
        head = (
            one if multiple == 1 else f"{count(multiple)} {many}" if multiplier_first else f"{many} {count(multiple)}"
        )
        return head + (f" {joint} {count(rest)}" if rest else "")

    return count


_HAUSA_UNITS = "sifili ɗaya biyu uku huɗu biyar shida bakwai takwas tara goma".split()
_HAUSA_TENS = "ashirin talatin arba'in hamsin sittin saba'in tamanin casa'in".split()


def _hausa_below_hundred(number: int) -> str:
    if number <= 10:
        return _HAUSA_UNITS[number]
    if number < 20:
        return f"sha {_HAUSA_UNITS[number - 10]}"
    tens, unit = divmod(number, 10)
    return _HAUSA_TENS[tens - 2] + (f" da {_HAUSA_UNITS[unit]}" if unit else "")


_SOMALI_UNITS = "eber kow laba saddex afar shan lix toddoba siddeed sagaal".split()
_SOMALI_TENS = "toban labaatan soddon afartan konton lixdan toddobaatan siddeetan sagaashan".split()


def _somali_below_hundred(number: int) -> str:
    tens, unit = divmod(number, 10)
    if not tens:
        return _SOMALI_UNITS[unit]
    return (f"{_SOMALI_UNITS[unit]} iyo " if unit else "") + _SOMALI_TENS[tens - 1]


def _chichewa(number: int) -> str:
    """Hundreds agree with their noun as tens do; thousands as plain numbers do."""
    if number < 100:
        return _chichewa_below_hundred(number)
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        head = "zana limodzi" if hundreds == 1 else f"mazana {_CHICHEWA_TENS[hundreds - 2]}"
        return head + (f" ndi {_chichewa(rest)}" if rest else "")
    size, one, many = (1000, "chikwi chimodzi", "zikwi") if number < 10**6 else (10**6, "miliyoni imodzi", "miliyoni")
    count, rest = divmod(number, size)
    return (one if count == 1 else f"{many} {_chichewa(count)}") + (f" ndi {_chichewa(rest)}" if rest else "")


_CHICHEWA_UNITS = (
    "ziro|chimodzi|ziwiri|zitatu|zinayi|zisanu|zisanu ndi chimodzi|zisanu ndi ziwiri|zisanu ndi zitatu|"
    "zisanu ndi zinayi|khumi"
).split("|")
_CHICHEWA_TENS = ("awiri|atatu|anayi|asanu|asanu ndi limodzi|asanu ndi awiri|asanu ndi atatu|asanu ndi anayi").split(
    "|"
)


def _chichewa_below_hundred(number: int) -> str:
    if number <= 10:
        return _CHICHEWA_UNITS[number]
    tens, unit = divmod(number, 10)
    head = "khumi" if tens == 1 else f"makumi {_CHICHEWA_TENS[tens - 2]}"
    return head + (f" ndi {_CHICHEWA_UNITS[unit]}" if unit else "")


_LINGALA_UNITS = "zelo moko mibale misato minei mitano motoba nsambo mwambe libwa".split()


def _lingala_below_hundred(number: int) -> str:
    tens, unit = divmod(number, 10)
    if not tens:
        return _LINGALA_UNITS[unit]
    head = "zomi" if tens == 1 else f"ntuku {_LINGALA_UNITS[tens]}"
    return head + (f" na {_LINGALA_UNITS[unit]}" if unit else "")


HAUSA = Spelling(
    host="sw",
    vowels="aeiou",
    rules=_HAUSA,
    stress=penultimate,
    cardinal=_counting(
        _hausa_below_hundred,
        ((10**6, "miliyan ɗaya", "miliyan"), (1000, "dubu ɗaya", "dubu"), (100, "ɗari", "ɗari")),
        "da",
    ),
    grouping=",",
    point="digo",
    unstressed=frozenset("da na ta a ya ba ce ne ke ko ga don su mai".split()),
)
SOMALI = Spelling(
    host="ar",
    vowels="aeiou",
    rules=_SOMALI,
    stress=penultimate,
    cardinal=_counting(
        _somali_below_hundred,
        ((10**6, "hal milyan", "milyan"), (1000, "kun", "kun"), (100, "boqol", "boqol")),
        "iyo",
        multiplier_first=True,
    ),
    grouping=",",
    point="dhibic",
    unstressed=frozenset("iyo oo ee ku ka u la soo in ma waa".split()),
)
CHICHEWA = Spelling(
    host="sw",
    vowels="aeiou",
    rules=_CHICHEWA,
    stress=penultimate,
    cardinal=_chichewa,
    grouping=",",
    unstressed=frozenset("ndi a wa ya za la cha ku mu pa kwa".split()),
)
LINGALA = Spelling(
    host="tn",
    vowels="aeiouɛɔ",
    rules=_LINGALA,
    stress=penultimate,
    cardinal=_counting(
        _lingala_below_hundred,
        ((10**6, "milio moko", "milio"), (1000, "nkoto moko", "nkoto"), (100, "nkama moko", "nkama")),
        "na",
    ),
    grouping=".",
    unstressed=frozenset("na ya mpe to o ba".split()),
)
