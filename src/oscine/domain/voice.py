# SPDX-License-Identifier: GPL-3.0-or-later
"""A voice: who speaks, and how each engine realises that speaker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from oscine.domain.speech import VoiceSettings

Category = Literal["premade", "cloned", "generated", "professional"]


@dataclass(frozen=True, slots=True)
class Timbre:
    """A speaker in figures that every engine can realise as far as it is able."""

    variant: str
    """The engine's base speaker or variant, in that engine's own terms."""
    pitch_hz: float
    """Mean fundamental frequency."""
    range: float = 1.0
    """Pitch movement as a factor; 1 is the engine's normal."""
    rate: float = 1.0
    """Pace as a factor; 1 is the engine's normal."""
    formants: float = 1.0
    """Factor on formant frequencies; above 1 is a shorter vocal tract."""
    breath: float = 0.0
    """0–1; share of breath noise."""
    tilt: float = 0.0
    """−1–1; spectral tilt, positive is brighter."""
    gain_db: float = 0.0
    """Static gain that brings this voice to the common loudness of about −20 LUFS."""


@dataclass(frozen=True, slots=True)
class Voice:
    id: str
    name: str
    gender: Literal["male", "female", "neutral"]
    age: Literal["young", "middle_aged", "old"]
    accent: str
    """As listed by the vendor: american, british, australian, …"""
    language: str
    """ISO 639-1, the language the speaker is at home in."""
    description: str
    use_case: str
    descriptive: str
    """One adjective that clients show as a label."""
    category: Category = "premade"
    is_legacy: bool = False
    created_unix: int = 0
    settings: VoiceSettings = field(default_factory=VoiceSettings)
    timbres: Mapping[str, Timbre] = field(default_factory=dict)
    """Engine id → how that engine speaks this voice; at least one."""

    def timbre(self, engine_id: str) -> Timbre:
        """How that engine speaks this voice. An engine that the table does not know gets the speaker's figures
        without a variant."""
        known = self.timbres.get(engine_id)
        return known or replace(next(iter(self.timbres.values())), variant="", gain_db=0.0)
