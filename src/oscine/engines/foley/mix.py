# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays a scene: each layer is a row of pieces, rendered when their time comes, put into a room, added up.

A texture is cut into stretches that fade into one another, an event is one piece; so both come block by block, and
stopping between two blocks costs nothing. A loop is made whole first: its end is mixed into its beginning.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import resample_poly

from oscine.engines.foley.hand import Hand
from oscine.engines.foley.primitives import RATE, Sound, doppler, fade, frames, high
from oscine.engines.foley.prompt import Layer, Scene
from oscine.engines.foley.rooms import Room

_FIRST_S, _BLOCK_S = 0.25, 1.0
_STRETCH_S, _FIRST_STRETCH_S, _OVERLAP_S = 2.0, 0.4, 0.25
_SEAM_S = 0.5
_PASS_S, _PASS_EVERY_S = 7.0, 6.0
_TEXTURE_RMS, _EVENT_RMS, _EVENT_PEAK = 0.11, 0.22, 0.95
_CEILING = 10 ** (-1.3 / 20)
"""0.3 dB below the promise, for what lies between the points that are looked at."""
_LOOK_AHEAD = 256
_END_FADE_S = 0.06
_MOST_PIECES = 1500


def play(scene: Scene, seed: int, variation: float) -> Iterator[Sound]:
    """Blocks of the scene, (frames, 2), exactly as long as it says, peaks at most −1 dBTP."""
    players = [Player(layer, seed + 7919 * number, variation, scene) for number, layer in enumerate(scene.layers)]
    total = frames(scene.seconds)
    if scene.is_loop:
        whole = sum((player.looped(total) for player in players), np.zeros((total, 2)))
        around = np.concatenate((whole[-2 * _LOOK_AHEAD :], whole, whole[: 2 * _LOOK_AHEAD]))
        whole = (around * _limits(around)[:, None])[2 * _LOOK_AHEAD : -2 * _LOOK_AHEAD]
        step = frames(_BLOCK_S)
        yield from (whole[start : start + step] for start in range(0, total, step))
        return
    limiter = Limiter()
    ending = _end_fade(total)
    made = sent = 0
    while made < total:
        count = min(frames(_BLOCK_S if made else _FIRST_S), total - made)
        block = sum((player.block(count) for player in players), np.zeros((count, 2)))
        made += count
        left = total - len(ending)
        if made > left:
            first = max(0, left - (made - count))
            block[first:] *= ending[made - count + first - left : made - left][:, None]
        block = limiter.process(block, is_last=made == total)
        sent += len(block)
        if len(block):
            yield block


