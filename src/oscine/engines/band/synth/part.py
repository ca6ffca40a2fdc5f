# SPDX-License-Identifier: GPL-3.0-or-later
"""One player: turns a part's notes into voices when their time comes, and mixes them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from oscine.domain.audio import Samples
from oscine.domain.music import PITCH_BEND, Part, Stereo
from oscine.engines.band.generators import Generator
from oscine.engines.band.soundfont import Layer, SoundFont
from oscine.engines.band.synth.controls import Curve, Stroke, find_strokes
from oscine.engines.band.synth.envelope import Envelope, Floats
from oscine.engines.band.synth.grid import count_points, spread
from oscine.engines.band.synth.lowpass import STEP
from oscine.engines.band.synth.modulators import AT_THE_MIXER
from oscine.engines.band.synth.oscillator import Cut, Wave, make_wave
from oscine.engines.band.synth.patch import Patch, ToneSpec, make_patch
from oscine.engines.band.synth.store import Store
from oscine.engines.band.synth.tone import Tone
from oscine.engines.band.synth.voice import Voice

_MODULATION, _VOLUME, _PAN, _EXPRESSION, _REVERB, _CHORUS = 1, 7, 10, 11, 91, 93
_INITIAL = {_VOLUME: 100, _PAN: 64, _EXPRESSION: 127}
_BEND_CENTS = 200.0
_SHARED_S = 8.0
"""Tones of longer notes are not kept for others: memory."""
_SKIPPED_S = 1.0
"""Of tones that began so long before the score did, only the rest is made."""
_RELEASE_GRAIN_S = 0.03
"""Keys let go so nearly together share one tone; how loud it is follows each one's own release."""
_SILENCED_S = 0.2
"""The release of a note that another of its exclusive class ends."""
_GRID = 64
"""Frames between two values of a controller."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What the players of one synthesiser share."""

    font: SoundFont
    rate: int
    waves: Store[Cut, Wave]
    tones: Store[tuple[ToneSpec, float], Tone]

    def share_tone(self, spec: ToneSpec, released_s: float) -> Tone:
        return self.tones.find((spec, released_s), lambda: self.make_tone(spec, released_s, None))

    def make_tone(self, spec: ToneSpec, released_s: float, motion: _Wheels | None, first: int = 0) -> Tone:
        wave = self.waves.find(
            spec.cut, lambda: make_wave(self.font.read_frames(spec.cut.start, spec.cut.end), spec.cut)
        )
        return Tone(spec, wave, self.rate, released_s=released_s, motion=motion, first=first)


@dataclass(frozen=True, slots=True)
class _Bus:
    """Voices that are placed alike are mixed before they are placed.

    How much a part sends to reverb and chorus is the score's to say; the font's shares come on top in proportion, so
    that a part without reverb is dry.
    """

    pan: float
    reverb: float
    chorus: float


@dataclass(frozen=True, slots=True)
class _Wheels:
    bend: Curve
    modulation: Curve
    start_s: float

    def bend_cents(self, times: Floats) -> Floats:
        return np.broadcast_to(self.bend.over(times + self.start_s), times.shape) * (_BEND_CENTS / 8192)

    def wheel(self, times: Floats) -> Floats:
        return np.broadcast_to(self.modulation.over(times + self.start_s), times.shape) / 127


@dataclass(slots=True)
class _Playing:
    voice: Voice
    bus: _Bus
    is_shared: bool


