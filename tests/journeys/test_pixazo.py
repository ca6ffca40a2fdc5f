# SPDX-License-Identifier: GPL-3.0-or-later
"""Pixazo's queue, as its samples ask for it. Sources: seeds/003; reference/api-facts.md §13."""

from __future__ import annotations

import io
import re
import time
import wave
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.conftest import LiveServer
from tests.journeys.terminal import oscine

SPEECH = "/eleven-v3-alpha-954/v1/eleven-v3-alpha-request"
BODY = {
    "text": "Hello! This is a test of the text to speech system, powered by ElevenLabs. How does it sound?",
    "voice": "Aria",
    "stability": 0.5,
    "similarity_boost": 0.75,
    "speed": 1,
}
PATIENCE_S = 60


@pytest.fixture(scope="module")
def client(live_server: LiveServer) -> Iterator[httpx.Client]:
    headers = {"Ocp-Apim-Subscription-Key": live_server.key, "Cache-Control": "no-cache"}
    with httpx.Client(base_url=live_server.url, headers=headers, timeout=30) as opened:
        yield opened


def new_key(server: LiveServer, *options: str) -> dict[str, str]:
    folder = server.log.parent
    made = oscine(folder, "keys", "create", "--name", "a", *options, OSCINE_DATA_DIR=str(folder))
    return {"Ocp-Apim-Subscription-Key": made.stdout.decode().split()[-1]}


