# SPDX-License-Identifier: GPL-3.0-or-later
"""How many frames each state of each phone lasts.

Speech that is faster or slower is not stretched evenly: what varies much in the recordings (vowels) gives more
than what varies little (stops). Every state moves from its mean by a common multiple of its variance.

Source: Yoshimura, Tokuda, Masuko, Kobayashi, Kitamura 1998, "Duration modeling for HMM-based speech synthesis".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from oscine.engines.hts.voicefile import Floats

_LEAST_SHARE = 0.4
"""Of what an even change would leave: no state is squeezed further than this."""
_MOST_SHARE = 1.8
_ROUNDS = 12


def stretch(means: Floats, variances: Floats, factor: float) -> Floats:
    """Durations in frames, not rounded, that sum to factor × the sum of the means.

    means, variances: any one shape, frames and frames². factor: above 0.
    """
    even = means * factor
    if factor == 1.0:
        return even
    low, high = _LEAST_SHARE * even, _MOST_SHARE * even
    durations = even
    missing = even.sum() - means.sum()
    start = means
    for _ in range(_ROUNDS):
        durations = np.clip(start + missing * variances / variances.sum(), low, high)
        rest = even.sum() - durations.sum()
        if abs(rest) < 0.5:
            break
        start, missing = durations, rest
    exact: Floats = durations * (even.sum() / durations.sum())
    return exact


def count_frames(durations: Floats) -> NDArray[np.int64]:
    """Whole frames, at least one a state: each end is rounded, so that errors do not add up.

    durations: (phones, states), frames.
    """
    ends = np.floor(np.cumsum(durations.ravel()) + 0.5)
    return np.maximum(np.diff(ends, prepend=0.0), 1).astype(np.int64).reshape(durations.shape)


def limit(frames: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Shorten one phone, (states,), to about `most` frames in all; at least one a state."""
    total = int(frames.sum())
    if total <= most:
        return frames
    return np.maximum(frames * most // total, 1)
