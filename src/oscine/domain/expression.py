# SPDX-License-Identifier: GPL-3.0-or-later
"""How something is said beyond its words: the expression of a stretch of speech, and sounds of the voice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Vocalisation = Literal[
    "laugh",
    "chuckle",
    "giggle",
    "sob",
    "sigh",
    "exhale",
    "inhale",
    "gasp",
    "snort",
    "sniff",
    "wheeze",
    "cough",
    "groan",
    "yawn",
    "hum",
    "gulp",
    "whoop",
]
"""A sound of the voice that is no speech."""


@dataclass(frozen=True, slots=True)
class Expression:
    """How a segment is spoken beyond what voice and settings say; the defaults change nothing.

    Factors and sums apply to what the engine would do anyway; an engine realises what it is able to.
    """

    pitch: float = 1.0
    """Factor on the mean fundamental frequency."""
    range: float = 1.0
    """Factor on the movement of pitch."""
    rate: float = 1.0
    """Factor on pace; 2 means half as long."""
    volume_db: float = 0.0
    """Added gain."""
    tilt: float = 0.0
    """−1–1, added to the timbre's: pressed and bright above 0, soft and dull below."""
    breath: float = 0.0
    """0–1, added to the timbre's share of breath noise."""
    whisper: float = 0.0
    """0–1; share of the voice that is whispered. At 1 the vocal folds are still."""
    tremor: float = 0.0
    """0–1; unsteadiness of pitch and loudness."""
    is_sung: bool = False
    """Pitch stays on the notes of a scale."""
    accent: str | None = None
    """Language whose habits of pronunciation colour the speech (`fr`), or a variety of its own (`en-gb`)."""

    def scaled(self, intensity: float) -> Expression:
        """More (above 1) or less (below 1) of the same."""
        return replace(
            self,
            pitch=self.pitch**intensity,
            range=self.range**intensity,
            rate=self.rate**intensity,
            volume_db=self.volume_db * intensity,
            tilt=_limited(self.tilt * intensity),
            breath=_limited(self.breath * intensity),
            whisper=_limited(self.whisper * intensity),
            tremor=_limited(self.tremor * intensity),
        )

    def joined(self, other: Expression) -> Expression:
        """Both at once; where only one can be, the other's. Kept within what a voice can do."""
        return Expression(
            pitch=min(max(self.pitch * other.pitch, 0.5), 2.0),
            range=min(max(self.range * other.range, 0.0), 3.0),
            rate=min(max(self.rate * other.rate, 0.4), 2.5),
            volume_db=min(max(self.volume_db + other.volume_db, -20.0), 12.0),
            tilt=_limited(self.tilt + other.tilt),
            breath=_limited(self.breath + other.breath),
            whisper=max(self.whisper, other.whisper),
            tremor=max(self.tremor, other.tremor),
            is_sung=self.is_sung or other.is_sung,
            accent=other.accent or self.accent,
        )


def _limited(share: float) -> float:
    return min(max(share, -1.0), 1.0)


NEUTRAL = Expression()
