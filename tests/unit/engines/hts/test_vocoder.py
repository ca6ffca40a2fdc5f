# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from oscine.engines.hts.vocoder import BAND_EDGES_HZ, Filter, Vocoder, bend, minimum_phase, scale_formants, sharpen

RATE, HOP, ORDER, ALPHA = 24000, 120, 31, 0.466
_BANDS = len(BAND_EDGES_HZ) - 1
_QUIET = float(np.log(0.02))


def flat(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.full(hertz.shape, _QUIET)


def a_cepstrum() -> NDArray[np.float32]:
    """A vowel-like spectrum: falling, with one broad peak."""
    return np.concatenate([[0.5, 0.8, 0.3, -0.2], np.zeros(ORDER - 4)]).astype(np.float32)


def render(f0_hz: float, share: float, frames: int = 400, blocks: tuple[int, ...] = ()) -> NDArray[np.float32]:
    vocoder = Vocoder(RATE, HOP, Filter(RATE, ORDER, ALPHA, flat), np.random.default_rng(5))
    cuts = np.split(np.arange(frames), blocks) if blocks else [np.arange(frames)]
    parts = [
        vocoder.render(
            np.tile(a_cepstrum(), (len(cut), 1)),
            np.full(len(cut), f0_hz),
            np.full((len(cut), _BANDS), share, np.float32),
        )
        for cut in cuts
    ]
    return np.concatenate([*parts, vocoder.finish()])


def envelope_db(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Power of 2 kHz bands, decibels."""
    power = np.abs(np.fft.rfft(samples)) ** 2
    return 10 * np.log10([band.sum() for band in np.array_split(power, 6)])


def expected_db() -> NDArray[np.float64]:
    hertz = np.linspace(0, np.pi, 1201)
    log = np.cos(np.outer(bend(hertz, ALPHA), np.arange(ORDER))) @ a_cepstrum() + _QUIET
    return 10 * np.log10([band.mean() for band in np.array_split(np.exp(2 * log), 6)])


@pytest.mark.parametrize(("f0_hz", "share"), [(0.0, 1.0), (120.0, 0.0), (120.0, 0.5), (205.0, 0.0)])
def test_the_spectrum_is_that_of_the_cepstrum(f0_hz: float, share: float) -> None:
    found = envelope_db(render(f0_hz, share))
    wanted = expected_db()
    assert np.abs((found - found.mean()) - (wanted - wanted.mean())).max() < 1.2


def test_pulses_and_noise_are_equally_loud_at_any_pitch() -> None:
    levels = [float((render(f0, share) ** 2).mean()) for f0, share in ((0, 1), (100, 0), (220, 0), (150, 0.5))]
    assert max(levels) / min(levels) < 1.25


@pytest.mark.parametrize("f0_hz", [80.0, 113.7, 261.3])
def test_the_pitch_is_exact(f0_hz: float) -> None:
    samples = render(f0_hz, 0.0, frames=800)
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 2**19))
    hertz = np.fft.rfftfreq(2**19, 1 / RATE)
    near = (hertz > 0.8 * f0_hz) & (hertz < 1.2 * f0_hz)
    assert hertz[near][power[near].argmax()] == pytest.approx(f0_hz, abs=0.05)


def test_blocks_leave_no_trace() -> None:
    whole = render(113.7, 0.3)
    cut = render(113.7, 0.3, blocks=(1, 30, 171, 390))
    assert np.allclose(whole, cut, atol=2e-5)


def test_silence_and_damage_stay_finite() -> None:
    vocoder = Vocoder(RATE, HOP, Filter(RATE, ORDER, ALPHA, flat), np.random.default_rng(1))
    wild = np.full((5, ORDER), 80.0, np.float32)
    assert np.isfinite(vocoder.render(wild, np.full(5, 100.0), np.full((5, _BANDS), 2.0, np.float32))).all()


def test_a_minimum_phase_response_starts_at_once() -> None:
    hertz = np.linspace(0, 12000, 513)
    log = -0.5 * np.log(1 + (hertz / 1000) ** 4)
    response = np.exp(minimum_phase(log))
    assert np.allclose(np.abs(response), np.exp(log), rtol=1e-6)
    samples = np.fft.irfft(response) ** 2
    assert samples[:64].sum() > 0.9999 * samples.sum()


def test_formants_move_by_their_factor() -> None:
    hertz = np.linspace(0, 0.4, 5)
    factor = 1.15
    assert np.allclose(bend(hertz * factor, scale_formants(ALPHA, factor)), bend(hertz, ALPHA), rtol=0.02)


def test_sharpening_keeps_the_power_and_deepens_the_valleys() -> None:
    cepstra = np.tile(a_cepstrum().astype(np.float64), (3, 1))
    grid = np.cos(np.outer(np.arange(ORDER), bend(np.linspace(0, np.pi, 129), ALPHA)))
    before, after = (np.exp(2 * (each @ grid)) for each in (cepstra, sharpen(cepstra, ALPHA, 0.4)))
    assert np.allclose(before.mean(axis=1), after.mean(axis=1))
    assert (np.ptp(np.log(after), axis=1) > 1.1 * np.ptp(np.log(before), axis=1)).all()
