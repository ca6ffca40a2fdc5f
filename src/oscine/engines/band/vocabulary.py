# SPDX-License-Identifier: GPL-3.0-or-later
"""Which words of a prompt the band does not know."""

from __future__ import annotations

import re
from functools import cache

from oscine.engines.band.brief import feelings
from oscine.engines.band.genres import genres
from oscine.engines.band.instruments import instrument_words
from oscine.engines.band.prose import spoken_tempo
from oscine.engines.band.theory import MODES
from oscine.engines.band.timing import section_words

_MOST = 50
"""Words that are reported."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TEMPO = re.compile(r"(?<![\d.])\d{1,6}(?:\.\d{1,6})?[ -]{0,3}bpm\b")
_PLAIN = frozenset(
    """
    a about above across after again all along also alone always am an and any are around as at away back be because
    been before behind being below beneath between beyond both but by can could create did do does down during each
    either else end ends enough even ever every feel feeling feels few find first for form from full fully further
    generate get gets give given gives go goes good great had half has have having he her here him his how however i
    if in inside into is it its itself just keep keeps kind last later least less let like likes little long longer
    lot made make makes making many may me might mix mode mood moods more most much must my near need needs never new
    next no nor not now of off often on once one only onto or other our out over own part parts per play played player
    players playing plays please quality quite rather really same several shall she should similar since slightly so
    some something somewhat soon still style styles such suitable than that the their them then there these they this
    those three through throughout till to together too toward towards two type under until up upon us use used uses
    using very want was we well were what when where whether which while who whole whose why will with within without
    would write yet you your

    arrangement background band beat beats beautiful bar bars bpm chord chords compose composed composition dominant
    duet duo ensemble feature featured features featuring fade fades fading film game group harmonies harmony
    instrument instrumental instruments instrumentation interesting key led lead leading leads length level line lines
    loop loopable looping loops lyric lyrics major melodic melodies melody metre meter minor minute minutes modern
    mid ms music musical musician natural nice note notes piece production progression rhythm rhythms scale scene score
    seamless second seconds sec secs section sections signature singer singing solo song songs sound sounding sounds
    soundtrack start starts tempo texture textures theme themed time timing title tone tonality track tracks trio
    tune underscore unaccompanied video vocal vocals voice voices waltz jig

    building builds build crescendo decrescendo diminuendo rising winding winds calms gradually gradual

    avoid avoiding exclude excluding except minus free flat sharp
    """.split()
)
"""Words without a meaning of their own here, or whose meaning prose.py and timing.py know."""


def find_unknown(text: str) -> tuple[str, ...]:
    """Words that change nothing, each once, in their order; tempos that nobody can play among them. At most 50.

    Cost: O(length).
    """
    folded = text.casefold()
    unplayed = [match[0] for match in _TEMPO.finditer(folded) if spoken_tempo(match[0]) is None]
    words = (match[0].replace("’", "'") for match in _WORD.finditer(folded))
    strange = (word for word in words if not _is_known(word))
    return tuple(dict.fromkeys((*strange, *unplayed)))[:_MOST]


def _is_known(word: str) -> bool:
    return (
        len(word) == 1
        or word[0].isdigit()
        or word in _PLAIN
        or word in _known()
        or word.removesuffix("'s").removesuffix("s") in _known()
    )


@cache
def _known() -> frozenset[str]:
    """Every single word of every phrase that the tables hold."""
    phrases = [*instrument_words(), *MODES, *section_words()]
    phrases += [word for genre in genres().values() for word in (*genre.words, genre.title)]
    phrases += [word for table in feelings().values() for word in table]
    return frozenset(word for phrase in phrases for word in _WORD.findall(phrase.casefold()))
