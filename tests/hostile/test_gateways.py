# SPDX-License-Identifier: GPL-3.0-or-later
"""What strangers send to OpenAI's, the AI/ML API's and Pixazo's addresses: a clear 4xx in each one's own shape.

The key has no credits, so that what is right is refused as well, and nobody works.
"""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.conftest import LiveServer
from tests.journeys.terminal import oscine

SPEECH, TTS, GENERATE = "/v1/audio/speech", "/v1/tts", "/v2/generate/audio"
QUEUED_SPEECH = "/eleven-v3-alpha-954/v1/eleven-v3-alpha-request"
QUEUED_MUSIC = "/elevenlabs-music-api-368/v1/elevenlabs-music-api-request"

UNSAID = "Strangers alone say this."
"""A text that another test had spoken would be free to repeat."""
BODIES: dict[str, dict[str, Any]] = {
    SPEECH: {
        **{"model": "tts-1", "input": UNSAID, "voice": "alloy", "instructions": "Slowly.", "response_format": "mp3"},
        **{"speed": 1, "stream_format": "audio"},
    },
    TTS: {
        **{"model": "elevenlabs/v3_alpha", "text": UNSAID, "voice": "Alice", "apply_text_normalization": "auto"},
        **{"output_format": "mp3_44100_128", "seed": 1, "stream": True, "voice_settings": {"stability": 1}},
    },
    GENERATE: {"model": "stable-audio", "prompt": "rain", "seconds_start": 1, "seconds_total": 2, "steps": 9},
    QUEUED_SPEECH: {"text": UNSAID, "voice": "Aria", "stability": 0.5, "similarity_boost": 0.75, "speed": 1},
    QUEUED_MUSIC: {"prompt": "piano", "respect_sections_durations": True, "output_format": "mp3_44100_128"},
}
ODD: tuple[object, ...] = (
    *(None, True, -1, 0, 2**70, 1e308, "", " ", "x" * 300, "\x00", "../../etc/passwd", "'; DROP TABLE jobs; --"),
    *("👻", "%s %d {0}", [], ["a"], {}, {"id": None}, {"a": {"b": []}}),
)


@pytest.fixture(scope="module")
def client(live_server: LiveServer) -> Any:
    folder = live_server.log.parent
    made = oscine(folder, "keys", "create", "--name", "a", "--credit-limit", "0", OSCINE_DATA_DIR=str(folder))
    key = made.stdout.decode().split()[-1]
    headers = {"Authorization": f"Bearer {key}", "Ocp-Apim-Subscription-Key": key, "Content-Type": "application/json"}
    with httpx.Client(base_url=live_server.url, headers=headers, timeout=30) as opened:
        yield opened


def message_of(path: str, answer: httpx.Response) -> str:
    """In the dialect's shape."""
    said = answer.json()
    if path == SPEECH:
        assert set(said) == {"error"}
        assert set(said["error"]) == {"message", "type", "param", "code"}
        return str(said["error"]["message"])
    wanted = (
        {"message", "path", "requestId", "statusCode", "timestamp"} if path in {TTS, GENERATE} else {"error", "message"}
    )
    assert set(said) == wanted
    return str(said["message"])


@pytest.mark.parametrize("path", BODIES)
def test_odd_values_in_every_field(client: httpx.Client, path: str) -> None:
    for field in BODIES[path]:
        for value in ODD:
            answer = client.post(path, content=json.dumps(BODIES[path] | {field: value}))
            assert 400 <= answer.status_code < 500, (field, value, answer.text)
            assert message_of(path, answer)
        answer = client.post(path, content=json.dumps({k: v for k, v in BODIES[path].items() if k != field}))
        assert 400 <= answer.status_code < 500, field


@pytest.mark.parametrize("path", BODIES)
def test_methods_and_bodies_that_are_none(client: httpx.Client, path: str) -> None:
    for body in (
        b"",
        b"{",
        b"null",
        b"3",
        b"[{}]",
        b'"a"',
        b"\xff\xfe",
        b'{"a": NaN}',
        b"[" * 90_000,
        b" " * 2_000_001,
    ):
        answer = client.post(path, content=body)
        assert answer.status_code in {400, 413}
        assert message_of(path, answer)
    assert client.put(path, content=b"{}").status_code == 405


@pytest.mark.parametrize("path", [*BODIES, "/v1/models/tts-1", "/v2/billing", "/v2/requests/status/a"])
@pytest.mark.parametrize("key", ["", "sk_wrong", "x" * 7000, "é", "%00"])
def test_keys_that_are_none(live_server: LiveServer, path: str, key: str) -> None:
    headers = [
        (b"authorization", b"Bearer " + key.encode() if key else b""),
        (b"ocp-apim-subscription-key", key.encode()),
    ]
    method = "POST" if path in BODIES else "GET"
    answer = httpx.request(method, live_server.url + path, headers=headers, content=b"{")
    assert answer.status_code == 401, answer.text


def test_more_fields_than_anybody_knows(client: httpx.Client) -> None:
    body = BODIES[QUEUED_SPEECH] | {f"field_{number}": number for number in range(60_000)}
    answer = client.post(QUEUED_SPEECH, content=json.dumps(body))
    assert answer.status_code == 402
