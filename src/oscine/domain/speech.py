# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked (request), what an engine gets (segment) and what it gives back (take)."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from enum import Enum
from typing import Literal

from oscine.domain.alignment import Mark, Run
from oscine.domain.audio import AudioFormat, Samples
from oscine.domain.expression import NEUTRAL, Expression, Vocalisation
from oscine.domain.lexicon import Locator

Normalization = Literal["auto", "on", "off"]


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """How a voice speaks; the defaults are the vendor's (reference/api-facts.md §2.2)."""

    stability: float = 0.5
    """0–1; lower means more variation within and between renderings."""
    similarity: float = 0.75
    """0–1; closeness to the original speaker."""
    style: float = 0.0
    """0–1; exaggeration of the speaker's style."""
    speaker_boost: bool = True
    speed: float = 1.0
    """0.25–4.0; 2.0 means half as long. Engines get 0.5–2.0, the rest is done afterwards."""
    is_light: bool = False
    """Whether first sound counts more than finish: small first pieces, and nothing that only refines. The model's
    to say, not the caller's."""


class Drawn(int):
    """A seed that nobody asked for: it steers chance as any seed does, but the same samples to the bit are not owed."""


@dataclass(frozen=True, slots=True)
class SettingsChange:
    """What a request wants different from the settings stored with the voice; None: as stored."""

    stability: float | None = None
    similarity: float | None = None
    style: float | None = None
    speaker_boost: bool | None = None
    speed: float | None = None

    def applied_to(self, stored: VoiceSettings) -> VoiceSettings:
        given = {f.name: getattr(self, f.name) for f in fields(self)}
        return replace(stored, **{name: value for name, value in given.items() if value is not None})


class Boundary(Enum):
    """What stands between a segment and its neighbour; it decides intonation and pause."""

    CUT = "cut"
    """Inside a clause: no pause, no fall."""
    CLAUSE = "clause"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    EDGE = "edge"
    """Start or end of all there is."""


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """What a caller asked, in our terms; every dialect ends here."""

    text: str
    voice_id: str
    model_id: str
    format: AudioFormat
    settings: SettingsChange = field(default_factory=SettingsChange)
    language: str | None = None
    """ISO 639-1 or -3; None: detected from the text."""
    seed: int | None = None
    """0–4294967295; the same request with the same seed gives the same audio."""
    previous_text: str = ""
    """Context before the text; not spoken, shapes the start."""
    next_text: str = ""
    """Context after the text; not spoken, shapes the end."""
    normalization: Normalization = "auto"
    previous_ids: tuple[str, ...] = ()
    """Request ids whose texts come before this one; they override previous_text."""
    next_ids: tuple[str, ...] = ()
    """Request ids whose texts come after this one; they override next_text."""
    dictionaries: tuple[Locator, ...] = ()
    """Pronunciation dictionaries to keep to, in order of precedence."""
    is_logged: bool = True
    """False: nothing of it is kept."""
    reads_tags: bool = True
    """False: tags and entities are words like any other."""
    expression: Expression = NEUTRAL
    """How all of it is spoken; directions in the text act besides."""
    open_end: Boundary | None = None
    """For a text that goes on in words not known yet: the least that stands at its end. None: next_text follows."""


@dataclass(frozen=True, slots=True)
class Phonemes:
    """`text[start:end]` of a segment is to be said as these IPA symbols."""

    start: int
    end: int
    ipa: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that an engine speaks at once.

    The segments of a request tile its text: original_start of one is original_end of the one before.
    """

    text: str
    """As spoken: normalised, without markup. May be empty: then the segment is a vocalisation, an effect, or only a
    pause."""
    language: str
    """ISO 639 code, with a region where it matters (`en`, `pt-BR`)."""
    original_start: int
    original_end: int
    """Half-open span of the request's text that this segment covers, markup and white space included."""
    runs: tuple[Run, ...]
    """Tile `original[original_start:original_end]` against `text`; both sides count from 0 at the segment's start."""
    opens: Boundary
    """What lies before the segment."""
    closes: Boundary
    """What lies after it."""
    pause_s: float = 0.0
    """Silence after the segment, seconds."""
    phonemes: tuple[Phonemes, ...] = ()
    """Pronunciations that override the engine's own, sorted, without overlap."""
    expression: Expression = NEUTRAL
    emphases: tuple[tuple[int, int], ...] = ()
    """Half-open spans of `text` to be stressed, sorted, without overlap."""
    vocalisation: Vocalisation | None = None
    """What the voice does instead of speaking; only where `text` is empty."""
    effect: str = ""
    """A prompt: what is heard beside the voice; only where `text` is empty. No engine of speech gets to see it."""


@dataclass(frozen=True, slots=True)
class Take:
    """A piece of an engine's rendering of one segment: audio, and the marks that became final with it.

    A rendering is one or more takes; the audio of all of them joined is the segment.
    """

    samples: Samples
    rate: int
    """Hertz; the same for all takes of one engine."""
    marks: tuple[Mark, ...] = ()
    """Times count from the start of the segment's first take."""
    is_resumed: bool = False
    """Rendered by another worker than the take before: the samples do not quite continue its last one."""
