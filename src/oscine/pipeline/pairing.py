# SPDX-License-Identifier: GPL-3.0-or-later
"""Which characters go with which audio, in a stream whose pieces are each looked at by themselves.

A piece has the characters that begin to be heard in it; its times end exactly where its audio does, so that pieces
laid end to end keep time whoever adds them up, and however.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from oscine.domain.alignment import Alignment
from oscine.pipeline.finish import Chunk


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an encoded stream, with the characters that are heard in it."""

    audio: bytes
    alignment: Alignment
    """Characters as sent; times count from the start of the stream."""
    normalized: Alignment
    """Characters as spoken."""
    start_s: float
    """Where the piece begins: the end of the characters before it."""


class Pairing:
    def __init__(self) -> None:
        self._pieces: deque[tuple[bytes, float]] = deque()
        """Audio that waits, each piece with where it ends."""
        self._lines = (_Line(), _Line())
        """As sent, as spoken."""
        self._start_s = self._until_s = 0.0

    def add(self, chunk: Chunk) -> Iterator[Part]:
        """The part that a chunk completes, if it does: audio waits until it is known what is heard in it."""
        self._note(chunk)
        known = [end_s for _, end_s in self._pieces if all(line.is_known_until(end_s) for line in self._lines)]
        if known and self._begins_before(known[-1]):
            yield self._cut(known[-1])

    def rest(self) -> Iterator[Part]:
        """Audio that still waits."""
        if self._pieces and self._begins_before(self._until_s):
            yield self._cut(self._until_s)
        elif audio := self._take_audio(self._until_s):
            yield Part(audio, Alignment(), Alignment(), self._start_s)

    def close(self, chunk: Chunk) -> Iterator[Part]:
        """All that is left."""
        self._note(chunk)
        if any(len(line) for line in self._lines):
            yield self._cut(max(chunk.until_s, *(line.end_s for line in self._lines)))
        else:
            yield from self.rest()

    def _note(self, chunk: Chunk) -> None:
        self._pieces.append((chunk.audio, chunk.until_s))
        self._until_s = chunk.until_s
        for line, times in zip(self._lines, (chunk.alignment, chunk.normalized), strict=True):
            line.add(times)

    def _begins_before(self, time_s: float) -> bool:
        return any(line.begins_before(time_s) for line in self._lines)

    def _cut(self, end_s: float) -> Part:
        start_s, self._start_s = self._start_s, max(self._start_s, end_s)
        alignment, normalized = (line.take(start_s, self._start_s) for line in self._lines)
        return Part(self._take_audio(end_s), alignment, normalized, start_s)

    def _take_audio(self, end_s: float) -> bytes:
        taken = []
        while self._pieces and self._pieces[0][1] <= end_s:
            taken.append(self._pieces.popleft()[0])
        return b"".join(taken)


class _Line:
    """Characters in order, each with the time it begins."""

    def __init__(self) -> None:
        self._characters: list[str] = []
        self._starts_s: list[float] = []
        self.end_s = 0.0

    def __len__(self) -> int:
        return len(self._characters)

    def add(self, times: Alignment) -> None:
        self._characters += times.characters
        self._starts_s += times.starts_s
        if len(times):
            self.end_s = times.ends_s[-1]

    def is_known_until(self, time_s: float) -> bool:
        return self.end_s >= time_s or not self._starts_s

    def begins_before(self, time_s: float) -> bool:
        return bool(self._starts_s) and self._starts_s[0] < time_s

    def take(self, start_s: float, end_s: float) -> Alignment:
        """Those that begin before end_s; the last of them lasts until then."""
        is_over = self.end_s <= end_s
        count = len(self) if is_over else next((i for i, t in enumerate(self._starts_s) if t >= end_s), len(self))
        characters, starts_s = self._characters[:count], [max(start_s, t) for t in self._starts_s[:count]]
        del self._characters[:count], self._starts_s[:count]
        return Alignment(characters, starts_s, [*starts_s[1:], end_s] if starts_s else [])
