# SPDX-License-Identifier: GPL-3.0-or-later
"""From distributions of values and their slopes to the likeliest smooth trajectory, a piece at a time.

The trajectory c maximises the likelihood of W c under the means m and precisions P: (WᵀPW) c = WᵀPm, a banded
system, one for each dimension. What lies some tens of frames away has no influence, so a piece is solved with a
margin on both sides and only its middle is kept: the first piece does not wait for the end.

Source: Tokuda, Yoshimura, Masuko, Kobayashi, Kitamura 2000, "Speech parameter generation algorithms for
HMM-based speech synthesis".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oscine.domain.problems import EngineUnavailable

Floats = NDArray[np.float64]


@cache
def find_solver() -> Callable[..., Any]:
    """LAPACK's solver for symmetric banded systems. Raises: EngineUnavailable if scipy is not installed."""
    try:
        from scipy.linalg.lapack import dpbsv
    except ModuleNotFoundError as missing:
        raise EngineUnavailable(
            'The engine hts needs scipy, which is not installed. Install it with: pip install "oscine[voices]"'
        ) from missing
    return dpbsv  # type: ignore[no-any-return]


def solve(means: Floats, precisions: Floats, windows: Sequence[Floats], breaks: NDArray[np.bool_]) -> Floats:
    """The likeliest trajectories, (frames, dimensions).

    means, precisions: (windows, frames, dimensions). windows: coefficients, each of odd length, the first [1].
    breaks: (frames,), True where a frame does not continue the one before it: no slope reaches across.
    Cost: O(frames × dimensions), about 12 µs a frame for 31 dimensions.
    """
    frames, dimensions = means.shape[1:]
    if frames == 0:
        return np.zeros((0, dimensions))
    reach = max(len(window) // 2 for window in windows)
    band = np.zeros((dimensions, 2 * reach + 1, frames))
    right = np.zeros((dimensions, frames))
    runs = np.cumsum(breaks)
    for window, mean, precision in zip(windows, means, precisions, strict=True):
        half = len(window) // 2
        weight = precision.T
        if half:
            whole = np.zeros(frames, bool)
            if frames > 2 * half:
                whole[half : frames - half] = runs[2 * half :] == runs[: frames - 2 * half]
            weight = weight * whole
        pull = weight * mean.T
        taps = [(offset - half, value) for offset, value in enumerate(window.tolist()) if value]
        for at, value in taps:
            _add(right, value * pull, at)
            for other, second in taps:
                if other >= at:
                    _add(band[:, other - at], (value * second) * weight, at)
    out = np.empty((frames, dimensions))
    solver = find_solver()
    for dimension in range(dimensions):
        _, out[:, dimension], status = solver(band[dimension], right[dimension], lower=1, overwrite_ab=1)
        if status:
            raise ArithmeticError("a trajectory has no precision at some frame")
    return out


def _add(target: Floats, values: Floats, shift: int) -> None:
    """target[:, t + shift] += values[:, t], where there is such a place."""
    frames = values.shape[1]
    if abs(shift) < frames:
        target[:, max(shift, 0) : frames + min(shift, 0)] += values[:, max(-shift, 0) : frames - max(shift, 0)]
