# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from oscine.engines.foley.primitives import RATE, Sound
from oscine.engines.foley.rooms import SPACES, Room


def noise(count: int = RATE) -> Sound:
    return np.random.default_rng(2).standard_normal((count, 2))


def click(count: int = 5 * RATE) -> Sound:
    made = np.zeros((count, 2))
    made[0] = 1
    return made


def centroid_hz(sound: Sound) -> float:
    power = np.square(np.abs(np.fft.rfft(sound[:, 0])))
    return float((power * np.fft.rfftfreq(len(sound), 1 / RATE)).sum() / power.sum())


def test_without_a_room_nothing_is_touched() -> None:
    sound = noise()
    assert np.array_equal(Room(None, 0.0).process(sound), sound)
    assert Room(None, 0.0).tail_s == 0


@pytest.mark.parametrize("space", sorted(SPACES))
def test_the_result_does_not_depend_on_the_blocks(space: str) -> None:
    sound = noise(30_000)
    whole = Room(space, 0.4).process(sound)
    room = Room(space, 0.4)
    parts = [room.process(sound[start : start + 7001]) for start in range(0, len(sound), 7001)]
    assert np.allclose(np.concatenate(parts), whole, atol=1e-4)
    assert whole.shape == sound.shape


@pytest.mark.parametrize("space", ["room", "hall", "cathedral", "cave"])
def test_a_room_is_heard_for_as_long_as_it_says(space: str) -> None:
    room = Room(space, 0.0)
    heard = room.process(click())
    after = round(room.tail_s * RATE)
    assert np.abs(heard[after // 4 : after // 2]).max() > 1e-4
    assert np.abs(heard[after + RATE // 5 :]).max() < 1e-6
    assert not np.allclose(heard[1000:after, 0], heard[1000:after, 1])  # around the listener


def test_a_cathedral_rings_longer_than_a_room() -> None:
    assert Room("cathedral", 0).tail_s > 4 * Room("room", 0).tail_s


def test_distance_dulls_and_puts_outdoors() -> None:
    near, far = (centroid_hz(Room(None, distance).process(noise())) for distance in (0.0, 0.9))
    assert far < 0.2 * near
    assert Room(None, 0.9).tail_s > 1


def test_veils_take_what_they_should() -> None:
    assert centroid_hz(Room("underwater", 0).process(noise())) < 800
    assert centroid_hz(Room("muffled", 0).process(noise())) < 1000
    phone = Room("phone", 0).process(noise())
    power = np.square(np.abs(np.fft.rfft(phone[:, 0])))
    hertz = np.fft.rfftfreq(len(phone), 1 / RATE)
    assert power[(hertz > 300) & (hertz < 4500)].sum() > 0.9 * power.sum()
