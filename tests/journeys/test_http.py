# SPDX-License-Identifier: GPL-3.0-or-later
"""The wire itself: what no client library hides."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from oscine.dialects.elevenlabs.schema import FULL
from tests.conftest import LiveServer
from tests.journeys.ear import SENTENCE, VOICE, hear, seconds

PATH = f"/v1/text-to-speech/{VOICE}"
ENDPOINTS = ("", "/stream", "/with-timestamps", "/stream/with-timestamps")


def status_of(response: httpx.Response) -> tuple[int, str]:
    detail = response.json()["detail"]
    return response.status_code, "validation" if isinstance(detail, list) else detail["status"]


MALFORMED: tuple[dict[str, Any], ...] = ({}, {"text": 7}, {"text": "a", "voice_settings": {"stability": 2}})
WRONG: tuple[dict[str, Any], ...] = (
    {"text": ""},
    {"text": "a", "voice_settings": {"speed": 9}},
    {"text": "a", "model_id": "x"},
)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_form_before_key_before_values(live_server: LiveServer, endpoint: str) -> None:
    """422 without a key, 401 before 400 and 404. Source: reference/api-facts.md §1, §15.24."""
    with httpx.Client(base_url=live_server.url + PATH + endpoint) as client:
        stranger = {"xi-api-key": "sk_wrong"}
        for headers in ({}, stranger, live_server.headers):
            for body in MALFORMED:
                assert status_of(client.post("", json=body, headers=headers)) == (422, "validation")
            response = client.post("", json={"text": "a"}, params={"enable_logging": "x"}, headers=headers)
            assert status_of(response) == (422, "validation")
        for body in WRONG:
            query = {"output_format": "nonsense"}
            assert status_of(client.post("", json=body, params=query)) == (401, "needs_authorization")
            assert status_of(client.post("", json=body, params=query, headers=stranger)) == (401, "invalid_api_key")
            assert client.post("", json=body, headers=live_server.headers).status_code in {400, 404}


def test_shape_of_a_validation_error(http: httpx.Client) -> None:
    """Source: reference/api-facts.md §5.1 C; seeds/004, HTTPValidationError."""
    response = http.post(PATH, json={"text": "a", "voice_settings": {"similarity_boost": -1}})
    assert response.status_code == 422
    (error,) = response.json()["detail"]
    assert error["loc"] == ["body", "voice_settings", "similarity_boost"]
    assert isinstance(error["msg"], str)
    assert isinstance(error["type"], str)
    assert error["input"] == -1


@pytest.mark.parametrize("path", ["/v1/voices", "/v2/voices", f"/v1/voices/{VOICE}"])
def test_a_key_in_the_wrong_header(live_server: LiveServer, path: str) -> None:
    """Source: reference/api-facts.md §1: Bearer is not an alternative for the API key."""
    response = httpx.get(live_server.url + path, headers={"authorization": f"Bearer {live_server.key}"})
    assert status_of(response) == (401, "invalid_authorization_header")
    assert status_of(httpx.get(live_server.url + path)) == (401, "needs_authorization")


def test_default_settings_need_no_key(live_server: LiveServer) -> None:
    """Source: reference/api-facts.md §1."""
    assert httpx.get(f"{live_server.url}/v1/voices/settings/default").json()["speed"] == 1.0


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_preflight(live_server: LiveServer, method: str) -> None:
    """Browsers ask before they send the key. Source: reference/api-facts.md §1 (CORS)."""
    response = httpx.options(
        live_server.url + PATH,
        headers={
            "origin": "http://127.0.0.1:8000",
            "access-control-request-method": method,
            "access-control-request-headers": "xi-api-key,content-type",
        },
    )
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    assert "xi-api-key" in response.headers["access-control-allow-headers"]
    assert method in response.headers["access-control-allow-methods"]
    assert response.headers["access-control-max-age"] == "600"


def test_browsers_may_read_answers_and_refusals(http: httpx.Client) -> None:
    """Source: reference/clients.md §1, SillyTavern runs in a browser."""
    origin = {"origin": "http://127.0.0.1:8000"}
    for response in (
        http.get("/v1/models", headers=origin),
        http.get("/v1/voices/nobody", headers=origin),
        http.get("/v1/models", headers={**origin, "xi-api-key": "sk_wrong"}),
        http.post(PATH, json={}, headers=origin),
    ):
        assert response.headers["access-control-allow-origin"] == "*"
    exposed = http.post(PATH, json={"text": "Hi."}, headers=origin).headers["access-control-expose-headers"]
    assert {"request-id", "x-character-count", "character-cost"} <= set(exposed.split(", "))


@pytest.mark.parametrize("path", ["/v1/models/", "//v1//models/", "//v1/models", "/v1/models//"])
def test_careless_paths(http: httpx.Client, path: str) -> None:
    assert len(http.request("GET", http.base_url.copy_with(raw_path=path.encode())).json()) == 8


def test_unknown_paths_and_methods(http: httpx.Client) -> None:
    for method, path, status in (
        ("GET", "/", 404),
        ("GET", "/v1", 404),
        ("GET", "/v1/nothing", 404),
        ("GET", PATH, 405),
        ("DELETE", "/v1/models", 405),
    ):
        response = http.request(method, path)
        assert response.status_code == status, path
        assert response.json()["detail"]


@pytest.mark.parametrize("endpoint", ["", "/stream"])
@pytest.mark.parametrize("name", sorted(FULL))
def test_audio_is_called_audio(http: httpx.Client, endpoint: str, name: str) -> None:
    """LiveKit takes anything else for an error. Source: reference/api-facts.md §1, §15.38."""
    response = http.post(PATH + endpoint, json={"text": "Hi."}, params={"output_format": name})
    if name.startswith("wav") and endpoint:
        assert response.status_code == 400
        return
    assert response.headers["content-type"].startswith("audio/")
    assert not name.startswith("mp3") or response.headers["content-type"] == "audio/mpeg"


def test_unknown_names_are_tolerated(http: httpx.Client) -> None:
    """Source: reference/api-facts.md §15.37."""
    body = {"text": "Hello.", "colour": "blue", "voice_settings": {"warmth": 3}}
    response = http.post(f"{PATH}?output_format=pcm_8000&mood=happy", json=body)
    assert response.status_code == 200
    assert response.headers["oscine-ignored"] == "colour, voice_settings.warmth"
    assert http.get("/v2/voices?include_live_moderated=true&mood=happy").status_code == 200
    assert http.get(f"/v1/voices/{VOICE}?with_settings=true").status_code == 200


@pytest.mark.parametrize(
    "settings",
    [
        None,
        {},
        {"stability": None, "similarity_boost": None, "style": None, "use_speaker_boost": None, "speed": None},
        {"similarity_boost": 0.75},
    ],
)
def test_voice_settings_may_be_partial(http: httpx.Client, settings: dict[str, Any] | None) -> None:
    """What is absent or null stays as stored. Source: reference/api-facts.md §2.2, §15.16."""
    query = {"output_format": "pcm_8000"}
    plain = http.post(PATH, json={"text": "Hello.", "seed": 1}, params=query)
    response = http.post(PATH, json={"text": "Hello.", "seed": 1, "voice_settings": settings}, params=query)
    assert response.content == plain.content
    assert len(plain.content) > 4000


def test_nulls_mean_not_given(http: httpx.Client) -> None:
    """Source: seeds/002: every optional field but model_id and the flags may be null."""
    names = (
        *("language_code", "pronunciation_dictionary_locators", "seed", "previous_text", "next_text"),
        *("previous_request_ids", "next_request_ids"),
    )
    response = http.post(PATH, json={"text": "Hello.", **dict.fromkeys(names)})
    assert response.status_code == 200


def test_what_has_no_effect_is_said(http: httpx.Client) -> None:
    """Source: COVERAGE.md."""
    body = {"text": "Hello.", "use_pvc_as_ivc": True, "apply_language_text_normalization": True}
    response = http.post(f"{PATH}?optimize_streaming_latency=2", json=body)
    assert set(response.headers["oscine-ignored"].split(", ")) == {
        *("optimize_streaming_latency", "use_pvc_as_ivc", "apply_language_text_normalization"),
    }


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (PATH, {"text": "Hello."}),
        ("/v1/sound-generation", {"text": "a click", "duration_seconds": 0.5}),
        ("/v1/music", {"prompt": "calm piano", "music_length_ms": 3000}),
    ],
)
def test_fields_that_nobody_knows_are_named(http: httpx.Client, path: str, body: dict[str, object]) -> None:
    response = http.post(path, json={**body, "mood\r\nx-injected: ": 1, "pitch": 2})
    assert response.headers["oscine-ignored"] == "mood%0D%0Ax-injected%3A , pitch"
    assert "x-injected" not in response.headers


def test_concurrency_headers(http: httpx.Client) -> None:
    """Source: reference/api-facts.md §1."""
    headers = http.post(f"{PATH}/stream", json={"text": "Hello."}).headers
    assert int(headers["current-concurrent-requests"]) >= 1
    assert int(headers["maximum-concurrent-requests"]) >= int(headers["current-concurrent-requests"])


def test_pages_of_voices(http: httpx.Client) -> None:
    """Source: reference/api-facts.md §8.1."""
    first = http.get("/v2/voices?page_size=15").json()
    assert set(first) == {"voices", "has_more", "total_count", "next_page_token"}
    assert (len(first["voices"]), first["has_more"], first["total_count"]) == (15, True, 21)
    second = http.get("/v2/voices", params={"page_size": 15, "next_page_token": first["next_page_token"]}).json()
    assert (len(second["voices"]), second["has_more"], second["next_page_token"]) == (6, False, None)
    ids = {voice["voice_id"] for page in (first, second) for voice in page["voices"]}
    assert len(ids) == 21
    filtered = http.get("/v2/voices?voice_ids=JBFqnCBsd6RMkjVDRZzb&voice_ids=pNInz6obpgDQGcFmaJgB").json()
    assert (filtered["total_count"], filtered["has_more"], filtered["next_page_token"]) == (2, False, None)


def test_operations(http: httpx.Client) -> None:
    assert http.get("/health").json()["status"] == "ok"
    assert http.get("/ready").json() == {"ready": True}
    http.post(f"{PATH}?output_format=pcm_8000", json={"text": SENTENCE})
    metrics = http.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain")
    for name in (
        'oscine_requests_total{route="/v1/text-to-speech/{voice_id}",status="200"}',
        "oscine_first_audio_seconds_bucket",
        "oscine_real_time_factor_count",
        "oscine_audio_seconds_total",
        "oscine_characters_total",
        "oscine_generations_running ",
        "oscine_queue_depth ",
        'oscine_segments_waiting{engine="espeak"}',
        'oscine_worker_restarts_total{engine="espeak"}',
        'oscine_workers_idle{engine="espeak"}',
        "oscine_aborted_total",
    ):
        assert name in metrics.text, name


def test_the_server_describes_itself(http: httpx.Client, live_server: LiveServer) -> None:
    """Source: seeds/002 (paths and fields)."""
    document = http.get("/openapi.json").json()
    assert "UserWarning" not in live_server.log.read_text()
    assert document["openapi"].startswith("3.")
    paths = document["paths"]
    assert {f"/v1/text-to-speech/{{voice_id}}{endpoint}" for endpoint in ENDPOINTS} <= set(paths)
    assert {"/v1/models", "/v1/voices", "/v2/voices", "/v1/voices/{voice_id}"} <= set(paths)
    body = document["components"]["schemas"]["SpeechBody"]
    assert body["required"] == ["text"]
    assert {"model_id", "voice_settings", "seed", "apply_text_normalization"} <= set(body["properties"])


def test_many_requests_over_one_connection(http: httpx.Client) -> None:
    for number in range(20):
        response = http.post(f"{PATH}?output_format=pcm_8000", json={"text": f"Number {number}."})
        assert seconds(hear(response.content, "pcm_8000")) > 0.3
