# SPDX-License-Identifier: GPL-3.0-or-later
"""A foreign accent: the words of one language, said with the sounds of another.

Each word is heard in its own language first; what was heard is then spelled with the nearest phonemes of the other
language, whose rhythm and melody the sentence takes on too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from oscine.domain.problems import PhonemeInvalid
from oscine.domain.speech import Phonemes, Segment
from oscine.engines.espeak.driver import Event, EventKind
from oscine.engines.espeak.mnemonics import Inventory
from oscine.engines.espeak.script import Script


def is_foreign(language: str, accent: str) -> bool:
    """Whether an accent is another language, not a variety of the same one."""
    return language.partition("-")[0] != accent.partition("-")[0]


def put_on(
    segment: Segment, script: Script, events: Iterable[Event], inventory: Inventory
) -> tuple[Segment, list[list[str]]]:
    """The segment with all its words spelled, and their spelling.

    script, events: how the segment is said in its own language. inventory: phonemes of the other language. What the
    caller spelled stays as it is.
    """
    words = list(_words(segment, script, events))
    given = [(p.start, p.end, p.ipa) for p in segment.phonemes]
    taken = {i for start, end, _ in given for i in range(start, end)}
    free = [word for word in words if not taken & set(range(word[0], word[1]))]
    overrides: list[Phonemes] = []
    spelling: list[list[str]] = []
    for start, end, ipa in sorted((*given, *free)):
        try:
            names = inventory.spell(ipa)
        except PhonemeInvalid:  # a sound that the other language has nothing near to
            continue
        overrides.append(Phonemes(start, end, ipa))
        spelling.append(names)
    return replace(segment, phonemes=tuple(overrides)), spelling


def _words(segment: Segment, script: Script, events: Iterable[Event]) -> Iterator[tuple[int, int, str]]:
    """Start, end and IPA of each word that was heard."""
    text = segment.text
    heard: dict[int, list[str]] = {}
    start = 0
    for event in events:
        if event.kind is EventKind.WORD:
            start = script.origin(event.position)
        elif event.kind is EventKind.PHONEME and event.name:
            heard.setdefault(start, []).append(event.name)
    starts = sorted(heard)
    for first, following in zip(starts, [*starts[1:], len(text)], strict=True):
        place = first
        while place < following and not text[place].isalnum():
            place += 1
        end = place
        while end < following and (text[end].isalnum() or text[end] in "'’"):
            end += 1
        if end > place:
            yield place, end, "".join(heard[first])
