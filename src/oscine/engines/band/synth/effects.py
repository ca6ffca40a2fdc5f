# SPDX-License-Identifier: GPL-3.0-or-later
"""The room and the ensemble that all parts share: one channel in, two out, block after block."""

from __future__ import annotations

import math
from collections import deque
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft

from oscine.domain.audio import Samples
from oscine.domain.music import Stereo
from oscine.engines.band.synth.grid import count_points, spread

_BANDS = ((120.0, 500.0, 1.9), (500.0, 2000.0, 1.6), (2000.0, 6000.0, 1.0), (6000.0, 12000.0, 0.5))
"""From and to, hertz, and the reverberation time there, seconds: a hall with people in it."""
_ROOM_S = 1.6
_PREDELAY_S = 0.015
_ROOM_DB, _HEARD_HZ = -5.0, (200.0, 4000.0)
"""How loud the room answers, against what is sent to it, in the middle of what is heard."""
_CHORUS_DELAY_S, _CHORUS_DEPTH_S = 0.014, 0.0035
_CHORUS_LINES = ((0.31, 0.0, 0), (0.47, 2.1, 0), (0.37, 1.1, 1), (0.53, 3.3, 1))
"""Turns a second, phase, and which side."""
_GRID = 64
"""Frames between two values of the sway."""


class Reverb:
    """Convolution with noise that dies away as it would in a hall, sooner the higher it is.

    The room is cut into pieces as long as a block, so that each block is transformed once, whatever the room's length.
    """

    def __init__(self, rate: int, size: int) -> None:
        """size: frames of each block but the last, which may be shorter."""
        self._pieces = _room_spectra(rate, size)
        self._size = size
        self._spectra: deque[NDArray[np.complex64]] = deque(maxlen=len(self._pieces))
        """Of the latest blocks, the latest first."""
        self._tail: Stereo = np.zeros((2, size), np.float32)

    def process(self, samples: Samples) -> Stereo:
        self._spectra.appendleft(rfft(samples, _fast(self._size)))
        spectrum = sum(block * piece for block, piece in zip(self._spectra, self._pieces, strict=False))
        sound: Stereo = irfft(spectrum, _fast(self._size))
        out = sound[:, : self._size] + self._tail
        self._tail = sound[:, self._size : 2 * self._size]
        return out[:, : len(samples)]


class Chorus:
    """Copies with a delay that sways, two to each side."""

    def __init__(self, rate: int, period_s: float | None = None) -> None:
        """period_s: after which the sway is where it was."""
        self._rate = rate
        self._turns_hz = [
            hertz if period_s is None else max(1, round(hertz * period_s)) / period_s for hertz, *_ in _CHORUS_LINES
        ]
        self._history = np.zeros(math.ceil((_CHORUS_DELAY_S + _CHORUS_DEPTH_S) * rate) + 2, np.float32)
        self._at = 0

    def process(self, samples: Samples) -> Stereo:
        frames = len(samples)
        out: Stereo = np.zeros((2, frames), np.float32)
        line = np.concatenate((self._history, samples))
        points = self._at + _GRID * np.arange(count_points(_GRID, frames))
        now = len(self._history) + np.arange(frames)
        for hertz, (_, phase, side) in zip(self._turns_hz, _CHORUS_LINES if line.any() else (), strict=False):
            sway = np.sin(2 * math.pi * hertz / self._rate * points + phase)
            places = now - spread((_CHORUS_DELAY_S + _CHORUS_DEPTH_S * sway) * self._rate, _GRID, frames)
            whole = places.astype(np.int64)
            part = (places - whole).astype(np.float32)
            out[side] += np.float32(0.5) * (line[whole] + part * (line[whole + 1] - line[whole]))
        self._history = line[frames:]
        self._at += frames
        return out


def _fast(size: int) -> int:
    return int(next_fast_len(2 * size, real=True))


@lru_cache(4)
def _room_spectra(rate: int, size: int) -> tuple[NDArray[np.complex64], ...]:
    room = _make_room(rate)
    return tuple(rfft(room[:, at : at + size], _fast(size)) for at in range(0, room.shape[1], size))


def _make_room(rate: int) -> Stereo:
    frames = round(_ROOM_S * rate)
    times = np.arange(frames) / rate
    noise = np.random.default_rng(20).standard_normal((2, frames))
    spectrum = np.fft.rfft(noise)
    hertz = np.fft.rfftfreq(frames, 1 / rate)
    room = np.zeros((2, frames))
    for low, high, seconds in _BANDS:
        # slopes rather than edges, which would ring
        inside = 1 / (1 + (low / np.maximum(hertz, 1)) ** 12) / (1 + (np.maximum(hertz, 1) / high) ** 12)
        room += np.fft.irfft(spectrum * inside, frames) * 10 ** (-3 * times / seconds)
    room *= np.minimum(times / 0.01, 1) * np.clip((_ROOM_S - times) / 0.2, 0, 1)
    answer = np.abs(np.fft.rfft(room))[:, (hertz > _HEARD_HZ[0]) & (hertz < _HEARD_HZ[1])]
    room *= 10 ** (_ROOM_DB / 20) / np.sqrt(np.square(answer).mean())
    late: Stereo = np.concatenate((np.zeros((2, round(_PREDELAY_S * rate))), room), axis=1).astype(np.float32)
    return late
