# SPDX-License-Identifier: GPL-3.0-or-later
"""Sockets of those who do not keep to the protocol, or leave in the middle of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import LiveServer, start_tone_server, stop_server
from tests.sockets import hear, hear_until, open_socket, send

INIT = {"text": " "}
SETTINGS = '{"text": " ", "voice_settings": {"stability": %s}}'
DICTIONARY = '{"text": " ", "pronunciation_dictionary_locators": [{"pronunciation_dictionary_id": "x"}]}'
BREAK = '{"text": "One <break time=\\"99s\\"/> two. ", "flush": true}'
ENDPOINTS = ("stream-input", "multi-stream-input")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server with the tone engine and small limits."""
    folder = tmp_path_factory.mktemp("sockets")
    started = start_tone_server(
        folder,
        OSCINE_WORKERS="2",
        OSCINE_KEY_SOCKETS="20",
        OSCINE_MAX_WAITING_CHARACTERS="50000",
    )
    yield started
    stop_server(started)


async def until_nothing_is_left(server: LiveServer) -> None:
    """The test's own time limit bounds it."""
    names = ("oscine_sockets_open", "oscine_generations_running", "oscine_segments_waiting", "oscine_queue_depth")
    while any([await asyncio.to_thread(server.metric, name) for name in names]):
        await asyncio.sleep(0.02)


@pytest.fixture(autouse=True)
async def nothing_is_left(server: LiveServer) -> Any:
    yield
    await until_nothing_is_left(server)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize(
    ("query", "messages", "error"),
    [
        ({}, ["{broken"], "invalid_message"),
        ({}, [b"\x00\x01"], "invalid_message"),
        ({}, ["[]"], "invalid_message"),
        ({}, ['{"text": 5}'], "invalid_message"),
        ({}, ['{"text": " ", "voice_settings": {"speed": 9}}'], "invalid_parameters"),
        ({}, [SETTINGS % 0.1, SETTINGS % 0.2], "invalid_message"),
        ({}, [DICTIONARY], "pronunciation_dictionary_not_found"),
        ({"voice": "nobody"}, [], "voice_not_found"),
        ({"model_id": "nothing"}, [], "model_not_found"),
        ({"model_id": "eleven_v3"}, [], "unsupported_model"),
        ({"output_format": "wav_44100"}, [], "invalid_output_format"),
        ({"output_format": "pcm_48000"}, [], "invalid_output_format"),
        ({"language_code": "xx"}, [], "unsupported_language"),
        ({"seed": "-1"}, [], "invalid_message"),
        ({"inactivity_timeout": "181"}, [], "invalid_message"),
        ({"enable_logging": "perhaps"}, [], "invalid_message"),
        ({"key": "sk_wrong"}, [], "invalid_api_key"),
        ({"key": ""}, ['{"text": " "}'], "needs_authorization"),
        ({"key": "", "single_use_token": "sutkn_x"}, [], "invalid_single_use_token"),
        (
            {"enable_ssml_parsing": "true"},
            [BREAK],
            "invalid_ssml",
        ),
        ({"inactivity_timeout": "1"}, [], "input_timeout_exceeded"),
        ({"inactivity_timeout": "1", "key": ""}, [], "needs_authorization"),
    ],
)
async def test_what_is_wrong_is_said_and_ends_the_socket(
    server: LiveServer, endpoint: str, query: dict[str, Any], messages: list[str | bytes], error: str
) -> None:
    async with open_socket(server, endpoint, **query) as socket:
        for message in messages:
            await socket.send(message)
        heard = await hear(socket)
    frame = heard.frames[-1]
    assert (frame["error"], frame["code"], heard.code) == (error, 1008, 1008)
    assert heard.reason
    assert len(heard.reason.encode()) <= 123
    assert frame["message"].startswith(heard.reason.rstrip("…"))


@pytest.mark.parametrize("endpoint", ENDPOINTS)
async def test_a_megabyte_in_one_message(server: LiveServer, endpoint: str) -> None:
    async with open_socket(server, endpoint) as socket:
        await send(socket, INIT)
        await send(socket, {"text": "x" * 1_000_000})
        heard = await hear(socket)
    assert heard.code == 1009


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("word", ["x", "words and words "])
async def test_a_megabyte_in_many_messages(server: LiveServer, endpoint: str, word: str) -> None:
    """Whether it waits for the end of a word or for its turn, there is a limit to it."""
    async with open_socket(server, endpoint) as socket:
        await send(socket, INIT, {"text": "gate ", "flush": True})
        for _ in range(100):
            await send(socket, {"text": (word * 10_000)[:10_000]})
        heard = await hear(socket)
    assert (heard.error, heard.code) == ("max_character_limit_exceeded", 1008)


