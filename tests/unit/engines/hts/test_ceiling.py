# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest
from numpy.typing import NDArray

from oscine.engines.hts.ceiling import Ceiling

RATE, HOP = 24000, 120
PULSES = np.zeros(200 * HOP, np.float32)
PULSES[::200] = np.linspace(0.0, 2.0, len(PULSES[::200]))


def hold(samples: NDArray[np.float32], pieces: list[int]) -> NDArray[np.float32]:
    ceiling = Ceiling(RATE, HOP)
    out = [ceiling.apply(piece) for piece in np.split(samples, [HOP * piece for piece in pieces])]
    return np.concatenate([*out, ceiling.finish()])


def test_nothing_rises_above_it_and_what_is_quiet_stays() -> None:
    held = hold(PULSES, [])
    assert held.shape == PULSES.shape
    assert np.abs(held).max() <= 0.85 + 1e-6
    quiet = len(PULSES) // 3
    assert (held[:quiet] == PULSES[:quiet]).all()
    assert np.abs(hold(2 * np.ones(3 * HOP, np.float32), [])).max() <= 0.85 + 1e-6


@pytest.mark.parametrize("pieces", [[1], [1, 2, 3, 50], [20, 180]])
def test_pieces_do_not_matter(pieces: list[int]) -> None:
    np.testing.assert_array_equal(hold(PULSES, pieces), hold(PULSES, []))


def test_a_loud_tone_stays_a_tone() -> None:
    """What is turned down has no overtones, as what is bent has."""
    tone = (1.4 * np.sin(2 * np.pi * 100 * np.arange(RATE) / RATE)).astype(np.float32)
    power = np.abs(np.fft.rfft(hold(tone, [])[RATE // 2 :] * np.hanning(RATE // 2))) ** 2
    assert 10 * np.log10(power[150:].sum() / power.sum()) < -60


def test_nothing_in_nothing_out() -> None:
    assert len(Ceiling(RATE, HOP).finish()) == 0
