# SPDX-License-Identifier: GPL-3.0-or-later
"""A voice without its vocal folds: noise with the spectral envelope of the speech, frame by frame.

The envelope is the power spectrum, smoothed over about two harmonics so that pitch leaves no trace, and made
brighter, as a whispering glottis gives little below the first formant.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from oscine.domain.audio import Samples

_SIZE, _OVERLAP = 512, 4
_HOP = _SIZE // _OVERLAP
_AHEAD = _SIZE - _HOP
_WINDOW = np.hanning(_SIZE + 1)[:-1]
_DULL_HZ, _FLOOR = 1500.0, 0.12
_MAKE_UP = 1.9
"""Brings back half of the loudness that goes with the low frequencies."""


class Whisper:
    """Turns speech into whisper while it streams; as many samples out as in, some 20 ms later."""

    def __init__(self, share: float, pitch_hz: float, rate: int, seed: int | None) -> None:
        """share: 0–1, of the whisper in the mix. pitch_hz: mean of the speaker. rate: hertz."""
        self._share = share
        self._width = 2 * max(round(pitch_hz * _SIZE / rate), 2) + 1
        """Bins that the envelope is smoothed over."""
        hertz = np.fft.rfftfreq(_SIZE, 1 / rate)
        self._gain = _MAKE_UP / np.sqrt(np.sum(_WINDOW**2)) * np.clip(hertz / _DULL_HZ, _FLOOR, 1.0)
        self._rng = np.random.default_rng(seed)
        self._noise: NDArray[np.float64] = self._rng.standard_normal(_AHEAD)
        self._input: NDArray[np.float64] = np.zeros(_AHEAD)
        """What later frames still need, and what does not fill a hop yet."""
        self._sum: NDArray[np.float64] = np.zeros((_OVERLAP - 1, _HOP))
        """Where frames that are to come will be added."""
        self._voice: NDArray[np.float64] = np.zeros(0)
        """Speech whose whisper is not out yet."""
        self._skip = _AHEAD
        """Samples of the lead-in that are still to be dropped."""

    def apply(self, samples: Samples) -> Samples:
        """(frames,) in, (other frames,) out."""
        self._voice = np.concatenate((self._voice, samples), dtype=np.float64)
        return self._advance(samples)

    def finish(self) -> Samples:
        """What is still inside."""
        missing = len(self._voice)
        return self._advance(np.zeros(_AHEAD + _HOP, np.float32))[:missing] if missing else np.zeros(0, np.float32)

    def _advance(self, samples: Samples) -> Samples:
        waiting: NDArray[np.float64] = np.concatenate((self._input, samples), dtype=np.float64)
        count = (len(waiting) - _AHEAD) // _HOP
        if count <= 0:
            self._input = waiting
            return np.zeros(0, np.float32)
        self._input = waiting[count * _HOP :]
        noise = np.concatenate((self._noise, self._rng.standard_normal(count * _HOP)))
        self._noise = noise[count * _HOP :]
        total = np.concatenate((self._sum, np.zeros((count, _HOP))))
        shaped = self._shape(_frames(waiting, count), _frames(noise, count))
        for part in range(_OVERLAP):
            total[part : part + count] += shaped[:, part * _HOP : (part + 1) * _HOP]
        self._sum = total[count:]
        whispered = total[:count].ravel() / (_OVERLAP / 2)
        dropped = min(self._skip, len(whispered))
        self._skip -= dropped
        whispered = whispered[dropped:]
        whispered = whispered[: len(self._voice)]
        voice, self._voice = self._voice[: len(whispered)], self._voice[len(whispered) :]
        return (self._share * whispered + (1 - self._share) * voice).astype(np.float32)

    def _shape(self, speech: NDArray[np.float64], noise: NDArray[np.float64]) -> NDArray[np.float64]:
        power = np.abs(np.fft.rfft(speech * _WINDOW)) ** 2
        padded = np.pad(power, ((0, 0), (self._width // 2 + 1, self._width // 2)), mode="edge")
        sums = np.cumsum(padded, axis=1)
        smooth = np.maximum(sums[:, self._width :] - sums[:, : -self._width], 0.0) / self._width
        return np.fft.irfft(np.fft.rfft(noise * _WINDOW) * np.sqrt(smooth) * self._gain)


def _frames(samples: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """(frames,) → (count, size), overlapping."""
    return np.lib.stride_tricks.sliding_window_view(samples, _SIZE)[: count * _HOP : _HOP]
