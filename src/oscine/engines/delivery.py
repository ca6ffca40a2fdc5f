# SPDX-License-Identifier: GPL-3.0-or-later
"""What our engines have in common in how they deliver a segment: mood and chance."""

from __future__ import annotations

from dataclasses import replace
from zlib import crc32

import numpy as np

from oscine.domain.expression import Expression
from oscine.domain.speech import VoiceSettings
from oscine.domain.voice import Timbre

_PITCH_LIMITS_HZ = (50.0, 500.0)
_WIDEST_RANGE = 2.5
"""Beyond it the lowest tones would fall below hearing."""


def open_chance(seed: int | None, text: str) -> np.random.Generator:
    """All chance in the rendering of one segment: the same for the same seed and text, another in the next sentence.

    None: never the same.
    """
    return np.random.default_rng(None if seed is None else [seed, crc32(text.encode("utf-8", "surrogatepass"))])


def temper(timbre: Timbre, settings: VoiceSettings, seed: int | None) -> Timbre:
    """The speaker as a whole response happens to sound, the more by chance the less stable: pitch, pace and level.

    The same for the same seed, whatever the text: responses that share a seed run on.
    """
    unrest = 1.0 - settings.stability
    pitch, pace, level = unrest * np.random.default_rng(seed).standard_normal(3)
    return replace(
        timbre,
        pitch_hz=timbre.pitch_hz * float(np.exp(0.04 * pitch)),
        rate=timbre.rate * float(np.exp(0.03 * pace)),
        gain_db=timbre.gain_db + float(level),
    )


def express(timbre: Timbre, expression: Expression) -> Timbre:
    """The speaker in that mood."""
    return replace(
        timbre,
        pitch_hz=min(max(timbre.pitch_hz * expression.pitch, _PITCH_LIMITS_HZ[0]), _PITCH_LIMITS_HZ[1]),
        range=min(timbre.range * expression.range, _WIDEST_RANGE),
        breath=min(timbre.breath + expression.breath, 1.0),
        tilt=min(max(timbre.tilt + expression.tilt, -1.0), 1.0),
        gain_db=timbre.gain_db + expression.volume_db,
    )
