# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients send. Wire names live here and in render.py only. Unknown names are ignored, as the vendor does; with a
generation they are reported.

Source: the seeds' OpenAPI (Body_text_to_speech_full and its streaming twins); reference/api-facts.md §2.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from oscine.domain.audio import FORMATS, find_format
from oscine.domain.lexicon import Locator
from oscine.domain.problems import NotServed, SettingOutOfRange, check_range
from oscine.domain.speech import SettingsChange, SpeechRequest
from oscine.pipeline.speech import MAX_SEED

DEFAULT_FORMAT = "mp3_44100_128"
DEFAULT_MODEL = "eleven_multilingual_v2"

MUSIC_ONLY = frozenset(f"mp3_48000_{kbps}" for kbps in (128, 192, 240, 320))
FULL = frozenset(name for name, f in FORMATS.items() if f.codec not in {"aac", "flac"}) - MUSIC_ONLY
STREAM = frozenset(name for name in FULL if FORMATS[name].codec != "wav")
"""A WAV header holds a length that nobody knows when a stream begins."""

MOST_REFERENCES = 3
_VENDOR_SPEEDS = (0.7, 1.2)

Share = Annotated[float, Field(ge=0, le=1)]


class VoiceSettingsBody(BaseModel):
    """All optional; what is absent or null stays as stored with the voice."""

    model_config = ConfigDict(extra="allow")

    stability: Share | None = None
    similarity_boost: Share | None = None
    style: float | None = None
    use_speaker_boost: bool | None = None
    speed: float | None = None

    def read(self) -> SettingsChange:
        """In our terms. Raises: SettingOutOfRange."""
        if self.speed is not None:
            check_range("speed", self.speed, *_VENDOR_SPEEDS)
        return SettingsChange(self.stability, self.similarity_boost, self.style, self.use_speaker_boost, self.speed)


class DictionaryLocator(BaseModel):
    pronunciation_dictionary_id: str
    version_id: str | None = None

    def read(self) -> Locator:
        return Locator(self.pronunciation_dictionary_id, self.version_id or None)


class SpeechBody(BaseModel):
    """The JSON body of the four text-to-speech endpoints."""

    model_config = ConfigDict(extra="allow")

    text: str
    model_id: str = DEFAULT_MODEL
    language_code: str | None = None
    voice_settings: VoiceSettingsBody | None = None
    pronunciation_dictionary_locators: list[DictionaryLocator] | None = None
    seed: int | None = None
    previous_text: str | None = None
    next_text: str | None = None
    previous_request_ids: list[str] | None = None
    next_request_ids: list[str] | None = None
    use_pvc_as_ivc: bool = False
    apply_text_normalization: Literal["auto", "on", "off"] = "auto"
    apply_language_text_normalization: bool = False
    audio_effects: dict[str, Any] | None = None

    def read(self, voice_id: str, output_format: str, formats: frozenset[str], latency: int | None) -> SpeechRequest:
        """In our terms.

        formats: what the endpoint can send. latency: optimize_streaming_latency.
        Raises: FormatUnknown, SettingOutOfRange, NotServed.
        """
        audio_format = find_format(output_format, formats)
        self._check_values(latency)
        self._check_served()
        return SpeechRequest(
            text=self.text,
            voice_id=voice_id,
            model_id=self.model_id,
            format=audio_format,
            settings=self.voice_settings.read() if self.voice_settings else SettingsChange(),
            language=self.language_code or None,
            seed=self.seed,
            previous_text=self.previous_text or "",
            next_text=self.next_text or "",
            normalization="off" if latency == 4 else self.apply_text_normalization,
            previous_ids=tuple(self.previous_request_ids or ()),
            next_ids=tuple(self.next_request_ids or ()),
            dictionaries=tuple(locator.read() for locator in self.pronunciation_dictionary_locators or ()),
        )

    def ignored(self, latency: int | None) -> list[str]:
        """Fields that were given and change nothing here (COVERAGE.md says why)."""
        given = {
            "optimize_streaming_latency": latency in {1, 2, 3},
            "use_pvc_as_ivc": self.use_pvc_as_ivc,
            "apply_language_text_normalization": self.apply_language_text_normalization,
        }
        settings = self.voice_settings.model_extra or {} if self.voice_settings else {}
        unknown = sorted([*(self.model_extra or {}), *(f"voice_settings.{name}" for name in settings)])
        return [name for name, is_given in given.items() if is_given] + unknown

    def _check_values(self, latency: int | None) -> None:
        if latency is not None and not 0 <= latency <= 4:
            raise SettingOutOfRange(
                f"optimize_streaming_latency must be between 0 and 4; {latency} was given.",
                parameter="optimize_streaming_latency",
            )
        if self.seed is not None and not 0 <= self.seed <= MAX_SEED:
            raise SettingOutOfRange(f"seed must be between 0 and {MAX_SEED}; {self.seed} was given.", parameter="seed")
        for name in ("pronunciation_dictionary_locators", "previous_request_ids", "next_request_ids"):
            given = getattr(self, name) or ()
            if len(given) > MOST_REFERENCES:
                raise SettingOutOfRange(
                    f"{name} takes at most {MOST_REFERENCES} entries; {len(given)} were given.", parameter=name
                )

    def _check_served(self) -> None:
        if self.audio_effects:
            raise NotServed(
                "Audio effects are not served by this version. Leave out 'audio_effects'.", parameter="audio_effects"
            )
