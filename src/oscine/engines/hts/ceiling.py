# SPDX-License-Identifier: GPL-3.0-or-later
"""A ceiling on the level that is held by turning down for a moment, not by bending the wave.

A man's pulses stand far above the mean level. Bent at the top they became clicks of their own, heard as harshness and
seen as bright lines up to 9 kHz.
"""

from __future__ import annotations

import numpy as np

from oscine.domain.audio import Samples

_CEILING = 0.85
_RECOVERY_S = 0.08
"""From silence to full gain: a rise that follows the syllable, not the pulse."""


class Ceiling:
    """One rendering's; samples in, samples out, one hop later."""

    def __init__(self, rate: int, hop: int) -> None:
        """hop: samples in which the gain may fall; what comes in is whole hops."""
        self._rise = hop / (_RECOVERY_S * rate)
        self._held = np.zeros((0, hop), np.float32)
        """Waits until it is known how loud the next hop is."""
        self._gain = 1.0
        """At the border between what left and what waits."""

    def apply(self, samples: Samples) -> Samples:
        """(n × hop,) → as many, less what is held back the first time. Nothing lies beyond ±0.85."""
        blocks = np.concatenate([self._held, samples.reshape(-1, self._held.shape[1])])
        self._held = blocks[-1:]
        allowed = np.minimum(_CEILING / np.maximum(np.abs(blocks).max(axis=1), 1e-9), 1.0)
        self._gain = min(self._gain, float(allowed[0]))
        return self._turn_down(blocks[:-1], np.minimum(allowed[:-1], allowed[1:]))

    def finish(self) -> Samples:
        """What was held back."""
        loudest = np.abs(self._held).max(axis=1)
        return self._turn_down(self._held, np.minimum(_CEILING / np.maximum(loudest, 1e-9), 1.0))

    def _turn_down(self, blocks: Samples, ends: Samples) -> Samples:
        """ends: the most that the gain may be at each block's end; at its start it is what it was."""
        gains = [self._gain]
        for end in ends.tolist():
            gains.append(min(end, gains[-1] + self._rise))
        self._gain = gains[-1]
        share = np.arange(1, blocks.shape[1] + 1, dtype=np.float32) / blocks.shape[1]
        borders = np.array(gains, np.float32)[:, np.newaxis]
        turned: Samples = blocks * (borders[:-1] + np.diff(borders, axis=0) * share)
        return turned.ravel()
