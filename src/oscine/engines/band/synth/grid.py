# SPDX-License-Identifier: GPL-3.0-or-later
"""What moves slowly is computed once in a while, and drawn straight between."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", np.float32, np.float64)


def spread(values: NDArray[T], step: int, frames: int) -> NDArray[T]:
    """Values at every `step` frames, at least one beyond the last, → (frames,)."""
    line: NDArray[T] = (np.stack((values[:-1], values[1:]), axis=1) @ _ramps(step, values.dtype.str)).reshape(-1)
    return line[:frames]


def count_points(step: int, frames: int) -> int:
    """How many values `spread` needs."""
    return -(-frames // step) + 1


@lru_cache
def _ramps(step: int, kind: str) -> NDArray[Any]:
    """How much of the value before and of the value after is in each frame between them; (2, step)."""
    share = np.arange(step) / step
    return np.stack((1 - share, share)).astype(kind)
