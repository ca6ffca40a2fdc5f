# SPDX-License-Identifier: GPL-3.0-or-later
"""Single-use tokens, through the vendor's Python client (elevenlabs 2.78.0).

Source: reference/api-facts.md §9.4.
"""

from __future__ import annotations

import re

import httpx
import pytest
from elevenlabs import AsyncElevenLabs, ElevenLabs
from elevenlabs.core.api_error import ApiError
from elevenlabs.errors import UnprocessableEntityError

from tests.conftest import LiveServer
from tests.journeys.terminal import make_key


async def test_a_token_is_made(client: ElevenLabs, async_client: AsyncElevenLabs) -> None:
    one = client.tokens.single_use.create("tts_websocket").token
    two = (await async_client.tokens.single_use.create("tts_websocket")).token
    assert one != two
    for token in (one, two):
        assert re.fullmatch(r"sutkn_[0-9a-f]{48}", token)


@pytest.mark.parametrize("kind", ["realtime_scribe", "batch_scribe"])
def test_what_is_not_served_is_refused(client: ElevenLabs, kind: str) -> None:
    with pytest.raises(ApiError) as caught:
        client.tokens.single_use.create(kind)
    assert caught.value.status_code == 400
    detail = caught.value.body["detail"]
    assert (detail["status"], detail["param"]) == ("feature_not_available", "token_type")
    assert "Speech to text is not served" in detail["message"]
    assert "Allowed: tts_websocket" in detail["message"]


def test_an_unknown_type_is_refused_with_those_there_are(client: ElevenLabs) -> None:
    with pytest.raises(UnprocessableEntityError) as caught:
        client.tokens.single_use.create("anything")
    (error,) = caught.value.body["detail"]
    assert error["loc"] == ["path", "token_type"]
    assert "'tts_websocket'" in error["msg"]


def test_a_key_that_may_not_speak_makes_no_tokens(live_server: LiveServer) -> None:
    reader = make_key(live_server.log.parent, "reader", "--scope", "voices_read")
    with httpx.Client(base_url=live_server.url) as transport:
        path = "/v1/single-use-token/tts_websocket"
        refused = transport.post(path, headers={"xi-api-key": reader})
        assert (refused.status_code, refused.json()["detail"]["status"]) == (401, "missing_permissions")
        assert transport.post(path).json()["detail"]["status"] == "needs_authorization"
        assert transport.get(path, headers=live_server.headers).status_code == 405


def test_a_token_is_no_key(client: ElevenLabs, live_server: LiveServer) -> None:
    token = client.tokens.single_use.create("tts_websocket").token
    with httpx.Client(base_url=live_server.url, headers={"xi-api-key": token}) as transport:
        assert transport.get("/v1/models").json()["detail"]["status"] == "invalid_api_key"
    assert token not in live_server.log.read_text()
