# SPDX-License-Identifier: GPL-3.0-or-later
"""English sounds: from espeak's IPA to the phones of the voices (CMU's set), and from phones to syllables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from oscine.engines.espeak import ipa as alphabet

PAUSE = "pau"
VOWELS = frozenset("aa ae ah ao aw ax ay eh er ey ih iy ow oy uh uw".split())


_TABLE = """
aɪ:ay aʊ:aw eɪ:ey oʊ:ow əʊ:ow ɔɪ:oy aɪɚ:ay.er aɪə:ay.ax aʊɚ:aw.er aʊə:aw.ax iə:iy.ax ɪə:ih.ax eə:eh.ax ʊə:uh.ax
əl:ax.l n̩:ax.n l̩:ax.l m̩:ax.m oː:ao ɔːɹ:ao.r oːɹ:ao.r ɔɹ:ao.r tʃ:ch dʒ:jh hw:w
i:iy ɪ:ih ᵻ:ih ɨ:ih y:iy ʏ:ih u:uw ʉ:uw ɯ:uw ʊ:uh e:ey ø:er ɘ:ax ɵ:uh ɤ:ah o:ow ə:ax ɚ:er ɛ:eh œ:er ɜ:er ɞ:er ʌ:ah
ɔ:ao æ:ae ɐ:ax a:ae ɶ:ae ɑ:aa ɒ:aa aː:aa
p:p b:b t:t d:d ʈ:t ɖ:d c:k ɟ:g k:k ɡ:g q:k ɢ:g ʔ:t ɓ:b ɗ:d ɠ:g ɸ:f β:v f:f v:v θ:th ð:dh s:s z:z ʃ:sh ʒ:zh ʂ:sh
ʐ:zh ɕ:sh ʑ:zh ç:hh ʝ:y x:k ɣ:g χ:k ʁ:r ħ:hh ʕ:hh h:hh ɦ:hh ɬ:l ɮ:l ʋ:v ɹ:r ɻ:r j:y ɥ:w ɰ:w w:w ʍ:w r:r ʀ:r ɾ:t
ɽ:r l:l ɫ:l ɭ:l ʎ:l ʟ:l m:m ɱ:m n:n ɳ:n ɲ:n ŋ:ng ɴ:ng
"""
_PHONES = {symbol: phones.split(".") for symbol, phones in (pair.split(":") for pair in _TABLE.split())}
_LONGEST = max(map(len, _PHONES))

_ONSETS = frozenset(
    tuple(cluster.split("."))
    for cluster in """
    p.l p.r p.y b.l b.r b.y t.r t.w t.y d.r d.w d.y k.l k.r k.w k.y g.l g.r g.w g.y f.l f.r f.y v.y th.r th.w
    s.p s.t s.k s.m s.n s.l s.w s.f sh.r hh.y hh.w m.y n.y s.p.l s.p.r s.p.y s.t.r s.k.l s.k.r s.k.w s.k.y
    """.split()
)
"""Clusters that English begins a word with; single consonants but ng and zh do, too."""


@dataclass(frozen=True, slots=True)
class Phone:
    name: str
    stress: int = 0
    """Of a vowel: 1 primary, 2 secondary."""


@lru_cache(maxsize=1024)
def read_phoneme(symbol: str) -> tuple[Phone, ...]:
    """The phones of one phoneme of espeak's, e.g. `ˈaɪɚ` → ay er. What is no sound gives none."""
    stress = 1 if alphabet.PRIMARY_STRESS in symbol else 2 if alphabet.SECONDARY_STRESS in symbol else 0
    text = symbol.replace(alphabet.PRIMARY_STRESS, "").replace(alphabet.SECONDARY_STRESS, "")
    phones: list[Phone] = []
    position = 0
    while position < len(text):
        for length in range(_LONGEST, 0, -1):
            names = _PHONES.get(text[position : position + length])
            if names is None and length == 1:
                names = _PHONES.get(alphabet.base(text[position]))
            if names is not None:
                break
        for name in names or ():
            phones.append(Phone(name, stress if name in VOWELS else 0))
            stress = 0 if name in VOWELS else stress
        position += length
    return tuple(phones)


def split_syllables(phones: Sequence[Phone]) -> list[int]:
    """Where each syllable of a word starts: as many consonants before a vowel as may begin a word."""
    vowels = [i for i, phone in enumerate(phones) if phone.name in VOWELS]
    starts = [0]
    for before, vowel in pairwise(vowels):
        start = vowel
        while start - 1 > before and _may_begin(tuple(phone.name for phone in phones[start - 1 : vowel])):
            start -= 1
        starts.append(start)
    return starts


def _may_begin(cluster: tuple[str, ...]) -> bool:
    return cluster in _ONSETS if len(cluster) > 1 else cluster[0] not in {"ng", "zh"}
