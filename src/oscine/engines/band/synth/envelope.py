# SPDX-License-Identifier: GPL-3.0-or-later
"""Envelopes and low-frequency oscillators, in closed form: any stretch of them can be had without what came before.

Source: SoundFont technical specification 2.04, §9.1.5 and §9.1.7.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FULL_DB = 100.0
"""What decay and release are the times of: from full level down to this much less."""
_TO_NEPER = math.log(10) / 20


@dataclass(frozen=True, slots=True)
class Envelope:
    """Delay, attack, hold, decay, sustain, release; all in seconds but the sustain."""

    delay_s: float
    attack_s: float
    hold_s: float
    decay_s: float
    """From full to nothing; ends early, at the sustain."""
    sustain: float
    """How far below full the level stays: decibels for a volume, a share of 1 for a modulation."""
    release_s: float
    """From full to nothing."""

    @property
    def top_s(self) -> float:
        """When the attack is over."""
        return self.delay_s + self.attack_s

    def volume(self, times: Floats, released_s: float) -> NDArray[np.float32]:
        """Amplitudes 0–1 at the times since the key went down; it goes up at `released_s`.

        The attack rises evenly in amplitude, decay and release fall evenly in decibels.
        """
        top = self.top_s
        peak = top + self.hold_s
        bottom = peak + self.decay_s * min(self.sustain, FULL_DB) / FULL_DB
        fall_db = np.interp(np.minimum(times, released_s), (peak, bottom), (0, -self.sustain))
        if times[-1] > released_s:
            fall_db -= np.maximum(times - released_s, 0) * (FULL_DB / self.release_s)
        amplitude: NDArray[np.float32] = np.exp((fall_db * _TO_NEPER).astype(np.float32))
        if times[0] < top:
            held = np.minimum(times, released_s)
            amplitude *= np.clip((held - self.delay_s) / self.attack_s, 0, 1).astype(np.float32)
        return amplitude

    def silent_s(self, released_s: float, floor_db: float = FULL_DB) -> float:
        """From when on a volume is more than `floor_db` below full, for good."""
        peak = self.top_s + self.hold_s
        bottom = min(self.sustain, FULL_DB)
        fallen_db = min(max(released_s - peak, 0) * FULL_DB / self.decay_s, bottom)
        ends = released_s + self.release_s * max(floor_db - fallen_db, 0) / FULL_DB
        return min(ends, peak + self.decay_s * floor_db / FULL_DB) if self.sustain >= floor_db else ends

    def modulation(self, times: Floats, released_s: float) -> Floats:
        """Shares 0–1; the attack is convex, everything else straight."""
        level = self._held(np.minimum(times, released_s))
        if len(times) and times[-1] > released_s:
            level = np.maximum(level - np.maximum(times - released_s, 0) / self.release_s, 0)
        return level

    def _held(self, times: Floats) -> Floats:
        top = self.top_s
        peak = top + self.hold_s
        level = np.interp(times, (peak, peak + self.decay_s * self.sustain), (1, 1 - self.sustain))
        rising = times < top
        if rising.any():
            share = np.clip((times[rising] - self.delay_s) / self.attack_s, 1e-6, 1)
            level[rising] = np.maximum(1 + 40 / 96 * np.log10(share), 0)
        return level


@dataclass(frozen=True, slots=True)
class Lfo:
    delay_s: float
    hz: float

    def at(self, times: Floats) -> Floats:
        """A triangle between −1 and 1 that begins at 0, upwards, after the delay."""
        turns = np.maximum(times - self.delay_s, 0) * self.hz
        return 1 - 4 * np.abs((turns + 0.25) % 1 - 0.5)
