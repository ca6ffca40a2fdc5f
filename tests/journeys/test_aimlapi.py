# SPDX-License-Identifier: GPL-3.0-or-later
"""The AI/ML API's speech, as its samples ask for it. Sources: seeds/000; reference/api-facts.md §12."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator

import av
import httpx
import numpy as np
import pytest

from oscine.dialects.aimlapi.schema import OUTPUT_FORMATS
from tests.conftest import LiveServer
from tests.journeys.terminal import oscine

BODY = {"model": "elevenlabs/v3_alpha", "text": "Hi! What are you doing today?", "voice": "Alice"}

VOICES = (
    *"Rachel Drew Clyde Paul Aria Domi Dave Roger Fin Sarah Antoni Laura Thomas Charlie George Emily Elli".split(),
    *"Callum Patrick River Harry Liam Dorothy Josh Arnold Charlotte Alice Matilda James Joseph Will".split(),
    *"Jeremy Jessica Eric Michael Ethan Chris Gigi Freya Brian Grace Daniel Lily Serena Adam Nicole".split(),
    *("Bill", "Jessie", "Sam", "Glinda", "Giovanni", "Mimi", "Santa Claus"),
)
"""The vendor's enumeration."""


@pytest.fixture(scope="module")
def client(live_server: LiveServer) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {live_server.key}"}
    with httpx.Client(base_url=live_server.url, headers=headers, timeout=30) as opened:
        yield opened


def new_key(server: LiveServer, *options: str) -> dict[str, str]:
    folder = server.log.parent
    made = oscine(folder, "keys", "create", "--name", "a", *options, OSCINE_DATA_DIR=str(folder))
    return {"Authorization": f"Bearer {made.stdout.decode().split()[-1]}"}


def test_wav_is_streamed_where_no_format_is_named(client: httpx.Client) -> None:
    with client.stream("POST", "/v1/tts", json=BODY) as answer:
        body = b"".join(answer.iter_bytes())
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "audio/wav"
        assert len(answer.headers["x-inference-id"]) == 20
    with wave.open(io.BytesIO(body)) as read:
        assert (read.getframerate(), read.getnchannels(), read.getsampwidth()) == (44100, 1, 2)
    assert np.abs(np.frombuffer(body[44:], "<i2")).max() > 2000
    assert 1 < len(body) / 88200 < 5


@pytest.mark.parametrize("output_format", sorted(OUTPUT_FORMATS))
def test_every_format(client: httpx.Client, output_format: str) -> None:
    answer = client.post("/v1/tts", json=BODY | {"output_format": output_format})
    assert answer.status_code == 200
    assert len(answer.content) > 3000
    assert answer.headers["content-type"].startswith("audio/")
    if output_format.startswith(("mp3", "opus")):
        with av.open(io.BytesIO(answer.content), "r") as container:
            assert container.streams.audio[0].rate == int(output_format.split("_")[1])


def test_there_are_nineteen_formats() -> None:
    """Source: reference/api-facts.md §2.3, set GATEWAY."""
    assert len(OUTPUT_FORMATS) == 19
    assert not any(name.startswith(("wav", "flac", "aac")) for name in OUTPUT_FORMATS)


def test_every_voice_of_the_list_speaks(client: httpx.Client) -> None:
    heard = set()
    for voice in VOICES:
        body = {"model": "elevenlabs/eleven_turbo_v2_5", "text": "One.", "voice": voice, "output_format": "ulaw_8000"}
        answer = client.post("/v1/tts", json=body)
        assert answer.status_code == 200, voice
        heard.add(answer.content)
    assert len(heard) == len(VOICES) == 53


def test_a_link_instead_of_a_stream(client: httpx.Client) -> None:
    """Source: reference/api-facts.md §12.1: stream=false."""
    answer = client.post("/v1/tts", json=BODY | {"stream": False})
    assert answer.status_code == 200
    assert (answer.headers["x-aimlapi-credits-used"], answer.headers["x-aimlapi-usd-spent"]) == ("29", "0.002900")
    said = answer.json()
    assert said["meta"] == {"usage": {"credits_used": 29, "usd_spent": 0.0029}}
    file = httpx.get(said["audio"]["url"])  # without a key
    assert file.headers["content-type"] == "audio/wav"
    with wave.open(io.BytesIO(file.content)) as read:
        assert 1 < read.getnframes() / read.getframerate() < 5


def test_settings_and_seed_act(client: httpx.Client) -> None:
    def speak(**change: object) -> bytes:
        return client.post("/v1/tts", json=BODY | {"output_format": "pcm_8000", "seed": 7} | change).content

    assert speak() == speak()
    assert len(speak(voice_settings={"speed": 0.7})) > 1.2 * len(speak(voice_settings={"speed": 1.2}))
    assert speak(voice_settings={"stability": 0.31}) != speak(voice_settings={"stability": 0.9})