async def test_ten_thousand_tiny_messages(server: LiveServer) -> None:
    (server.log.parent / "gate").touch()
    text = "tick tock " * 1000
    async with open_socket(server, output_format="pcm_8000") as socket:
        await send(socket, INIT, *({"text": character} for character in text), {"text": ""})
        heard = await hear(socket)
    assert heard.code == 1000
    assert heard.text() == text


@pytest.mark.parametrize("endpoint", ENDPOINTS)
async def test_those_who_vanish_mid_word(server: LiveServer, endpoint: str) -> None:
    for messages in (
        (),
        (INIT,),
        (INIT, {"text": "Hello wor"}),
        (INIT, {"text": "Hello world. " * 100, "flush": True}),
    ):
        async with open_socket(server, endpoint) as socket:
            await send(socket, *messages)
            socket.transport.abort()


async def test_those_who_never_read(server: LiveServer) -> None:
    """Their audio waits, and so do they; nobody else."""
    async with open_socket(server, output_format="pcm_44100") as slow, open_socket(server) as quick:
        slow.transport.pause_reading()
        await send(slow, INIT, {"text": "The slow reader takes nothing at all. " * 1000, "flush": True})
        await send(quick, INIT, {"text": "And yet I am served. "}, {"text": ""})
        assert (await hear(quick)).text() == "And yet I am served. "
        slow.transport.abort()


async def test_a_key_has_so_many_sockets(server: LiveServer) -> None:
    sockets = [open_socket(server) for _ in range(20)]
    opened = [await socket.__aenter__() for socket in sockets]
    for socket in opened:
        await send(socket, INIT)
    while await asyncio.to_thread(server.metric, "oscine_sockets_open") < 20:
        await asyncio.sleep(0.01)
    async with open_socket(server) as one_more:
        heard = await hear(one_more)
    assert (heard.error, heard.code) == ("too_many_concurrent_connections", 1008)
    for context in sockets:
        await context.__aexit__(None, None, None)


async def test_an_engine_that_fails_is_our_fault(server: LiveServer) -> None:
    async with open_socket(server) as socket:
        await send(socket, INIT, {"text": "broken ", "flush": True})
        heard = await hear(socket)
    assert (heard.error, heard.code) == ("service_unavailable", 1011)


async def test_an_interruption_frees_the_engine(server: LiveServer) -> None:
    (server.log.parent / "gate").unlink(missing_ok=True)
    async with open_socket(server, "multi-stream-input", auto_mode="true") as socket:
        await send(socket, {"text": "gate. ", "context_id": "a"}, {"text": "gate. ", "context_id": "a"})
        while not await asyncio.to_thread(server.metric, "oscine_generations_running"):
            await asyncio.sleep(0.01)
        await send(socket, {"context_id": "a", "close_context": True})
        await hear_until(socket, lambda frame: frame["isFinal"])
        while await asyncio.to_thread(server.metric, "oscine_generations_running"):
            await asyncio.sleep(0.01)
    (server.log.parent / "gate").touch()


async def test_no_file_stays_open(server: LiveServer) -> None:
    def count() -> int:
        """Without those of the database, whose connections come and go as a pool sees fit."""
        files = Path(f"/proc/{server.process.pid}/fd")
        return sum(".db" not in str(file.resolve()) for file in files.iterdir()) if files.exists() else 0

    async def talk() -> None:
        async with open_socket(server, key="", authorization=server.key) as socket:
            await send(socket, INIT, {"text": "Hello there. "}, {"text": ""})
            await hear(socket)

    counts = []
    for _ in range(3):
        await asyncio.gather(*(talk() for _ in range(15)))
        await until_nothing_is_left(server)
        counts.append(count())
    assert counts[2] - counts[1] < 5  # of fifteen each time


def test_nothing_that_was_said_is_in_the_log(server: LiveServer) -> None:
    log = server.log.read_text()
    assert "route=/v1/text-to-speech/{voice_id}/stream-input" in log
    assert "socket.failed" not in log
    assert not {word for word in ("tick", "Hello", "slow reader", "sk_wrong", "sutkn_x", server.key) if word in log}
