# SPDX-License-Identifier: GPL-3.0-or-later
"""English, American unless a voice says otherwise."""

from __future__ import annotations

from oscine.engines.hts.phones import PhoneSet
from oscine.engines.hts.tongues.tongue import Tongue, list_kinds

_TABLE = """
aɪ:ay aʊ:aw eɪ:ey oʊ:ow əʊ:ow ɔɪ:oy aɪɚ:ay.er aɪə:ay.ax aʊɚ:aw.er aʊə:aw.ax iə:iy.ax ɪə:ih.ax eə:eh.ax ʊə:uh.ax
əl:ax.l n̩:ax.n l̩:ax.l m̩:ax.m oː:ao ɔːɹ:ao.r oːɹ:ao.r ɔɹ:ao.r tʃ:ch dʒ:jh hw:w
i:iy ɪ:ih ᵻ:ih ɨ:ih y:iy ʏ:ih u:uw ʉ:uw ɯ:uw ʊ:uh e:ey ø:er ɘ:ax ɵ:uh ɤ:ah o:ow ə:ax ɚ:er ɛ:eh œ:er ɜ:er ɞ:er ʌ:ah
ɔ:ao æ:ae ɐ:ax a:ae ɶ:ae ɑ:aa ɒ:aa aː:aa
p:p b:b t:t d:d ʈ:t ɖ:d c:k ɟ:g k:k ɡ:g q:k ɢ:g ʔ:t ɓ:b ɗ:d ɠ:g ɸ:f β:v f:f v:v θ:th ð:dh s:s z:z ʃ:sh ʒ:zh ʂ:sh
ʐ:zh ɕ:sh ʑ:zh ç:hh ʝ:y x:k ɣ:g χ:k ʁ:r ħ:hh ʕ:hh h:hh ɦ:hh ɬ:l ɮ:l ʋ:v ɹ:r ɻ:r j:y ɥ:w ɰ:w w:w ʍ:w r:r ʀ:r ɾ:t
ɽ:r l:l ɫ:l ɭ:l ʎ:l ʟ:l m:m ɱ:m n:n ɳ:n ɲ:n ŋ:ng ɴ:ng
"""
_ONSETS = """
p.l p.r p.y b.l b.r b.y t.r t.w t.y d.r d.w d.y k.l k.r k.w k.y g.l g.r g.w g.y f.l f.r f.y v.y th.r th.w
s.p s.t s.k s.m s.n s.l s.w s.f sh.r hh.y hh.w m.y n.y s.p.l s.p.r s.p.y s.t.r s.k.l s.k.r s.k.w s.k.y
"""
"""Clusters that English begins a word with; single consonants but ng and zh do, too."""

ENGLISH = Tongue(
    code="en",
    long_code="eng",
    folder="English",
    varieties=("en-us", "en-gb"),
    phones=PhoneSet(
        _TABLE, "aa ae ah ao aw ax ay eh er ey ih iy ow oy uh uw", _ONSETS.split(), never_first="ng zh"
    ),
    kinds=list_kinds({
        "in": "of for in on that with by at from as if against about before because under after over into while "
        "without through between than during until toward towards upon since across behind beyond near among",
        "to": "to",
        "det": "the a an no some this each another those every all any these both neither",
        "md": "will may would can could should must might shall",
        "cc": "and but or plus yet nor",
        "wp": "who what how when where why which whose whom",
        "pps": "her his their its our my your",
        "aux": "am are was were has have had be is do did does been being",
    }),
    asking=frozenset("what who whom whose where when why how which".split()),
    breaks=frozenset({"that", "because"}),
    has_weak_words=True,
    no_vowel="novowel",
)  # fmt: skip
