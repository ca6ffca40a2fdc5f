# SPDX-License-Identifier: GPL-3.0-or-later
"""A sound effect: what is asked for, how it was understood, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from oscine.domain.audio import AudioFormat

Stereo = NDArray[np.float32]
"""Samples of two channels in [-1, 1], shape (frames, 2)."""

SHORTEST_S, LONGEST_S = 0.5, 47.0
"""What a sound may last; models have limits of their own."""


@dataclass(frozen=True, slots=True)
class SoundPrompt:
    """What an engine gets."""

    text: str
    seconds: float | None = None
    """0.5–47; None: as long as what is asked for takes."""
    influence: float = 0.3
    """0–1: how little one rendering differs from another."""
    is_loop: bool = False
    """Whether the end leads into the beginning."""


@dataclass(frozen=True, slots=True)
class SoundRequest:
    """What a caller asked, in our terms."""

    prompt: SoundPrompt
    model_id: str
    format: AudioFormat
    seed: int | None = None
    kept_s: tuple[float, float] | None = None
    """From which second up to which it is wanted; None: all of it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How an engine understood a prompt."""

    seconds: float
    """Exact length of the sound."""
    sounds: tuple[str, ...]
    """Names of what is heard."""
    nearest: tuple[tuple[str, str], ...] = ()
    """Words that name no sound the engine has, each with the sound that was taken for it."""
    unknown: tuple[str, ...] = ()
    """Words that change nothing."""


@dataclass(frozen=True, slots=True)
class SoundTake:
    """A stretch of a sound."""

    samples: Stereo
    rate: int
    """Hertz."""
    reading: Reading | None = None
    """With the first take of a sound, and with no other."""
