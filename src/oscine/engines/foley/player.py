# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays one layer of a scene: a row of pieces, rendered when their time comes and put into a room.

A texture is cut into stretches that fade into one another, an event is one piece; so both come block by block, and
stopping between two blocks costs nothing.
"""

from __future__ import annotations

import numpy as np

from oscine.engines.foley.hand import Hand
from oscine.engines.foley.primitives import RATE, Sound, doppler, fade, frames, high
from oscine.engines.foley.prompt import Layer, Scene
from oscine.engines.foley.rooms import Room

SEAM_S = 0.5
"""How long the end of an endless texture and its beginning are heard together."""
_STRETCH_S, _FIRST_STRETCH_S, _OVERLAP_S = 2.0, 0.4, 0.25
_PASS_S, _PASS_EVERY_S = 7.0, 6.0
_TEXTURE_RMS, _EVENT_RMS, _EVENT_PEAK = 0.11, 0.22, 0.95
_MOST_PIECES = 1500


class Player:
    """One layer."""

    def __init__(self, layer: Layer, seed: int, variation: float, scene: Scene) -> None:
        self._layer = layer
        self._recipe = layer.recipe
        self._seed = seed
        self._variation = variation
        self._loop_s = scene.seconds if scene.is_loop else None
        self._is_passing = layer.traits.motion is not None and layer.recipe.moves
        self.is_endless = (
            scene.is_loop and layer.recipe.is_texture and not self._is_passing and layer.seconds >= scene.seconds - 0.01
        )
        self.is_tonal = layer.recipe.is_tonal
        self._room = Room(layer.traits.space or layer.recipe.space, layer.traits.distance)
        self._gain = 10 ** (layer.level_db / 20)
        self._reference: float | None = None
        self._position = 0
        self._rest = np.zeros((0, 2))
        rng = np.random.default_rng((seed, 0))
        self._starts = self._stretches() if layer.recipe.is_texture and not self._is_passing else self._moments(rng)
        self._queue = [(start, number) for number, start in enumerate(self._starts)]
        self._twice: set[int] = set()
        self._kept: dict[int, Sound] = {}
        """Pieces of a loop that are played at its end and before its beginning."""
        self.lead = 0
        """Frames of a loop that come before its beginning and are not to be heard."""
        if scene.is_loop and not self.is_endless:
            self._begin_before(frames(scene.seconds))
        self._next = 0

    def block(self, count: int) -> Sound:
        """The next `count` frames, (count, 2)."""
        buffer = np.zeros((max(count, len(self._rest)), 2))
        buffer[: len(self._rest)] = self._rest
        while self._next < len(self._queue) and self._queue[self._next][0] < self._position + count:
            start, number = self._queue[self._next]
            piece = self._kept[number] if number in self._kept else self._render(number)
            if number in self._twice:
                self._kept[number] = piece
            start -= self._position
            missing = start + len(piece) - len(buffer)
            if missing > 0:
                buffer = np.concatenate((buffer, np.zeros((missing, 2))))
            buffer[start : start + len(piece)] += piece
            self._next += 1
        self._rest = buffer[count:]
        self._position += count
        return self._room.process(buffer[:count]) * self._gain

    def _begin_before(self, total: int) -> None:
        """Put the pieces that are still heard at the beginning of a loop of so many frames before it, as often as it
        takes."""
        longest_s = self._recipe.seconds
        if self._is_passing:
            longest_s = _PASS_S
        elif self._recipe.is_texture:
            longest_s = _STRETCH_S + _OVERLAP_S
        self.lead = frames(self._room.tail_s + longest_s)
        rounds = range(-(-self.lead // total), 0, -1)
        earlier = [(start - number * total, piece) for number in rounds for start, piece in self._queue]
        earlier = [entry for entry in earlier if entry[0] >= -self.lead]
        self._queue = earlier + self._queue
        self._twice = {piece for _, piece in earlier}
        self._position = -self.lead

    def _stretches(self) -> list[int]:
        layer = self._layer
        end = layer.start_s + layer.seconds + (SEAM_S if self.is_endless else 0)
        starts = [layer.start_s, layer.start_s + _FIRST_STRETCH_S]
        while starts[-1] + _STRETCH_S < end:
            starts.append(starts[-1] + _STRETCH_S)
        return [round(start * RATE) for start in starts if start < end]

    def _moments(self, rng: np.random.Generator) -> list[int]:
        layer, recipe = self._layer, self._recipe
        every_s = _PASS_EVERY_S if self._is_passing else recipe.every_s / 2 ** (0.8 * layer.traits.pace)
        if self._loop_s and layer.is_filling and every_s:
            every_s = layer.seconds / max(1, round(layer.seconds / every_s))
        elif layer.times > 1 and not layer.is_filling and every_s:
            every_s *= min(max((layer.seconds - min(recipe.seconds, 1.5)) / ((layer.times - 1) * every_s), 0.6), 1.6)
        room_s = 0.0 if self._loop_s else min(recipe.seconds, 0.6, layer.seconds / 3)
        now, moments = 0.0, [0.0]
        while every_s and len(moments) < _MOST_PIECES and (layer.is_filling or len(moments) < layer.times):
            chance = rng.exponential(1.0) if recipe.jitter > 0.6 else 1 + recipe.jitter * rng.standard_normal()
            now += every_s * max(chance, 0.25)
            if now > layer.seconds - room_s - 1e-6:
                break
            moments.append(now)
        return [round((layer.start_s + moment) * RATE) for moment in moments]

    def _render(self, number: int) -> Sound:
        """The piece at `_starts[number]`, (frames, 2), at its level."""
        if self._is_passing:
            return self._level_event(self._pass(number), number)
        if not self._recipe.is_texture:
            sound = self._recipe.cook(self._hand(number, 0.0, self._recipe.seconds))
            return self._level_event(self._pan(fade(sound, 0.0005, 0.02), number), number)
        start = self._starts[number] - round(self._layer.start_s * RATE)
        layer_end = round(self._layer.seconds * RATE) + (frames(SEAM_S) if self.is_endless else 0)
        following = (
            self._starts[number + 1] - self._starts[number] if number + 1 < len(self._starts) else layer_end - start
        )
        is_last = number + 1 == len(self._starts)
        count = following + (0 if is_last else frames(_OVERLAP_S))
        sound = self._recipe.cook(self._hand(number, start / RATE, count / RATE))
        if sound.ndim == 1:
            sound = np.stack((sound, sound), axis=1) * np.sqrt(0.5)
        sound = sound * self._texture_gain()
        overlap = min(frames(_OVERLAP_S), count)
        rise, fall = crossing(overlap, self.is_tonal)
        if number:
            sound[:overlap] *= rise[:, None]
        if not is_last:
            sound[-overlap:] *= fall[:, None]
        if self.is_endless:
            return sound
        soft_s = min(0.4 if self._layer.start_s else 0.05, self._layer.seconds / 4)
        return fade(sound, 0 if number else soft_s, min(self._layer.fade_s, count / RATE) if is_last else 0)

    def _pass(self, number: int) -> Sound:
        motion, pace = self._layer.traits.motion, 2**self._layer.traits.pace
        seconds = min(_PASS_S, self._layer.seconds)
        sound = self._recipe.cook(self._hand(number, 0.0, seconds))
        sound = sound.mean(axis=1) if sound.ndim == 2 else sound
        closest = {"passes": 0.5, "nears": 0.95, "leaves": 0.05}[motion or "passes"]
        passed = doppler(sound, 16.0 * pace, 5.0, closest)
        soft_s = min(0.5, seconds / 5)
        return fade(passed[:, ::-1] if number % 2 else passed, soft_s, soft_s)

    def _hand(self, number: int, start_s: float, seconds: float) -> Hand:
        rng = np.random.default_rng((self._seed, 4, number))
        return Hand(rng, self._layer.traits, self._variation, self._seed, start_s, seconds, self._loop_s)

    def _pan(self, sound: Sound, number: int) -> Sound:
        if sound.ndim == 2:
            return sound
        rng = np.random.default_rng((self._seed, 5, number))
        reach = 0.12 if self._recipe.jitter < 0.2 else 0.5
        angle = (1 + float(np.clip(rng.normal(0, reach), -0.9, 0.9))) * np.pi / 4
        return np.stack((sound * np.cos(angle), sound * np.sin(angle)), axis=1)

    def _level_event(self, sound: Sound, number: int) -> Sound:
        size = _loudest(sound)
        peak = float(np.abs(sound).max(initial=1e-9))
        rng = np.random.default_rng((self._seed, 6, number))
        chance = 10 ** (min(self._variation, 1.5) * rng.normal(0, 1.2) / 20)
        return sound * min(_EVENT_RMS * chance / size, _EVENT_PEAK / peak)

    def _texture_gain(self) -> float:
        """From three short looks at the layer, so that it is known before the first stretch is sent."""
        if self._reference is None:
            places = np.random.default_rng((self._seed, 8)).uniform(0, max(self._layer.seconds - 0.3, 0.1), 3)
            looks = [self._recipe.cook(self._hand(900 + i, float(place), 0.3)) for i, place in enumerate(places)]
            power = np.mean([np.mean(np.square(high(look.T, 70, 1))) for look in looks])
            self._reference = _TEXTURE_RMS / max(float(np.sqrt(power)), 1e-6)
        return self._reference


def crossing(count: int, is_tonal: bool) -> tuple[Sound, Sound]:
    """Gains of what comes and what goes: of equal power for noise, of equal sum for tones that run on."""
    share = np.linspace(0, 1, count)
    return (share, 1 - share) if is_tonal else (np.sin(share * np.pi / 2), np.cos(share * np.pi / 2))


def _loudest(sound: Sound) -> float:
    """Effective value of the loudest 100 ms, without what no loudspeaker plays."""
    power = np.square(high(sound.T, 60, 1)).mean(axis=0)
    window = min(frames(0.1), len(power))
    sums = np.concatenate(([0.0], np.cumsum(power)))
    return float(np.sqrt(max((sums[window:] - sums[:-window]).max() / frames(0.1), 1e-12)))
