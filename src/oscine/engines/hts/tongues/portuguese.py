# SPDX-License-Identifier: GPL-3.0-or-later
"""Portuguese as Brazil speaks it. A nasal vowel is a phone; espeak writes it as a vowel and a velar nasal."""

from __future__ import annotations

from dataclasses import replace

from oscine.engines.hts.phones import Phone, PhoneSet, rising
from oscine.engines.hts.tongues.tongue import Sounds, Tongue, list_kinds

_NASAL = {"a": "an", "ee": "en", "e": "en", "i": "in", "oo": "on", "o": "on", "u": "un", "j": "jn", "w": "wn"}
_NASALS = frozenset(_NASAL.values())
_VELAR = "ng"
_TABLE = """
ɐ̃ʊ̃:an.wn ɐ̃ʊ:an.wn ɐ̃:an ã:an ẽ:en ĩ:in õɪ:on.jn õ:on ũ:un aɪ:a.j eɪ:e.j ɛɪ:ee.j oɪ:o.j ɔɪ:oo.j uɪ:u.j aʊ:a.w eʊ:e.w
ɛʊ:ee.w iʊ:i.w oʊ:o.w əʊ:o.w a:a æ:a ɐ:a ɑ:a ʌ:a ə:a ɚ:a.r e:e ɛ:ee ɜ:e i:i ɪ:i ɨ:i y:i o:o ɔ:oo ɒ:oo u:u ʊ:u
p:p b:b t:t d:d k:k ɡ:g tʃ:tj dʒ:dj f:f v:v s:s z:z ʃ:sh ʒ:zh θ:s ð:d x:rh χ:rh ʁ:rh h:rh ɦ:rh ɾ:r r:r ɹ:r l:l ɫ:l ɬ:l
ʎ:lj m:m n:n ɲ:nj ŋ:ng j:j w:w ʔ: ʲ:
"""
_PHONES = PhoneSet(
    _TABLE,
    "a an ee e en i in oo o on u un",
    rising("p b t d k g f v", "r l j w") + rising("s z m n l r", "j w"),
    never_first="jn wn",
)


def _settle(sounds: Sounds) -> None:
    flat = [(sound, j) for sound in sounds for j in range(len(sound))]
    for i, (sound, j) in enumerate(flat):
        if sound[j].name == _VELAR:
            is_heard_before = _nasalise(flat[:i])
            sound[j] = replace(sound[j], name="" if is_heard_before else "n")
    for sound in sounds:
        sound[:] = [phone for phone in sound if phone.name]


def _nasalise(flat: list[tuple[list[Phone], int]]) -> bool:
    """The vowel at the end, with its glide; whether there is one."""
    for back, (sound, j) in enumerate(reversed(flat)):
        name = sound[j].name
        if name not in _NASAL and name not in _NASALS:
            return back > 0
        sound[j] = replace(sound[j], name=_NASAL.get(name, name))
        if name in _PHONES.vowels:
            return True
    return False


PORTUGUESE = Tongue(
    code="pt",
    long_code="por",
    folder="Brazilian-Portuguese",
    varieties=("pt-br", "pt"),
    phones=_PHONES,
    kinds=list_kinds({
        "aux": "ter tem têm tinha tinham há havia haver vai vou vamos vão ia",
        "cop": "é são era eram foi foram ser sou somos está estão estava estavam estar estou estamos seja será serão",
        "conj": "porque pois porém portanto embora enquanto quando como caso conforme logo",
        "uconj": "e ou que se mas nem",
        "def": "o a os as do da dos das no na nos nas ao à aos às pelo pela pelos pelas",
        "indef": "um uma uns umas num numa algum alguma alguns algumas todo toda todos todas",
        "dp": "este esta estes estas esse essa esses essas isto isso aquilo aquele aquela aqueles aquelas deste desta "
        "desse dessa neste nesta nesse nessa",
        "pos": "meu minha meus minhas teu tua teus tuas seu sua seus suas nosso nossa nossos nossas",
        "pp": "me te lhe lhes mim ti si comigo contigo conosco",
        "prep": "de em para por com sem sob sobre entre até desde contra após perante",
        "prp": "eu tu ele ela nós vós eles elas você vocês",
    }),
    asking=frozenset("que quem qual quais quando onde como quanto quanta quantos quantas por aonde".split()),
    breaks=frozenset({"porque", "quando", "que"}),
    settle=_settle,
)  # fmt: skip
