# SPDX-License-Identifier: GPL-3.0-or-later
"""How the words of a segment are pronounced, where espeak cannot read them itself."""

from __future__ import annotations

from oscine.domain.speech import Phonemes, Segment
from oscine.engines.espeak import japanese
from oscine.engines.espeak.script import tame
from oscine.engines.espeak.spelling import SPELLINGS
from oscine.engines.espeak.spelling.reading import reader


def pronounce(tag: str, segment: Segment) -> tuple[Phonemes, ...]:
    """The segment's own overrides, and between them our readings if its language needs any; sorted, no overlap.

    tag: `Language.tag`. Raises: LanguageUnsupported for Japanese kanji without the package that reads them.
    """
    if tag in SPELLINGS:
        readings = reader(tag).read(segment.text)
    elif tag == "ja":
        readings = japanese.read(tame(segment.text))
    else:
        return segment.phonemes
    taken = bytearray(len(segment.text))
    for given in segment.phonemes:
        taken[given.start : given.end] = b"\1" * (given.end - given.start)
    free = [reading for reading in readings if not any(taken[reading.start : reading.end])]
    return tuple(sorted((*segment.phonemes, *free), key=lambda each: each.start))
