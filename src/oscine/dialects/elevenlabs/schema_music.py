# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients send to have music made. What the vendor's schema limits is 422 here too; what only its words say, 400.

Source: reference/elevenlabs-openapi.json (Body_Compose_music_v1_music_post and its kin); Python client 2.78.0.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from oscine.dialects.elevenlabs.schema import MUSIC_ONLY, STREAM
from oscine.domain.audio import find_format
from oscine.domain.composition import CompositionPlan, MusicPrompt, MusicRequest, PlannedSection
from oscine.domain.problems import ModelUnsupported, NotServed, SettingOutOfRange

FORMATS = STREAM | MUSIC_ONLY
AUTO = "auto"
_FIRST_MODEL = "music_v1"
_MOST_LINES, _LONGEST_LINE, _LONGEST_NAME = 30, 200, 100
_HINTS = {"loop": " Seamless loop.", "ambience": " Ambient, no drums."}
"""Generation modes in the words that engines read."""

Styles = Annotated[list[str], Field(max_length=50)]
Milliseconds = Annotated[int, Field(ge=3000, le=120_000)]


class SectionBody(BaseModel):
    section_name: str = Field(min_length=1, max_length=_LONGEST_NAME)
    positive_local_styles: Styles
    negative_local_styles: Styles
    duration_ms: Milliseconds
    lines: list[Annotated[str, Field(max_length=_LONGEST_LINE)]] = Field(max_length=_MOST_LINES)
    source_from: dict[str, Any] | None = None

    def read(self) -> PlannedSection:
        """Raises: NotServed."""
        if self.source_from:
            raise _song_needed("source_from")
        return PlannedSection(
            self.section_name,
            self.duration_ms / 1000,
            tuple(self.positive_local_styles),
            tuple(self.negative_local_styles),
            tuple(self.lines),
        )


class SectionsBody(BaseModel):
    """The plan of music_v1."""

    positive_global_styles: Styles
    negative_global_styles: Styles
    sections: list[SectionBody] = Field(max_length=30)

    def read(self) -> CompositionPlan:
        """Raises: NotServed."""
        sections = tuple(section.read() for section in self.sections)
        return CompositionPlan(sections, tuple(self.positive_global_styles), tuple(self.negative_global_styles))

    def ignored(self) -> list[str]:
        return []


class ChunkBody(BaseModel):
    text: str = Field(max_length=6000)
    duration_ms: Milliseconds
    positive_styles: Styles
    negative_styles: Styles | None = None
    context_adherence: Literal["low", "medium", "high"] | None = None
    conditioning_ref: dict[str, Any] | None = None
    condition_strength: Literal["low", "medium", "high", "xhigh"] | None = None

    def read(self, number: int) -> PlannedSection:
        """number: counted from 1. Raises: NotServed, SettingOutOfRange."""
        if self.conditioning_ref:
            raise _song_needed("conditioning_ref")
        name, lines, directions = _read_text(self.text)
        return PlannedSection(
            name or f"Part {number}",
            self.duration_ms / 1000,
            (*self.positive_styles, *directions),
            tuple(self.negative_styles or ()),
            lines,
        )


class SongChunkBody(BaseModel):
    """A stretch of a song that was made before."""

    song_id: str = Field(min_length=1, max_length=100)
    range: dict[str, int]


def _kind_of_chunk(chunk: Any) -> str:
    return "song" if isinstance(chunk, dict) and "song_id" in chunk else "made"


