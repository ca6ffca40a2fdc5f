# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of the fields. Source: reference/elevenlabs-openapi.json; COVERAGE.md says what is ours."""

from __future__ import annotations

from typing import Any

import pytest

from oscine.dialects.elevenlabs.schema_music import MusicBody
from oscine.domain.composition import MusicRequest

SECTION = {
    "section_name": "Intro",
    "positive_local_styles": ["quiet"],
    "negative_local_styles": ["drums"],
    "duration_ms": 4500,
    "lines": [],
}
SECTIONS = {"positive_global_styles": ["jazz"], "negative_global_styles": ["vocals"], "sections": [SECTION]}
CHUNKS = {"chunks": [{"text": "[Intro]", "duration_ms": 4500, "positive_styles": ["jazz"]}]}


def read(**body: Any) -> MusicRequest:
    return MusicBody.model_validate(body).read("auto")


@pytest.mark.parametrize(
    ("model", "name"),
    [("music_v1", "mp3_44100_128"), ("music_v2", "mp3_48000_192"), ("music_v2_5", "mp3_48000_192")],
)
def test_auto_is_a_format_by_model(model: str, name: str) -> None:
    assert read(prompt="jazz", model_id=model).format.name == name


def test_prompts() -> None:
    request = read(prompt="jazz", music_length_ms=3210, force_instrumental=True, respect_sections_durations=False)
    assert (request.prompt.text, request.prompt.seconds, request.prompt.plan) == ("jazz", 3.21, None)
    assert request.prompt.is_instrumental
    assert not request.prompt.keeps_sections
    assert read(prompt="jazz").prompt.keeps_sections


@pytest.mark.parametrize("field", ["composition_plan", "music_prompt"])
def test_plans_of_sections(field: str) -> None:
    request = read(**{field: SECTIONS}, seed=2**31 - 1, respect_sections_durations=False)
    plan = request.prompt.plan
    assert plan is not None
    assert (plan.positive_styles, plan.negative_styles, plan.length_s) == (("jazz",), ("vocals",), 4.5)
    assert (plan.sections[0].positive_styles, plan.sections[0].negative_styles) == (("quiet",), ("drums",))
    assert (request.seed, request.prompt.keeps_sections) == (2**31 - 1, False)


def test_chunks_always_keep_their_lengths() -> None:
    """Source: Python client 2.78.0, respect_sections_durations."""
    body = {"composition_plan": CHUNKS, "model_id": "music_v2", "respect_sections_durations": False}
    assert read(**body).prompt.keeps_sections
    assert MusicBody.model_validate(body).ignored() == ["respect_sections_durations"]


@pytest.mark.parametrize(
    ("mode", "text"), [("track", "jazz"), ("loop", "jazz Seamless loop."), ("ambience", "jazz Ambient, no drums.")]
)
def test_modes_are_said_in_words(mode: str, text: str) -> None:
    assert read(prompt="jazz", generation_mode=mode).prompt.text == text


def test_what_changes_nothing_is_named() -> None:
    chunk = CHUNKS["chunks"][0] | {"context_adherence": "low", "condition_strength": "high"}
    given = {
        "composition_plan": {"chunks": [chunk]},
        "model_id": "music_v2",
        "finetune_strength": 0.5,
        "use_phonetic_names": True,
        "store_for_inpainting": True,
    }
    ignored = MusicBody.model_validate(given).ignored()
    assert set(ignored) == {
        *("finetune_strength", "use_phonetic_names", "store_for_inpainting"),
        *("context_adherence", "condition_strength"),
    }
    assert MusicBody.model_validate({"prompt": "jazz"}).ignored() == []
    assert MusicBody.model_validate({"composition_plan": CHUNKS}).ignored() == []
