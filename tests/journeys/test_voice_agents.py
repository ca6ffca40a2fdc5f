# SPDX-License-Identifier: GPL-3.0-or-later
"""Live text as the plugins of voice agents speak it: what they send, in their order, and only what they read.

The plugins themselves (livekit-plugins-elevenlabs 1.8.9, pipecat-ai 1.14.0) need packages that do not go together with
ours, or whose licence does not. Source of every message and rule: their code; reference/clients.md §2; api-facts §4.5.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any
from urllib.parse import urlencode

import pytest
from elevenlabs import ElevenLabs
from websockets.asyncio.client import ClientConnection, connect

from tests.conftest import LiveServer
from tests.journeys.ear import hear, seconds

VOICE = "hpp4J3VqNfWAUOO0d1Us"
LIVEKIT = {
    "model_id": "eleven_turbo_v2_5",
    "output_format": "mp3_22050_32",
    "enable_ssml_parsing": "false",
    "enable_logging": "true",
    "inactivity_timeout": "180",
    "apply_text_normalization": "auto",
    "apply_language_text_normalization": "false",
    "sync_alignment": "true",
    "auto_mode": "true",
}
PIPECAT = {"model_id": "eleven_flash_v2_5", "output_format": "pcm_24000", "auto_mode": "true"}
SENTENCES = ["The first move is what sets everything in motion.", "Then on it goes.", "All is said."]
_ANSWER_S = 10.0
"""The LiveKit plugin gives up on a context that is silent for longer."""


async def opened(server: LiveServer, query: dict[str, str]) -> ClientConnection:
    url = f"{server.url}/v1/text-to-speech/{VOICE}/multi-stream-input?{urlencode(query)}".replace("http", "ws", 1)
    return await connect(url, additional_headers=server.headers, max_size=4 * 2**20)  # aiohttp's limit


async def send(socket: ClientConnection, *messages: dict[str, Any]) -> None:
    for message in messages:
        await socket.send(json.dumps(message))


class LiveKit:
    """A stream of the plugin: a context, the sentences it was given, and what it makes of the answers."""

    def __init__(self, socket: ClientConnection, context: str) -> None:
        self._socket = socket
        self._context = context
        self.text = ""
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.audio = b""
        self.is_final = False

    async def say(self, sentences: Sequence[str]) -> None:
        own = {"context_id": self._context}
        await send(self._socket, {"text": " ", "voice_settings": {}, **own})
        await send(self._socket, *({"text": f"{sentence} ", **own, "flush": True} for sentence in sentences))
        await send(self._socket, {"text": "", **own, "flush": True}, {**own, "close_context": True})

    def read(self, message: dict[str, Any]) -> None:
        assert not self.is_final, "something came after the end"
        if timed := message.get("normalizedAlignment"):
            chars, starts, lasting = timed["chars"], timed["charStartTimesMs"], timed["charDurationsMs"]
            assert len(chars) == len(starts) == len(lasting)
            self.text += "".join(chars)
            self.starts += starts
            self.ends += [start + lasts for start, lasts in zip(starts, lasting, strict=True)]
        if message.get("audio"):
            self.audio += base64.b64decode(message["audio"])
        self.is_final = bool(message.get("isFinal"))


async def listen(socket: ClientConnection) -> AsyncIterator[dict[str, Any]]:
    while True:
        async with asyncio.timeout(_ANSWER_S):
            message = json.loads(await socket.recv())
        assert not message.get("error"), message
        yield message


async def play(socket: ClientConnection, streams: dict[str, LiveKit]) -> None:
    """Until each of the streams is at its end; contexts that are none of theirs are passed over."""
    async for message in listen(socket):
        context = message.get("contextId") or message.get("context_id")
        if context in streams:
            streams[context].read(message)
        if all(stream.is_final for stream in streams.values()):
            return


async def test_livekit_reads_every_word_on_one_clock(live_server: LiveServer) -> None:
    async with await opened(live_server, LIVEKIT) as socket:
        stream = LiveKit(socket, "a1")
        await stream.say(SENTENCES)
        await play(socket, {"a1": stream})
    assert stream.text.split() == " ".join(SENTENCES).split()
    assert stream.starts == sorted(stream.starts)
    assert stream.ends[-1] / 1000 == pytest.approx(seconds(hear(stream.audio, "mp3_22050_32")), abs=0.35)


async def test_livekit_shares_a_socket_among_streams_and_turns(live_server: LiveServer) -> None:
    async with await opened(live_server, LIVEKIT) as socket:
        for turn in range(2):
            streams = {f"{turn}{name}": LiveKit(socket, f"{turn}{name}") for name in "abcd"}
            for number, stream in enumerate(streams.values()):
                await stream.say(SENTENCES[: 1 + number % 3])
            await play(socket, streams)
            for number, stream in enumerate(streams.values()):
                assert stream.text.split() == " ".join(SENTENCES[: 1 + number % 3]).split()


async def test_livekit_interrupts_and_goes_on(live_server: LiveServer) -> None:
    """Closing the context is all that an interruption says; a slot must not be lost by it."""
    async with await opened(live_server, LIVEKIT) as socket:
        for turn in range(7):
            own = {"context_id": f"cut{turn}"}
            await send(socket, {"text": " ", "voice_settings": {}, **own})
            await send(socket, {"text": SENTENCES[0] * 20 + " ", **own, "flush": True})
            await anext(listen(socket))
            await send(socket, {**own, "close_context": True})
        stream = LiveKit(socket, "last")
        await stream.say(SENTENCES[:1])
        await play(socket, {"last": stream})
        assert stream.text.split() == SENTENCES[0].split()


async def test_livekit_hears_the_end_of_a_stream_without_words(live_server: LiveServer) -> None:
    async with await opened(live_server, LIVEKIT) as socket:
        stream = LiveKit(socket, "empty")
        await stream.say([])
        await play(socket, {"empty": stream})
        assert stream.audio == b""


class Pipecat:
    """A turn of the service: words end at a space, and each message starts where the one before it ended."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.starts: list[float] = []
        self.audio = b""
        self.end_s = 0.0
        self._begun = ""
        self._begun_s = 0.0

    def read(self, message: dict[str, Any]) -> bool:
        """Whether that was the end; then nothing else of the message counts."""
        if message.get("isFinal") is True:
            return True
        if message.get("audio"):
            self.audio += base64.b64decode(message["audio"])
        timed = message.get("alignment") or message.get("normalizedAlignment")
        if timed:
            for char, start_ms in zip(timed["chars"], timed["charStartTimesMs"], strict=True):
                if char != " ":
                    self._begun_s = self._begun_s if self._begun else self.end_s + start_ms / 1000
                    self._begun += char
                elif self._begun:
                    self.words.append(self._begun)
                    self.starts.append(self._begun_s)
                    self._begun = ""
            self.end_s += (timed["charStartTimesMs"][-1] + timed["charDurationsMs"][-1]) / 1000
        return False


