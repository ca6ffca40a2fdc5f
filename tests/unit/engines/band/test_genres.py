# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables, and that a listener tells the genres apart: measured on the scores, without a sound."""

from __future__ import annotations

import itertools
import tomllib
from importlib.resources import files

import numpy as np
import pytest

from oscine.domain.music import Score
from oscine.engines.band.genres import genres
from oscine.engines.band.instruments import DRUMS, find_instrument
from oscine.engines.band.theory import read_numeral
from tests.unit.engines.band.pieces import GENRES, drums, piece, pitched, title


@pytest.mark.parametrize("genre", GENRES)
def test_all_chords_and_instruments_of_the_tables_exist(genre: str) -> None:
    table = genres()[genre]
    for line in itertools.chain(*table.progressions.values()):
        for numeral in line.replace(",", " ").split():
            assert read_numeral(numeral, 0).tones
    for chair in table.chairs:
        assert all(find_instrument(name) for name in chair.instruments)
    if table.drums:
        assert all(name in DRUMS for groove in (*table.drums.grooves, *table.drums.fills) for name in groove)


def test_every_instrument_that_is_balanced_exists() -> None:
    rows = tomllib.loads(files("oscine.engines.band").joinpath("instruments.toml").read_text(encoding="utf-8"))
    assert rows["gains"].keys() <= rows["instruments"].keys()
    assert find_instrument("clean guitar").gain_db > 0 > find_instrument("piccolo").gain_db


def features(score: Score) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    notes, beats = pitched(score), drums(score)
    kit = {name: sum(note.key == key for note in beats) / score.length_s for name, key in DRUMS.items()}
    programs = np.zeros(16)
    for part in score.parts:
        if not part.is_drums:
            programs[part.program // 8] += sum(note.length_s for note in part.notes)
    lows = [note.key for note in notes]
    beat = 60 / score.tempo_bpm
    late = np.mean([0.55 < note.start_s / beat % 1 < 0.72 for note in [*notes, *beats]])
    sounding = sum(note.length_s for note in notes) / score.length_s
    rates = (len(notes) / score.length_s / 4, len(beats) / score.length_s / 4)
    row = [score.tempo_bpm / 30, *rates, np.mean(lows) / 8, np.std(lows) / 4, 4 * late, sounding / 2]
    row += [min(rate, 2) for rate in kit.values()]
    return np.array([*row, *(4 * programs / programs.sum())])


def test_genres_are_told_apart_by_their_features() -> None:
    tables = {genre: [features(piece(title(genre), 60, seed)) for seed in (1, 2, 3)] for genre in GENRES}
    right = total = 0
    for genre, rows in tables.items():
        for left_out, row in enumerate(rows):
            distances = {
                other: min(
                    float(np.linalg.norm(row - against))
                    for number, against in enumerate(others)
                    if (other, number) != (genre, left_out)
                )
                for other, others in tables.items()
            }
            right += min(distances, key=lambda name: distances[name]) == genre
            total += 1
    assert right / total >= 0.85
