# SPDX-License-Identifier: GPL-3.0-or-later
"""Pieces of every genre, for tests to look at."""

from __future__ import annotations

from functools import cache

from oscine.domain.music import Note, Score
from oscine.engines.band import compose, read_brief
from oscine.engines.band.genres import genres

GENRES = sorted(genres())


@cache
def piece(prompt: str, length_s: float = 60.0, seed: int = 1) -> Score:
    return compose(read_brief(prompt, seed), length_s, seed)


def title(genre: str) -> str:
    return genres()[genre].title


def pitched(score: Score) -> list[Note]:
    return [note for part in score.parts if not part.is_drums for note in part.notes]


def drums(score: Score) -> list[Note]:
    return [note for part in score.parts if part.is_drums for note in part.notes]
