# SPDX-License-Identifier: GPL-3.0-or-later
"""A socket without a network: what it leaves behind when it is gone."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.websockets import WebSocket

from oscine.dialects.elevenlabs.routes_live import multi_stream_input, stream_input
from oscine.pipeline.house import House
from tests.conftest import API_KEY

VOICE = "JBFqnCBsd6RMkjVDRZzb"
LEAVE = {"type": "websocket.disconnect", "code": 1005}


async def converse(house: House, route: Any, messages: list[Any], query: str = "") -> list[dict[str, Any]]:
    """All that is sent back. The client leaves after its last message, or once the server has closed."""
    app = Starlette()
    app.state.house = house
    incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    incoming.put_nowait({"type": "websocket.connect"})
    for message in messages:
        data = json.dumps(message)
        incoming.put_nowait(LEAVE if message is None else {"type": "websocket.receive", "text": data})
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)
        if message["type"] == "websocket.close":
            incoming.put_nowait(LEAVE)

    scope = {
        "type": "websocket",
        "path": "/",
        "query_string": query.encode(),
        "headers": [(b"xi-api-key", API_KEY.encode())],
        "client": ("127.0.0.1", 1),
        "app": app,
    }
    await asyncio.wait_for(route(VOICE, WebSocket(scope, incoming.get, send)), 30)
    return sent


HELLO = {"text": "Hello there. " * 30, "flush": True}


@pytest.mark.parametrize("route", [stream_input, multi_stream_input])
@pytest.mark.parametrize(
    "messages",
    [
        [None],
        [{"text": " "}, None],
        [HELLO, None],
        [HELLO, {"text": "Hello wor"}, None],
        [HELLO, {"text": 5}],
        [HELLO, {"text": "x" * 100_001}],
        [{"text": "broken", "flush": True}],
        [HELLO, {"text": "", "close_socket": True}],
        [*({**HELLO, "context_id": str(number)} for number in range(6)), {"text": "", "close_socket": True}],
        [HELLO, {"text": "And more, "}, {"close_context": True, "text": "."}, {"close_socket": True, "text": ""}],
    ],
)
async def test_nothing_is_left(tone_house: House, route: Any, messages: list[Any]) -> None:
    while any(pool.alive < pool.size for pool in tone_house.stage.pools):
        await asyncio.sleep(0.01)
    before = asyncio.all_tasks()
    await converse(tone_house, route, messages, "output_format=pcm_8000")
    async with asyncio.timeout(30):
        while asyncio.all_tasks() - before:  # what was stopped may take a turn of the loop to end
            await asyncio.sleep(0.01)
    assert tone_house.sockets.open == 0
    assert tone_house.admission.running == tone_house.admission.waiting == 0
    assert all(pool.waiting == 0 for pool in tone_house.stage.pools)


async def test_the_last_frame_is_final_and_the_close_follows_at_once(tone_house: House) -> None:
    *_, final, close = await converse(tone_house, stream_input, [HELLO, {"text": ""}])
    assert json.loads(final["text"])["isFinal"] is True
    assert (close["type"], close["code"]) == ("websocket.close", 1000)


async def test_a_fault_of_ours_says_nothing_of_the_text(tone_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("xylophonic")

    monkeypatch.setattr("oscine.pipeline.session.Performance", fail)
    *_, frame, close = await converse(tone_house, stream_input, [HELLO])
    assert json.loads(frame["text"])["error"] == "internal_error"
    assert close["code"] == 1011
    assert "xylophonic" not in frame["text"] + close["reason"]
