# SPDX-License-Identifier: GPL-3.0-or-later
"""Many at once, slow ones, and those who leave."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator

import httpx
import pytest

from tests.conftest import LiveServer, start_tone_server, stop_server

PATH = "/v1/text-to-speech/JBFqnCBsd6RMkjVDRZzb"


@pytest.fixture(scope="module")
def small_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server with the tone engine and few places."""
    folder = tmp_path_factory.mktemp("small")
    server = start_tone_server(
        folder,
        OSCINE_WORKERS="2",
        OSCINE_CONCURRENCY="6",
        OSCINE_KEY_CONCURRENCY="4",
        OSCINE_QUEUE_LENGTH="2",
        OSCINE_QUEUE_WAIT_S="0.2",
    )
    yield server
    stop_server(server)


async def until_idle(server: LiveServer) -> None:
    """Waits until nothing runs; the test's own time limit bounds it."""
    while server.metric("oscine_generations_running") or server.metric("oscine_segments_waiting"):
        await asyncio.sleep(0.02)


async def test_two_hundred_at_once_get_speech_or_a_quick_refusal(live_server: LiveServer) -> None:
    async with httpx.AsyncClient(
        base_url=live_server.url, headers=live_server.headers, timeout=60, limits=httpx.Limits(max_connections=200)
    ) as client:

        async def one(number: int) -> tuple[int, int]:
            body = {"text": f"This is caller number {number} of two hundred, speaking at the same time as the rest."}
            response = await client.post(f"{PATH}?output_format=pcm_16000", json=body)
            if response.status_code == 429:
                assert response.json()["detail"]["status"] in {"too_many_concurrent_requests", "system_busy"}
                assert response.headers["retry-after"]
            return response.status_code, len(response.content)

        answers = await asyncio.gather(*(one(number) for number in range(200)))
    counts = Counter(status for status, _ in answers)
    assert set(counts) <= {200, 429}
    assert counts[200] >= 64
    assert min(size for status, size in answers if status == 200) > 16000 * 2 * 2  # seconds of speech, never a stub
    await until_idle(live_server)


async def test_refusals_name_the_limit(small_server: LiveServer) -> None:
    async with httpx.AsyncClient(base_url=small_server.url, headers=small_server.headers, timeout=30) as client:

        async def one() -> httpx.Response:
            return await client.post(f"{PATH}?output_format=pcm_24000", json={"text": "gate"})

        pending = {asyncio.create_task(one()) for _ in range(8)}
        refused: list[httpx.Response] = []
        while len(refused) < 4:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            refused += [task.result() for task in done]
        assert {response.json()["detail"]["status"] for response in refused} == {"too_many_concurrent_requests"}
        assert (await client.get("/health")).status_code == 200
        (small_server.log.parent / "gate").touch()
        served = await asyncio.gather(*pending)
    assert [response.status_code for response in served] == [200] * 4
    await until_idle(small_server)


async def open_raw(server: LiveServer, endpoint: str, text: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A request sent by hand; nothing read yet."""
    host, port = server.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=1024)
    body = json.dumps({"text": text}).encode()
    head = (
        f"POST {PATH}{endpoint} HTTP/1.1\r\nHost: x\r\nxi-api-key: {server.key}\r\nContent-Type: application/json\r\n"
    )
    writer.write(head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
    await writer.drain()
    return reader, writer


async def test_slow_readers_hold_up_nobody(live_server: LiveServer) -> None:
    text = "The slow reader takes one byte and then waits for a very long time. " * 100
    slow = [await open_raw(live_server, "/stream?output_format=pcm_48000", text) for _ in range(8)]
    for reader, _ in slow:
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    response = await asyncio.to_thread(
        httpx.post, f"{live_server.url}{PATH}", json={"text": "And yet I am served."}, headers=live_server.headers
    )
    assert response.status_code == 200
    assert live_server.metric("oscine_generations_running") == 8
    for _, writer in slow:
        writer.transport.abort()
    await until_idle(live_server)


async def test_those_who_leave_free_everything(live_server: LiveServer) -> None:
    text = "Whoever leaves before the end must not cost anything any more. " * 100
    for endpoint in ("/stream?output_format=mp3_44100_128", "/with-timestamps", "/stream/with-timestamps", ""):
        readers = [await open_raw(live_server, endpoint, text) for _ in range(4)]
        for reader, _ in readers[:2]:
            await reader.readline()
        for _, writer in readers:
            writer.transport.abort()
    await until_idle(live_server)
    assert live_server.metric("oscine_queue_depth") == 0


async def test_half_a_request_is_not_a_request(live_server: LiveServer) -> None:
    host, port = live_server.url.removeprefix("http://").split(":")
    writers = []
    for _ in range(20):
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf".encode())
        await writer.drain()
        writers.append(writer)
    health = await asyncio.to_thread(httpx.get, f"{live_server.url}/health")
    assert health.status_code == 200
    for writer in writers:
        writer.transport.abort()


def test_nothing_that_was_said_is_in_the_log(live_server: LiveServer) -> None:
    secret = "xylophonic peregrination"
    for endpoint in ("", "/stream?output_format=zzz", "/with-timestamps"):
        httpx.post(live_server.url + PATH + endpoint, json={"text": secret}, headers=live_server.headers, timeout=30)
    httpx.post(live_server.url + PATH, json={"text": [secret]}, headers=live_server.headers)
    httpx.post(live_server.url + PATH, json={"text": "x"}, headers={"xi-api-key": "sk_verysecret"})
    log = live_server.log.read_text()
    assert "route=/v1/text-to-speech/{voice_id}" in log
    assert not {word for word in ("xylophonic", "peregrination", "sk_verysecret", live_server.key) if word in log}


def test_every_worker_is_idle_and_alive_in_the_end(live_server: LiveServer, small_server: LiveServer) -> None:
    for server in (live_server, small_server):
        assert server.metric("oscine_worker_restarts_total") == 0
        assert server.process.poll() is None
        assert httpx.get(f"{server.url}/ready").json() == {"ready": True}