def finish(client: httpx.Client, polling_url: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    """Poll until it has ended."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        answer = client.get(polling_url, headers=headers)
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        if said["status"] not in {"QUEUED", "PROCESSING"}:
            return said
        assert said["output"] is None
        time.sleep(0.1)
    raise AssertionError(f"not done after {PATIENCE_S} s")


def listen(url: str) -> float:
    """Seconds of a WAV file that can be had without a key."""
    file = httpx.get(url)
    assert (file.status_code, file.headers["content-type"]) == (200, "audio/wav")
    with wave.open(io.BytesIO(file.content)) as read:
        return float(read.getnframes() / read.getframerate())


def test_a_text_is_queued_polled_and_fetched(client: httpx.Client, live_server: LiveServer) -> None:
    answer = client.post(SPEECH, json=BODY)
    assert answer.status_code == 202
    accepted = answer.json()
    assert set(accepted) == {"request_id", "status", "polling_url"}
    assert accepted["status"] == "QUEUED"
    model_id, _, job_id = accepted["request_id"].rpartition("_")
    assert model_id == "eleven-v3-alpha-954"
    assert UUID(job_id).version == 7
    assert accepted["polling_url"] == f"{live_server.url}/v2/requests/status/{accepted['request_id']}"
    done = finish(client, accepted["polling_url"])
    assert set(done) == {
        *("request_id", "status", "model_id", "error", "output", "created_at", "updated_at", "completed_at")
    }
    assert (done["status"], done["error"], done["model_id"]) == ("COMPLETED", None, model_id)
    assert done["request_id"] == accepted["request_id"]
    for name in ("created_at", "updated_at", "completed_at"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", done[name])
    assert done["output"]["media_type"] == "audio/wav"
    (url,) = done["output"]["media_url"]
    assert url.endswith("/output.wav")
    assert 3 < listen(url) < 12


def test_speed_and_voice_act(client: httpx.Client) -> None:
    def seconds(**change: object) -> float:
        done = finish(client, client.post(SPEECH, json=BODY | change).json()["polling_url"])
        return listen(done["output"]["media_url"][0])

    assert seconds(speed=0.5) / seconds(speed=2) > 2.5
    for voice in ("Domi", "Bella", "Rachel", "Antoni"):
        assert seconds(voice=voice, text="One.") > 0.2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": ""}, "empty"),
        ({"text": None}, "text"),
        ({"text": "🙂"}, "spoken"),
        ({"text": "a" * 5001}, "5000"),
        ({"voice": "Nobody"}, "Nobody"),
        ({"voice": None}, "voice"),
        ({"stability": 1.1}, "stability"),
        ({"similarity_boost": -0.1}, "similarity_boost"),
        ({"similarity_boost": "loud"}, "similarity_boost"),
        ({"speed": 0.4}, "0.5 and 2"),
        ({"speed": 2.1}, "0.5 and 2"),
    ],
)
def test_fields_that_cannot_be(client: httpx.Client, change: dict[str, object], words: str) -> None:
    answer = client.post(SPEECH, json=BODY | change)
    assert answer.status_code == 400
    assert set(answer.json()) == {"error", "message"}
    assert answer.json()["error"] == "Bad Request"
    assert words in answer.json()["message"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff", b'{"text": NaN}', b"[" * 100_000, b" " * 2_000_001]
)
def test_bodies_that_are_none(client: httpx.Client, body: bytes) -> None:
    answer = client.post(SPEECH, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (400, "Bad Request")


def test_what_nobody_knows_is_reported(client: httpx.Client) -> None:
    answer = client.post(SPEECH, json=BODY | {"text": "One.", "style": 1, "seed": 3})
    assert (answer.status_code, answer.headers["oscine-ignored"]) == (202, "seed, style")


def test_an_unknown_model(client: httpx.Client) -> None:
    """Source: seeds/003, "Queue System Errors"."""
    answer = client.post("/eleven-v9-1/v1/eleven-v9-request", json=BODY)
    assert answer.status_code == 400
    assert answer.json() == {
        "error": "Model not found",
        "message": "Model 'eleven-v9-1' not found or is disabled",
    }
    assert client.post("/eleven-v9-1/v1/eleven-v9", json=BODY).status_code == 404


def test_keys_and_wallets(client: httpx.Client, live_server: LiveServer) -> None:
    url = live_server.url + SPEECH
    for headers in ({}, {"Ocp-Apim-Subscription-Key": "sk_wrong"}, {"Authorization": f"Bearer {live_server.key}"}):
        answer = httpx.post(url, content=b"{", headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (401, "Unauthorized")
    answer = httpx.post(url, json=BODY, headers=new_key(live_server, "--scope", "models_read"))
    assert (answer.status_code, answer.json()["error"]) == (403, "Forbidden")
    payer = new_key(live_server, "--wallet", "0.01")  # 93 characters are $0.0093
    first = httpx.post(url, json=BODY, headers=payer)
    assert first.status_code == 202
    answer = httpx.post(url, json=BODY, headers=payer)
    assert answer.status_code == 402
    assert answer.json() == {
        "error": "Insufficient Balance",
        "message": "Your wallet does not have enough balance.",
    }
    assert finish(client, first.json()["polling_url"], payer)["status"] == "COMPLETED"


def test_requests_of_others_are_as_good_as_not_there(client: httpx.Client, live_server: LiveServer) -> None:
    name = client.post(SPEECH, json=BODY | {"text": "One."}).json()["request_id"]
    job_id = name.rpartition("_")[2]
    stranger = new_key(live_server)
    path = "/v2/requests/status"
    for wrong, headers in (
        (name, stranger),
        (f"elevenlabs-music-api-368_{job_id}", None),
        (job_id, None),
        ("eleven-v3-alpha-954_nothing", None),
        ("..%2f..%2fetc", None),
        ("%00", None),
    ):
        answer = client.get(f"{path}/{wrong}", headers=headers)
        assert answer.status_code == 404
        if "detail" not in answer.json():
            assert answer.json()["error"] == "Request not found"
    assert client.get(f"{path}/{name}").status_code == 200


@pytest.mark.parametrize(
    ("url", "mode", "words"),
    [
        ("http://example.com/hook", "terminal", "https"),
        ("ftp://example.com", "terminal", "https"),
        ("https://127.0.0.1/hook", "terminal", "OSCINE_WEBHOOK_ALLOW"),
        ("https://[::1]/hook", "sync", "OSCINE_WEBHOOK_ALLOW"),
        ("https://user:word@example.com/", "terminal", "password"),
        ("https://192.0.2.1/", "always", "terminal or sync"),
    ],
)
def test_webhooks_that_cannot_be(client: httpx.Client, url: str, mode: str, words: str) -> None:
    answer = client.post(SPEECH, json=BODY, headers={"X-Webhook-URL": url, "X-Webhook-Mode": mode})
    assert (answer.status_code, answer.json()["error"]) == (400, "Bad Request")
    assert words in answer.json()["message"]