class ChunksBody(BaseModel):
    """The plan of music_v2 and later. What the first chunk has holds for the whole piece, as the vendor says of it."""

    chunks: list[
        Annotated[
            Annotated[ChunkBody, Tag("made")] | Annotated[SongChunkBody, Tag("song")], Discriminator(_kind_of_chunk)
        ]
    ] = Field(max_length=30)

    def read(self) -> CompositionPlan:
        """Raises: NotServed, SettingOutOfRange."""
        made = [chunk for chunk in self.chunks if isinstance(chunk, ChunkBody)]
        if len(made) < len(self.chunks):
            raise _song_needed("song_id")
        sections = tuple(chunk.read(number) for number, chunk in enumerate(made, 1))
        if not sections:
            return CompositionPlan(())
        shared = (
            style
            for style in sections[0].negative_styles
            if all(style in section.negative_styles for section in sections)
        )
        return CompositionPlan(sections, sections[0].positive_styles, tuple(shared))

    def ignored(self) -> list[str]:
        made = [chunk for chunk in self.chunks if isinstance(chunk, ChunkBody)]
        given = {
            "context_adherence": any(chunk.context_adherence in {"low", "medium"} for chunk in made),
            "condition_strength": any(chunk.condition_strength for chunk in made),
        }
        return [name for name, is_given in given.items() if is_given]


def _kind_of_plan(plan: Any) -> str:
    return "chunks" if isinstance(plan, ChunksBody) or (isinstance(plan, dict) and "chunks" in plan) else "sections"


PlanBody = Annotated[
    Annotated[SectionsBody, Tag("sections")] | Annotated[ChunksBody, Tag("chunks")], Discriminator(_kind_of_plan)
]
PromptText = Annotated[str, Field(max_length=4100)]
Length = Annotated[int, Field(ge=3000, le=600_000)]


class MusicBody(BaseModel):
    """The JSON body of the four endpoints that play."""

    model_config = ConfigDict(extra="allow")

    prompt: PromptText | None = None
    composition_plan: PlanBody | None = None
    music_prompt: SectionsBody | None = None
    music_length_ms: Length | None = None
    model_id: str = _FIRST_MODEL
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    force_instrumental: bool = False
    respect_sections_durations: bool = True
    generation_mode: Literal["track", "loop", "ambience", "video_to_music"] | None = None
    lyrics_text: Annotated[str, Field(max_length=4000)] | None = None
    finetune_id: Annotated[str, Field(max_length=100)] | None = None
    finetune_strength: Annotated[float, Field(gt=0, le=2)] = 1.0
    use_phonetic_names: bool = False
    store_for_inpainting: bool = False
    sign_with_c2pa: bool = False
    with_timestamps: bool = False
    with_waveform_visual: bool = False
    model_style_prefix: Literal["music", "sfx"] = "music"

    def read(self, output_format: str) -> MusicRequest:
        """In our terms. Raises: FormatUnknown, SettingOutOfRange, ModelUnsupported, NotServed."""
        if output_format == AUTO:
            output_format = "mp3_44100_128" if self.model_id == _FIRST_MODEL else "mp3_48000_192"
        audio_format = find_format(output_format, FORMATS)
        self._check_served()
        plan = self._plan
        self._check_fields(plan)
        if plan is not None:
            check_model(plan, self.model_id)
        prompt = MusicPrompt(
            text=(self.prompt or "") + (_HINTS.get(self.generation_mode or "", "") if self.prompt else ""),
            plan=plan.read() if plan else None,
            seconds=None if self.music_length_ms is None else self.music_length_ms / 1000,
            is_instrumental=self.force_instrumental,
            keeps_sections=self.respect_sections_durations or isinstance(plan, ChunksBody),
        )
        return MusicRequest(prompt, self.model_id, audio_format, self.seed)

    def ignored(self) -> list[str]:
        """Fields that were given and change nothing here (COVERAGE.md says why)."""
        given = {
            "finetune_strength": self.finetune_strength != 1,
            "use_phonetic_names": self.use_phonetic_names,
            "store_for_inpainting": self.store_for_inpainting,
            "respect_sections_durations": not self.respect_sections_durations and isinstance(self._plan, ChunksBody),
        }
        ignored = [name for name, is_given in given.items() if is_given] + sorted(self.model_extra or {})
        return ignored + (self._plan.ignored() if self._plan else [])

    @property
    def _plan(self) -> SectionsBody | ChunksBody | None:
        return self.composition_plan or self.music_prompt

    def _check_fields(self, plan: SectionsBody | ChunksBody | None) -> None:
        """What does not go together."""
        if self.composition_plan is not None and self.music_prompt is not None:
            raise SettingOutOfRange(
                "music_prompt is the older name of composition_plan. Give one of them.", parameter="music_prompt"
            )
        if plan is None:
            if self.seed is not None:
                raise SettingOutOfRange(
                    "seed goes with composition_plan only, not with prompt. Have a plan made of the prompt by "
                    "POST /v1/music/plan, and give that.",
                    parameter="seed",
                )
            return
        for name in ("prompt", "music_length_ms", "generation_mode"):
            if getattr(self, name) is not None:
                raise SettingOutOfRange(
                    f"{name} cannot be given together with composition_plan, which says all about the piece. Leave "
                    "one of them out.",
                    parameter=name,
                )

    def _check_served(self) -> None:
        refused = {
            "lyrics_text": (bool((self.lyrics_text or "").strip()), "The music is instrumental: nobody sings lyrics."),
            "finetune_id": (bool(self.finetune_id), "There are no finetunes on this server."),
            "sign_with_c2pa": (self.sign_with_c2pa, "Files are not signed with C2PA."),
            "generation_mode": (self.generation_mode == "video_to_music", "Videos are not read."),
            "model_style_prefix": (self.model_style_prefix == "sfx", "Sound effects are made by /v1/sound-generation."),
        }
        for name, (is_given, reason) in refused.items():
            if is_given:
                raise NotServed(f"{reason} Leave out {name!r}.", parameter=name)


