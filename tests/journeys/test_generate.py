# SPDX-License-Identifier: GPL-3.0-or-later
"""Sounds and music over the gateways' queues. Sources: seeds/003, seeds/004; reference/api-facts.md §12.2, §13."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Mapping
from typing import Any

import av
import httpx
import pytest

from tests.conftest import LiveServer
from tests.journeys.terminal import oscine

PATH = "/v2/generate/audio"
SONG = "/elevenlabs-music-api-368/v1/elevenlabs-music-api-request"
CLIP = {"model": "stable-audio", "prompt": "heavy rain", "seconds_total": 2}
PATIENCE_S = 90


@pytest.fixture(scope="module")
def client(live_server: LiveServer) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {live_server.key}", "Ocp-Apim-Subscription-Key": live_server.key}
    with httpx.Client(base_url=live_server.url, headers=headers, timeout=30) as opened:
        yield opened


def finish(client: httpx.Client, generation_id: str) -> dict[str, Any]:
    """Poll until it has ended."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        said: dict[str, Any] = client.get(PATH, params={"generation_id": generation_id}).json()
        if said["status"] not in {"queued", "generating"}:
            return said
        assert (said["error"], said["audio_file"]) == (None, None)
        time.sleep(0.1)
    raise AssertionError(f"not done after {PATIENCE_S} s")


def listen(body: bytes) -> float:
    """Seconds of a file in stereo."""
    with av.open(io.BytesIO(body), "r") as container:
        stream = container.streams.audio[0]
        samples = sum(frame.samples for frame in container.decode(audio=0))
        assert stream.channels == 2
        return float(samples / stream.rate)


def make(client: httpx.Client, body: Mapping[str, object]) -> tuple[httpx.Response, dict[str, Any], bytes]:
    answer = client.post(PATH, json=body)
    assert answer.status_code == 201, answer.text
    done = finish(client, answer.json()["generation_id"])
    assert done["status"] == "completed", done
    return answer, done, httpx.get(done["audio_file"]["url"]).content


def test_a_sound_is_made_from_second_to_second(client: httpx.Client) -> None:
    answer, done, body = make(client, CLIP | {"seconds_start": 0.5, "steps": 30})
    queued = answer.json()
    assert queued == {"id": queued["id"], "generation_id": queued["id"], "status": "queued"}
    assert queued["id"].endswith(":stable-audio")
    assert "oscine-ignored" not in answer.headers
    file = done["audio_file"]
    assert file == {"url": file["url"], "content_type": "audio/wav", "file_name": "output.wav", "file_size": len(body)}
    assert (done["id"], done["error"]) == (queued["id"], None)
    assert listen(body) == pytest.approx(1.5, abs=0.001)


def test_the_same_address_plays_music(client: httpx.Client) -> None:
    answer, _, body = make(
        client,
        {"model": "stable-audio", "prompt": "slow solo piano", "steps": 100, "seconds_start": 1, "seconds_total": 5},
    )
    assert answer.headers["oscine-ignored"] == "steps"
    assert listen(body) == pytest.approx(4, abs=0.001)


def test_eleven_music(client: httpx.Client) -> None:
    body = {"model": "elevenlabs/eleven_music", "prompt": "solo piano", "mood": "calm"}
    answer, done, file = make(client, body)
    assert done["id"].endswith(":eleven_music")
    assert done["audio_file"]["content_type"] == "audio/mpeg"
    assert answer.headers["oscine-ignored"] == "mood"
    assert listen(file) == pytest.approx(10, abs=0.1)  # the default length


def test_a_song_over_pixazo(client: httpx.Client) -> None:
    accepted = client.post(SONG, json={"prompt": "calm piano, 10 seconds", "output_format": "opus_48000_64"})
    assert accepted.status_code == 202
    assert accepted.json()["request_id"].startswith("elevenlabs-music-api-368_")
    until = time.monotonic() + PATIENCE_S
    while (done := client.get(accepted.json()["polling_url"]).json())["status"] in {"QUEUED", "PROCESSING"}:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert done["status"] == "COMPLETED"
    (url,) = done["output"]["media_url"]
    assert done["output"]["media_type"] == "audio/ogg; codecs=opus"
    assert listen(httpx.get(url).content) == pytest.approx(10, abs=0.1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"seconds_total": 0.5}, "seconds_total"),
        ({"seconds_total": 48}, "47"),
        ({"seconds_start": 2}, "less than seconds_total"),
        ({"seconds_start": -1}, "seconds_start"),
        ({"steps": 0}, "steps"),
        ({"steps": 1001}, "1000"),
        ({"steps": 1.5}, "steps"),
        ({"prompt": " "}, "empty"),
        ({"prompt": "rain " * 500}, "2000"),
        ({"prompt": None}, "prompt"),
        ({"model": "stable-video"}, "stable-audio"),
        ({"model": "elevenlabs/eleven_music", "music_length_ms": 9999}, "music_length_ms"),
    ],
)
def test_refusals(client: httpx.Client, change: dict[str, object], words: str) -> None:
    answer = client.post(PATH, json=CLIP | change)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"prompt": ""}, "empty"),
        ({"prompt": "a" * 4101}, "4100"),
        ({"output_format": "wav_44100"}, "mp3_44100_128"),
        ({"respect_sections_durations": "perhaps"}, "respect_sections_durations"),
    ],
)
def test_refusals_of_pixazo(client: httpx.Client, change: dict[str, object], words: str) -> None:
    answer = client.post(SONG, json={"prompt": "solo piano"} | change)
    assert (answer.status_code, answer.json()["error"]) == (400, "Bad Request")
    assert words in answer.json()["message"]


def test_what_is_not_there(client: httpx.Client, live_server: LiveServer) -> None:
    mine = client.post(PATH, json=CLIP | {"seconds_total": 1}).json()["id"]
    folder = live_server.log.parent
    made = oscine(folder, "keys", "create", "--name", "a", OSCINE_DATA_DIR=str(folder))
    stranger = {"Authorization": f"Bearer {made.stdout.decode().split()[-1]}"}
    for wrong, headers in (
        (mine, stranger),
        (mine.replace("stable-audio", "eleven_music"), None),
        (mine.partition(":")[0], None),
        ("nothing", None),
        ("\x00", None),
    ):
        assert client.get(PATH, params={"generation_id": wrong}, headers=headers).status_code == 404
    assert client.get(PATH, params={"generation_id": mine}).status_code == 200
    answer = client.get(PATH)
    assert (answer.status_code, "generation_id" in answer.json()["message"]) == (400, True)
    assert httpx.get(live_server.url + PATH).status_code == 401