def _end_fade(total: int) -> Sound:
    count = min(frames(_END_FADE_S), total // 4)
    fall: Sound = np.cos(np.linspace(0, np.pi / 2, count)) ** 2
    return fall


class Player:
    """One layer."""

    def __init__(self, layer: Layer, seed: int, variation: float, scene: Scene) -> None:
        self._layer = layer
        self._recipe = layer.recipe
        self._seed = seed
        self._variation = variation
        self._loop_s = scene.seconds if scene.is_loop else None
        self._is_passing = layer.traits.motion is not None and layer.recipe.moves
        self._is_endless = (
            scene.is_loop and layer.recipe.is_texture and not self._is_passing and layer.seconds >= scene.seconds - 0.01
        )
        self._room = Room(layer.traits.space or layer.recipe.space, layer.traits.distance)
        self._gain = 10 ** (layer.level_db / 20)
        self._reference: float | None = None
        self._position = 0
        self._rest = np.zeros((0, 2))
        rng = np.random.default_rng((seed, 0))
        self._starts = self._stretches() if layer.recipe.is_texture and not self._is_passing else self._moments(rng)
        self._next = 0

    def looped(self, total: int) -> Sound:
        """All of it, (total, 2), the end leading into the beginning."""
        seam = frames(_SEAM_S)
        tail = seam if self._is_endless else frames(self._room.tail_s + self._recipe.seconds)
        made = self.block(total + tail)
        whole, rest = made[:total].copy(), made[total:]
        if self._is_endless:
            seam = min(seam, total // 2)
            rise, fall = _crossing(seam, self._recipe.is_tonal)
            whole[:seam] = whole[:seam] * rise[:, None] + rest[:seam] * fall[:, None]
            return whole
        for start in range(0, len(rest), total):
            piece = rest[start : start + total]
            whole[: len(piece)] += piece
        return whole

    def block(self, count: int) -> Sound:
        """The next `count` frames, (count, 2)."""
        buffer = np.zeros((max(count, len(self._rest)), 2))
        buffer[: len(self._rest)] = self._rest
        while self._next < len(self._starts) and self._starts[self._next] < self._position + count:
            piece = self._render(self._next)
            start = self._starts[self._next] - self._position
            missing = start + len(piece) - len(buffer)
            if missing > 0:
                buffer = np.concatenate((buffer, np.zeros((missing, 2))))
            buffer[start : start + len(piece)] += piece
            self._next += 1
        self._rest = buffer[count:]
        self._position += count
        return self._room.process(buffer[:count]) * self._gain

    def _stretches(self) -> list[int]:
        layer = self._layer
        end = layer.start_s + layer.seconds + (_SEAM_S if self._is_endless else 0)
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
        layer_end = round(self._layer.seconds * RATE) + (frames(_SEAM_S) if self._is_endless else 0)
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
        rise, fall = _crossing(overlap, self._recipe.is_tonal)
        if number:
            sound[:overlap] *= rise[:, None]
        if not is_last:
            sound[-overlap:] *= fall[:, None]
        if self._is_endless:
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


def _crossing(count: int, is_tonal: bool) -> tuple[Sound, Sound]:
    """Gains of what comes and what goes: of equal power for noise, of equal sum for tones that run on."""
    share = np.linspace(0, 1, count)
    return (share, 1 - share) if is_tonal else (np.sin(share * np.pi / 2), np.cos(share * np.pi / 2))


def _loudest(sound: Sound) -> float:
    """Effective value of the loudest 100 ms, without what no loudspeaker plays."""
    power = np.square(high(sound.T, 60, 1)).mean(axis=0)
    window = min(frames(0.1), len(power))
    sums = np.concatenate(([0.0], np.cumsum(power)))
    return float(np.sqrt(max((sums[window:] - sums[:-window]).max() / frames(0.1), 1e-12)))


def _limits(sound: Sound) -> Sound:
    """Gain at each frame that keeps all within 256 frames around it below the ceiling, without corners; (frames,)."""
    peaks = np.abs(sound).max(axis=1)
    if peaks.max(initial=0) > 0.6 * _CEILING:
        between = np.abs(resample_poly(sound, 4, 1, axis=0)).max(axis=1).reshape(-1, 4).max(axis=1)
        peaks = np.maximum(peaks, np.maximum(between, np.concatenate((between[1:], between[-1:]))))
    wanted = np.minimum(1.0, _CEILING / np.maximum(peaks, 1e-9))
    held = minimum_filter1d(wanted, 2 * _LOOK_AHEAD + 1, mode="nearest")
    gains: Sound = uniform_filter1d(held, _LOOK_AHEAD, mode="nearest")
    return gains


class Limiter:
    """`_limits` for a stream: holds back as much as it must see ahead."""

    def __init__(self) -> None:
        self._past = np.zeros((0, 2))
        self._held = np.zeros((0, 2))

    def process(self, block: Sound, *, is_last: bool) -> Sound:
        ahead = 2 * _LOOK_AHEAD
        known = np.concatenate((self._past, self._held, block))
        ready = len(known) if is_last else max(len(self._past), len(known) - ahead)
        out = known[len(self._past) : ready] * _limits(known)[len(self._past) : ready, None] if len(known) else known
        self._past, self._held = known[max(0, ready - ahead) : ready], known[ready:]
        return out
