# SPDX-License-Identifier: GPL-3.0-or-later
"""A text as it is spoken, tied to the text it came from."""

from __future__ import annotations

from dataclasses import dataclass, field

from oscine.domain.alignment import Run


@dataclass(frozen=True, slots=True)
class Spoken:
    text: str
    """What the engine is to say."""
    runs: tuple[Run, ...]
    """Tile the original text against `text`; both sides count from 0. Empty when both texts are."""


@dataclass(slots=True)
class SpokenBuilder:
    """Walks an original text from left to right; every stretch is either kept or replaced.

    A run whose two sides have the same length has the same characters on both, with one exception: a single
    character replaced by a single character ("5" → "五"), where one to one is what is meant.
    """

    original: str
    position: int = 0
    """First character of the original that is not yet settled."""
    length: int = 0
    """Characters spoken so far."""
    pieces: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    @property
    def last(self) -> str:
        """The last character spoken so far, or ""."""
        return self.pieces[-1][-1] if self.pieces else ""

    def keep(self, end: int) -> None:
        """Speak the original up to `end` as it stands."""
        if end > self.position:
            self.pieces.append(self.original[self.position : end])
            self._tile(end, self.length + end - self.position)

    def replace(self, end: int, spoken: str) -> None:
        """Speak `spoken` instead of the original up to `end`; whole words that both share stay tied word by word."""
        original = self.original[self.position : end]
        if original == spoken:
            self.keep(end)
            return
        head = _shared_words(original, spoken)
        tail = _shared_words(original[head:][::-1], spoken[head:][::-1])
        self.keep(self.position + head)
        changed = spoken[head : len(spoken) - tail]
        if changed:
            self.pieces.append(changed)
        stop, width = end - tail, end - tail - self.position
        if width == len(changed) and width > 1:
            self._tile(self.position + 1, self.length + 2)  # two uneven halves, lest it pass for unchanged text
            self._tile(stop, self.length + width - 2)
        elif width or changed:
            self._tile(stop, self.length + len(changed))
        self.keep(end)

    def build(self) -> Spoken:
        """Keep the rest and close."""
        self.keep(len(self.original))
        return Spoken("".join(self.pieces), tuple(self.runs))

    def _tile(self, end: int, spoken_end: int) -> None:
        self.runs.append(Run(self.position, end, self.length, spoken_end))
        self.position, self.length = end, spoken_end


def _shared_words(a: str, b: str) -> int:
    """Length of the longest common start of both that ends in white space."""
    if not a or not b or a[0] != b[0]:
        return 0
    limit = min(len(a), len(b))
    same = 0
    while same < limit and a[same] == b[same]:
        same += 1
    while same and not a[same - 1].isspace():
        same -= 1
    return same


def verbatim(text: str) -> Spoken:
    """The text spoken exactly as written."""
    return Spoken(text, (Run(0, len(text), 0, len(text)),) if text else ())
