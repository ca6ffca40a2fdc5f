# SPDX-License-Identifier: GPL-3.0-or-later
"""Loops: the end leads into the beginning, although the beginning leaves before the end is made."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from oscine.domain.sound import Reading
from oscine.engines.foley.hand import Hand, Recipe, Traits
from oscine.engines.foley.mix import play
from oscine.engines.foley.primitives import RATE, Sound
from oscine.engines.foley.prompt import Scene
from oscine.engines.foley.timing import Layer


def ringing(hand: Hand) -> Sound:
    seconds = np.arange(2 * RATE) / RATE
    return np.sin(2 * np.pi * 300 * seconds) * np.exp(-seconds / 0.4)


def humming(hand: Hand) -> Sound:
    return np.sin(2 * np.pi * hand.phase(100.3))


def hissing(hand: Hand) -> Sound:
    return np.random.default_rng(round(1000 * hand.t[0])).standard_normal(hand.count)


RING = Recipe("ring", "ring", ringing, seconds=2.0, every_s=0.7, jitter=0.2)
HUM = Recipe("hum", "hum", humming, is_texture=True, is_tonal=True)
HISS = Recipe("hiss", "hiss", hissing, is_texture=True)
BOOM = Recipe("boom", "boom", ringing, seconds=2.0, space="cave")


def scene(*layers: Layer, seconds: float, is_loop: bool = True) -> Scene:
    return Scene(layers, seconds, is_loop, Reading(seconds, ()))


def layer(recipe: Recipe, start_s: float, seconds: float, *, is_filling: bool = False) -> Layer:
    return Layer(recipe, Traits(), start_s, seconds, 0.0, 1, is_filling, 0.3)


def make(wanted: Scene) -> Sound:
    return np.concatenate(list(play(wanted, 5, 1.0)))


def jumps(sound: Sound) -> Sound:
    """Change from frame to frame, the one from the end to the beginning first."""
    around: Sound = np.abs(np.diff(np.concatenate((sound[-1:], sound)), axis=0)).max(axis=1)
    return around


@pytest.mark.parametrize(
    "layers",
    [
        lambda s: [layer(RING, 0, s, is_filling=True)],
        lambda s: [layer(HUM, 0, s)],
        lambda s: [layer(HISS, 0, s)],
        lambda s: [layer(HISS, 0, s / 2), layer(HUM, s / 2, s / 2)],
        lambda s: [layer(BOOM, 0.8 * s, 0.2 * s)],
        lambda s: [layer(RING, 0, s, is_filling=True), layer(HUM, 0, s), layer(BOOM, 0.9 * s, 0.1 * s)],
    ],
)
@pytest.mark.parametrize("seconds", [0.5, 1.3, 6.0])
def test_nothing_tells_where_the_seam_is(layers: Callable[[float], list[Layer]], seconds: float) -> None:
    sound = make(scene(*layers(seconds), seconds=seconds))
    assert len(sound) == round(seconds * RATE)
    changes = jumps(sound)
    assert changes[:2].max() <= 1.02 * changes[2:].max()
    assert np.abs(sound).max() < 0.9


def test_what_rings_over_the_end_is_heard_at_the_beginning() -> None:
    """The same as a boom that was played one loop earlier."""
    sound = make(scene(layer(BOOM, 1.5, 0.5), seconds=2.0))
    once = make(scene(layer(BOOM, 1.5, 0.5), layer(BOOM, 3.5, 0.5), layer(BOOM, 5.5, 0.5), seconds=7.9, is_loop=False))
    assert np.corrcoef(sound[: RATE // 2, 0], once[6 * RATE : 6 * RATE + RATE // 2, 0])[0, 1] > 0.999


def test_tones_run_on_in_step() -> None:
    sound = make(scene(layer(HUM, 0, 3.0), seconds=3.0))[:, 0]
    spectrum = np.abs(np.fft.rfft(np.tile(sound, 3)))
    peak = spectrum.argmax()
    rest = np.delete(spectrum, range(peak - 3, peak + 4))
    assert spectrum[peak] > 200 * rest.max()


def test_noise_keeps_its_level_across_the_seam() -> None:
    sound = make(scene(layer(HISS, 0, 4.0), seconds=4.0))
    around = np.roll(sound, RATE, axis=0)
    levels = np.sqrt(np.square(around.mean(axis=1)[: 4 * RATE]).reshape(-1, RATE // 20).mean(axis=1))
    assert levels.max() / levels.min() < 1.5


def test_the_beginning_leaves_before_the_end_is_made() -> None:
    cooked: list[float] = []

    def noted(hand: Hand) -> Sound:
        cooked.append(float(hand.t[0]))
        return hissing(hand)

    blocks = play(scene(layer(Recipe("hiss", "hiss", noted, is_texture=True), 0, 30.0), seconds=30.0), 5, 1.0)
    next(blocks)
    assert len(cooked) <= 6  # three looks at the level, and the first stretches
    assert sum(map(len, blocks)) > 29 * RATE
