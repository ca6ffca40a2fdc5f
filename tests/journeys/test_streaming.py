# SPDX-License-Identifier: GPL-3.0-or-later
"""Streaming means streaming, and what happens when a worker dies in the middle of it."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import LiveServer, start_tone_server, stop_server

PATH = "/v1/text-to-speech/JBFqnCBsd6RMkjVDRZzb"
SILENT_S = "1"


@pytest.fixture
def tone_server(tmp_path: Path) -> Iterator[LiveServer]:
    server = start_tone_server(
        tmp_path,
        OSCINE_WORKERS="2",
        OSCINE_ENGINE_IDLE_TIMEOUT_S=SILENT_S if "hang" in os.environ.get("PYTEST_CURRENT_TEST", "") else "60",
    )
    yield server
    stop_server(server)


def children(server: LiveServer) -> list[int]:
    pid = server.process.pid
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.parametrize(
    ("endpoint", "output_format"),
    [
        ("/stream", "pcm_24000"),
        ("/stream", "mp3_44100_128"),
        ("/stream", "opus_48000_64"),
        ("/stream", "ulaw_8000"),
        ("/stream/with-timestamps", "pcm_24000"),
        ("", "mp3_44100_128"),
        ("/with-timestamps", "pcm_16000"),
    ],
)
def test_bytes_leave_before_the_second_sentence_is_synthesised(
    tone_server: LiveServer, tmp_path: Path, endpoint: str, output_format: str
) -> None:
    """The engine does not go on with the second sentence until a file exists, and that file is made only after the
    first bytes of the response were read."""
    url = f"{tone_server.url}{PATH}{endpoint}?output_format={output_format}"
    body = {"text": "The first sentence comes at once and by itself. The second one stands before the gate."}
    with httpx.stream("POST", url, json=body, headers=tone_server.headers, timeout=20) as response:
        assert response.status_code == 200
        pieces = response.iter_raw()
        first = next(pieces)
        assert first
        assert not (tmp_path / "gate").exists()
        (tmp_path / "gate").touch()
        assert sum(len(piece) for piece in pieces) > 0


def test_a_worker_killed_in_mid_stream_is_not_noticed(tone_server: LiveServer, tmp_path: Path) -> None:
    body = {"text": "The first sentence comes at once. This will crash in the middle. And this one follows."}
    url = f"{tone_server.url}{PATH}/stream/with-timestamps?output_format=pcm_24000"
    response = httpx.post(url, json=body, headers=tone_server.headers, timeout=20)
    assert (tmp_path / "crashed").exists()
    characters = [
        character
        for line in response.text.splitlines()
        for character in (json.loads(line)["alignment"] or {"characters": []})["characters"]
    ]
    assert "".join(characters) == body["text"]


def test_all_workers_killed_from_outside_and_the_next_request_succeeds(tone_server: LiveServer, tmp_path: Path) -> None:
    url = f"{tone_server.url}{PATH}/stream?output_format=pcm_24000"
    body = {"text": "The first sentence comes at once. The second one stands before the gate."}
    with httpx.stream("POST", url, json=body, headers=tone_server.headers, timeout=20) as response:
        pieces = response.iter_raw()
        next(pieces)
        for pid in children(tone_server):
            os.kill(pid, signal.SIGKILL)
        (tmp_path / "gate").touch()
        rest = sum(len(piece) for piece in pieces)
    assert rest > 24000 * 2
    again = httpx.post(url, json={"text": "Again."}, headers=tone_server.headers, timeout=20)
    assert again.status_code == 200


@pytest.mark.parametrize("endpoint", ["/stream", "", "/with-timestamps", "/stream/with-timestamps"])
def test_what_cannot_be_finished_breaks_off_audibly(tone_server: LiveServer, endpoint: str) -> None:
    """No closing chunk: the client's HTTP library reports an error instead of a short file."""
    url = f"{tone_server.url}{PATH}{endpoint}?output_format=pcm_24000"
    body = {"text": "The first sentence comes at once and is long enough to be sent. Then it is broken for good."}
    with (
        httpx.stream("POST", url, json=body, headers=tone_server.headers, timeout=20) as response,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        assert response.status_code == 200
        for _ in response.iter_raw():
            pass
    assert httpx.get(f"{tone_server.url}/health").status_code == 200


def test_what_fails_before_the_first_byte_has_a_status(tone_server: LiveServer) -> None:
    response = httpx.post(
        f"{tone_server.url}{PATH}?output_format=wav_24000",
        json={"text": "It is broken."},
        headers=tone_server.headers,
        timeout=20,
    )
    assert response.status_code == 503
    assert response.json()["detail"]["status"] == "service_unavailable"


def test_a_hang_is_a_failure(tone_server: LiveServer) -> None:
    response = httpx.post(
        f"{tone_server.url}{PATH}?output_format=wav_24000",
        json={"text": "Let it hang."},
        headers=tone_server.headers,
        timeout=20,
    )
    assert response.status_code == 503


def test_running_streams_may_finish_when_the_server_is_told_to_stop(tone_server: LiveServer, tmp_path: Path) -> None:
    url = f"{tone_server.url}{PATH}/stream?output_format=pcm_24000"
    body = {"text": "The first sentence comes at once. The second one stands before the gate."}
    with httpx.stream("POST", url, json=body, headers=tone_server.headers, timeout=20) as response:
        pieces = response.iter_raw()
        next(pieces)
        tone_server.process.terminate()
        (tmp_path / "gate").touch()
        assert sum(len(piece) for piece in pieces) > 24000 * 2
    assert tone_server.process.wait(20) in {0, -signal.SIGTERM}


def test_no_process_outlives_a_killed_server(tone_server: LiveServer) -> None:
    workers = children(tone_server)
    assert workers
    tone_server.process.kill()
    tone_server.process.wait()
    while any(Path(f"/proc/{pid}").exists() and "Z" not in _state(pid) for pid in workers):
        pass


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "Z"
