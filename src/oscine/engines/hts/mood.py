# SPDX-License-Identifier: GPL-3.0-or-later
"""What an expression does to pitch and voicing, frame by frame; the rest of it is in timbre and prosody.

Source of the figures: vibrato and vocal tremor lie at 5–6 Hz (Titze 1994, Principles of Voice Production).
"""

from __future__ import annotations

import numpy as np

from oscine.domain.audio import Samples
from oscine.domain.expression import Expression
from oscine.engines.hts.trajectory import Frames
from oscine.engines.hts.voicefile import Floats

_TREMOR_HZ, _TREMOR_SEMITONES = 5.6, 1.2
_SCALE = np.array([-12, -10, -8, -7, -5, -3, -1, 0, 2, 4, 5, 7, 9, 11, 12]) / 12
"""Two octaves of a major scale, in octaves from its keynote."""
_LOWEST, _HIGHEST = np.log(40.0), np.log(700.0)
EMPHASIS = 0.16
"""Added to the logarithm of F0 in a stressed word."""
WHISPER_DB = -4.0
"""Level of a full whisper against the voice."""


def pitch_of(frames: Frames, expression: Expression, key_hz: float, start: int, frames_per_s: float) -> Floats:
    """(frames,) F0 in hertz, 0 where there is none.

    key_hz: keynote of what is sung. start: number of the first frame in the segment, so that tremor goes on evenly.
    """
    pitch = np.clip(frames.pitch, _LOWEST, _HIGHEST)
    if expression.is_sung:
        octaves = (pitch - np.log(key_hz)) / np.log(2)
        nearest = np.abs(octaves[:, np.newaxis] - _SCALE).argmin(axis=1)
        pitch = np.log(key_hz) + _SCALE[nearest] * np.log(2)
    if expression.tremor:
        phase = 2 * np.pi * _TREMOR_HZ / frames_per_s * (start + np.arange(len(pitch)))
        pitch = pitch + expression.tremor * _TREMOR_SEMITONES / 12 * np.log(2) * np.sin(phase)
    is_voiced = frames.is_voiced if expression.whisper < 1 else np.zeros_like(frames.is_voiced)
    f0: Floats = np.where(is_voiced, np.exp(pitch), 0.0)
    return f0


def loudness_of(expression: Expression, start: int, count: int, frames_per_s: float, hop: int) -> Samples:
    """(count × hop,) factor on the samples: a whisper is soft, a trembling voice swells."""
    level = 10 ** (WHISPER_DB * expression.whisper / 20)
    if not expression.tremor:
        return np.full(count * hop, level, np.float32)
    at = (start * hop + np.arange(count * hop)) / (hop * frames_per_s)
    swell = level * (1 + 0.25 * expression.tremor * np.sin(2 * np.pi * _TREMOR_HZ * at))
    return swell.astype(np.float32)
