# SPDX-License-Identifier: GPL-3.0-or-later
"""OpenAI's own Python client (3.54.0) against a live server."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator

import av
import httpx
import numpy as np
import openai
import pytest
from openai import AsyncOpenAI, OpenAI

from oscine.dialects.openai.schema import RESPONSE_FORMATS, VOICES
from tests.conftest import LiveServer
from tests.journeys.terminal import oscine

TEXT = "The first move is what sets everything in motion."


@pytest.fixture(scope="module")
def client(live_server: LiveServer) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{live_server.url}/v1", api_key=live_server.key, max_retries=0, timeout=30) as opened:
        yield opened


@pytest.mark.parametrize("response_format", RESPONSE_FORMATS)
def test_every_format_is_what_it_says(client: OpenAI, response_format: str) -> None:
    answer = client.audio.speech.create(
        model="tts-1",
        voice="alloy",
        input=TEXT,
        response_format=response_format,  # type: ignore[arg-type]
    )
    body = answer.read()
    assert answer.response.headers["content-type"].startswith("audio/")
    assert len(answer.response.headers["x-request-id"]) == 20
    if response_format == "pcm":  # 24 kHz, 16 bits, little-endian: the vendor's guide to speech
        seconds = len(body) / 48000
        assert np.abs(np.frombuffer(body, "<i2")).max() > 2000
    else:
        with av.open(io.BytesIO(body), "r") as container:
            codec = container.streams.audio[0].codec_context.codec.canonical_name
            frames = list(container.decode(audio=0))
            seconds = sum(frame.samples / frame.sample_rate for frame in frames)
        assert codec == {"wav": "pcm_s16le"}.get(response_format, response_format)
    assert 1.5 < seconds < 6


def test_voices_differ_and_are_known_by_name_and_id(client: OpenAI) -> None:
    def speak(voice: str | dict[str, str]) -> bytes:
        answer = client.audio.speech.create(
            model="tts-1",
            voice=voice,  # type: ignore[arg-type]
            input="One.",
            response_format="pcm",
        )
        return answer.read()

    sizes = {voice: len(speak(voice)) for voice in VOICES}
    assert len(set(sizes.values())) > len(VOICES) / 2
    assert min(sizes.values()) > 5000
    for voice in ("Alice", "JBFqnCBsd6RMkjVDRZzb", "Alloy", {"id": "JBFqnCBsd6RMkjVDRZzb"}):
        assert speak(voice)


def test_voices_are_listed_for_those_who_ask(live_server: LiveServer) -> None:
    """Source: reference/clients.md §1: Open WebUI with an OpenAI base URL of one's own."""
    headers = {"Authorization": f"Bearer {live_server.key}"}
    listed = httpx.get(f"{live_server.url}/v1/audio/voices", headers=headers).json()["voices"]
    assert [voice["id"] for voice in listed[: len(VOICES)]] == list(VOICES)
    assert {"id": "JBFqnCBsd6RMkjVDRZzb", "name": "George"} in listed


@pytest.mark.parametrize("speed", [0.25, 4.0])
def test_speed_changes_the_length(client: OpenAI, speed: float) -> None:
    """Source: speech_create_params.py: 0.25 to 4.0."""

    def seconds(speed: float) -> float:
        answer = client.audio.speech.create(
            model="tts-1-hd", voice="nova", input=TEXT, response_format="pcm", speed=speed
        )
        return len(answer.read()) / 48000

    assert seconds(1.0) / seconds(speed) == pytest.approx(speed, rel=0.25)


def test_instructions_act_and_say_so(client: OpenAI) -> None:
    def speak(instructions: str, model: str = "gpt-4o-mini-tts") -> tuple[int, httpx.Headers]:
        with client.audio.speech.with_streaming_response.create(
            model=model, voice="coral", input=TEXT, instructions=instructions, response_format="pcm"
        ) as answer:
            return len(answer.read()), httpx.Headers(dict(answer.headers))

    slow, headers = speak("Speak very slowly, in a calm voice.")
    fast, _ = speak("Speak quickly.")
    assert slow > 1.4 * fast
    assert headers["oscine-instructions"] == "slowly, calm"
    assert "oscine-ignored" not in headers
    _, headers = speak("Zigzag.")
    assert headers["oscine-ignored"] == "instructions"
    _, headers = speak("Speak slowly.", "tts-1")  # not with this model: speech_create_params.py
    assert headers["oscine-ignored"] == "instructions"


def test_events_hold_the_file(client: OpenAI) -> None:
    """Source: the vendor's OpenAPI 2.3.0, SpeechAudioDeltaEvent and SpeechAudioDoneEvent."""
    with client.audio.speech.with_streaming_response.create(
        model="gpt-4o-mini-tts", voice="sage", input=TEXT, response_format="wav", stream_format="sse"
    ) as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        lines = [line for line in answer.iter_lines() if line]
    events = [json.loads(line.removeprefix("data: ")) for line in lines]
    assert [event["type"] for event in events[:-1]] == ["speech.audio.delta"] * (len(events) - 1)
    body = b"".join(base64.b64decode(event["audio"]) for event in events[:-1])
    assert body[:8] == b"RIFF\xff\xff\xff\xff"
    assert events[-1] == {
        "type": "speech.audio.done",
        "usage": {"input_tokens": len(TEXT), "output_tokens": 0, "total_tokens": len(TEXT)},
    }


