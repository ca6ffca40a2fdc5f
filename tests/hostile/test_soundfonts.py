# SPDX-License-Identifier: GPL-3.0-or-later
"""SoundFonts that are cut off, damaged or made to hurt: refused in words, or played as far as they make sense."""

import random
import tracemalloc

import numpy as np
import pytest

from oscine.domain.music import Note, Part, Score
from oscine.engines.band.generators import Generator as Gen
from oscine.engines.band.soundfont import FontInvalid, read_font
from oscine.engines.band.synth.synth import Synth
from tests.unit.engines.band.fontmaker import MadeZone, make_font, sine

GOOD = make_font([MadeZone({Gen.LOOP_MODE: 1, Gen.CUTOFF: 9000}, [(0x0102, 8, 0, 0, 0)]), MadeZone({Gen.PAN: 300})])
SCORE = Score((Part("part", 0, False, (Note(0, 0.05, 60, 90),)),), 0.1, 120, "C major", (4, 4))


def try_to_play(contents: bytes) -> bool:
    """Whether it could be; what comes out is always finite and of the right length."""
    try:
        sound = np.concatenate(list(Synth(read_font(contents), 8000).render(SCORE)), axis=1)
    except FontInvalid as refusal:
        assert 0 < len(str(refusal)) < 300
        return False
    assert sound.shape == (2, 800)
    assert np.isfinite(sound).all()
    return True


def test_cut_off_anywhere() -> None:
    assert try_to_play(GOOD)
    assert not any(try_to_play(GOOD[:length]) for length in range(0, len(GOOD), 97))


def test_cut_off_with_a_length_that_fits() -> None:
    for length in range(12, len(GOOD), 97):
        try_to_play(GOOD[:4] + (length - 8).to_bytes(4, "little") + GOOD[8:length])


@pytest.mark.parametrize("seed", range(4))
def test_bytes_changed_at_random(seed: int) -> None:
    chance = random.Random(seed)
    tables = GOOD.index(b"pdta")
    for _ in range(60):
        damaged = bytearray(GOOD)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(tables if chance.random() < 0.8 else 0, len(damaged))] = chance.randrange(256)
        try_to_play(bytes(damaged))


@pytest.mark.parametrize("generator", [kind for kind in Gen if kind not in {Gen.SAMPLE, Gen.INSTRUMENT}])
@pytest.mark.parametrize("amount", [-32768, 32767])
def test_values_far_outside(generator: Gen, amount: int) -> None:
    try_to_play(make_font([MadeZone({Gen.LOOP_MODE: 1, generator: amount})], samples=[sine(600)]))


def test_lengths_that_lie_take_no_memory() -> None:
    tracemalloc.start()
    for at in (4, GOOD.index(b"smpl") + 4, GOOD.index(b"igen") + 4, GOOD.index(b"shdr") + 4):
        assert not try_to_play(GOOD[:at] + b"\xff\xff\xff\x7f" + GOOD[at + 4 :])
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
