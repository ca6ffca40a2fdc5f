# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from oscine.engines.foley.hand import Hand, Traits
from oscine.engines.foley.primitives import RATE


def hand(start_s: float = 0.0, seconds: float = 1.0, loop_s: float | None = None, **fields: float) -> Hand:
    variation = fields.pop("variation", 1.0)
    traits = Traits(**fields)  # type: ignore[arg-type]
    return Hand(np.random.default_rng(1), traits, variation, 7, start_s, seconds, loop_s)


def test_words_become_factors_of_the_right_direction() -> None:
    usual = hand()
    assert hand(size=1.0).tune < usual.tune < hand(size=-1.0).tune
    assert hand(pitch=-1.0).tune < usual.tune < hand(pitch=1.0).tune
    assert hand(size=1.0).stretch > 1 > hand(size=-1.0).stretch
    assert (hand(force=-1.0).force, usual.force, hand(force=1.0).force) == (0, 0.5, 1)
    assert hand(pace=-1.0).pace < 1 < hand(pace=1.0).pace


def test_variation_says_how_far_figures_stray() -> None:
    assert {hand(variation=0.0).around(100.0) for _ in range(5)} == {100.0}
    one = hand(variation=1.0)
    wide = hand(variation=1.6)
    assert np.std([wide.around(100.0) for _ in range(300)]) > 1.3 * np.std([one.around(100.0) for _ in range(300)])
    assert hand().shared(1, 2, 5) == hand(start_s=9.0).shared(1, 2, 5)


def test_slow_movement_goes_on_from_stretch_to_stretch() -> None:
    whole = hand(0.0, 4.0).slow(1.3, 2)
    part = hand(2.0, 2.0).slow(1.3, 2)
    assert np.allclose(part, whole[2 * RATE :], atol=0.002)
    assert 0 <= whole.min() < 0.4
    assert 0.6 < whole.max() <= 1
    assert np.abs(np.diff(whole)).max() < 0.001


@pytest.mark.parametrize("hertz", [123.4, lambda t: 200 + 50 * np.sin(3 * t)])
def test_phase_runs_on_and_closes_the_circle(hertz: float) -> None:
    whole = hand(0.0, 4.0).phase(hertz)
    assert np.allclose(hand(2.0, 2.0).phase(hertz), whole[2 * RATE :], atol=1e-3)
    looped = hand(0.0, 4.0 + 1 / RATE, loop_s=4.0).phase(hertz)
    assert looped[4 * RATE] - looped[0] == pytest.approx(round(looped[4 * RATE] - looped[0]), abs=1e-3)