class Player:
    def __init__(self, part: Part, stock: Stock) -> None:
        self._part, self._stock = part, stock
        self._preset = stock.font.find_preset(part.program, is_drums=part.is_drums)
        self._find_layers: Callable[[int, int], tuple[Layer, ...]] = lru_cache(4096)(
            lambda key, velocity: stock.font.find_layers(self._preset, key, velocity)
        )
        self._curves = {
            number: Curve(part.controls, number, _INITIAL.get(number, 0))
            for number in {control.number for control in part.controls} | {*_INITIAL, _MODULATION, PITCH_BEND}
        }
        self._curves[_REVERB] = Curve(part.controls, _REVERB, part.reverb * 127)
        self._curves[_CHORUS] = Curve(part.controls, _CHORUS, part.chorus * 127)
        settled = sorted(self._curves.keys() - AT_THE_MIXER - {PITCH_BEND})
        self._settled = [(number, self._curves[number]) for number in settled]
        self._find_patches: Callable[[int, int, tuple[tuple[int, int], ...]], tuple[Patch, ...]] = lru_cache(4096)(
            self._make_patches
        )
        self._strokes = find_strokes(part)
        self._silenced_s = self._find_silenced()
        self._next = 0
        self._playing: list[_Playing] = []

    def add_to(self, dry: Stereo, room: Samples, ensemble: Samples, at: int) -> None:
        """Play from frame `at` of the piece for as long as the arrays are.

        room, ensemble: what goes to reverb and to chorus; (frames,).
        """
        self._strike(at + dry.shape[1])
        mixed: dict[_Bus, Samples] = {}
        still = []
        for playing in self._playing:
            bus = mixed.get(playing.bus)
            if bus is None:
                bus = mixed[playing.bus] = np.zeros(dry.shape[1], np.float32)
            if playing.voice.add_to(bus, at, is_shared=playing.is_shared):
                still.append(playing)
        self._playing = still
        if mixed:
            self._place(mixed, dry, room, ensemble, at)

    def _place(self, mixed: dict[_Bus, Samples], dry: Stereo, room: Samples, ensemble: Samples, at: int) -> None:
        frames = dry.shape[1]
        rate = self._stock.rate
        times = (at + _GRID * np.arange(count_points(_GRID, frames))) / rate
        over = {number: self._curves[number].over(times) for number in (*_INITIAL, _REVERB, _CHORUS)}
        loudness = (over[_VOLUME] / 127) ** 2 * (over[_EXPRESSION] / 127) ** 2 * 10 ** (self._part.gain_db / 20)
        level = _stretch(loudness, frames)
        reverb, chorus = (_stretch(over[number] / 127, frames) for number in (_REVERB, _CHORUS))
        side = 500 * (self._part.pan + (over[_PAN] - 64) / 63)
        for bus, voices in mixed.items():
            samples = voices * level
            angle = (np.clip(bus.pan + side, -500, 500) + 500) * (math.pi / 2000)
            dry[0] += samples * _stretch(np.cos(angle), frames)
            dry[1] += samples * _stretch(np.sin(angle), frames)
            room += samples * (reverb * np.float32(1 + bus.reverb))
            ensemble += samples * (chorus * np.float32(1 + bus.chorus))

    def _strike(self, before: int) -> None:
        """Start the voices of all keys that go down before that frame."""
        while self._next < len(self._strokes):
            stroke = self._strokes[self._next]
            start = round(stroke.start_s * self._stock.rate)
            if start >= before:
                return
            self._next += 1
            controls = tuple((number, round(curve.value_at(stroke.start_s))) for number, curve in self._settled)
            for patch in self._find_patches(stroke.key, stroke.velocity, controls):
                self._playing.append(self._start(patch, stroke, start))

    def _start(self, patch: Patch, stroke: Stroke, start: int) -> _Playing:
        volume, held_s = patch.volume, stroke.held_s
        silenced_s = self._silenced_s.get((self._next - 1, patch.exclusive_class), math.inf)
        if silenced_s < volume.silent_s(held_s):
            held_s = min(held_s, silenced_s)
            volume = replace(volume, release_s=min(volume.release_s, _SILENCED_S))
        spec = patch.tone
        ends_s = min(stroke.start_s + volume.silent_s(held_s), 1e9)
        moves = any(self._curves[n].is_ever(stroke.start_s, ends_s) for n in (_MODULATION, PITCH_BEND))
        motion = _Wheels(self._curves[PITCH_BEND], self._curves[_MODULATION], stroke.start_s) if moves else None
        is_release_heard = spec.cut.is_loop_left or _moves_after(spec, held_s, volume)
        first = max(0, -start) // STEP * STEP
        is_shared = held_s <= _SHARED_S and motion is None and first < _SKIPPED_S * self._stock.rate
        if is_shared:
            released_s = round(held_s / _RELEASE_GRAIN_S) * _RELEASE_GRAIN_S if is_release_heard else math.inf
            tone = self._stock.share_tone(spec, released_s)
        else:
            tone = self._stock.make_tone(spec, held_s, motion, first)
        voice = Voice(tone, patch.gain, volume, start, held_s, self._stock.rate)
        return _Playing(voice, _Bus(patch.pan, patch.reverb, patch.chorus), is_shared)

    def _make_patches(self, key: int, velocity: int, controls: tuple[tuple[int, int], ...]) -> tuple[Patch, ...]:
        stands = dict(controls)
        return tuple(
            make_patch(layer, key, velocity, lambda number: stands.get(number, 0), self._stock.rate)
            for layer in self._find_layers(key, velocity)
        )

    def _find_silenced(self) -> dict[tuple[int, int], float]:
        """Which stroke and exclusive class is ended by a later stroke, and after how many seconds."""
        silenced: dict[tuple[int, int], float] = {}
        last: dict[int, int] = {}
        for index, stroke in enumerate(self._strokes):
            layers = self._find_layers(stroke.key, stroke.velocity)
            for number in {layer.generators.get(Generator.EXCLUSIVE_CLASS, 0) for layer in layers} - {0}:
                if number in last:
                    silenced[last[number], number] = stroke.start_s - self._strokes[last[number]].start_s
                last[number] = index
        return silenced


def _moves_after(spec: ToneSpec, released_s: float, volume: Envelope) -> bool:
    """Whether the modulation envelope falls, faster than the sound dies away, once the key is up."""
    if not (spec.mod_to_pitch_cents or spec.mod_to_cutoff_cents) or spec.mod_envelope.release_s >= volume.release_s:
        return False
    return bool(spec.mod_envelope.modulation(np.array([released_s]), math.inf)[0] > 0)


def _stretch(values: Floats | float, frames: int) -> Samples | np.float32:
    """Values at every so many frames, and the straight lines between them; a single number stays one."""
    if not isinstance(values, np.ndarray) or not values.ndim:
        return np.float32(values)
    return spread(values.astype(np.float32), _GRID, frames)
