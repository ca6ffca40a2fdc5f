# SPDX-License-Identifier: GPL-3.0-or-later
"""What a machine hears of a piece of music: tempo, key, and what tells genres apart. Sound is (2, frames)."""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter
from scipy.signal import resample_poly, stft

from oscine.domain.music import Stereo
from oscine.engines.band.loudness import block_powers

Floats = NDArray[np.float64]
_RATE = 22050
"""Everything here is heard at this rate."""
_HOP = 220
_TEMPOS = np.arange(50.0, 220.0, 0.2)
_BEATS = (1, 2, 3, 4, 6, 8)
"""Multiples of a beat at which onsets come again."""
_USUAL_BPM, _OCTAVES = 115.0, 0.9
"""Where people tap, and how far from it. Source: Ellis, Beat Tracking by Dynamic Programming, 2007."""
_OCTAVE_HZ = (60, 120, 240, 480, 960, 1920, 3840, 7680)
_MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
_MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
"""Key profiles, Krumhansl & Kessler 1982."""
_FIFTH, _THIRD = 0.25, 0.15
"""How much of a tone is heard a fifth and a third above it, as its third and fifth overtone."""
_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


@dataclass(frozen=True, slots=True)
class Features:
    tempo_bpm: float
    centroid_hz: float
    onsets: float
    """A second."""
    percussive: float
    """Share of the power that is struck rather than held (median filters, FitzGerald 2010)."""
    low: float
    """Share of the power below 150 Hz."""
    high: float
    """Decibels of what lies above 5 kHz, against all."""
    flatness: float
    """Mean of the spectrum's geometric over arithmetic mean: 1 is noise."""
    dynamics_db: float
    """From the quiet tenth of blocks of 0.4 s to the loud tenth."""
    pulse: float
    """How much onsets come again after a beat, 0–1."""
    triplets: float
    """How much more onsets come again after thirds of a beat than after halves."""
    width: float
    """Power of the difference between the channels against their sum's."""
    octaves: tuple[float, ...]
    """Decibels of each octave from 60 Hz on, against all."""


def hear(sound: Stereo, rate: int) -> Features:
    mono = _mono(sound, rate)
    hertz, _, bins = stft(mono, _RATE, nperseg=2048, noverlap=1536)
    power = np.square(np.abs(bins)) + 1e-12
    held, struck = median_filter(power, (1, 17)), median_filter(power, (17, 1))
    total = power.sum()
    strength = onset_strength(sound, rate)
    tempo, pulse, triplets = _find_tempo(strength)
    edges = np.searchsorted(hertz, _OCTAVE_HZ)
    octaves = 10 * np.log10(np.add.reduceat(power.sum(axis=1), edges) / total)
    powers = block_powers(sound, rate)
    quiet, loud = np.quantile(powers, (0.1, 0.9))
    side, middle = np.square(sound[0] - sound[1]).sum(), np.square(sound[0] + sound[1]).sum()
    return Features(
        tempo_bpm=tempo,
        centroid_hz=float((hertz[:, None] * power).sum() / total),
        onsets=len(find_onsets(strength)) / (sound.shape[1] / rate),
        percussive=float((power * (struck > held)).sum() / total),
        low=float(power[hertz < 150].sum() / total),
        high=float(10 * np.log10(power[hertz > 5000].sum() / total)),
        flatness=float((np.exp(np.log(power).mean(axis=0)) / power.mean(axis=0)).mean()),
        dynamics_db=float(10 * np.log10((loud + 1e-9) / (quiet + 1e-9))),
        pulse=pulse,
        triplets=triplets,
        width=float(side / (middle + 1e-9)),
        octaves=tuple(octaves.tolist()),
    )


def onset_strength(sound: Stereo, rate: int) -> Floats:
    """How much louder the bands of the spectrum get, a value every 10 ms."""
    _, _, bins = stft(_mono(sound, rate), _RATE, nperseg=1024, noverlap=1024 - _HOP)
    bands = np.add.reduceat(np.square(np.abs(bins)), np.unique(np.geomspace(2, 400, 32).astype(int)), axis=0)
    logs = np.log10(bands + 1e-7)
    flux = np.maximum(logs[:, 1:] - logs[:, :-1], 0).mean(axis=0)
    return np.asarray(flux - flux.mean())


def find_onsets(strength: Floats) -> Floats:
    """Seconds: peaks that stand out from the half second about them."""
    around = np.lib.stride_tricks.sliding_window_view(np.pad(strength, 25, mode="edge"), 51)
    near = np.lib.stride_tricks.sliding_window_view(np.pad(strength, 4, mode="edge"), 9)
    is_peak = (strength == near.max(axis=1)) & (strength > around.mean(axis=1) + 0.6 * strength.std())
    return np.flatnonzero(is_peak) * _HOP / _RATE


def tempo_bpm(sound: Stereo, rate: int) -> float:
    """Beats a minute by the autocorrelation of onsets; may be twice or half of what is counted."""
    return _find_tempo(onset_strength(sound, rate))[0]


def is_tempo(heard: float, stated: float, tolerance: float = 0.03) -> bool:
    """Whether it is the tempo, or that of half, double, three halves of the beats and so on, as people tap."""
    return any(abs(heard * ratio / stated - 1) <= tolerance for ratio in (1, 2, 0.5, 3, 1 / 3, 1.5, 2 / 3))


