# SPDX-License-Identifier: GPL-3.0-or-later
"""Music, by rule: measured on the scores, without a sound."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from oscine.domain.music import Part
from oscine.engines.band import compose, read_brief
from oscine.engines.band.ensemble import gather
from oscine.engines.band.form import lay_out
from oscine.engines.band.harmony import harmonise
from oscine.engines.band.instruments import find_instrument
from oscine.engines.band.melody import play_melody
from oscine.engines.band.players import last_bar, strokes
from tests.unit.engines.band.pieces import GENRES, piece, title

MELODIC = [
    genre for genre in GENRES if any(s.chair.role == "melody" for s in gather(read_brief(title(genre), 4), 4).seats)
]


def test_the_same_seed_writes_the_same_piece_and_another_one_another() -> None:
    brief = read_brief("folk", 1)
    assert compose(brief, 30, 7) == compose(brief, 30, 7)
    assert compose(brief, 30, 7) != compose(brief, 30, 8)


@pytest.mark.parametrize("genre", GENRES)
def test_instruments_stay_in_their_ranges(genre: str) -> None:
    for part in piece(title(genre), 90).parts:
        if not part.is_drums:
            instrument = find_instrument(part.name.split(",")[0])
            assert instrument.low <= min(note.key for note in part.notes)
            assert max(note.key for note in part.notes) <= instrument.high


def test_nearly_every_genre_has_a_melody() -> None:
    assert len(MELODIC) >= len(GENRES) - 1


@pytest.mark.parametrize("genre", MELODIC)
def test_melodies_fit_their_chords_repeat_their_motifs_and_come_home(genre: str) -> None:
    brief = read_brief(title(genre), 4)
    strong = fitting = repeated = bars = 0
    for passage in lay_out(brief, 120):
        harmony = harmonise(passage, 4)
        seat = next(seat for seat in gather(brief, 4).seats if seat.chair.role == "melody")
        events = play_melody(seat, passage, harmony, 4)
        for event in events:
            if abs(event.beat % passage.bar_beats - round(event.beat % passage.bar_beats / 2) * 2) < 0.01:
                strong += 1
                fitting += event.key % 12 in harmony.at(event.beat).tones
        rhythms = [
            tuple(
                round(event.beat % passage.bar_beats, 2)
                for event in events
                if int(event.beat // passage.bar_beats) == bar
            )
            for bar in range(passage.bars)
        ]
        bars += len(rhythms)
        repeated += len(rhythms) - len(set(rhythms))
        if passage.is_last and last_bar(passage) < passage.beats:
            assert events[-1].key % 12 == harmony.at(events[-1].beat).root == brief.tonic
    assert strong
    assert fitting / strong >= 0.7
    assert repeated / bars >= 0.2


@pytest.mark.parametrize("genre", GENRES)
def test_sections_differ(genre: str) -> None:
    score = piece(title(genre), 120)

    def content(start_s: float, length_s: float) -> tuple[tuple[int, int], frozenset[str], float]:
        inside = {
            part.name: [n for n in part.notes if start_s <= n.start_s < start_s + length_s] for part in score.parts
        }
        notes = [note for each in inside.values() for note in each]
        return (
            (len(notes), sum(note.key for note in notes)),
            frozenset(name for name, each in inside.items() if each),
            float(np.mean([n.velocity for n in notes])),
        )

    contents = [content(section.start_s, section.length_s) for section in score.sections]
    assert len(set(contents)) == len(contents)
    assert len({names for _, names, _ in contents}) >= 2 or genre in ("classical_piano", "blues")


def test_a_part_has_one_note_of_a_key_at_a_time() -> None:
    def overlaps(part: Part) -> int:
        by_key = sorted(part.notes, key=lambda note: (note.key, note.start_s))
        return sum(a.key == b.key and a.start_s + a.length_s > b.start_s + 0.001 for a, b in itertools.pairwise(by_key))

    for genre in GENRES:
        assert all(overlaps(part) == 0 for part in piece(title(genre), 60).parts)


def test_the_final_chord_dies_away_and_a_loop_does_not() -> None:
    def expressions(prompt: str) -> list[int]:
        parts = [part for part in piece(prompt, 30).parts if not part.is_drums]
        return [max(part.controls, key=lambda control: control.at_s).value for part in parts if part.controls]

    assert all(value <= 50 for value in expressions("pop"))
    assert not expressions("30-second pop loop")
    assert piece("30-second pop loop", 30).is_loop


def test_every_fourth_bar_is_livelier() -> None:
    brief = read_brief("rock", 1)
    passage = next(passage for passage in lay_out(brief, 120) if passage.bars >= 8 and not passage.is_last)
    figures = ("x---------------", "x---x---x---x---", "x-x-x-x-x-x-x-x-", "xxxxxxxxxxxxxxxx")
    bars = [int(stroke.beat // passage.bar_beats) for stroke in strokes(replace(passage, intensity=0.3), figures)]
    assert bars.count(3) == bars.count(7) > bars.count(0) == bars.count(1) == bars.count(2)
