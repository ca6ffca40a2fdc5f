# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be measured of speech: pitch, level, spectrum."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from oscine.domain.audio import Samples

Floats = NDArray[np.float64]


def _frames(samples: Samples, size: int, hop: int) -> Floats:
    frames: Floats = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float64), size)[::hop]
    return frames


def track_hz(samples: Samples, rate: int = 24000, *, lowest: float = 60, highest: float = 420) -> Floats:
    """F0 by autocorrelation every 10 ms, of those frames alone that have a clear one."""
    size = int(0.045 * rate)
    frames = _frames(samples, size, rate // 100)
    spectra = np.abs(np.fft.rfft(frames - frames.mean(axis=1, keepdims=True), 2 * size)) ** 2
    likeness = np.fft.irfft(spectra)[:, :size] / (1 - np.arange(size) / size)
    lags = slice(int(rate / highest), int(rate / lowest))
    best = likeness[:, lags].argmax(axis=1) + lags.start
    strength = likeness[np.arange(len(best)), best] / np.maximum(likeness[:, 0], 1e-9)
    is_clear = (strength > 0.6) & (likeness[:, 0] > 0.05 * np.median(likeness[:, 0]))
    found = rate / best[is_clear]
    middle = np.median(found)
    track: Floats = found[(found > middle / 1.7) & (found < middle * 1.7)]  # no octave errors
    return track


def level_db(samples: Samples) -> float:
    """Of the whole, against full scale."""
    return float(10 * np.log10(np.mean(samples.astype(np.float64) ** 2)))


def share_db(samples: Samples, low_hz: float, high_hz: float, rate: int = 24000) -> float:
    """Energy between two frequencies against all of it."""
    power = np.abs(np.fft.rfft(samples.astype(np.float64))) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / rate)
    return float(10 * np.log10(power[(hertz >= low_hz) & (hertz < high_hz)].sum() / power.sum()))


def contrast_db(samples: Samples, rate: int = 24000) -> float:
    """Peaks over valleys of the spectral envelope up to 5 kHz, mean over the louder half of the frames."""
    size = 1024
    frames = _frames(samples, size, rate // 100) * np.hanning(size)
    logs = np.log(np.abs(np.fft.rfft(frames)) ** 2 + 1e-12)
    loud = logs[:, : size // 4].mean(axis=1)
    cepstra = np.fft.irfft(logs[loud > np.median(loud)])
    cepstra[:, 50:-49] = 0  # the harmonics
    envelope = np.fft.rfft(cepstra).real[:, 6 : int(5000 / rate * size)]
    return float(envelope.std(axis=1).mean() * 10 / np.log(10))


def is_same(one: Samples, other: Samples) -> bool:
    return one.tobytes() == other.tobytes()
