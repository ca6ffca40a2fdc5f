# SPDX-License-Identifier: GPL-3.0-or-later
"""What strangers send. The answer is a documented 4xx or speech without the unspeakable part; never a 5xx."""

import json
from typing import Any

import httpx
import pytest

from tests.conftest import LiveServer

VOICE = "JBFqnCBsd6RMkjVDRZzb"
PATH = f"/v1/text-to-speech/{VOICE}"
ENDPOINTS = ("", "/stream", "/with-timestamps", "/stream/with-timestamps")


@pytest.fixture
def client(live_server: LiveServer) -> Any:
    with httpx.Client(base_url=live_server.url, headers=live_server.headers, timeout=30) as opened:
        yield opened


def status_of(response: httpx.Response) -> str:
    detail = response.json()["detail"]
    return "validation" if isinstance(detail, list) else str(detail["status"])


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize(
    ("body", "http", "status"),
    [
        (b"", 422, "validation"),
        (b"{", 422, "validation"),
        (b"[]", 422, "validation"),
        (b"null", 422, "validation"),
        (b"\xff\xfe", 422, "validation"),
        (b"{}", 422, "validation"),
        (b'{"text": null}', 422, "validation"),
        (b'{"text": 7}', 422, "validation"),
        (b'{"text": ["a"]}', 422, "validation"),
        (b'{"text": "a", "voice_settings": {"stability": NaN}}', 422, "validation"),
        (b'{"text": "a", "voice_settings": {"stability": Infinity}}', 422, "validation"),
        (b'{"text": "a", "voice_settings": {"stability": 1.5}}', 422, "validation"),
        (b'{"text": "a", "voice_settings": {"similarity_boost": -0.1}}', 422, "validation"),
        (b'{"text": "a", "voice_settings": "loud"}', 422, "validation"),
        (b'{"text": "a", "apply_text_normalization": "maybe"}', 422, "validation"),
        (b'{"text": "a", "seed": "x"}', 422, "validation"),
        (b'{"text": "a", "seed": 1e400}', 422, "validation"),
        (b'{"text": "\\ud800"}', 422, "validation"),
        (b'{"text": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 422, "validation"),
        (b'{"text": ""}', 400, "empty_text"),
        (b'{"text": "  \\n\\t "}', 400, "empty_text"),
        ('{"text": "🙂🎉"}'.encode(), 400, "invalid_text"),
        (b'{"text": "\\u0000\\u0001"}', 400, "invalid_text"),
        (b'{"text": "... --- !!!"}', 400, "invalid_text"),
        (b'{"text": "a", "model_id": "eleven_v99"}', 404, "model_not_found"),
        (b'{"text": "a", "language_code": "xx"}', 400, "unsupported_language"),
        (b'{"text": "a", "model_id": "eleven_flash_v2", "language_code": "de"}', 400, "unsupported_language"),
        (b'{"text": "a", "seed": -1}', 400, "invalid_parameters"),
        (b'{"text": "a", "seed": 4294967296}', 400, "invalid_parameters"),
        (b'{"text": "a", "voice_settings": {"speed": 3}}', 400, "invalid_parameters"),
        (b'{"text": "a", "voice_settings": {"style": 2}}', 400, "invalid_parameters"),
        (b'{"text": "a", "model_id": "eleven_v3", "voice_settings": {"stability": 0.3}}', 400, "invalid_parameters"),
        (b'{"text": "a", "model_id": "eleven_v3", "previous_text": "b"}', 400, "unsupported_model"),
        (b'{"text": "a <break time=\\"9s\\"/> b"}', 400, "invalid_ssml"),
        (b'{"text": "a <break time=\\"1s\\"/> b", "model_id": "eleven_v3"}', 400, "invalid_ssml"),
        (b'{"text": "a", "previous_request_ids": ["a", "b", "c", "d"]}', 400, "invalid_parameters"),
        (b'{"text": "a", "next_request_ids": ["a"]}', 404, "request_not_found"),
        (
            b'{"text": "a", "pronunciation_dictionary_locators": [{"pronunciation_dictionary_id": "d"}]}',
            404,
            "pronunciation_dictionary_not_found",
        ),
    ],
)
def test_bodies(client: httpx.Client, endpoint: str, body: bytes, http: int, status: str) -> None:
    """Source: reference/api-facts.md §1 (422 before the key), §5.3, §5.4, §15.36."""
    response = client.post(PATH + endpoint, content=body, headers={"content-type": "application/json"})
    assert (response.status_code, status_of(response)) == (http, status), response.text[:300]
    assert "request-id" not in response.headers


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize(
    ("query", "http", "status"),
    [
        ("output_format=mp3_1_1", 400, "invalid_output_format"),
        ("output_format=", 400, "invalid_output_format"),
        ("output_format=%00", 400, "invalid_output_format"),
        ("optimize_streaming_latency=5", 400, "invalid_parameters"),
        ("optimize_streaming_latency=-1", 400, "invalid_parameters"),
        ("optimize_streaming_latency=x", 422, "validation"),
        ("enable_logging=perhaps", 422, "validation"),
    ],
)
def test_queries(client: httpx.Client, endpoint: str, query: str, http: int, status: str) -> None:
    response = client.post(f"{PATH}{endpoint}?{query}", json={"text": "a"})
    assert (response.status_code, status_of(response)) == (http, status), response.text[:300]


@pytest.mark.parametrize("endpoint", ("/stream", "/stream/with-timestamps"))
def test_wav_cannot_be_streamed(client: httpx.Client, endpoint: str) -> None:
    """Source: reference/api-facts.md §2.3, §15.1."""
    response = client.post(f"{PATH}{endpoint}?output_format=wav_44100", json={"text": "a"})
    assert (response.status_code, status_of(response)) == (400, "invalid_output_format")


@pytest.mark.parametrize(
    "voice",
    ["nobody", "..", "..%2f..%2fetc%2fpasswd", "%00", "x" * 5000, "JBFqnCBsd6RMkjVDRZzB", "%F0%9F%99%82", "'--"],
)
def test_voices_that_do_not_exist(client: httpx.Client, voice: str) -> None:
    response = client.post(f"/v1/text-to-speech/{voice}", json={"text": "Hello."})
    assert response.status_code in {404, 405}, response.text[:300]


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_other_content_types(client: httpx.Client, content_type: str) -> None:
    response = client.post(PATH, content=b'{"text": "a"}', headers={"content-type": content_type})
    assert response.status_code == 422, response.text[:300]


@pytest.mark.parametrize(
    "text",
    [
        "Hello \x00 world \x1b[31m",
        "Hello 🙂 world",
        "a\u202eb\u0301\u0301\u0301 c",
        "[[_^_]] h@'loU]] {x}",
        "<<<>>> & &amp; < 3",
        "Hello </speak><speak> world",
        "<phoneme>x",
        "\ufeffHello\ufffe",
        "مرحبا hello 你好 привет",
        "%s %d {0} ${x} `ls` $(ls)",
        "A" * 300,
        "1" * 1000,
        "?!?! yes ?!?!",
    ],
)
@pytest.mark.parametrize("model", ["eleven_multilingual_v2", "eleven_v3", "eleven_flash_v2"])
def test_odd_texts_are_spoken_or_refused(client: httpx.Client, text: str, model: str) -> None:
    response = client.post(
        f"{PATH}/with-timestamps?output_format=pcm_8000",
        content=json.dumps({"text": text, "model_id": model}),
        headers={"content-type": "application/json"},
    )
    assert response.status_code in {200, 400}, response.text[:300]
    if response.status_code == 200:
        assert "".join(response.json()["alignment"]["characters"]) == text


def test_limits_of_models(client: httpx.Client) -> None:
    """Source: reference/api-facts.md §5.4, §7."""
    response = client.post(PATH, json={"text": "a" * 5001, "model_id": "eleven_v3"})
    assert (response.status_code, status_of(response)) == (400, "max_character_limit_exceeded")
    assert "5001 characters and exceeds the character limit of 5000" in response.json()["detail"]["message"]


@pytest.mark.parametrize("is_declared", [True, False])
def test_a_body_of_ten_megabytes_is_refused(client: httpx.Client, is_declared: bool) -> None:
    body = b'{"text": "' + b"a" * 10_000_000 + b'"}'
    content: Any = body if is_declared else iter([body[i : i + 65536] for i in range(0, len(body), 65536)])
    try:
        response = client.post(PATH, content=content, headers={"content-type": "application/json"})
    except httpx.WriteError:
        return  # refused and closed before all of it was sent
    assert (response.status_code, status_of(response)) == (400, "request_too_large")


@pytest.mark.parametrize("key", ["", "sk_wrong", "x" * 7000, "é", "%00"])
def test_keys_that_are_none(live_server: LiveServer, key: str) -> None:
    response = httpx.post(live_server.url + PATH, json={"text": "a"}, headers=[(b"xi-api-key", key.encode())])
    assert response.status_code == 401
    assert status_of(response) == ("needs_authorization" if not key.strip() else "invalid_api_key")


@pytest.mark.parametrize(
    "query",
    ["page_size=0", "page_size=101", "page_size=x", "sort=color", "sort_direction=up", "voice_type=loud", "category=x"],
)
def test_voice_searches_that_make_no_sense(client: httpx.Client, query: str) -> None:
    assert client.get(f"/v2/voices?{query}").status_code == 422


def test_a_cursor_from_nowhere(client: httpx.Client) -> None:
    response = client.get("/v2/voices?next_page_token=nowhere")
    assert (response.status_code, status_of(response)) == (400, "invalid_cursor")
