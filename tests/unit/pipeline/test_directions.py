# SPDX-License-Identifier: GPL-3.0-or-later
"""Directions keep their place in the alignment; a sound of the voice lasts as long as its tag."""

from __future__ import annotations

from collections.abc import AsyncIterator

import numpy as np
import pytest

from oscine.domain.alignment import Mark
from oscine.domain.audio import FORMATS
from oscine.domain.speech import Segment, Take
from oscine.http.headers import listed
from oscine.pipeline.finish import Finisher
from oscine.text.utterance import Markup, prepare

V3 = Markup(breaks=False, phonemes=False, directions=True)
WITH_EFFECTS = Markup(breaks=False, phonemes=False, directions=True, effects=True)
RATE = 22050


async def takes(segment: Segment) -> AsyncIterator[Take]:
    """A second of noise for each sound, a tenth of one for each character."""
    count = RATE if segment.vocalisation else len(segment.text) * RATE // 10
    if count:
        samples = np.random.default_rng(1).uniform(-0.3, 0.3, count).astype(np.float32)
        marks = (Mark(0, len(segment.text), 0.0, count / RATE),) if segment.text else ()
        yield Take(samples, RATE, marks)


@pytest.mark.parametrize(
    "text",
    [
        "Well [laughs] that was odd.",
        "[sighs][giggles] Oh no. [whispers] Come here! [crying]",
        "[laughs]",
        "One.\n[gasps]\nTwo… three [pause] FOUR [gunshot] five.",
        "Hi.[laughs].[sighs]! Bye",
        " [laughs]  [pause] [sighs] a",
    ],
)
@pytest.mark.parametrize("markup", [V3, WITH_EFFECTS])
async def test_tags_keep_their_place(text: str, markup: Markup) -> None:
    utterance = prepare(text, language="en", languages=("en",), home="en", normalize=True, markup=markup)
    finisher = Finisher(FORMATS["pcm_22050"], is_aligned=True)
    finisher.read(text, RATE)
    characters: list[str] = []
    starts: list[float] = []
    ends: list[float] = []
    sounds: list[tuple[int, float]] = []
    for segment in utterance:
        if segment.vocalisation:
            sounds.append((segment.original_start, finisher.seconds))
        effect = np.zeros(RATE, np.float32) if segment.effect else None
        async for chunk in finisher.finish(segment, takes(segment), effect):
            characters += chunk.alignment.characters
            starts += chunk.alignment.starts_s
            ends += chunk.alignment.ends_s
    assert "".join(characters) == text
    assert min(np.diff(starts), default=0) > -1e-9
    assert min(np.diff(ends), default=0) > -1e-9
    assert len(sounds) == sum(text.count(tag) for tag in ("[laughs]", "[sighs]", "[giggles]", "[gasps]", "[crying]"))
    for place, second in sounds:
        if text[place : place + 1] == "[":
            close = text.index("]", place)
            assert starts[place] == pytest.approx(second, abs=0.01)
            assert ends[close] - starts[place] > 0.8


def test_what_is_skipped_is_known_at_once_andlisted_in_ascii() -> None:
    """[gunshot], [applause]: reference/api-facts.md §6."""
    utterance = prepare(
        "[gunshot] Run! [лалала] [whispers] go [gunshot]",
        language="en",
        languages=("en",),
        home="en",
        normalize=True,
        markup=V3,
    )
    assert utterance.skipped_directions == ("gunshot", "лалала")
    line = listed(utterance.skipped_directions)
    assert line.startswith("gunshot, %D0%BB")
    assert line.isascii()
    many = prepare("a " + "".join(f"[ж{'щ' * i}]" for i in range(40)), language="en", languages=("en",), home="en",
                   normalize=True, markup=V3)  # fmt: skip
    assert len(listed(many.skipped_directions)) <= 1000
