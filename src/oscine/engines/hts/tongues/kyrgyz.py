# SPDX-License-Identifier: GPL-3.0-or-later
"""Kyrgyz. espeak names some of its phonemes by its own mnemonics, not in IPA."""

from __future__ import annotations

from oscine.engines.hts.phones import PhoneSet
from oscine.engines.hts.tongues.tongue import Tongue, list_kinds

_TABLE = """
ɑ:a ɑ::aa ɑː:aa a:a aː:aa æ:e ʌ:a ɐ:a ə:y ɚ:a.r e:e e::ee eː:ee ɛ:e ɜ:e i:i ɪ:i ɯ:y ɨ:y o:o o::oo oː:oo ɔ:o ɒ:o
oe:of oe::oof ø:of øː:oof œ:of u:u u::uu uː:uu ʊ:u y:uf y::uuf yː:uuf eɪ:e.j aɪ:a.j oʊ:o.u əʊ:o.u
p:p b:b t:t t[:t d:d d[:d k:k q:k ɡ:g ʁ:g ɣ:g f:f v:v s:s z:z S:sh ʃ:sh ʒ:zh ɕ:sch x:h X:h χ:h h:h θ:s ð:z ts:c tS:ch
tʃ:ch dZ:dzh dʒ:dzh m:m n:n N:ng ŋ:ng l:l l-:l ɫ:l r:r ɾ:r ɹ:r j:j w:v ʔ: ʲ:
"""

KYRGYZ = Tongue(
    code="ky",
    long_code="kir",
    folder="Kyrgyz",
    varieties=("ky",),
    phones=PhoneSet(_TABLE, "a aa e ee i y o oo of oof u uu uf uuf", (), never_first="ng"),
    kinds=list_kinds({
        "conj": "жана менен бирок же анткени эгер ошондуктан да де",
        "mod": "бар жок керек мүмкүн болот эмес",
        "part": "эле гана дагы эң абдан өтө",
        "post": "үчүн чейин кийин мурун боюнча карай тарабынан тууралуу жөнүндө сайын аркылуу",
    }),
    asking=frozenset("ким эмне кайда качан кандай канча кайсы эмнеге кантип".split()),
)  # fmt: skip
