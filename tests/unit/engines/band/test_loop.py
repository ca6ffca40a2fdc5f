# SPDX-License-Identifier: GPL-3.0-or-later
"""Loops: what rings on at the end is heard at the beginning."""

from __future__ import annotations

import numpy as np

from oscine.domain.music import Control, Note, Part, Score
from oscine.engines.band.generators import Generator as Gen
from oscine.engines.band.loop import run_up
from oscine.engines.band.soundfont import read_font
from oscine.engines.band.synth.synth import Synth
from tests.unit.engines.band.fontmaker import MadeZone, make_font

RATE = 22050


def loop(*notes: Note, length_s: float = 6.0) -> Score:
    part = Part("part", 0, False, notes, (Control(0.0, 11, 90),), reverb=0.5)
    return Score((part,), length_s, 120, "C major", (4, 4), is_loop=True)


def test_the_end_is_played_before_the_beginning() -> None:
    score, lead_s = run_up(loop(Note(0.0, 1.0, 60, 90), Note(5.0, 0.9, 64, 90)))
    assert lead_s == 4
    assert score.length_s == 10.0
    assert [(note.start_s, note.key) for note in score.parts[0].notes] == [(3.0, 64), (4.0, 60), (9.0, 64)]


def test_a_long_note_is_begun_where_it_begins() -> None:
    assert run_up(loop(Note(1.5, 4.4, 60, 90), length_s=6.0))[1] == 5
    assert run_up(loop(Note(1.0, 58.0, 60, 90), length_s=60.0))[1] == 20


def test_a_loop_goes_on_where_it_ends() -> None:
    """Rendered twice over, the second time round is the first, its run-up included."""
    font = read_font(make_font([MadeZone({Gen.LOOP_MODE: 1, Gen.VOLUME_RELEASE: 0})]))
    notes = (Note(0.0, 1.0, 60, 90), Note(2.2, 1.0, 67, 70), Note(5.2, 0.7, 64, 90))
    once, lead_s = run_up(loop(*notes))
    twice = loop(*notes, *(Note(n.start_s + 6, n.length_s, n.key, n.velocity) for n in notes), length_s=12.0)
    turn = np.concatenate(list(Synth(font, RATE).render(once, period_s=6.0)), axis=1)[:, lead_s * RATE :]
    turns = np.concatenate(list(Synth(font, RATE).render(twice, period_s=6.0)), axis=1)
    assert turn.shape[1] == 6 * RATE
    second = turns[:, 6 * RATE :]
    assert np.abs(turn[:, : RATE // 4]).max() > 0.001  # what rings on
    assert np.corrcoef(turn.ravel(), second.ravel())[0, 1] > 0.999
