# SPDX-License-Identifier: GPL-3.0-or-later
"""The mix cleared of rumble, a little lighter below and brighter above: small SoundFonts are dull and boomy.

Source: R. Bristow-Johnson, Audio EQ Cookbook (shelves of slope 1); Butterworth high-pass.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np
from scipy.signal import butter, sosfilt

from oscine.domain.loudness import Floats
from oscine.domain.music import Stereo

_RUMBLE_HZ = 32.0
_SHELVES = ((90.0, -2.5, -1), (4500.0, 3.0, 1))
"""Hertz, decibels, and whether that is for what lies below or above."""


def equalise(blocks: Iterable[Stereo], rate: int) -> Iterator[Stereo]:
    """As many frames, without delay."""
    sections = _sections(rate)
    state = np.zeros((len(sections), 2, 2), np.float32)
    for block in blocks:
        done, state = sosfilt(sections, block, axis=1, zi=state)
        yield done


@cache
def _sections(rate: int) -> Floats:
    shelves = [_shelf(hertz, gain_db, side, rate) for hertz, gain_db, side in _SHELVES]
    return np.concatenate((butter(2, _RUMBLE_HZ, "highpass", fs=rate, output="sos"), shelves)).astype(np.float32)


def _shelf(hertz: float, gain_db: float, side: int, rate: int) -> list[float]:
    """side: −1 changes what is below, 1 what is above."""
    turn = 2 * math.pi * hertz / rate
    root = 10 ** (gain_db / 40)
    width = math.sin(turn) * math.sqrt(2 * root)
    c = side * math.cos(turn)
    b = [root * (root + 1 + (root - 1) * c + width), -2 * side * root * (root - 1 + (root + 1) * c)]
    b += [root * (root + 1 + (root - 1) * c - width)]
    a = [root + 1 - (root - 1) * c + width, 2 * side * (root - 1 - (root + 1) * c)]
    a += [root + 1 - (root - 1) * c - width]
    return [number / a[0] for number in (*b, *a)]