class PlanRequestBody(BaseModel):
    """The JSON body of /v1/music/plan."""

    prompt: PromptText
    music_length_ms: Length | None = None
    source_composition_plan: PlanBody | None = None
    model_id: str = _FIRST_MODEL

    def read(self) -> MusicPrompt:
        """In our terms. Raises: NotServed, SettingOutOfRange."""
        plan = self.source_composition_plan
        seconds = None if self.music_length_ms is None else self.music_length_ms / 1000
        return MusicPrompt(self.prompt, plan.read() if plan else None, seconds)


def has_chunks(model_id: str) -> bool:
    """Whether the plans of that model are made of chunks."""
    return model_id != _FIRST_MODEL


def check_model(plan: SectionsBody | ChunksBody, model_id: str) -> None:
    """Raises: ModelUnsupported for a plan of another model's form."""
    if isinstance(plan, ChunksBody) != has_chunks(model_id):
        given = ("chunks", "music_v2 or music_v2_5") if isinstance(plan, ChunksBody) else ("sections", _FIRST_MODEL)
        raise ModelUnsupported(
            f"A composition plan of {given[0]} goes with the model {given[1]}; {model_id[:40]!r} was given. Change "
            "'model_id', or have POST /v1/music/plan make a plan for that model.",
            parameter="model_id",
        )


def _read_text(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Name, lyrics and directions of a chunk's text: `[Verse 1]`, lines, `{scratching}`. Raises: SettingOutOfRange."""
    tags = re.findall(r"\[([^\[\]]*)\]", text)
    directions = re.findall(r"\{([^{}]*)\}", text)
    lines = [line.strip() for line in re.sub(r"\[[^\[\]]*\]|\{[^{}]*\}", "", text).splitlines() if line.strip()]
    name = tags[0].strip() if tags else ""
    if len(name) > _LONGEST_NAME or len(lines) > _MOST_LINES or any(len(line) > _LONGEST_LINE for line in lines):
        raise SettingOutOfRange(
            f"The text of a chunk has a name of at most {_LONGEST_NAME} characters and at most {_MOST_LINES} lines of "
            f"{_LONGEST_LINE} characters.",
            parameter="composition_plan",
        )
    named = (direction.strip() for direction in (*tags[1:], *directions))
    return name, tuple(lines), tuple(direction for direction in named if direction)


def _song_needed(field: str) -> NotServed:
    return NotServed(f"No songs are kept to take parts of. Leave out {field!r}.", parameter=field)