def key_of(sound: Stereo, rate: int) -> str:
    """`C major`, `F# minor`: the profile most like how often each tone is heard."""
    chroma = chroma_of(sound, rate)
    scores = {
        f"{_NAMES[tonic]} {mode}": float(np.corrcoef(np.roll(profile, tonic), chroma)[0, 1])
        for mode, profile in (("major", _MAJOR), ("minor", _MINOR))
        for tonic in range(12)
    }
    return max(scores, key=lambda name: scores[name])


def are_kin(one: str, other: str) -> bool:
    """Whether two keys have the same seven tones."""
    return _tones(one) == _tones(other)


def chroma_of(sound: Stereo, rate: int) -> Floats:
    """How much of each tone is heard, C first, of what is held; every moment counts alike."""
    size = 8192
    hertz, _, bins = stft(_mono(sound, rate), _RATE, nperseg=size, noverlap=size // 2)
    inside = (hertz > 60) & (hertz < 1800)
    levels = np.sqrt(median_filter(np.abs(bins[inside]), (1, 3)))
    # A peak counts, its flanks do not; the higher it is, the likelier it is an overtone.
    levels *= levels >= np.maximum(np.roll(levels, 1, axis=0), np.roll(levels, -1, axis=0))
    levels /= np.sqrt(hertz[inside])[:, None]
    classes = np.round(12 * np.log2(hertz[inside] / 440) + 69).astype(int) % 12
    chroma = np.stack([levels[classes == tone].sum(axis=0) for tone in range(12)])
    sums = chroma.sum(axis=0)
    heard = (chroma / (sums + 0.1 * np.median(sums))).sum(axis=1)
    return np.asarray(heard - _FIFTH * np.roll(heard, 7) - _THIRD * np.roll(heard, 4))


def separate(rows: dict[str, list[Features]]) -> tuple[float, list[tuple[str, str]]]:
    """Share of pieces whose nearest other piece is of their own kind, and the pairs of kinds that cannot be told apart.

    The more a feature varies within a kind, the less it counts. A pair is told apart if each of its pieces is nearer to
    the others of its own kind, on average, than to those of the other.
    """
    names = [name for name, each in rows.items() for _ in each]
    tables = [np.array([_vector(row) for row in each]) for each in rows.values()]
    table = np.concatenate(tables)
    table = table / np.sqrt(np.mean([each.var(axis=0) for each in tables], axis=0) + 1e-12)
    distances = np.linalg.norm(table[:, None] - table[None], axis=2)
    np.fill_diagonal(distances, np.inf)
    nearest = [names[int(row.argmin())] for row in distances]
    kinds = list(rows)
    mixed = [
        (one, other)
        for number, one in enumerate(kinds)
        for other in kinds[number + 1 :]
        if not _is_apart(table, np.array(names), one, other)
    ]
    return float(np.mean([near == name for near, name in zip(nearest, names, strict=True)])), mixed


def _is_apart(table: Floats, names: NDArray[np.str_], one: str, other: str) -> bool:
    for own, against in ((one, other), (other, one)):
        centre = table[names == against].mean(axis=0)
        for place in np.flatnonzero(names == own):
            left = [p for p in np.flatnonzero(names == own) if p != place]
            if np.linalg.norm(table[place] - table[left].mean(axis=0)) >= np.linalg.norm(table[place] - centre):
                return False
    return True


def _vector(row: Features) -> list[float]:
    tempo, centroid, *rest, octaves = astuple(row)
    return [float(np.log2(tempo)), float(np.log2(centroid)), *rest, *octaves]


def _find_tempo(strength: Floats) -> tuple[float, float, float]:
    """Beats a minute, how clear they are (0–1), and how much more they are parted in three than in two."""
    likeness = np.fft.irfft(np.square(np.abs(np.fft.rfft(strength, 2 * len(strength)))))[: len(strength)]
    likeness /= likeness[0] + 1e-12
    lags = 60 / _TEMPOS * _RATE / _HOP
    places = np.arange(len(likeness))
    combs = np.mean([np.interp(lags * beat, places, likeness) for beat in _BEATS], axis=0)
    usual = np.exp(-0.5 * np.square(np.log2(_TEMPOS / _USUAL_BPM) / _OCTAVES))
    best = int(np.argmax(combs * usual))
    halves, thirds = (
        np.interp(lags[best] * np.array(shares), places, likeness).mean() for shares in ((0.5, 1.5), (1 / 3, 2 / 3))
    )
    return float(_TEMPOS[best]), float(max(combs[best], 0.0)), float(thirds - halves)


def _tones(key: str) -> int:
    tonic, mode = key.split(" ", 1)
    home = {"major": 0, "minor": 3, "dorian": 10, "phrygian": 8, "lydian": 7, "mixolydian": 5, "harmonic minor": 3}
    return (_NAMES.index(tonic) + home[mode]) % 12


def _mono(sound: Stereo, rate: int) -> Floats:
    mono = sound.mean(axis=0).astype(np.float64)
    return mono if rate == _RATE else np.asarray(resample_poly(mono, _RATE, rate))
