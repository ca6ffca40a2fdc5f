# SPDX-License-Identifier: GPL-3.0-or-later
"""Every request that the five seed files print, against one server, with host and key replaced.

What stands for something of the caller's own is replaced as well: `voice_id` in a path, the id of a request or of a
generation, the host of a webhook. Samples in several languages that send the same are one request here; those of the
vendor's Python package run through it, those of its JavaScript package in test_js_client.py. Where the seeds are at
hand, the last test looks whether all that they print is here.
"""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import httpx
import pytest
from elevenlabs import ElevenLabs

from tests.conftest import LiveServer

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
VOICE = "JBFqnCBsd6RMkjVDRZzb"
PATIENCE_S = 90

ELEVENLABS, AIMLAPI, PIXAZO = "https://api.elevenlabs.io", "https://api.aimlapi.com", "https://gateway.pixazo.ai"
MOVE = "The first move is what sets everything in motion."
JUNGLE = (
    "Mysterious original soundtrack, themes of jungle, rainforest, nature, woodwinds, busy rhythmic tribal percussion."
)
HELLO = "Hello! This is a test of the text to speech system, powered by ElevenLabs. How does it sound?"


@dataclass(frozen=True, slots=True)
class Printed:
    """A request as it stands in a seed."""

    seed: str
    url: str
    body: dict[str, Any] | None = None

    def send(self, server: LiveServer, **fill: str) -> httpx.Response:
        """fill: what stands for a placeholder."""
        host = next(host for host in (ELEVENLABS, AIMLAPI, PIXAZO) if self.url.startswith(host))
        path = self.url.removeprefix(host)
        for placeholder, value in fill.items():
            path = path.replace(placeholder, value)
        headers = {
            ELEVENLABS: {"xi-api-key": server.key},
            AIMLAPI: {"Authorization": f"Bearer {server.key}"},
            PIXAZO: {"Ocp-Apim-Subscription-Key": server.key, "Cache-Control": "no-cache"},
        }[host] | {"Content-Type": "application/json"}
        content = None if self.body is None else json.dumps(self.body)
        method = "GET" if self.body is None else "POST"
        return httpx.request(method, server.url + path, content=content, headers=headers, timeout=60)


TTS = f"{ELEVENLABS}/v1/text-to-speech/{VOICE}"
MOVING = {"text": MOVE, "model_id": "eleven_multilingual_v2"}
GENERATE = f"{AIMLAPI}/v2/generate/audio"
SPEECH_STATUS = f"{PIXAZO}/v2/requests/status/eleven-v3-alpha-954_019dxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
MUSIC_STATUS = f"{PIXAZO}/v2/requests/status/elevenlabs-music-api-368_019dxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"

GATEWAY_SPEECH = Printed(
    "000",
    f"{AIMLAPI}/v1/tts",
    {"model": "elevenlabs/v3_alpha", "text": "Hi! What are you doing today?", "voice": "Alice"},
)
MODELS = Printed("001", f"{ELEVENLABS}/v1/models")
CONVERT = Printed("001, 002, 004", f"{TTS}?output_format=mp3_44100_128", MOVING)
TIMESTAMPS = Printed(
    "001",
    f"{ELEVENLABS}/v1/text-to-speech/voice_id/with-timestamps",
    {"text": "This is a test for the API of ElevenLabs."},
)
STREAM = Printed("001", f"{TTS}/stream?output_format=mp3_44100_128", MOVING)
STREAM_TIMESTAMPS = Printed("001", f"{TTS}/stream/with-timestamps?output_format=mp3_44100_128", MOVING)
QUEUED_SPEECH = Printed(
    "003",
    f"{PIXAZO}/eleven-v3-alpha-954/v1/eleven-v3-alpha-request",
    {"text": HELLO, "voice": "Aria", "stability": 0.5, "similarity_boost": 0.75, "speed": 1},
)
QUEUED_MUSIC = Printed(
    "003",
    f"{PIXAZO}/elevenlabs-music-api-368/v1/elevenlabs-music-api-request",
    {"prompt": JUNGLE, "respect_sections_durations": True, "output_format": "mp3_44100_128"},
)
SPEECH_POLL, MUSIC_POLL = Printed("003", SPEECH_STATUS), Printed("003", MUSIC_STATUS)
CLIP = Printed("004", GENERATE, {"prompt": "text", "model": "stable-audio", "seconds_total": 30, "steps": 100})
LOFI = Printed(
    "004",
    GENERATE,
    {"model": "stable-audio", "prompt": "lo-fi pop hip-hop ambient music", "steps": 100, "seconds_total": 10},
)
FETCH = Printed("004", GENERATE + "?${params.toString()}")
GARBLED = Printed("004", GENERATE + "?Audio.v2.PollGenerationPayloadDTO=%5Bobject+Object%5D")
BRAAM = Printed(
    "004",
    f"{ELEVENLABS}/v1/sound-generation",
    {"text": "Spacious braam suitable for high-impact movie trailer moments"},
)
ALL = [value for value in list(globals().values()) if isinstance(value, Printed)]


