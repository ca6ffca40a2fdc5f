# SPDX-License-Identifier: GPL-3.0-or-later
"""Words in capitals: said with stress, unless they are acronyms.

Source: the vendor has capitals mean emphasis in its v3 model (reference/api-facts.md §6).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from oscine.domain.alignment import Run

_WORD = re.compile(r"(?<![\w.@#/&-])[^\W\d_]{2,}(?:['’][^\W\d_]+)?(?![\w@/&-]|\.\w)")
_SMALL = re.compile(r"[^\W\d_]{2,}")
_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýąęőűаеёиоуыэюяіїєαεηιουωάέήίόύώ")
_SHORT_WORDS = frozenset(
    """
no yes not so you me my we he she him her his our its do did don't can can't won't isn't go got now all any big too
why how who what out off up on in at to of or if is am are was were be oh wow hey bad sad mad hot new old one two
ten and the but for get let may say see try yet never ever more most only own nor ah ha aw ugh yay i'm i'd i'll
i've it's he's she's let's that's you're they're we're far way day sir
""".split()
)
"""Words that are no acronyms although they are short."""
_ACRONYMS = frozenset(
    """
nasa nato unesco unicef opec fifa uefa nafta asean aids covid sars mers ikea isis fema nascar naacp nyse nasdaq icao
iata osha usaf usaid ucla usda ieee json yaml ajax ascii unix html saas paas iaas cmos gnu uefi bios raid raii cuda
usaa ymca ywca aarp espn hbo ebay asap awol swat fomo yolo fiat audi lego hiv iaea erasmus uno usb api gui cio ceo
cfo cto iso ebitda gaap rsvp ruok imho iirc eula usps idea oled lidar radar sonar siri imdb iban bafta oscars
""".split()
)


def has_small_words(text: str) -> bool:
    """Whether some word is not in capitals; if none is, capitals mean nothing. Looks at the first 2,000 characters."""
    return any(not match[0].isupper() for match in _SMALL.finditer(text, 0, 2000))


def stress_capitals(text: str, runs: Sequence[Run]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text with its stressed words in small letters, and where those are.

    text, runs: a segment's. Only words that stand as they were sent are taken. Cost: O(len(text)).
    """
    emphases: list[tuple[int, int]] = []
    pieces: list[str] = []
    position = 0
    kept = iter([run for run in runs if run.is_identity])
    run = next(kept, None)
    for match in _WORD.finditer(text):
        start, end = match.span()
        while run is not None and run.spoken_end < end:
            run = next(kept, None)
        if run is None:
            break
        small = match[0].lower()
        if start >= run.spoken_start and len(small) == end - start and match[0].isupper() and _is_word(small):
            emphases.append((start, end))
            pieces += (text[position:start], small)
            position = end
    return ("".join((*pieces, text[position:])), tuple(emphases)) if emphases else (text, ())


def _is_word(small: str) -> bool:
    plain = small.replace("’", "'")
    if plain in _SHORT_WORDS:
        return True
    letters = plain.partition("'")[0]
    return (
        len(letters) >= 4
        and letters.isalpha()
        and letters not in _ACRONYMS
        and any(letter in _VOWELS for letter in letters)
    )
