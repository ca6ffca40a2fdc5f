# SPDX-License-Identifier: GPL-3.0-or-later
"""What the equaliser does to each frequency."""

from __future__ import annotations

import numpy as np
import pytest

from oscine.domain.music import Stereo
from oscine.engines.band.equaliser import equalise


@pytest.mark.parametrize("rate", [44100, 48000])
def test_rumble_goes_and_highs_come_up(rate: int) -> None:
    impulse: Stereo = np.zeros((2, rate), np.float32)
    impulse[:, 0] = 1
    done = np.concatenate(list(equalise((impulse[:, at : at + 5000] for at in range(0, rate, 5000)), rate)), axis=1)
    assert done.dtype == np.float32
    gains = 20 * np.log10(np.abs(np.fft.rfft(done[1].astype(float))))  # a bin a hertz
    assert gains[15] < -12
    assert gains[60] == pytest.approx(-2.2, abs=0.7)
    assert gains[90] == pytest.approx(-1.25, abs=0.4)
    assert gains[1000] == pytest.approx(0, abs=0.2)
    assert gains[4500] == pytest.approx(1.5, abs=0.2)
    assert gains[12000] == pytest.approx(3, abs=0.2)
