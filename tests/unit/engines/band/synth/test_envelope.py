# SPDX-License-Identifier: GPL-3.0-or-later
"""Shapes of envelopes and oscillators: SoundFont technical specification 2.04, §9.1.5 and §9.1.7."""

import math

import numpy as np
import pytest

from oscine.engines.band.synth.envelope import Envelope, Lfo

VOLUME = Envelope(delay_s=0.1, attack_s=0.2, hold_s=0.1, decay_s=2, sustain=30, release_s=1)


def decibels(time_s: float, released_s: float = math.inf) -> float:
    return float(20 * np.log10(VOLUME.volume(np.array([time_s]), released_s)[0]))


def test_volume_goes_through_its_stages() -> None:
    assert VOLUME.volume(np.array([0.05, 0.1]), math.inf).tolist() == [0, 0]
    assert decibels(0.2) == pytest.approx(-6.02, abs=0.01)
    assert [decibels(at) for at in (0.3, 0.4)] == pytest.approx([0, 0], abs=1e-3)
    assert [decibels(at) for at in (0.6, 1.0, 5.0)] == pytest.approx([-10, -30, -30], abs=1e-3)


def test_volume_is_let_go_from_where_it_is() -> None:
    assert decibels(0.3, released_s=0.2) == pytest.approx(-6.02 - 10, abs=0.01)
    assert decibels(1.1, released_s=0.6) == pytest.approx(-10 - 50, abs=1e-3)


def test_stretches_join_to_the_whole() -> None:
    times = np.arange(3000) / 1000
    whole = VOLUME.volume(times, 1.3)
    parts = np.concatenate([VOLUME.volume(times[at : at + 170], 1.3) for at in range(0, 3000, 170)])
    assert np.allclose(whole, parts)


@pytest.mark.parametrize("released_s", [0.05, 0.35, 0.6, 4.0])
def test_silence_is_foretold(released_s: float) -> None:
    silent_s = VOLUME.silent_s(released_s, 90)
    assert VOLUME.volume(np.array([silent_s + 0.001]), released_s)[0] < 10 ** (-90 / 20)


def test_a_sound_that_decays_to_nothing_ends_while_the_key_is_down() -> None:
    plucked = Envelope(0, 0.001, 0, 2, 100, 1)
    assert plucked.silent_s(math.inf, 90) == pytest.approx(1.801)
    assert math.isinf(VOLUME.silent_s(math.inf, 90))


def test_modulation_rises_in_a_curve_and_falls_straight() -> None:
    modulation = Envelope(0, 1, 0, 2, 0.5, 2)
    times = np.array([0.1, 0.5, 1.0, 1.5, 3.0])
    assert modulation.modulation(times, math.inf) == pytest.approx([1 - 40 / 96, 0.8746, 1, 0.75, 0.5], abs=1e-3)
    assert modulation.modulation(np.array([1.5, 2.0, 4.0]), 1.5) == pytest.approx([0.75, 0.5, 0])


def test_an_oscillator_is_a_triangle_after_its_delay() -> None:
    lfo = Lfo(delay_s=1, hz=2)
    assert lfo.at(np.array([0, 1, 1.125, 1.25, 1.375, 1.5])) == pytest.approx([0, 0, 1, 0, -1, 0])
