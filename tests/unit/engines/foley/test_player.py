# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from oscine.domain.sound import Reading
from oscine.engines.foley.hand import Hand, Recipe, Traits
from oscine.engines.foley.mix import play
from oscine.engines.foley.player import Player
from oscine.engines.foley.primitives import RATE, Sound
from oscine.engines.foley.prompt import Scene
from oscine.engines.foley.timing import Layer


def hiss(hand: Hand) -> Sound:
    return hand.rng.standard_normal(hand.count)


def hum(hand: Hand) -> Sound:
    return np.sin(2 * np.pi * hand.phase(440.0))


def tap(hand: Hand) -> Sound:
    return np.exp(-np.arange(2000) / 300)


HISS = Recipe("hiss", "hiss", hiss, is_texture=True)
HUM = Recipe("hum", "hum", hum, is_texture=True, is_tonal=True)
TAP = Recipe("tap", "tap", tap, seconds=0.1, every_s=0.5, jitter=0.0, times=4)
CAR = Recipe("car", "car", hiss, is_texture=True, moves=True)


def layer(recipe: Recipe, seconds: float, traits: Traits | None = None, start_s: float = 0.0) -> Layer:
    return Layer(recipe, traits or Traits(), start_s, seconds, 0.0, recipe.times, False, 0.3)


def scene(layer: Layer, seconds: float) -> Scene:
    return Scene((layer,), seconds, False, Reading(seconds, ()))


def made(one: Layer, seconds: float, size: int = RATE, seed: int = 3) -> Sound:
    player = Player(one, seed, 1.0, scene(one, seconds))
    total = round(seconds * RATE)
    return np.concatenate([player.block(min(size, total - start)) for start in range(0, total, size)])


def levels(sound: Sound) -> Sound:
    """Every 50 ms."""
    hop = RATE // 20
    rms: Sound = np.sqrt(np.square(sound[: len(sound) // hop * hop]).mean(axis=1).reshape(-1, hop).mean(axis=1))
    return rms


@pytest.mark.parametrize("one", [layer(HISS, 5.0), layer(TAP, 5.0), layer(CAR, 5.0, Traits(motion="passes"))])
def test_the_result_does_not_depend_on_the_blocks(one: Layer) -> None:
    assert np.allclose(made(one, 5.0), made(one, 5.0, 7001))
    assert not np.allclose(made(one, 5.0), made(one, 5.0, seed=4))


def test_stretches_of_noise_join_at_one_level() -> None:
    inside = levels(made(layer(HISS, 8.0), 8.0))[4:-10]
    assert inside.max() / inside.min() < 1.25


def test_stretches_of_a_tone_join_in_step() -> None:
    sound = made(layer(HUM, 8.0), 8.0)[RATE // 4 : -RATE // 2, 0]
    assert np.abs(np.diff(sound, n=2)).max() < 1.05 * np.abs(sound).max() * (2 * np.pi * 440 / RATE) ** 2


def test_events_happen_when_and_as_often_as_they_should() -> None:
    sound = made(layer(TAP, 3.0, start_s=0.25), 4.0)
    begins = np.flatnonzero(np.diff((np.abs(sound).max(axis=1) > 0.05).astype(int), prepend=0) > 0) / RATE
    assert len(begins) == 4
    assert begins[0] == pytest.approx(0.25, abs=0.005)
    assert np.allclose(np.diff(begins), np.diff(begins)[0], atol=0.005)


def test_a_layer_begins_and_ends_without_a_click() -> None:
    sound = made(layer(HISS, 2.0, start_s=1.0), 4.0)
    assert not sound[: RATE - 10].any()
    assert np.abs(sound[RATE : RATE + 200]).max() < 0.1 * np.abs(sound).max()
    assert np.abs(sound[3 * RATE - 100 : 3 * RATE]).max() < 0.05 * np.abs(sound).max()
    assert not sound[3 * RATE + 10 :].any()


@pytest.mark.parametrize(
    ("motion", "low", "high"), [("passes", 0.35, 0.65), ("nears", 0.75, 1.0), ("leaves", 0.0, 0.3)]
)
def test_movement_is_loudest_when_it_is_nearest(motion: str, low: float, high: float) -> None:
    found = levels(made(layer(CAR, 6.0, Traits(motion=motion)), 6.0))  # type: ignore[arg-type]
    assert low <= found.argmax() / len(found) <= high


def test_a_layer_is_as_loud_as_it_is_told() -> None:
    loud = levels(made(layer(HISS, 3.0), 3.0))[10:40].mean()
    soft = levels(made(replace(layer(HISS, 3.0), level_db=-20.0), 3.0))[10:40].mean()
    assert loud / soft == pytest.approx(10, rel=0.02)


@pytest.mark.parametrize("seconds", [0.5, 0.6, 1.0, 3.217, 30.0])
@pytest.mark.parametrize("recipe", [HISS, TAP])
def test_a_scene_is_exactly_as_long_as_it_says_and_ends_in_silence(recipe: Recipe, seconds: float) -> None:
    blocks = list(play(scene(layer(recipe, seconds), seconds), 1, 1.0))
    sound = np.concatenate(blocks)
    assert sound.shape == (round(seconds * RATE), 2)
    assert len(blocks[0]) <= RATE // 4
    assert np.abs(sound[-3:]).max() < 1e-3
    assert np.abs(sound).max() < 10 ** (-1 / 20)
