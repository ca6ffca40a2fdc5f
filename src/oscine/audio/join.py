# SPDX-License-Identifier: GPL-3.0-or-later
"""Joins without clicks: a click is a step, so steps are made into short slopes."""

from __future__ import annotations

import numpy as np

from oscine.domain.audio import Samples

FADE_S = 0.004
"""Long enough to have no audible click, short enough to leave a consonant its attack."""
_SPLICE_FRAMES = 128
"""3–8 ms at the rates engines speak at."""


def fade_in(samples: Samples, rate: int, seconds: float = FADE_S) -> Samples:
    """A copy that rises from silence along a raised cosine over its first `seconds`, or over all it has."""
    return _fade(samples, round(seconds * rate), slice(None))


def fade_out(samples: Samples, rate: int, seconds: float = FADE_S) -> Samples:
    """A copy that falls to silence along a raised cosine over its last `seconds`, or over all it has."""
    return _fade(samples, round(seconds * rate), slice(None, None, -1))


def splice(previous_last: float, samples: Samples) -> Samples:
    """Go on after a break in the signal, e.g. when another worker resumes a segment.

    previous_last: the sample before the break. The step to the first new sample is spread over 3–8 ms (or over
    all there is), so the sound itself is heard from its first sample. Returns a copy, of equal length.
    """
    frames = min(len(samples), _SPLICE_FRAMES)
    spliced = samples.copy()
    if frames:
        spliced[:frames] += (np.float32(previous_last) - samples[0]) * (1 - _rise(frames))
    return spliced


def _fade(samples: Samples, frames: int, direction: slice) -> Samples:
    faded = samples.copy()
    frames = min(frames, len(samples))
    edge = faded[direction][:frames]  # a view, from the end when reversed
    edge *= _rise(frames)
    return faded


def _rise(frames: int) -> Samples:
    """From 0 at the first of so many frames towards 1 just after the last."""
    return (0.5 - 0.5 * np.cos(np.pi * np.arange(frames) / max(frames, 1))).astype(np.float32)
