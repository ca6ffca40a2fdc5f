# SPDX-License-Identifier: GPL-3.0-or-later
"""What a listener would notice of sound effects: that they sound like what they are called, in figures."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import resample_poly, stft

from oscine.domain.sound import Reading, SoundPrompt, Stereo
from oscine.engines.foley import FoleyEngine
from oscine.engines.foley.recipes import RECIPES

RATE = 44100


@cache
def make(
    text: str, seconds: float | None = None, seed: int = 1, is_loop: bool = False, influence: float = 0.5
) -> Stereo:
    takes = FoleyEngine().make(SoundPrompt(text, seconds, influence, is_loop), seed)
    samples: Stereo = np.concatenate([take.samples for take in takes])
    return samples


def centroid_hz(samples: Stereo) -> float:
    power = np.square(np.abs(np.fft.rfft(samples.mean(axis=1).astype(float))))
    return float((power * np.fft.rfftfreq(len(samples), 1 / RATE)).sum() / power.sum())


def envelope(samples: Stereo, hop: int = 220) -> NDArray[np.float64]:
    """Level every 5 ms."""
    power = np.square(samples.astype(float)).mean(axis=1)
    levels: NDArray[np.float64] = np.sqrt(power[: len(power) // hop * hop].reshape(-1, hop).mean(axis=1))
    return levels


def onsets(samples: Stereo) -> list[float]:
    """Seconds at which the level jumps from a pause."""
    levels = envelope(samples)
    top = levels.max()
    found: list[float] = []
    for place in np.flatnonzero(levels > 0.25 * top).tolist():
        before = levels[max(0, place - 8) : place]
        if (not len(before) or before.min() < 0.12 * top) and (not found or place * 0.005 - found[-1] > 0.18):
            found.append(place * 0.005)
    return found


def peak_dbtp(samples: Stereo) -> float:
    return float(20 * np.log10(np.abs(resample_poly(samples.astype(float), 4, 1, axis=0)).max()))


@pytest.mark.parametrize(
    ("text", "low_hz", "high_hz"),
    [
        ("distant thunder", 15, 220),
        ("explosion", 20, 500),
        ("campfire", 100, 3000),
        ("heartbeat", 20, 140),
        ("earthquake", 10, 250),
        ("ocean waves", 60, 1500),
        ("dog barking", 400, 2500),
        ("a glass clinking", 1500, 8000),
        ("glass shattering", 2000, 11000),
        ("birds", 2000, 6500),
        ("crickets", 3500, 6500),
        ("heavy rain", 2500, 9500),
        ("coins", 2500, 14000),
        ("steam hiss", 4000, 16000),
        ("tractor", 20, 500),
        ("ship horn", 60, 450),
    ],
)
def test_spectra_lie_where_they_should(text: str, low_hz: float, high_hz: float) -> None:
    assert low_hz < centroid_hz(make(text)) < high_hz


def test_the_same_thing_is_deeper_when_it_is_larger() -> None:
    assert centroid_hz(make("a huge dog barking")) < 0.75 * centroid_hz(make("a tiny dog barking"))
    assert centroid_hz(make("deep bell")) < 0.8 * centroid_hz(make("high bell"))


def test_what_is_far_away_is_duller() -> None:
    assert centroid_hz(make("distant gunshot")) < 0.6 * centroid_hz(make("close gunshot"))


def test_what_something_is_made_of_is_heard() -> None:
    assert centroid_hz(make("knocking on glass")) > 1.8 * centroid_hz(make("knocking on wood"))
    assert centroid_hz(make("footsteps on leaves")) > 1.5 * centroid_hz(make("footsteps on wood"))


def test_steps_are_even_and_as_many_as_asked() -> None:
    beats = np.diff(onsets(make("footsteps on stone", 6.0)))
    assert 0.45 < float(np.median(beats)) < 0.65
    assert float(beats.std()) < 0.08
    assert len(onsets(make("three knocks on a door"))) == 3
    assert 1.6 < np.median(beats) / np.median(np.diff(onsets(make("very fast frantic footsteps on stone", 6.0)))) < 3.5


def test_a_clock_is_a_clock() -> None:
    ticks = np.diff(onsets(make("clock ticking", 5.0)))
    assert np.allclose(ticks, 0.5, atol=0.012)


def test_rain_is_dense_and_steady_and_thunder_is_not() -> None:
    def unevenness(samples: Stereo) -> float:
        levels = envelope(samples, 4410)[2:-6]
        return float(levels.std() / levels.mean())

    assert unevenness(make("heavy rain", 6.0)) < 0.25
    assert unevenness(make("thunder", 6.0)) > 0.5


def test_a_passing_car_comes_and_goes_from_side_to_side() -> None:
    samples = make("a car passing by", 6.0)
    levels = envelope(samples, 4410)
    assert 0.3 < levels.argmax() / len(levels) < 0.7
    assert levels.max() > 2.5 * levels[3]
    sides = np.square(samples.astype(float)).reshape(-1, 2)
    third = len(sides) // 3
    assert sides[:third, 0].sum() > 1.5 * sides[:third, 1].sum()
    assert sides[-third:, 1].sum() > 1.5 * sides[-third:, 0].sum()


def test_a_siren_rises_and_falls() -> None:
    hertz, _, bins = stft(make("police siren", 6.0).mean(axis=1), RATE, nperseg=4096)
    below = hertz < 1300
    track = hertz[below][np.abs(bins[below]).argmax(axis=0)][5:-5]
    assert track.max() > 1.6 * track.min()


TEXTS = ("thunderstorm", "braam", "typing on a keyboard", "fire and crickets", "a UI click")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("seconds", [None, 0.5, 3.21])
def test_lengths_peaks_and_ends(text: str, seconds: float | None) -> None:
    takes = list(FoleyEngine().make(SoundPrompt(text, seconds), 5))
    reading = takes[0].reading
    assert isinstance(reading, Reading)
    assert all(take.reading is None for take in takes[1:])
    samples = np.concatenate([take.samples for take in takes])
    assert len(samples) == round((seconds or reading.seconds) * RATE)
    assert samples.dtype == np.float32
    assert samples.shape[1] == 2
    assert peak_dbtp(samples) <= -1
    assert np.abs(samples[0]).max() < 0.05
    assert np.abs(samples[-1]).max() < 0.002


@pytest.mark.parametrize("is_loop", [False, True])
def test_every_sound_is_heard_within_bounds(is_loop: bool) -> None:
    """None is broken, clipped, silent or cut off, at a length that suits few of them."""
    for recipe in RECIPES:
        samples = make.__wrapped__(recipe.name, 0.9, 11, is_loop)
        assert samples.shape == (round(0.9 * RATE), 2), recipe.name
        assert np.isfinite(samples).all(), recipe.name
        assert peak_dbtp(samples) <= -1, recipe.name
        assert float(np.sqrt(np.square(samples).mean())) > 0.0015, recipe.name
        assert abs(float(samples.mean())) < 0.02, recipe.name
        assert is_loop or np.abs(samples[-1]).max() < 0.002, recipe.name


@pytest.mark.parametrize("text", TEXTS)
def test_levels_are_sensible(text: str) -> None:
    """The loudest 100 ms lie between −26 and −6 dB, whatever it is."""
    levels = np.convolve(np.square(envelope(make(text))), np.ones(20) / 20)
    assert -26 < 10 * np.log10(levels.max()) < -6


@pytest.mark.parametrize(
    "text", ["heavy rain", "police siren", "machine", "footsteps on gravel", "bees", "church bell", "rain then thunder"]
)
def test_loops_have_no_seam(text: str) -> None:
    """Around the seam nothing moves more than anywhere else."""
    samples = make(text, 4.0, is_loop=True).astype(float)
    assert len(samples) == 4 * RATE
    around = np.concatenate((samples[-RATE // 2 :], samples[: RATE // 2]))
    steps = np.abs(np.diff(samples, axis=0)).max(axis=1)
    seam = np.abs(np.diff(around, axis=0)).max(axis=1)[RATE // 2 - 30 : RATE // 2 + 30]
    assert seam.max() <= 1.05 * steps.max()
    levels = envelope(np.concatenate((samples, samples[:RATE])), 4410)
    if text in {"heavy rain", "police siren", "machine"}:
        joint = levels[38:42]
        assert joint.min() > 0.6 * levels.min()
        assert joint.max() < 1.4 * levels.max()


def test_a_seed_gives_the_same_samples_and_none_gives_others() -> None:
    assert np.array_equal(make("dog barking", seed=3), make.__wrapped__("dog barking", seed=3))
    assert not np.array_equal(make("dog barking", seed=3), make("dog barking", seed=4))
    prompt = SoundPrompt("knocking", 0.5)
    one, other = (np.concatenate([t.samples for t in FoleyEngine().make(prompt, None)]) for _ in range(2))
    assert not np.array_equal(one, other)


def test_influence_narrows_what_chance_does() -> None:
    def spread(influence: float) -> float:
        pitches = [centroid_hz(make("moo", 1.5, seed, influence=influence)) for seed in range(6)]
        return float(np.std(np.log(pitches)))

    assert spread(1.0) < 0.5 * spread(0.0)


def test_first_take_is_short_so_that_it_comes_early() -> None:
    first = next(FoleyEngine().make(SoundPrompt("thunderstorm", 30.0), 1))
    assert 0 < len(first.samples) <= 0.25 * RATE
