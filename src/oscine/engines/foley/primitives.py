# SPDX-License-Identifier: GPL-3.0-or-later
"""What every recipe is cooked from. Arrays are one channel at `RATE`, (frames,), unless said otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.signal import butter, lfilter, sosfilt

RATE = 44100
"""Hertz."""

Sound = NDArray[np.float64]
Random = np.random.Generator

_TOP_HZ = 0.98 * RATE / 2
_STEP = 512
"""Frames between the corners of a filter that moves, and in a row of a sine that dies."""


def frames(seconds: float) -> int:
    return max(1, round(seconds * RATE))


def noise(rng: Random, count: int) -> Sound:
    """White, standard deviation 1."""
    return rng.standard_normal(count)


def pink(rng: Random, count: int) -> Sound:
    """Noise that falls 3 dB an octave above 20 Hz, standard deviation about 0.4."""
    size = max(count, 256)
    spectrum = np.fft.rfft(rng.standard_normal(size))
    hertz = np.fft.rfftfreq(size, 1 / RATE)
    spectrum *= np.sqrt(20 / np.maximum(hertz, 20)) * 4.5
    made: Sound = np.fft.irfft(spectrum, size)[:count]
    return made


@lru_cache(512)
def _design(kind: str, order: int, low_hz: float, high_hz: float) -> Sound:
    corners: ArrayLike = [low_hz, high_hz] if kind == "bandpass" else low_hz
    design: Sound = butter(order, corners, kind, fs=RATE, output="sos")
    return design


def _corner(hertz: float) -> float:
    """Rounded to a hundredth of an octave, so that designs can be kept."""
    return float(np.clip(2 ** (round(np.log2(max(hertz, 1)) * 100) / 100), 5, _TOP_HZ))


def low(sound: Sound, hertz: float, order: int = 2) -> Sound:
    """Butterworth low-pass."""
    filtered: Sound = sosfilt(_design("lowpass", order, _corner(hertz), 0), sound)
    return filtered


def high(sound: Sound, hertz: float, order: int = 2) -> Sound:
    """Butterworth high-pass."""
    filtered: Sound = sosfilt(_design("highpass", order, _corner(hertz), 0), sound)
    return filtered


def band(sound: Sound, low_hz: float, high_hz: float, order: int = 2) -> Sound:
    """Butterworth band-pass."""
    bottom = min(_corner(low_hz), _TOP_HZ / 1.1)
    filtered: Sound = sosfilt(_design("bandpass", order, bottom, max(_corner(high_hz), bottom * 1.05)), sound)
    return filtered


def moving_band(sound: Sound, centre_hz: Sound, width: float) -> Sound:
    """A band-pass whose centre moves. centre_hz: (frames,). width: upper over lower corner, above 1."""
    quality = np.sqrt(width) / (width - 1)
    return _moving(sound, np.minimum(centre_hz, 0.9 * _TOP_HZ), quality, is_band=True)


def moving_low(sound: Sound, hertz: Sound) -> Sound:
    """A low-pass whose corner moves. hertz: (frames,)."""
    return _moving(sound, np.minimum(hertz, 0.9 * _TOP_HZ), np.sqrt(0.5), is_band=False)


def _moving(sound: Sound, hertz: Sound, quality: float, *, is_band: bool) -> Sound:
    """Source: the second-order filters of R. Bristow-Johnson's audio EQ cookbook."""
    made = np.empty_like(sound)
    state = np.zeros(2)
    corners = 2 * np.pi * np.maximum(hertz[::_STEP], 20) / RATE
    cosines, slopes = np.cos(corners), np.sin(corners) / (2 * quality)
    for number, (cosine, slope) in enumerate(zip(cosines.tolist(), slopes.tolist(), strict=True)):
        above = (slope, 0.0, -slope) if is_band else ((1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2)
        above, below = np.array(above) / (1 + slope), np.array((1 + slope, -2 * cosine, 1 - slope)) / (1 + slope)
        piece = slice(number * _STEP, (number + 1) * _STEP)
        made[piece], state = lfilter(above, below, sound[piece], zi=state)
    return made


def decay(count: int, attack_s: float, decay_s: float) -> Sound:
    """Rises in a straight line, then falls to 1/e in `decay_s`."""
    seconds = np.arange(count) / RATE
    envelope: Sound = np.minimum(seconds / max(attack_s, 1e-4), 1) * np.exp(
        -np.maximum(seconds - attack_s, 0) / decay_s
    )
    return envelope


def arch(count: int, rise: float = 0.3) -> Sound:
    """From 0 to 1 at the share `rise` of the length, and back to 0, without corners."""
    where = np.linspace(0, 1, count)
    envelope: Sound = np.where(where < rise, where / rise, (1 - where) / (1 - rise))
    soft: Sound = np.sin(envelope * np.pi / 2) ** 2
    return soft


def fade(sound: Sound, in_s: float, out_s: float) -> Sound:
    """The same with soft ends; (frames,) or (frames, 2)."""
    made = sound.copy()
    opening, ending = min(len(made), frames(in_s)), min(len(made), frames(out_s))
    rise = np.sin(np.linspace(0, np.pi / 2, opening)) ** 2
    fall = np.cos(np.linspace(0, np.pi / 2, ending)) ** 2
    made[:opening] = (made[:opening].T * rise).T
    made[len(made) - ending :] = (made[len(made) - ending :].T * fall).T
    return made


def glide(*points: float, count: int) -> Sound:
    """Straight on a logarithmic scale through positive values at equal distances."""
    places = np.linspace(0, 1, len(points))
    path: Sound = np.exp(np.interp(np.linspace(0, 1, count), places, np.log(points)))
    return path


def tone(hertz: Sound) -> Sound:
    """A sine that follows a frequency, (frames,)."""
    made: Sound = np.sin(2 * np.pi * np.cumsum(hertz) / RATE)
    return made


def fm(hertz: Sound, ratio: float, index: Sound | float) -> Sound:
    """A sine whose phase another one moves. ratio: of the modulator's frequency. index: radians."""
    phase = 2 * np.pi * np.cumsum(hertz) / RATE
    made: Sound = np.sin(phase + index * np.sin(ratio * phase))
    return made


def saw(phase: Sound) -> Sound:
    """phase: cycles. Its corner is rounded over a twentieth of a cycle, which tames what would alias."""
    part = phase - np.floor(phase)
    made: Sound = np.minimum(part / 0.475 - 1, (0.975 - part) / 0.025)
    return made


def supersaw(rng: Random, phase: Sound, voices: int = 5, detune: float = 0.006) -> Sound:
    """Several saws a little apart."""
    made = np.zeros(len(phase))
    for share in np.linspace(-1, 1, voices):
        made += saw(phase * (1 + detune * share) + rng.random())
    made /= np.sqrt(voices)
    return made


def harmonics(phase: Sound, gains: Sequence[float]) -> Sound:
    """A sum of sines. phase: cycles of the first."""
    twice = 2 * np.cos(2 * np.pi * phase)
    below, current = np.zeros(len(phase)), np.sin(2 * np.pi * phase)
    made = np.zeros(len(phase))
    for gain in gains:
        made += gain * current
        below, current = current, twice * current - below
    return made


def modes(count: int, hertz: Sequence[float], decays_s: Sequence[float], gains: Sequence[float]) -> Sound:
    """A struck body: sines that die away, each at its own pace; what lies above hearing is left out."""
    made = np.zeros(count)
    for pitch, length_s, gain in zip(hertz, decays_s, gains, strict=True):
        if pitch < _TOP_HZ:
            ring = min(count, frames(7 * length_s))
            made[:ring] += gain * _dying_sine(ring, pitch, length_s)
    return made


def _dying_sine(count: int, hertz: float, decay_s: float) -> Sound:
    """sin(2π·hertz·t)·exp(−t/decay_s), as rows of a product: a power of a number is one of its powers times another."""
    step = (2j * np.pi * hertz - 1 / decay_s) / RATE
    row = np.exp(step * np.arange(_STEP))
    rows = np.exp(step * _STEP * np.arange(-(-count // _STEP)))
    made: Sound = np.outer(rows.real, row.imag) + np.outer(rows.imag, row.real)
    return made.ravel()[:count]


def sprinkle(rng: Random, count: int, per_s: float, grains: Sequence[Sound], spread: float = 0.6) -> Sound:
    """Grains at random moments, as drops fall (a Poisson process). spread: of their levels; 0 all alike."""
    longest = max(map(len, grains))
    made = np.zeros(count + longest)
    number = rng.poisson(per_s * count / RATE)
    starts = rng.integers(0, count, number)
    which = rng.integers(0, len(grains), number)
    gains = rng.exponential(1.0, number) * spread + (1 - spread)
    for start, choice, gain in zip(starts.tolist(), which.tolist(), gains.tolist(), strict=True):
        grain = grains[choice]
        made[start : start + len(grain)] += gain * grain
    return made[:count]


def saturate(sound: Sound, drive: float) -> Sound:
    """Bent towards ±1; drive 1 hardly, 5 a lot."""
    made: Sound = np.tanh(sound * drive)
    return made


def place(sound: Sound, onto: Sound, start_s: float, gain: float = 1.0) -> None:
    """Add a sound to another one at a time; what sticks out is cut."""
    start = round(start_s * RATE)
    piece = sound[: max(0, len(onto) - start)]
    onto[start : start + len(piece)] += gain * piece


def doppler(sound: Sound, speed_mps: float, near_m: float, closest: float = 0.5) -> Sound:
    """Passes the listener from one side to the other. (frames,) → (frames, 2).

    speed_mps: metres a second. near_m: distance at the nearest point. closest: when, as a share of the length.
    """
    seconds = np.arange(len(sound)) / RATE
    along = speed_mps * (seconds - closest * seconds[-1])
    away = np.hypot(along, near_m)
    heard = seconds - (away - away.min()) / 340.0
    moved = np.interp(heard, seconds, sound, left=0.0)
    moved *= (near_m / away) ** 0.8
    angle = (along / away + 1) * np.pi / 4
    return np.stack((moved * np.cos(angle), moved * np.sin(angle)), axis=1)


def widen(rng: Random, sound: Sound, width: float = 0.5) -> Sound:
    """One channel around the listener: each ear gets a share of its own echoes. (frames,) → (frames, 2)."""
    sides = []
    for _ in range(2):
        side = sound.copy()
        for delay in rng.integers(120, 900, 3).tolist():
            side[delay:] += rng.choice((-1, 1)) * width * 0.5 * sound[:-delay] if len(sound) > delay else 0.0
        sides.append(side)
    return np.stack(sides, axis=1)
