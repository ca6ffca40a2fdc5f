# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a sound is: how far away, in what space, behind what."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft
from scipy.signal import butter, sosfilt

from oscine.engines.foley.primitives import RATE, Sound, frames, low

_SPACES = {
    "room": (0.4, 0.14, 7000, 0.004),
    "bathroom": (0.9, 0.32, 9000, 0.006),
    "hall": (1.9, 0.26, 5500, 0.018),
    "cathedral": (3.4, 0.42, 4500, 0.03),
    "cave": (2.6, 0.42, 3200, 0.05),
    "tunnel": (2.0, 0.42, 2600, 0.02),
    "forest": (0.9, 0.12, 2600, 0.03),
    "street": (0.8, 0.16, 4500, 0.025),
    "outdoors": (1.3, 0.10, 2200, 0.06),
}
"""Seconds until the room is 60 dB softer, its level against the sound's, its highest hertz, and its delay, seconds."""
_VEILS = {"underwater": ("lowpass", 480.0), "muffled": ("lowpass", 600.0), "phone": ("bandpass", (420.0, 3300.0))}


@lru_cache(32)
def _echoes(space: str) -> Sound:
    """Impulse response of a made-up room, (frames, 2), of energy 1: noise that dies away. The same every time."""
    seconds, _, bright_hz, delay_s = _SPACES[space]
    rng = np.random.default_rng(len(space) + round(1000 * seconds))
    count = frames(seconds)
    falling = np.exp(-6.91 * np.arange(count) / count)
    sides = [low(rng.standard_normal(count) * falling, bright_hz, 1) for _ in range(2)]
    made = np.concatenate((np.zeros((frames(delay_s), 2)), np.stack(sides, axis=1)))
    echoes: Sound = made / np.sqrt(np.square(made).sum(axis=0))
    return echoes


@lru_cache(32)
def _spectrum(space: str, size: int) -> np.ndarray[tuple[int, int], np.dtype[np.complex64]]:
    made: np.ndarray[tuple[int, int], np.dtype[np.complex64]] = rfft(_echoes(space).astype(np.float32), size, axis=0)
    return made


class Room:
    """One layer's way through the air, block by block. (frames, 2) in and out."""

    def __init__(self, space: str | None, distance: float) -> None:
        """space: one of SPACES; None: no room. distance: 0–1."""
        self._veil: tuple[Sound, Sound] | None = None
        if space in _VEILS:
            kind, corner = _VEILS[space]
            self._veil = _with_state(butter(2, corner, kind, fs=RATE, output="sos"))
            space = None
        if space is None and distance > 0.2:
            space = "outdoors"
        self._space = space
        self._wet = 0.0 if space is None else _SPACES[space][1] * (1 + 1.5 * distance)
        self._air = None
        if distance > 0.05:
            self._air = _with_state(butter(1, min(20000 * 0.05**distance, 20000), "lowpass", fs=RATE, output="sos"))
        self._rest = np.zeros((0, 2))

    @property
    def tail_s(self) -> float:
        """How long it is heard after the sound."""
        return 0.0 if self._space is None else _SPACES[self._space][0]

    def process(self, sound: Sound) -> Sound:
        for filtering in (self._veil, self._air):
            if filtering is not None:
                sound, filtering[1][:] = sosfilt(filtering[0], sound, axis=0, zi=filtering[1])
        if self._space is None:
            return sound
        size = next_fast_len(len(sound) + len(_echoes(self._space)) - 1, real=True)
        echoed = irfft(rfft(sound.astype(np.float32), size, axis=0) * _spectrum(self._space, size), size, axis=0)
        echoed = echoed.astype(np.float64)
        echoed[: len(self._rest)] += self._rest
        self._rest = echoed[len(sound) :].copy()
        heard: Sound = sound + self._wet * echoed[: len(sound)]
        return heard


SPACES = frozenset(_SPACES) | frozenset(_VEILS)


def _with_state(design: Sound) -> tuple[Sound, Sound]:
    return design, np.zeros((len(design), 2, 2))
