# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from oscine.engines.foley import primitives as p
from oscine.engines.foley.primitives import RATE, Sound


def rng() -> p.Random:
    return np.random.default_rng(1)


def level_db(sound: Sound, low_hz: float, high_hz: float) -> float:
    """Of a band, per hertz."""
    power = np.square(np.abs(np.fft.rfft(sound)))
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    return float(10 * np.log10(power[(hertz >= low_hz) & (hertz < high_hz)].mean()))


def peak_hz(sound: Sound) -> float:
    return float(np.abs(np.fft.rfft(sound)).argmax() * RATE / len(sound))


def test_noise_is_white_and_pink_noise_falls_three_decibels_an_octave() -> None:
    white, pink = p.noise(rng(), RATE), p.pink(rng(), RATE)
    assert level_db(white, 100, 200) == pytest.approx(level_db(white, 6400, 12800), abs=1)
    assert level_db(pink, 100, 200) - level_db(pink, 6400, 12800) == pytest.approx(18, abs=1)
    assert float(pink.std()) == pytest.approx(0.4, abs=0.1)


def test_filters_pass_what_they_should() -> None:
    white = p.noise(rng(), RATE)
    assert level_db(p.low(white, 500), 5000, 6000) < level_db(white, 5000, 6000) - 35
    assert level_db(p.high(white, 5000), 400, 500) < level_db(white, 400, 500) - 35
    banded = p.band(white, 1000, 2000)
    assert level_db(banded, 1200, 1700) == pytest.approx(level_db(white, 1200, 1700), abs=1)
    assert level_db(banded, 100, 200) < -20 + level_db(white, 100, 200)
    assert np.isfinite(p.band(white, 1, 90_000)).all()  # corners outside what there is are pulled in


def test_a_moving_filter_moves_without_clicks() -> None:
    white = p.noise(rng(), RATE)
    moved = p.moving_band(white, p.glide(300, 6000, count=RATE), 1.4)
    assert level_db(moved[: RATE // 5], 250, 600) > level_db(moved[: RATE // 5], 4000, 7000) + 20
    assert level_db(moved[-RATE // 5 :], 4000, 7000) > level_db(moved[-RATE // 5 :], 250, 600) + 15
    tone = p.tone(np.full(RATE, 200.0))
    swept = p.moving_low(tone, p.glide(8000, 900, count=RATE))
    assert np.abs(np.diff(swept))[1000:].max() < 1.2 * np.abs(np.diff(tone)).max()


@pytest.mark.parametrize("count", [1, 2, 3, 100, RATE])
def test_envelopes_start_and_end_where_they_should(count: int) -> None:
    assert len(p.decay(count, 0.001, 0.1)) == len(p.arch(count)) == count
    assert p.decay(count, 0.001, 0.1).max() <= 1
    faded = p.fade(np.ones((count, 2)), 0.01, 0.01)
    assert faded.shape == (count, 2)
    if count > 2:
        assert p.arch(count)[0] == pytest.approx(0)
        assert p.arch(count)[-1] == pytest.approx(0, abs=1e-9)
        assert faded[0, 0] == pytest.approx(0)
        assert faded[-1, 1] == pytest.approx(0, abs=1e-9)


def test_tones_have_the_pitch_that_is_asked() -> None:
    steady = np.full(RATE, 440.0)
    phase = np.cumsum(steady) / RATE
    for sound in (p.tone(steady), p.fm(steady, 1, 0.2), p.saw(phase), p.harmonics(phase, (1, 0.5)),
                  p.supersaw(rng(), phase, 1, 0.0)):  # fmt: skip
        assert peak_hz(sound) == pytest.approx(440, abs=1.5)
    assert np.abs(p.saw(phase)).max() <= 1.0001
    glide = p.glide(100, 400, count=1001)
    assert glide[500] == pytest.approx(200)  # in the middle of a scale of octaves


def test_a_struck_body_rings_as_its_formula_says() -> None:
    seconds = np.arange(RATE) / RATE
    expected = 0.5 * np.sin(2 * np.pi * 700 * seconds) * np.exp(-seconds / 0.2)
    assert np.allclose(p.modes(RATE, (700, 30_000), (0.2, 0.2), (0.5, 9.0)), expected, atol=1e-9)  # 30 kHz: left out
    assert len(p.modes(3, (700,), (0.2,), (1.0,))) == 3


def test_grains_fall_as_often_as_asked() -> None:
    made = p.sprinkle(rng(), 20 * RATE, 50, [np.ones(1)], 0.0)
    assert made.sum() == pytest.approx(1000, rel=0.1)
    gaps = np.diff(np.flatnonzero(made))
    assert float(gaps.std() / gaps.mean()) == pytest.approx(1, abs=0.15)  # as chance has it


def test_what_sticks_out_is_cut() -> None:
    onto = np.zeros(10)
    p.place(np.ones(8), onto, 5 / RATE, 2.0)
    p.place(np.ones(8), onto, 1.0)
    assert onto.tolist() == [0] * 5 + [2] * 5


def test_what_passes_goes_from_side_to_side_and_falls_in_pitch() -> None:
    heard = p.doppler(p.tone(np.full(4 * RATE, 1000.0)), 30, 3)
    first, last = heard[RATE // 2 : RATE], heard[-RATE : -RATE // 2]
    assert np.square(first[:, 0]).sum() > 4 * np.square(first[:, 1]).sum()
    assert np.square(last[:, 1]).sum() > 4 * np.square(last[:, 0]).sum()
    assert peak_hz(first[:, 0]) > 1060
    assert peak_hz(last[:, 1]) < 940


def test_a_widened_sound_differs_between_the_ears() -> None:
    sides = p.widen(rng(), p.noise(rng(), RATE))
    assert sides.shape == (RATE, 2)
    assert 0.3 < np.corrcoef(sides[:, 0], sides[:, 1]).item(1) < 0.95
