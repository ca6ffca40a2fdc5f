# SPDX-License-Identifier: GPL-3.0-or-later
"""A text without its markup, and the way back from each of its characters to the text that was sent."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

from oscine.domain.speech import Boundary
from oscine.text.directions import Direction

PatchKind = Literal["tag", "character", "alias", "phonemes"]
"""tag: markup that is dropped; character: an entity; alias: other words to say; phonemes: a word and how to say it."""


@dataclass(frozen=True, slots=True)
class Patch:
    """`original[original_start:original_end]` stands as `text[start:end]` in the plain text.

    Between patches both texts are the same, character by character.
    """

    kind: PatchKind
    original_start: int
    original_end: int
    start: int
    end: int
    ipa: str = ""


@dataclass(frozen=True, slots=True)
class Barrier:
    """Markup that ends a segment before `text[position]`."""

    position: int
    boundary: Boundary
    pause_s: float = 0.0
    """Silence that the markup asks for."""
    direction: Direction | None = None
    """What changes the voice from here on, or is a sound here."""
    original_start: int = 0
    """Where the tag of a direction begins in the original."""


_START = attrgetter("start")
_END = attrgetter("end")


@dataclass(frozen=True, slots=True)
class Plain:
    original: str
    text: str
    patches: tuple[Patch, ...] = ()
    """Sorted, without overlap."""
    barriers: tuple[Barrier, ...] = ()
    """Sorted by position; several may share one."""
    is_directed: bool = False
    """Whether the model acts on directions: capitals are stressed, ellipses hesitate."""
    skipped: tuple[str, ...] = ()
    """What stands in brackets and is passed over; each once, in order, the first few."""
    atoms: tuple[Patch, ...] = field(init=False)
    """The aliases and phonemes: nothing is cut inside them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "atoms", tuple(p for p in self.patches if p.kind in {"alias", "phonemes"}))

    def original_at(self, position: int) -> int:
        """Where character `position` of the plain text is in the original; tags before it are passed over.

        position: 0–len(text), not inside an alias.
        """
        index = bisect_right(self.patches, position, key=_START) - 1
        if index < 0:
            return position
        patch = self.patches[index]
        if patch.end <= position:
            return patch.original_end + position - patch.end
        return patch.original_start

    def original_before(self, position: int) -> int:
        """Where character `position - 1` ends in the original; tags after it are not included."""
        index = bisect_left(self.patches, position, key=_END)
        if index < len(self.patches) and self.patches[index].end == position > self.patches[index].start:
            return self.patches[index].original_end
        if index == 0:
            return position
        patch = self.patches[index - 1]
        return patch.original_end + position - patch.end

    def patches_within(self, start: int, end: int) -> Iterator[Patch]:
        """Patches that lie in `text[start:end]`, tags at either end included."""
        for index in range(bisect_left(self.patches, start, key=_START), len(self.patches)):
            patch = self.patches[index]
            if patch.end > end:
                return
            yield patch

    def atom_around(self, start: int, end: int) -> Patch | None:
        """The first atom that shares a character with `text[start:end]`; if start == end, the one it would cut."""
        index = bisect_right(self.atoms, start, key=_END)
        if index < len(self.atoms) and self.atoms[index].start < max(end, start):
            return self.atoms[index]
        return None
