# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from oscine.engines.foley.hand import Recipe, Traits
from oscine.engines.foley.timing import Wish, arrange

TEXTURE = Recipe("rain", "rain", lambda hand: np.zeros(hand.count), is_texture=True, seconds=8)
EVENT = Recipe("knock", "knock", lambda hand: np.zeros(100), seconds=0.5, every_s=0.4, times=3)
ONCE = Recipe("boom", "boom", lambda hand: np.zeros(100), seconds=4)


def test_a_length_that_is_asked_for_is_kept_and_lies_within_bounds() -> None:
    for wanted, seconds in ((3.21, 3.21), (0.1, 0.5), (99, 47)):
        layers, length = arrange([[Wish(TEXTURE)], [Wish(EVENT)], [Wish(ONCE)]], wanted)
        assert length == seconds
        assert all(0 <= layer.start_s < length for layer in layers)
        assert all(layer.start_s + layer.seconds <= length + 1e-6 for layer in layers)


def test_without_one_it_takes_what_the_sounds_take() -> None:
    assert arrange([[Wish(TEXTURE)]], None)[1] == 8
    assert arrange([[Wish(EVENT)]], None)[1] == pytest.approx(1.3)
    assert arrange([[Wish(ONCE)]], None)[1] == pytest.approx(3.4)
    assert arrange([[Wish(TEXTURE)]] * 8, None)[1] == 22


def test_what_follows_begins_where_what_was_before_ends() -> None:
    (first, second), _ = arrange([[Wish(TEXTURE)], [Wish(ONCE)]], None)
    assert second.start_s == pytest.approx(first.start_s + first.seconds - 0.4)
    assert first.fade_s > 0.4


def test_textures_give_and_take_before_events() -> None:
    (rain, boom), _ = arrange([[Wish(TEXTURE)], [Wish(ONCE)]], 20.0)
    assert rain.seconds > 15
    assert boom.seconds < 4.5


def test_an_event_beside_a_texture_comes_in_later_and_goes_on() -> None:
    (rain, knock), _ = arrange([[Wish(TEXTURE), Wish(EVENT)]], None)
    assert rain.start_s == 0
    assert 0 < knock.start_s <= 0.8
    assert knock.is_filling


def test_a_number_is_a_number() -> None:
    (knock,), seconds = arrange([[Wish(EVENT, Traits(number=5))]], 10.0)
    assert (knock.times, knock.is_filling, seconds) == (5, False, 10.0)
    assert arrange([[Wish(EVENT)]], 10.0)[0][0].is_filling
    assert not arrange([[Wish(ONCE)]], 10.0)[0][0].is_filling


def test_what_is_far_is_softer_but_alone_it_is_still_heard() -> None:
    (near, far), _ = arrange([[Wish(ONCE)], [Wish(ONCE, Traits(distance=1.0))]], None)
    assert near.level_db - far.level_db == pytest.approx(14)
    (alone,), _ = arrange([[Wish(ONCE, Traits(distance=1.0))]], None)
    assert alone.level_db == pytest.approx(-4.2)