async def test_async_client_streams(live_server: LiveServer) -> None:
    async with AsyncOpenAI(base_url=f"{live_server.url}/v1", api_key=live_server.key) as client:
        async with client.audio.speech.with_streaming_response.create(
            model="tts-1", voice="onyx", input=f"{TEXT} And then a second sentence follows.", response_format="mp3"
        ) as answer:
            pieces = [piece async for piece in answer.iter_bytes()]
        assert len(pieces) > 1
        assert b"".join(pieces)[:2] == b"\xff\xfb"
        assert "tts-1" in [model.id async for model in client.models.list()]


def test_models(client: OpenAI) -> None:
    listed = [model.id for model in client.models.list()]
    assert listed[:3] == ["tts-1", "tts-1-hd", "gpt-4o-mini-tts"]
    assert "eleven_v3" in listed
    model = client.models.retrieve("tts-1-hd")
    assert (model.id, model.object, model.owned_by) == ("tts-1-hd", "model", "openai-internal")
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("gpt-9")


def test_the_header_with_the_key_decides_who_is_asked_for_models(live_server: LiveServer) -> None:
    """Source: reference/clients.md §2.10."""
    bearer = {"Authorization": f"Bearer {live_server.key}"}
    url = f"{live_server.url}/v1/models"
    assert isinstance(httpx.get(url, headers=live_server.headers).json(), list)
    assert isinstance(httpx.get(url, headers=live_server.headers | bearer).json(), list)
    assert httpx.get(url, headers=bearer).json()["object"] == "list"
    assert httpx.get(url).json()["detail"]["status"] == "needs_authorization"


@pytest.mark.parametrize(
    ("change", "status", "code", "param"),
    [
        ({"voice": "nobody"}, 400, "voice_not_found", "voice"),
        ({"model": "gpt-9"}, 404, "model_not_found", "model"),
        ({"speed": 4.1}, 400, "invalid_value", "speed"),
        ({"speed": 0.2}, 400, "invalid_value", "speed"),
        ({"input": " "}, 400, "empty_string", "input"),
        ({"input": "🙂"}, 400, "invalid_input", "input"),
        ({"input": "a" * 4097}, 400, "string_above_max_length", "input"),
        ({"instructions": "a" * 4097}, 400, "string_above_max_length", "instructions"),
        ({"response_format": "ogg"}, 400, "invalid_value", "response_format"),
        ({"stream_format": "sse"}, 400, "unsupported_value", "stream_format"),
        ({"voice": 7}, 400, "invalid_value", "voice"),
        ({"input": None}, 400, "invalid_value", "input"),
    ],
)
def test_refusals_arrive_as_the_clients_exceptions(
    client: OpenAI, change: dict[str, object], status: int, code: str, param: str
) -> None:
    order = {"model": "tts-1", "voice": "alloy", "input": "Hello."} | change
    with pytest.raises(openai.APIStatusError) as refused:
        client.audio.speech.create(**order)  # type: ignore[arg-type]
    assert (refused.value.status_code, refused.value.code, refused.value.param) == (status, code, param)
    assert refused.value.type == "invalid_request_error"


def test_keys(live_server: LiveServer) -> None:
    folder = live_server.log.parent
    made = {
        name: oscine(folder, "keys", "create", "--name", name, *options, OSCINE_DATA_DIR=str(folder))
        .stdout.decode()
        .strip()
        for name, options in {"reader": ("--scope", "models_read"), "poor": ("--credit-limit", "3")}.items()
    }

    def speak(key: str) -> None:
        with OpenAI(base_url=f"{live_server.url}/v1", api_key=key, max_retries=0) as client:
            client.audio.speech.create(model="tts-1", voice="alloy", input="Nobody has said this over here, either.")

    for key, error, code in (
        ("sk_wrong", openai.AuthenticationError, "invalid_api_key"),
        (made["reader"], openai.PermissionDeniedError, "missing_scope"),
        (made["poor"], openai.RateLimitError, "insufficient_quota"),
    ):
        with pytest.raises(error) as refused:
            speak(key)
        assert refused.value.code == code
    assert httpx.post(f"{live_server.url}/v1/audio/speech", content=b"{").json()["error"]["code"] == "missing_api_key"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "invalid_json"),
        (b"{", "invalid_json"),
        (b"[]", "invalid_json"),
        (b'{"model": "tts-1"}', "missing_required_parameter"),
        (b'{"model": "tts-1", "voice": "alloy", "input": "a", "speed": NaN}', "invalid_json"),
        (b'{"model": "tts-1", "voice": "alloy", "input": "\\ud800"}', "invalid_json"),
        (b'{"model": "tts-1", "voice": {"name": "x"}, "input": "a"}', "invalid_value"),
        (b'{"x": "' + b"a" * 2_000_000 + b'"}', "request_too_large"),
        (b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "invalid_json"),
    ],
)
def test_bodies_that_are_none(live_server: LiveServer, body: bytes, code: str) -> None:
    headers = {"Authorization": f"Bearer {live_server.key}", "Content-Type": "application/json"}
    answer = httpx.post(f"{live_server.url}/v1/audio/speech", content=body, headers=headers)
    assert answer.status_code in {400, 413}
    assert answer.json()["error"]["code"] == code


def test_fields_nobody_knows_are_reported(live_server: LiveServer) -> None:
    headers = {"Authorization": f"bearer {live_server.key}"}
    body = {"model": "tts-1", "voice": "alloy", "input": "Hi.", "lang_code": "a", "volume": 2}
    answer = httpx.post(f"{live_server.url}/v1/audio/speech", json=body, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["oscine-ignored"] == "lang_code, volume"
