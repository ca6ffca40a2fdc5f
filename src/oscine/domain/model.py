# SPDX-License-Identifier: GPL-3.0-or-later
"""A model profile: what a vendor's model id stands for on this server."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from oscine.domain.speech import VoiceSettings


@dataclass(frozen=True, slots=True)
class Model:
    id: str
    name: str
    description: str
    languages: tuple[str, ...]
    """ISO 639 codes the vendor lists; what is served is this list cut by the engines' cards."""
    max_characters: int
    """Longest text of one request."""
    cost_multiplier: float
    """Credits per character."""
    concurrency_group: str
    vendor: Literal["elevenlabs", "openai", "aimlapi", "pixazo"] = "elevenlabs"
    """Whose model it stands for; any dialect may use it."""
    can_be_finetuned: bool = False
    uses_style: bool = False
    uses_speaker_boost: bool = False
    normalizes_by_default: bool = True
    """Whether apply_text_normalization=auto normalises."""
    reads_breaks: bool = True
    """Whether `<break>` is allowed."""
    reads_phonemes: bool = False
    """Whether `<phoneme>` acts; other models say the word as written."""
    reads_directions: bool = False
    """Whether `[square bracket]` directions are instructions rather than text."""
    takes_context: bool = True
    """Whether previous/next text is allowed."""
    takes_live_text: bool = True
    """Whether text may come while it is being spoken."""
    stabilities: tuple[float, ...] | None = None
    """The only allowed values of stability; None: any in 0–1."""
    first_sentence_characters: int = 100
    """A first sentence longer than this gives up its first clause, so that sound starts early."""
    is_light: bool = False
    """Whether first sound counts more than finish; see `VoiceSettings.is_light`."""
    expressiveness: float = 0.0
    """0–1; how far style goes from what is asked for towards 1."""

    def fit(self, stored: VoiceSettings) -> VoiceSettings:
        """Settings that were stored for all models, with the nearest stability that this one takes."""
        if self.stabilities is None:
            return stored
        return replace(stored, stability=min(self.stabilities, key=lambda value: abs(value - stored.stability)))

    def direct(self, settings: VoiceSettings) -> VoiceSettings:
        """The settings as this model speaks with them."""
        style = settings.style + (1.0 - settings.style) * self.expressiveness
        return replace(settings, style=style, is_light=self.is_light)
