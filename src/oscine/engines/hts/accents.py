# SPDX-License-Identifier: GPL-3.0-or-later
"""English with the habits of another language: sounds that it lacks become the nearest that it has.

A caricature, as a direction like "strong French accent" asks for; intonation stays English. Source of the habits:
Swan & Smith, Learner English (Cambridge, 2001).
"""

from __future__ import annotations

from dataclasses import replace

from oscine.engines.hts.frontend import Heard
from oscine.engines.hts.phones import Phone

_TABLE = {
    "ar": "p:b v:f th:s dh:z ng:n.g",
    "de": "w:v th:s dh:z ae:eh jh:ch",
    "el": "sh:s zh:z ch:t.s jh:d.z ih:iy ae:aa uh:uw ah:aa",
    "es": "z:s v:b sh:ch zh:sh jh:y ih:iy ae:aa uh:uw ah:aa dh:d th:s",
    "fr": "th:s dh:z hh: ih:iy ch:sh jh:zh uh:uw ah:ax",
    "hi": "w:v th:t dh:d zh:jh ae:eh",
    "it": "th:t dh:d hh: ih:iy z:s uh:uw ae:eh ah:aa",
    "ja": "l:r th:s dh:z v:b ae:aa ah:aa ih:iy f:hh",
    "ko": "f:p v:b th:s dh:d z:jh ih:iy",
    "nl": "th:t dh:d ae:eh g:k w:v",
    "pl": "th:f dh:d w:v ih:iy ae:eh",
    "pt": "th:t dh:d hh: ih:iy ae:eh uh:uw",
    "ru": "th:s dh:z w:v hh:k ih:iy ae:eh er:eh.r",
    "sv": "th:t dh:d z:s jh:y w:v zh:sh",
    "tr": "th:t dh:d w:v ae:eh ng:n.g",
    "zh": "th:s dh:d v:w z:s r:l ih:iy",
}
"""Language → what becomes of a phone; nothing after the colon: it falls silent."""

_HABITS = {
    language: {phone: tuple(filter(None, said.split("."))) for phone, said in (pair.split(":") for pair in row.split())}
    for language, row in _TABLE.items()
}


_NEIGHBOURS = dict(
    pair.split(":")
    for pair in "uk:ru be:ru bg:ru sr:ru mk:ru hr:pl cs:pl sk:pl sl:pl ca:es ro:it no:sv da:sv fi:sv is:sv hu:de "
    "ur:hi bn:hi pa:hi ne:hi ta:hi fa:ar he:ar yue:zh vi:zh th:zh af:nl".split()
)
"""Languages whose habits are near enough to those of one in the table."""


def put_on(words: list[Heard], accent: str) -> list[Heard]:
    """The words with that accent; as they were where the language is not in the table."""
    language = accent.partition("-")[0]
    habits = _HABITS.get(_NEIGHBOURS.get(language, language))
    if habits is None:
        return words

    def say(phone: Phone) -> tuple[Phone, ...]:
        said = habits.get(phone.name)
        if said is None:
            return (phone,)
        return tuple(Phone(name, phone.stress if i == 0 else 0) for i, name in enumerate(said))

    return [
        replace(
            word,
            sounds=tuple(
                replace(sound, phones=tuple(part for phone in sound.phones for part in say(phone)))
                for sound in word.sounds
            ),
        )
        for word in words
    ]
