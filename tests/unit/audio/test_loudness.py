# SPDX-License-Identifier: GPL-3.0-or-later
"""Levels against the standard's own figures and against libavfilter's meter."""

from __future__ import annotations

import math

import av
import av.filter
import numpy as np
import pytest

from oscine.audio.loudness import _biquad, gain, limit, loudness_lufs
from oscine.domain.audio import Samples


def tone(level_db: float, seconds: float, rate: int = 48000, hz: float = 997.0) -> Samples:
    frames = np.arange(round(seconds * rate))
    return (10 ** (level_db / 20) * np.sin(2 * np.pi * hz * frames / rate)).astype(np.float32)


def measure_with_libav(samples: Samples, rate: int) -> float:
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=rate, format="flt", layout="mono")
    meter, sink = graph.add("ebur128", "metadata=1"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="flt", layout="mono")
    frame.sample_rate = rate
    source.push(frame)
    source.push(None)
    last = math.nan
    try:
        while True:
            last = float(sink.pull().metadata["lavfi.r128.I"])
    except (av.error.EOFError, av.error.BlockingIOError):
        return last


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100, 48000])
@pytest.mark.parametrize("level_db", [0.0, -20.0, -40.0])
def test_reference_tone(rate: int, level_db: float) -> None:
    """Source: ITU-R BS.1770-4 annex 1: a full-scale sine of 997 Hz in one front channel reads −3.01."""
    assert loudness_lufs(tone(level_db, 3, rate), rate) == pytest.approx(level_db - 3.01, abs=0.05)


def test_filters_at_48_khz_are_the_tabulated_ones() -> None:
    """Source: ITU-R BS.1770-4 tables 1 and 2, compared by loudness of low, middle and high tones."""
    for hz in (30.0, 60.0, 100.0, 500.0, 2000.0, 6000.0, 15000.0):
        z = np.exp(-2j * np.pi * np.array([hz / 48000]))
        shelf = _biquad(
            z, (1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585)
        )
        high_pass = _biquad(z, (1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
        weight_db = 20 * math.log10(abs((shelf * high_pass)[0]))
        assert loudness_lufs(tone(-20, 10, hz=hz), 48000) == pytest.approx(-23.70 + weight_db, abs=0.02)


def test_pauses_do_not_count() -> None:
    """Source: EBU Tech 3341 cases 3–5: quiet stretches are gated out."""
    loud = tone(-23, 20)
    parts = np.concatenate((tone(-72, 10), tone(-36, 10), loud, tone(-36, 10), tone(-72, 10)))
    assert loudness_lufs(parts, 48000) == pytest.approx(loudness_lufs(loud, 48000), abs=0.1)


@pytest.mark.parametrize("rate", [16000, 22050, 44100])
def test_agrees_with_another_meter(rate: int) -> None:
    """Speech-like: noise whose level moves and pauses."""
    random = np.random.default_rng(rate)
    envelope = np.interp(np.arange(8 * rate) / rate, np.arange(0, 8, 0.2), random.choice([0.0, 0.02, 0.1, 0.3], 40))
    samples = (envelope * np.convolve(random.standard_normal(8 * rate), np.hanning(9) / 4, "same")).astype(np.float32)
    assert loudness_lufs(samples, rate) == pytest.approx(measure_with_libav(samples, rate), abs=0.1)


def test_short_and_silent() -> None:
    assert loudness_lufs(tone(-20, 0.2), 48000) == pytest.approx(-23.01, abs=0.3)
    assert loudness_lufs(np.zeros(48000, np.float32), 48000) == -math.inf
    assert loudness_lufs(np.zeros(10, np.float32), 48000) == -math.inf
    assert loudness_lufs(np.zeros(0, np.float32), 48000) == -math.inf


def test_gain_moves_loudness_by_as_much() -> None:
    given = tone(-30, 2)
    assert loudness_lufs(gain(given, 6.5), 48000) == pytest.approx(loudness_lufs(given, 48000) + 6.5, abs=0.01)
    assert gain(given, -3).dtype == np.float32
    assert gain(given, 0) is given


def test_limit_leaves_all_below_minus_1_dbfs() -> None:
    quiet = tone(-1.01, 1)
    assert limit(quiet) is quiet
    loud = tone(3, 1)
    low = np.abs(loud) < 10 ** (-1 / 20)
    assert np.array_equal(limit(loud)[low], loud[low])


def test_limit_never_exceeds_full_scale() -> None:
    wild = np.concatenate((tone(40, 0.1), np.array([1e30, -1e30, np.inf, 1.0, 0.95], np.float32)))
    limited = limit(wild)
    assert limited.dtype == np.float32
    assert np.abs(limited).max() <= 1.0
    assert np.array_equal(np.sign(limited), np.sign(wild))


def test_limit_bends_without_a_corner() -> None:
    ramp = np.linspace(0, 2, 20001, dtype=np.float32)
    limited = limit(ramp).astype(np.float64)
    slope = np.diff(limited) / np.diff(ramp.astype(np.float64))
    assert (np.diff(limited) >= 0).all()
    assert np.abs(np.diff(slope)).max() < 0.01


def test_limit_works_piece_by_piece() -> None:
    loud = tone(6, 0.5)
    assert np.array_equal(np.concatenate([limit(piece) for piece in np.array_split(loud, 37)]), limit(loud))