def listen(body: bytes) -> tuple[str, float]:
    """Format and seconds of a file."""
    with av.open(io.BytesIO(body), "r") as container:
        samples = sum(frame.samples for frame in container.decode(audio=0))
        return container.format.name, samples / container.streams.audio[0].rate


def wait(ask: Callable[[], httpx.Response], open_states: set[str]) -> dict[str, Any]:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        answer = ask()
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        if said["status"] not in open_states:
            return said
        time.sleep(0.2)
    raise AssertionError(f"not done after {PATIENCE_S} s")


@pytest.fixture(scope="module")
def client(live_server: LiveServer) -> Iterator[ElevenLabs]:
    with httpx.Client(timeout=30) as transport:
        yield ElevenLabs(base_url=live_server.url, api_key=live_server.key, httpx_client=transport)


@pytest.mark.parametrize(
    ("request_", "container"),
    [(GATEWAY_SPEECH, "wav"), (CONVERT, "mp3"), (STREAM, "mp3"), (BRAAM, "mp3")],
    ids=["gateway", "convert", "stream", "sound"],
)
def test_answers_with_a_file(live_server: LiveServer, request_: Printed, container: str) -> None:
    answer = request_.send(live_server)
    assert answer.status_code == 200, answer.text
    found, seconds = listen(answer.content)
    assert (found, 1 < seconds < 25) == (container, True)


def test_models(live_server: LiveServer) -> None:
    models = MODELS.send(live_server).json()
    assert {"eleven_multilingual_v2", "eleven_v3"} <= {model["model_id"] for model in models}


def test_timestamps(live_server: LiveServer) -> None:
    said = TIMESTAMPS.send(live_server, voice_id=VOICE).json()
    assert set(said) == {"audio_base64", "alignment", "normalized_alignment"}
    assert "".join(said["alignment"]["characters"]) == "This is a test for the API of ElevenLabs."
    lines = STREAM_TIMESTAMPS.send(live_server).text.splitlines()
    heard = [json.loads(line)["alignment"] for line in lines]
    assert "".join(c for alignment in heard if alignment for c in alignment["characters"]) == MOVE


def test_the_python_package(client: ElevenLabs) -> None:
    """Seeds 001, 002. `with_raw_response` is a context manager in the package of today (api-facts §15.40)."""
    speech = client.text_to_speech
    with speech.with_raw_response.convert(text="Hello, world!", voice_id=VOICE) as raw:
        assert raw.headers["x-character-count"] == "13"
        assert raw.headers["request-id"]
        assert b"".join(raw.data)
    assert len(list(speech.stream(text="This is a test", voice_id=VOICE, model_id="eleven_multilingual_v2"))) > 0
    asked: dict[str, Any] = {"voice_id": VOICE, "text": MOVE, "model_id": "eleven_multilingual_v2"}
    assert b"".join(speech.convert(**asked, output_format="mp3_44100_128"))
    assert b"".join(speech.stream(**asked, output_format="mp3_44100_128"))
    assert list(speech.stream_with_timestamps(**asked, output_format="mp3_44100_128"))
    test = "This is a test for the API of ElevenLabs."
    assert speech.convert_with_timestamps(voice_id=VOICE, text=test).audio_base_64
    assert client.models.list()


@pytest.mark.parametrize(
    ("request_", "poll", "container"),
    [(QUEUED_SPEECH, SPEECH_POLL, "wav"), (QUEUED_MUSIC, MUSIC_POLL, "mp3")],
    ids=["speech", "music"],
)
def test_queued_polled_and_fetched(live_server: LiveServer, request_: Printed, poll: Printed, container: str) -> None:
    accepted = request_.send(live_server)
    assert accepted.status_code == 202, accepted.text
    job_id = accepted.json()["request_id"].rpartition("_")[2]
    placeholder = {"019dxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx": job_id}
    done = wait(lambda: poll.send(live_server, **placeholder), {"QUEUED", "PROCESSING"})
    assert done["status"] == "COMPLETED", done
    found, seconds = listen(httpx.get(done["output"]["media_url"][0]).content)
    assert (found, seconds > 3) == (container, True)


