# SPDX-License-Identifier: GPL-3.0-or-later
"""Russian.

A vowel's name says whether it is stressed, a consonant's whether it is soft. espeak writes softness as a phoneme of
its own and leaves it out before some front vowels.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from oscine.engines.hts.phones import Phone, PhoneSet, rising
from oscine.engines.hts.tongues.tongue import Sounds, Tongue, list_kinds

_TABLE = """
i:i ɪ:i y:y ɨ:y u:u ʊ:u ʉ:u ɯ:y o:o ɔ:o ɵ:o ɒ:o a:a ɑ:a ʌ:a ə:a ɐ:a æ:a e:e ɛ:ε ɜ:ε ɚ:a.r eɪ:ε.j aɪ:a.j oʊ:o.u əʊ:o.u
p:p b:b t:t d:d k:k ɡ:g q:k c:kk ɟ:gg f:f v:v s:s z:z ʃ:sh ʒ:zh ʂ:sh ʐ:zh ɕ:sch ʑ:zh x:h ç:hh ɣ:g h:h ɦ:g
ts:c tʃ:ch tɕ:ch dʒ:d.zh m:m n:n ŋ:n ɲ:nn l:l ɫ:l ɭ:l ʎ:ll r:r ɾ:r ɹ:r ʁ:r j:j w:v ʋ:v θ:s ð:z ʔ: ʲ:'
"""
_STOPS, _LIQUIDS = "p b t d k g f v s z h pp bb tt dd kk gg ff vv ss zz sh zh c ch", "l r ll rr j v vv"
_PHONES = PhoneSet(
    _TABLE,
    "a e ε i o y u a0 e0 i0 y0 u0",
    [*rising(_STOPS, _LIQUIDS), *rising("s ss sh", "p t k pp tt kk m n mm nn"), "s.t.r", "s.t.rr"],
)
_SOFT = {each: each * 2 for each in "b d f g h k l m n p r s t v z".split()}
_ALWAYS_HARD = frozenset({"sh", "zh", "c"})
_SIGN, _OPEN_E = "'", "ε"
"""Softness, and the e before which nothing is soft."""
_UNSTRESSED = {"a": "a0", "e": "i0", _OPEN_E: "e0", "i": "i0", "u": "u0", "y": "y0"}


def _settle(sounds: Sounds) -> None:
    flat = [(sound, j) for sound in sounds for j in range(len(sound))]
    for (earlier, i), (later, j) in pairwise(flat):
        name, following = earlier[i].name, later[j].name
        if following in {_SIGN, "i", "e"}:
            earlier[i] = replace(earlier[i], name=_SOFT.get(name, name))
        if following == "i" and name in _ALWAYS_HARD:
            later[j] = replace(later[j], name="y")
    for sound in sounds:
        sound[:] = [_reduce(phone) for phone in sound if phone.name != _SIGN]


def _reduce(phone: Phone) -> Phone:
    if phone.stress == 1:
        return replace(phone, name="e") if phone.name == _OPEN_E else phone
    return replace(phone, name=_UNSTRESSED.get(phone.name, phone.name))


RUSSIAN = Tongue(
    code="ru",
    long_code="rus",
    folder="Russian",
    varieties=("ru",),
    phones=_PHONES,
    kinds=list_kinds({
        "conj": "и а но да или либо что чтобы если когда как хотя пока потому поэтому однако зато тоже также ибо будто",
        "part": "не ни же ж ли бы б вот ведь даже лишь только уже ещё именно разве неужели пусть вон",
        "pers": "я ты он она оно мы вы они меня тебя его её нас вас их мне тебе ему ей нам вам им мной тобой ею нами "
        "вами ими него неё них нему ней ним нём себя себе собой",
        "pos": "мой моя моё мои твой твоя твоё твои наш наша наше наши ваш ваша ваше ваши свой своя своё свои моего "
        "моей моих нашего нашей наших вашего вашей ваших своего своей своих своим своём",
        "prep": "в во на с со к ко о об обо от ото до из изо за по под подо над надо при про для без безо у через "
        "перед между среди около после кроме ради вместо против",
        "rel": "кто который которая которое которые которого которой которых где куда откуда чей чья чьё чьи какой "
        "какая какое какие кого кому кем чего чему чем сколько зачем почему",
    }),
    asking=frozenset("кто что где куда откуда когда как какой какая какое какие почему зачем сколько чей чья чьё чьи "
    "кого кому кем чего чему чем который которая которое которые".split()),
    clitics=dict.fromkeys("в во на с со к ко о об от до из за по под над при про для без у не ни и а но".split(), "pro")
    | dict.fromkeys("же ж ли ль бы б".split(), "en"),
    settle=_settle,
)  # fmt: skip
