# SPDX-License-Identifier: GPL-3.0-or-later
"""Music that cannot be: every answer is a documented 4xx, or a piece whose metadata says what was made of it.

Limits: reference/api-facts.md §9.7; reference/elevenlabs-openapi.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.conftest import LiveServer

_BIG_SEED = 2**31


@pytest.fixture
def http(live_server: LiveServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=live_server.url, headers=live_server.headers, timeout=60) as opened:
        yield opened


def section(**changes: Any) -> dict[str, Any]:
    usual = {
        "section_name": "Intro",
        "positive_local_styles": [],
        "negative_local_styles": [],
        "duration_ms": 3000,
        "lines": [],
    }
    return usual | changes


def plan(*sections: dict[str, Any], positive: list[str] | None = None, negative: list[str] | None = None) -> Any:
    return {
        "composition_plan": {
            "positive_global_styles": ["calm piano"] if positive is None else positive,
            "negative_global_styles": negative or [],
            "sections": list(sections),
        }
    }


def chunks(*made: dict[str, Any]) -> Any:
    usual = {"text": "[Intro]", "duration_ms": 3000, "positive_styles": ["calm piano"]}
    return {"model_id": "music_v2", "composition_plan": {"chunks": [usual | chunk for chunk in made]}}


SONG = {"song_id": "x", "range": {"start_ms": 0, "end_ms": 3000}}
REFUSED: dict[str, tuple[dict[str, Any], int, str]] = {
    "nothing": ({}, 400, "empty_text"),
    "empty": ({"prompt": " \n\t"}, 400, "empty_text"),
    "null": ({"prompt": None}, 400, "empty_text"),
    "over-long": ({"prompt": "a" * 4101}, 422, "validation"),
    "too short": ({"prompt": "jazz", "music_length_ms": 2999}, 422, "validation"),
    "too long": ({"prompt": "jazz", "music_length_ms": 600_001}, 422, "validation"),
    "length in words": ({"prompt": "jazz", "music_length_ms": "long"}, 422, "validation"),
    "negative seed": (plan(section()) | {"seed": -1}, 422, "validation"),
    "big seed": (plan(section()) | {"seed": _BIG_SEED}, 422, "validation"),
    "seed with a prompt": ({"prompt": "jazz", "seed": 1}, 400, "invalid_parameters"),
    "unknown model": ({"prompt": "jazz", "model_id": "music_v9"}, 404, "model_not_found"),
    "prompt and plan": (plan(section()) | {"prompt": "jazz"}, 400, "invalid_parameters"),
    "length and plan": (plan(section()) | {"music_length_ms": 3000}, 400, "invalid_parameters"),
    "mode and plan": (plan(section()) | {"generation_mode": "loop"}, 400, "invalid_parameters"),
    "two plans": (plan(section()) | {"music_prompt": plan(section())["composition_plan"]}, 400, "invalid_parameters"),
    "plan of the other model": (plan(section()) | {"model_id": "music_v2"}, 400, "unsupported_model"),
    "chunks of the other model": (chunks({}) | {"model_id": "music_v1"}, 400, "unsupported_model"),
    "plan of nothing": ({"composition_plan": {}}, 422, "validation"),
    "plan that is a list": ({"composition_plan": [section()]}, 422, "validation"),
    "plan that is a word": ({"composition_plan": "jazz"}, 422, "validation"),
    "no sections": (plan(), 400, "invalid_parameters"),
    "no chunks": (chunks(), 400, "invalid_parameters"),
    "31 sections": (plan(*[section()] * 31), 422, "validation"),
    "31 chunks": (chunks(*[{}] * 31), 422, "validation"),
    "an hour of sections": (plan(*[section(duration_ms=120_000)] * 30), 400, "invalid_parameters"),
    "section too short": (plan(section(duration_ms=2999)), 422, "validation"),
    "section too long": (plan(section(duration_ms=120_001)), 422, "validation"),
    "section without a name": (plan(section(section_name="")), 422, "validation"),
    "section with a long name": (plan(section(section_name="a" * 101)), 422, "validation"),
    "51 styles": (plan(section(), positive=["jazz"] * 51), 422, "validation"),
    "styles without end": (plan(section(), positive=["jazz " * 4001]), 400, "max_character_limit_exceeded"),
    "31 lines": (plan(section(lines=["la"] * 31)), 422, "validation"),
    "a long line": (plan(section(lines=["l" * 201])), 422, "validation"),
    "lyrics": (plan(section(lines=["la la la"])), 400, "feature_not_available"),
    "lyrics of a chunk": (chunks({"text": "[Verse]\nla la la"}), 400, "feature_not_available"),
    "31 lines of a chunk": (chunks({"text": "[Verse]\n" + "la\n" * 31}), 400, "invalid_parameters"),
    "text without end": (chunks({"text": "a" * 6001}), 422, "validation"),
    "voices in a style": (plan(section(positive_local_styles=["choirboy singing"])), 400, "feature_not_available"),
    "a rapper": ({"prompt": "hip hop with a rapper"}, 400, "feature_not_available"),
    "lyrics beside a prompt": ({"prompt": "jazz", "lyrics_text": "la la"}, 400, "feature_not_available"),
    "part of a song": (plan(section(source_from=SONG)), 400, "feature_not_available"),
    "chunk of a song": (
        {"model_id": "music_v2", "composition_plan": {"chunks": [SONG]}},
        400,
        "feature_not_available",
    ),
    "likeness of a song": (chunks({"conditioning_ref": SONG}), 400, "feature_not_available"),
    "finetune": ({"prompt": "jazz", "finetune_id": "x"}, 400, "feature_not_available"),
    "finetune too strong": ({"prompt": "jazz", "finetune_strength": 2.1}, 422, "validation"),
    "signature": ({"prompt": "jazz", "sign_with_c2pa": True}, 400, "feature_not_available"),
    "video": ({"prompt": "jazz", "generation_mode": "video_to_music"}, 400, "feature_not_available"),
    "unknown mode": ({"prompt": "jazz", "generation_mode": "opera"}, 422, "validation"),
    "effects": ({"prompt": "jazz", "model_style_prefix": "sfx"}, 400, "feature_not_available"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_everywhere(http: httpx.Client, name: str) -> None:
    body, http_status, status = REFUSED[name]
    for path in ("", "/stream", "/detailed", "/detailed/stream"):
        answer = http.post(f"/v1/music{path}", json=body)
        detail = answer.json()["detail"]
        said = "validation" if isinstance(detail, list) else detail["status"]
        assert (answer.status_code, said) == (http_status, status), path
        assert isinstance(detail, list) or len(detail["message"]) > 20


@pytest.mark.parametrize(
    ("body", "http_status"),
    [
        ({}, 422),
        ({"prompt": None}, 422),
        ({"prompt": ""}, 400),
        ({"prompt": "a" * 4101}, 422),
        ({"prompt": "jazz", "music_length_ms": 1}, 422),
        ({"prompt": "jazz", "model_id": "music_v9"}, 404),
        ({"prompt": "an aria for soprano, with lyrics"}, 400),
        ({"prompt": "jazz", "source_composition_plan": {"chunks": [SONG]}}, 400),
        ({"prompt": "jazz", "source_composition_plan": plan()["composition_plan"]}, 400),
    ],
)
def test_plans_that_cannot_be(http: httpx.Client, body: dict[str, Any], http_status: int) -> None:
    assert http.post("/v1/music/plan", json=body).status_code == http_status


@pytest.mark.parametrize("path", ["", "/plan"])
@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe", b'{"prompt": "\\ud800"}', b'{"prompt": 7}'])
def test_what_is_no_request(http: httpx.Client, path: str, content: bytes) -> None:
    answer = http.post(f"/v1/music{path}", content=content, headers={"content-type": "application/json"})
    assert answer.status_code == 422


def test_formats_keys_and_scopes(http: httpx.Client, live_server: LiveServer) -> None:
    body = {"prompt": "jazz", "music_length_ms": 3000}
    for name in ("wav_44100", "flac_44100", "mp3", ""):
        refused = http.post("/v1/music", params={"output_format": name}, json=body)
        assert refused.json()["detail"]["status"] == "invalid_output_format"
    assert httpx.post(f"{live_server.url}/v1/music", json=body).status_code == 401
    assert httpx.post(f"{live_server.url}/v1/music/plan", json=body).status_code == 401


def describe(http: httpx.Client, body: dict[str, Any]) -> dict[str, Any]:
    """The metadata of a piece that is made."""
    answer = http.post("/v1/music/detailed/stream", params={"output_format": "pcm_8000"}, json=body)
    assert answer.status_code == 200, answer.text
    lines = [json.loads(json.loads(line)) for line in answer.text.splitlines()]
    assert lines[-1]["type"] == "completed"
    metadata: dict[str, Any] = lines[1]["song_metadata"]
    return metadata


@pytest.mark.parametrize(
    "prompt",
    [
        "🎵🎶🔥",
        "\x00\x01\x02 jazz",
        "; DROP TABLE songs; -- {{7*7}} ${jndi:ldap://x} ../../etc/passwd",
        "loud quiet fast slow 999 bpm 3 bpm in H# major 77/3 time",
        "no piano, only piano, without drums but drums, solo everything",
        "0-second intro, 99999-minute outro, drop at 88:59",
        "ڄ漢字 ไทย \u202eabc\u0301\u0301\u0301",
        "((((" * 500 + "a",
        "no " * 1300,
        "1" * 4000,
    ],
)
def test_hostile_prompts_become_music_of_the_length_asked_for(http: httpx.Client, prompt: str) -> None:
    described = describe(http, {"prompt": prompt, "music_length_ms": 3000})
    assert described["description"].count("3 seconds") == 1


def test_what_was_not_understood_is_said(http: httpx.Client) -> None:
    described = describe(http, {"prompt": "jazz by zombonis at 999 bpm", "music_length_ms": 3000})
    assert described["unknown_words"] == ["zombonis", "999 bpm"]
    assert "zombonis, 999 bpm" in described["description"]


def test_contradictory_styles_are_left_out(http: httpx.Client) -> None:
    wanted = ["piano", "upright bass", "drums", "jazz", "120 bpm"]
    described = describe(http, plan(section(), positive=wanted, negative=["piano", "drums"]))
    assert described["instruments"]
    assert not {"piano", "drums"} & set(described["instruments"])


@pytest.mark.parametrize("flood", ["no ", "1 ", "intro ", "no piano or ", "5 seconds ", "(", "\u0301"])
def test_floods_of_styles_are_read(http: httpx.Client, flood: str) -> None:
    styles = [(flood * 20_000)[:20_000]]
    assert describe(http, plan(section(), positive=styles))["description"].count("3 seconds") == 1


def test_thirty_sections_are_played(http: httpx.Client) -> None:
    asked = [section(section_name=f"Part {number}") for number in range(30)]
    with http.stream("POST", "/v1/music/detailed/stream", json=plan(*asked)) as answer:
        lines = answer.iter_lines()
        played = json.loads(json.loads(next(lines)))["composition_plan"]
        assert played["sections"] == asked
        assert json.loads(json.loads(next(lines)))["song_metadata"]["description"].count("90 seconds") == 1