def test_a_webhook_is_taken(live_server: LiveServer) -> None:
    """Seed 003, "Example: enable webhook"."""
    headers = {
        "Ocp-Apim-Subscription-Key": live_server.key,
        "X-Webhook-URL": "https://your-server.invalid/webhook/callback",
        "X-Webhook-Mode": "terminal",
    }
    url = live_server.url + QUEUED_SPEECH.url.removeprefix(PIXAZO)
    assert httpx.post(url, json=QUEUED_SPEECH.body, headers=headers, timeout=30).status_code == 202


@pytest.mark.parametrize(("request_", "length_s"), [(CLIP, 30), (LOFI, 10)], ids=["clip", "lofi"])
def test_generated_and_fetched(live_server: LiveServer, request_: Printed, length_s: float) -> None:
    queued = request_.send(live_server)
    assert queued.status_code == 201, queued.text
    assert queued.json()["status"] == "queued"
    asked = {"${params.toString()}": f"generation_id={queued.json()['generation_id']}"}
    done = wait(lambda: FETCH.send(live_server, **asked), {"queued", "generating"})
    assert done["status"] == "completed", done
    found, seconds = listen(httpx.get(done["audio_file"]["url"]).content)
    assert (found, round(seconds, 2)) == ("wav", length_s)


def test_the_garbled_sample_is_told_what_it_lacks(live_server: LiveServer) -> None:
    """Seed 004 prints a query that names no generation (api-facts §12.2)."""
    answer = GARBLED.send(live_server)
    assert answer.status_code == 400
    assert "generation_id" in answer.json()["message"]


NOT_REQUESTS = {
    *("/", "/v1/voices", "/eleven-v3-alpha-954/v1", "/elevenlabs-music-api-368/v1", "/v2/requests/status/{request_id}"),
    *(f"/v1/text-to-speech/{{voice_id}}{ending}" for ending in ("", "/with-timestamps", "/stream")),
    "/v1/text-to-speech/{voice_id}/stream/with-timestamps",
}
"""Bases, templates, and an address that is only spoken of."""
PYTHON_CALLS = {"convert", "convert_with_timestamps", "stream", "stream_with_timestamps", "list"}
_JS_CALLS = {"convertWithTimestamps", "streamWithTimestamps"}
_OWN_TEXTS = {"Hello, world!", "This is a test"}
"""Those of the packages' samples above."""


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"THE SEEDS ARE NOT AT HAND ({SEEDS}): WHAT THEY PRINT IS NOT COMPARED")
def test_all_that_the_seeds_print_is_here() -> None:
    printed = "\n".join(path.read_text() for path in sorted(SEEDS.glob("*.txt")))
    paths = re.findall(
        r"https://(?:api\.elevenlabs\.io|api\.aimlapi\.com|gateway\.pixazo\.ai)(/(?:\$\{[^}]*\}|[^\s\"'`)\\>|])*)",
        printed,
    )
    here = {request.url.split("/", 3)[3] for request in ALL}
    assert {path[1:] for path in paths if path not in NOT_REQUESTS} == here
    bodies = [json.loads(body) for body in re.findall(r"(?:-d|--data|--data-raw) '(\{.*?\})'", printed, re.DOTALL)]
    assert len(bodies) == 5
    assert all(any(body == request.body for request in ALL) for body in bodies)
    texts = set(re.findall(r"""\b["']?(?:text|prompt)\\?["']?\s*(?:[:=]|=>)\s*\\?["']([^"'\\]+)""", printed))
    ours = {
        str(request.body[name])
        for request in ALL
        if request.body
        for name in ("text", "prompt")
        if name in request.body
    }
    assert texts == ours | _OWN_TEXTS
    calls = set(re.findall(r"\b(?:text_to_speech|textToSpeech|models)(?:\.with_raw_response)?\s*\.(\w+)\(", printed))
    assert calls == PYTHON_CALLS | _JS_CALLS
    script = (ROOT / "tests/journeys/js/client.mjs").read_text()
    assert all(f".{call}(" in script for call in (*_JS_CALLS, "convert", "stream", "list", "withRawResponse"))
