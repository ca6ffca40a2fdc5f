# SPDX-License-Identifier: GPL-3.0-or-later
"""Silence at the edges of a rendering. espeak's pauses are exact zeros."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_KEPT_S = 0.01


class Edges:
    """Cuts the zeros before the first sound and after the last one to 10 ms; all of them where there is no sound."""

    def __init__(self, rate: int) -> None:
        """rate: hertz."""
        self._kept = int(_KEPT_S * rate)
        self._zeros = 0
        """Zeros held back: only sound after them makes them a pause."""
        self._has_sound = False
        self.lead = 0
        """Samples dropped before the first sound."""

    def trim(self, samples: NDArray[np.int16]) -> NDArray[np.int16]:
        """The next samples of the rendering, (frames,) → (other frames,)."""
        if not len(samples):
            return samples
        is_loud = samples != 0
        first, last = int(is_loud.argmax()), len(samples) - int(is_loud[::-1].argmax())
        if not is_loud[first]:
            self._zeros += len(samples)
            return samples[:0]
        if not self._has_sound:
            self._has_sound = True
            self.lead = max(self._zeros + first - self._kept, 0)
            before = self._zeros + first - self.lead
        else:
            before = self._zeros + first
        self._zeros = len(samples) - last
        if before <= first:
            return samples[first - before : last]
        return np.concatenate((np.zeros(before, np.int16), samples[first:last]))

    def finish(self) -> NDArray[np.int16]:
        """What is left of the zeros at the end."""
        return np.zeros(min(self._zeros, self._kept) if self._has_sound else 0, np.int16)
