# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of a piece's loudness before it is rendered."""

from __future__ import annotations

import numpy as np
import pytest

from oscine.domain.loudness import integrate_lufs
from oscine.domain.music import Control, Note, Part, Score
from oscine.engines.band.forecast import foresee, sketch
from oscine.engines.band.generators import Generator as Gen
from oscine.engines.band.loudness import block_powers
from oscine.engines.band.soundfont import read_font
from oscine.engines.band.synth.synth import Synth
from tests.unit.engines.band.fontmaker import MadeZone, make_font

RATE = 22050


def score(*parts: Part, length_s: float = 10.0) -> Score:
    return Score(parts, length_s, 120, "C major", (4, 4))


def test_a_sketch_follows_velocities_lengths_and_gains() -> None:
    notes = (Note(1.0, 1.0, 60, 127), Note(4.0, 1.0, 60, 64), Note(6.0, 0.5, 60, 127), Note(6.0, 0.5, 64, 127))
    outline = sketch(score(Part("part", 0, False, notes)))
    assert len(outline) == 100
    assert outline[15] / outline[45] == pytest.approx((127 / 64) ** 4, rel=0.3)  # upon the floor
    assert outline[62] == pytest.approx(2 * outline[15], rel=0.05)
    assert 0 < outline[80] < 0.05 * outline[15]
    louder = sketch(score(Part("part", 0, False, notes, gain_db=10.0)))
    assert louder[15] == pytest.approx(10 * outline[15])


def test_a_sketch_knows_that_drums_are_short_and_swells_swell() -> None:
    drums = sketch(score(Part("drums", 0, True, (Note(1.0, 5.0, 36, 127),))))
    assert drums[10] > 10 * drums[15]
    fading = Part("part", 0, False, (Note(0.0, 4.0, 60, 100),), (Control(2.0, 11, 64),))
    outline = sketch(score(fading))
    assert outline[10] / outline[30] == pytest.approx((127 / 64) ** 4, rel=0.3)


@pytest.mark.parametrize("velocities", [(100, 100), (40, 110), (110, 40)])
def test_long_pieces_are_foreseen_from_passages(velocities: tuple[int, int]) -> None:
    synth = Synth(read_font(make_font([MadeZone({Gen.LOOP_MODE: 1, Gen.VOLUME_RELEASE: 0})])), RATE)
    notes = tuple(Note(beat * 0.5, 0.4, 48 + beat % 5, velocities[beat >= 120]) for beat in range(240))
    piece = score(Part("part", 0, False, notes, reverb=0), length_s=120.0)
    foreseen = foresee(synth, piece, -14.0)
    actual = block_powers(np.concatenate(list(synth.render(piece)), axis=1), RATE)
    assert len(foreseen.powers) == len(actual)
    assert integrate_lufs(foreseen.powers) == pytest.approx(integrate_lufs(actual), abs=1.0)
    assert foreseen.gain_db == pytest.approx(-14.0 - integrate_lufs(foreseen.powers) + foreseen.loss_db)