async def take_turn(socket: ClientConnection, context: str, texts: Sequence[str]) -> Pipecat:
    own = {"context_id": context}
    await send(socket, {"text": ""}, {"text": " ", **own})
    await send(socket, *({"text": text, **own} for text in texts))
    await send(socket, {**own, "flush": True}, {**own, "close_context": True})
    await send(socket, {"text": "", **own})  # still playing, it keeps alive what it has closed
    turn = Pipecat()
    async for message in listen(socket):
        if message.get("contextId") == context and turn.read(message):
            return turn
    raise AssertionError


@pytest.mark.parametrize("unit", ["sentence", "token"])
async def test_pipecat_gets_every_word_and_a_clock_that_keeps_step(
    live_server: LiveServer, client: ElevenLabs, unit: str
) -> None:
    """Sentences come without a space behind them; tokens bring their own, and words are cut anywhere."""
    tokens = [part for sentence in SENTENCES for part in (sentence[:7], f"{sentence[7:]} ")]
    async with await opened(live_server, PIPECAT | {"auto_mode": str(unit == "sentence").lower()}) as socket:
        for number in range(2):
            turn = await take_turn(socket, f"turn{number}", SENTENCES if unit == "sentence" else tokens)
            assert turn.words == " ".join(SENTENCES).split()
            assert turn.starts == sorted(turn.starts)
            assert turn.end_s == pytest.approx(len(turn.audio) / 48_000, abs=0.35)
        await send(socket, {"close_socket": True})
        await socket.wait_closed()
    kept = client.history.list(page_size=1).history[0].text
    assert kept is not None
    assert kept.strip() == " ".join(SENTENCES)


async def test_pipecat_sees_the_socket_closed_when_it_asks(live_server: LiveServer) -> None:
    """It waits two seconds and then takes the connection for broken; a busy machine gets longer here."""
    socket = await opened(live_server, PIPECAT)
    await send(socket, {"text": ""}, {"text": " ", "context_id": "a"}, {"close_socket": True})
    async with asyncio.timeout(20):
        await socket.wait_closed()
    assert socket.close_code == 1000
