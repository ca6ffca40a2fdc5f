# SPDX-License-Identifier: GPL-3.0-or-later
"""One produced thing: what it costs, what it took, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from oscine.domain.speech import VoiceSettings

Source = Literal["TTS", "SFX", "Music"]
"""Kinds of work. TTS as the vendor's history has it (reference/api-facts.md §9.1); effects, SFX, and music never are
in it."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What a request is going to cost."""

    source: Source
    model_id: str
    voice_id: str | None
    characters: int
    """As sent."""
    cost: int
    """Credits."""
    fingerprint: str | None
    """Digest of everything that makes the request what it is; None: it is nobody's repeat."""
    price_micros: int = 0
    """Micro-dollars from the key's wallet, also of a free repeat; 0 where the API has no prices."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """Credits and money taken for a generation that is not finished."""

    generation_id: str
    key_id: str
    account_id: str
    cost: int
    """Credits taken: 0 for a free repeat."""
    used_before: int
    """Credits that the key had used this month before."""
    price_micros: int = 0
    """Micro-dollars taken."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it, in figures."""

    first_audio_ms: float | None
    """From the request to its first audio."""
    audio_s: float
    """Audio made."""


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """What was said, as long as it is kept. Audio and alignments are in the blob store."""

    id: str
    generation_id: str
    account_id: str
    source: Source
    voice_id: str
    voice_name: str
    voice_category: str
    model_id: str
    text: str
    settings: VoiceSettings
    seed: int
    """The one used, whether it was asked for or drawn."""
    output_format: str
    content_type: str
    used_before: int
    used_after: int
    """Credits of the key's month, before and after."""
    created_ms: int
    audio_bytes: int
    blob: str
    """Where the blob store has it: `<blob>/audio` and `<blob>/alignments`."""
