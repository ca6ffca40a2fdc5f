# SPDX-License-Identifier: GPL-3.0-or-later
"""Loudness of two channels, from passages."""

from __future__ import annotations

import numpy as np
from scipy.signal import lfilter

from oscine.domain import loudness
from oscine.domain.loudness import Floats
from oscine.domain.music import Stereo


def block_powers(sound: Stereo, rate: int) -> Floats:
    """The K-weighted power of each block, both channels together; of all of it where it is shorter than a block."""
    weighed: Floats = sound.astype(np.float64)
    for b, a in loudness.k_weighting(rate):
        weighed = lfilter(b, a, weighed, axis=-1)
    power = np.square(weighed).sum(axis=0)
    blocks = loudness.block_powers(power, rate)
    return blocks if blocks.size or not len(power) else np.array([power.mean()])
