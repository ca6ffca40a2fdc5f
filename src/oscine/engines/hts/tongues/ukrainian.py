# SPDX-License-Identifier: GPL-3.0-or-later
"""Ukrainian.

Consonants before і are soft or half soft, which espeak marks for н and л only; its plain `t` (without a bridge) is a
soft one unless it begins an affricate.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from oscine.engines.hts.phones import PhoneSet, rising
from oscine.engines.hts.tongues.tongue import Sounds, Tongue, list_kinds

_SIGN = "'"
_HARD = "m n p b t d k g ts dz tsh dzh f s z sh zh h gh w l r".split()
_SOFT = {each: f"{each}j" for each in _HARD}
_TABLE = """
i:ii ɪ:i ɨ:i y:i e:e ɛ:e ɜ:e a:a ɑ:a æ:a ɐ:a ʌ:a ə:a ɚ:a.r o:o ɔ:o ɒ:o u:u ʊ:u eɪ:e.j aɪ:a.j oʊ:o.u əʊ:o.u
p:p b:b t̪:t t:tj d̪:d d:d k:k ɡ:g c:kj ɟ:gj f:f v:w β:w w:w ʋ:w s:s z:z ʃ:sh ʒ:zh ɕ:shj ʑ:zhj x:h ç:hj h:gh ɦ:gh ɣ:gh
ts:ts tʃ:tsh dʒ:dzh dz:dz m:m n:n ŋ:n ɲ:nj l:l ɫ:l ɬ:l ʎ:lj r:r ɾ:r ɹ:r j:j θ:s ð:z ʔ: ʲ:'
"""
_STOPS, _LIQUIDS = " ".join([*_HARD, *_SOFT.values()]), "l r lj rj j w wj"
_PHONES = PhoneSet(_TABLE, "ii i e a o u", [*rising(_STOPS, _LIQUIDS), *rising("s sj", "p t k pj tj kj"), "s.t.r"])


def _settle(sounds: Sounds) -> None:
    flat = [(sound, j) for sound in sounds for j in range(len(sound))]
    for (earlier, i), (later, j) in pairwise(flat):
        name, following = earlier[i].name, later[j].name
        if name == "tj" and following == "s":
            earlier[i] = replace(earlier[i], name=_SIGN)
            later[j] = replace(later[j], name="ts")
        elif following in {_SIGN, "ii"}:
            earlier[i] = replace(earlier[i], name=_SOFT.get(name, name))
    for sound in sounds:
        sound[:] = [phone for phone in sound if phone.name != _SIGN]


UKRAINIAN = Tongue(
    code="uk",
    long_code="ukr",
    folder="Ukrainian",
    varieties=("uk",),
    phones=_PHONES,
    kinds=list_kinds({
        "conj": "і й та а але або чи що щоб якщо коли як хоча поки бо тому проте однак зате також адже ніби мов",
        "part": "не ні ж же б би хай нехай ось навіть лише тільки вже ще саме хіба невже",
        "prep": "в у на з із зі до від од за по під над при про для без через перед між серед біля після крім замість "
        "проти о об",
    }),
    asking=frozenset("хто що де куди звідки коли як який яка яке які чому навіщо скільки чий чия чиє чиї кого кому "
    "ким чого чому чим".split()),
    voiceless=frozenset("p pj t tj k kj ts tsj tsh tshj f fj s sj sh shj h hj".split()),
    settle=_settle,
)  # fmt: skip
