# SPDX-License-Identifier: GPL-3.0-or-later
"""A layer that sounds: oscillator, pitch modulation, filter. Grows as it is read; many notes can read one tone."""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from oscine.domain.audio import Samples
from oscine.engines.band.synth.envelope import Floats
from oscine.engines.band.synth.grid import spread
from oscine.engines.band.synth.lowpass import STEP, Lowpass
from oscine.engines.band.synth.oscillator import Wave
from oscine.engines.band.synth.patch import ToneSpec

_PIECE = 128 * STEP


class Motion(Protocol):
    """How a part's wheels move while a note sounds; times since the key went down."""

    def bend_cents(self, times: Floats) -> Floats: ...
    def wheel(self, times: Floats) -> Floats:
        """Modulation wheel, 0–1."""
        ...


class Tone:
    """The sound of a key that is held, without its volume envelope, at full velocity."""

    def __init__(
        self,
        spec: ToneSpec,
        wave: Wave,
        rate: int,
        *,
        released_s: float = math.inf,
        motion: Motion | None = None,
        first: int = 0,
    ) -> None:
        """released_s: when the key goes up, where that is heard in the tone itself.

        first: the first frame that is read, a multiple of STEP; what came before is not made. Vibrato and filter then
        begin there, which nobody hears.
        """
        self._spec, self._wave, self._rate = spec, wave, rate
        self._released_s, self._motion = released_s, motion
        self._filter = Lowpass(spec.resonance_db, rate)
        self._frames = np.zeros(0, np.float32)
        self._first = first
        """Which frame the oldest one kept is."""
        self._count = 0
        """How many frames are kept."""
        self._place = spec.step * first
        self._is_over = self._is_loop_left = False
        is_still = spec.mod_to_cutoff_cents == 0 and spec.lfo_to_cutoff_cents == 0
        self._is_filtered = not (is_still and self._filter.is_open(spec.cutoff_cents))
        self._is_pitch_moving = motion is not None or any(
            (spec.mod_to_pitch_cents, spec.lfo_to_pitch_cents, spec.vibrato_cents)
        )

    @property
    def size(self) -> int:
        """Numbers in memory."""
        return len(self._frames)

    def read(self, start: int, end: int) -> Samples:
        """Frames start to end, fewer where the sample is over. Not to be changed."""
        while self._first + self._count < end and not self._is_over:
            self._grow(max(_PIECE, -(-(end - self._first - self._count) // STEP) * STEP))
        return self._frames[max(start - self._first, 0) : min(end - self._first, self._count)]

    def forget(self, before: int) -> None:
        """Frames before that one are not read again."""
        drop = min(max(before - self._first, 0), self._count)
        if drop > _PIECE:
            self._frames = self._frames[drop : self._count].copy()
            self._first += drop
            self._count -= drop

    def _grow(self, frames: int) -> None:
        new = self._make(self._first + self._count, frames)
        room = self._count + len(new)
        if room > len(self._frames):
            grown = np.empty(room + min(room // 4, 2 * _PIECE), np.float32)
            grown[: self._count] = self._frames[: self._count]
            self._frames = grown
        self._frames[self._count : room] = new
        self._count = room
        self._is_over = len(new) < frames

    def _make(self, start: int, frames: int) -> Samples:
        """frames: a multiple of STEP."""
        spec = self._spec
        times = (start + STEP * np.arange(frames // STEP + 1)) / self._rate
        lfo = spec.mod_lfo.at(times)
        moves = spec.mod_to_pitch_cents or spec.mod_to_cutoff_cents
        envelope = spec.mod_envelope.modulation(times, self._released_s) if moves else np.zeros(len(times))
        samples = self._oscillate(start, self._places(times, lfo, envelope, frames))
        if self._is_filtered and len(samples):
            cents = spec.cutoff_cents + spec.mod_to_cutoff_cents * envelope + spec.lfo_to_cutoff_cents * lfo
            samples = self._filter.run(samples, cents[: -(-len(samples) // STEP)])
        if spec.lfo_to_volume_db:
            levels = (10 ** (spec.lfo_to_volume_db / 20 * lfo)).astype(np.float32)
            samples = samples * spread(levels, STEP, len(samples))
        return samples

    def _places(self, times: Floats, lfo: Floats, envelope: Floats, frames: int) -> NDArray[np.float64]:
        """Where in the sample each frame is; the place after the last is kept for the next call."""
        spec = self._spec
        if not self._is_pitch_moving:
            places = self._place + spec.step * np.arange(frames + 1)
        else:
            depth: Floats | float = spec.vibrato_cents
            cents = spec.mod_to_pitch_cents * envelope + spec.lfo_to_pitch_cents * lfo
            if self._motion is not None:
                depth = depth + spec.wheel_cents * self._motion.wheel(times)
                cents = cents + self._motion.bend_cents(times)
            steps = spec.step * np.exp2((cents + depth * spec.vibrato.at(times)) / 1200)
            places = self._place + np.concatenate(([0.0], np.cumsum(spread(steps, STEP, frames))))
        self._place = float(places[-1])
        return np.asarray(places[:-1], np.float64)

    def _oscillate(self, start: int, places: NDArray[np.float64]) -> Samples:
        wave = self._wave
        leaves = wave.is_loop_left and start + len(places) > self._released_s * self._rate
        if not wave.is_looped or self._is_loop_left or not leaves:
            return wave.read(places, is_looping=wave.is_looped and not self._is_loop_left)
        turn = max(int(self._released_s * self._rate) - start, 0)
        back = max(places[turn] - wave.loop_start, 0) // (wave.loop_end - wave.loop_start)
        back *= wave.loop_end - wave.loop_start
        self._is_loop_left = True
        self._place -= back
        held = wave.read(places[:turn], is_looping=True) if turn else places[:0].astype(np.float32)
        return np.concatenate((held, wave.read(places[turn:] - back, is_looping=False)))