def test_the_callers_own_id_comes_back(client: httpx.Client) -> None:
    """Source: reference/api-facts.md §12.1."""
    body = BODY | {"output_format": "ulaw_8000"}
    for given, is_echoed in (("a.B_9:-", True), ("x" * 128, True), ("x" * 129, False), ("a b", False)):
        answer = client.post("/v1/tts", json=body, headers={"x-client-request-id": given})
        assert answer.headers.get("x-client-request-id") == (given if is_echoed else None)
    refused = client.post("/v1/tts", json={}, headers={"x-client-request-id": "mine"})
    assert refused.headers["x-client-request-id"] == "mine"


def test_null_is_as_good_as_nothing(client: httpx.Client) -> None:
    empty = dict.fromkeys(
        ("voice", "voice_settings", "apply_text_normalization", "output_format", "seed", "stream"), None
    )
    answer = client.post("/v1/tts", json=BODY | {"text": "One."} | empty)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/wav")


def test_what_nobody_knows_is_reported(client: httpx.Client) -> None:
    body = BODY | {"language": "en", "voice_settings": {"warmth": 1}, "output_format": "ulaw_8000"}
    answer = client.post("/v1/tts", json=body)
    assert answer.headers["oscine-ignored"] == "language, voice_settings.warmth"


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"text": ""}, 400, "empty"),
        ({"text": None}, 400, "text"),
        ({"text": "a" * 5001}, 400, "5000"),
        ({"voice": "Nobody"}, 400, "Nobody"),
        ({"model": "elevenlabs/v9"}, 404, "v3_alpha"),
        ({"output_format": "wav_44100"}, 400, "mp3_44100_128"),
        ({"seed": -1}, 400, "seed"),
        ({"voice_settings": {"speed": 1.3}}, 400, "0.7 and 1.2"),
        ({"voice_settings": {"stability": 1.1}}, 400, "stability"),
        ({"apply_text_normalization": "maybe"}, 400, "apply_text_normalization"),
    ],
)
def test_refusals(client: httpx.Client, change: dict[str, object], status: int, words: str) -> None:
    """Source: reference/api-facts.md §12.3."""
    answer = client.post("/v1/tts", json=BODY | change)
    said = answer.json()
    assert answer.status_code == status
    assert said["message"].startswith("Body validation error!") == (status == 400)
    assert words in said["message"]
    assert (said["path"], said["statusCode"]) == ("/v1/tts", str(status))
    assert answer.headers["x-inference-id"] == said["requestId"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff", b'{"text": NaN}', b"[" * 100_000, b" " * 2_000_001]
)
def test_bodies_that_are_none(client: httpx.Client, body: bytes) -> None:
    answer = client.post("/v1/tts", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 413}
    assert answer.json()["message"]


def test_keys(live_server: LiveServer) -> None:
    url = f"{live_server.url}/v1/tts"
    for headers in ({}, {"Authorization": "Bearer sk_wrong"}, {"Authorization": live_server.key}, live_server.headers):
        answer = httpx.post(url, content=b"{", headers=headers)
        assert answer.status_code == 401
        assert "valid API key" in answer.json()["message"]
    assert httpx.post(url, json=BODY, headers=new_key(live_server, "--scope", "models_read")).status_code == 403
    unsaid = BODY | {"text": "Nobody has said this over here."}  # what was said may be repeated without credits
    answer = httpx.post(url, json=unsaid, headers=new_key(live_server, "--credit-limit", "3"))
    assert (answer.status_code, answer.json()["message"][:24]) == (403, "You've run out of credit")


def test_speech_is_paid_from_the_wallet(live_server: LiveServer) -> None:
    """$0.10 for 1,000 characters unless the settings say otherwise."""
    headers = new_key(live_server, "--wallet", "0.004")
    billing = f"{live_server.url}/v2/billing"
    assert httpx.get(billing, headers=headers).json() == {"current_balance": 0.004, "currency": "USD"}
    assert httpx.post(f"{live_server.url}/v1/tts", json=BODY, headers=headers).status_code == 200
    assert httpx.get(billing, headers=headers).json()["current_balance"] == 0.0011  # 29 characters
    answer = httpx.post(f"{live_server.url}/v1/tts", json=BODY, headers=headers)
    assert (answer.status_code, answer.json()["message"][:24]) == (403, "You've run out of credit")
    assert httpx.get(billing).status_code == 401
