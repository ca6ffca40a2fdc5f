# SPDX-License-Identifier: GPL-3.0-or-later
"""Live text through the vendor's clients: `convert_realtime` of the Python package (elevenlabs 2.78.0), which dials wss
whatever it was told; and single-use tokens, for those that have no socket of their own.

Sources: reference/api-facts.md §4, §9.4, §10; seeds/001.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx
import pytest
from elevenlabs import ElevenLabs, VoiceSettings
from elevenlabs.core.api_error import ApiError
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.conftest import LiveServer, start_server, stop_server
from tests.journeys.ear import VOICE, hear, seconds
from tests.journeys.terminal import make_key

WORDS = "The first move is what sets everything in motion. ".split(" ")[:-1]
PCM = "pcm_16000"

pytestmark = pytest.mark.filterwarnings(r"ignore:ConnectionClosed\.(code|reason) is dep")  # the client's own


@pytest.fixture(scope="module")
def secure_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    server = start_server(tmp_path_factory.mktemp("wss"), OSCINE_TLS_SELF_SIGNED="1", OSCINE_WORKERS="1")
    yield server
    stop_server(server)


@pytest.fixture
def trusting(secure_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[ElevenLabs]:
    """The client as the server's first lines tell to set it up."""
    monkeypatch.setenv("SSL_CERT_FILE", secure_server.log.read_text().split("SSL_CERT_FILE=")[1].split()[0])
    with httpx.Client(timeout=30) as transport:
        yield ElevenLabs(base_url=secure_server.url, api_key=secure_server.key, httpx_client=transport)


def test_audio_comes_while_the_text_is_still_being_written(trusting: ElevenLabs) -> None:
    heard: list[bytes] = []
    patience = 600

    def write() -> Iterator[str]:
        for number in range(patience):
            if heard:
                break
            yield f"{WORDS[number % len(WORDS)]} "
        else:
            raise AssertionError("all was written, and nothing heard")
        yield "That is all."

    for piece in trusting.text_to_speech.convert_realtime(
        VOICE, text=write(), model_id="eleven_flash_v2_5", output_format="mp3_44100_128"
    ):
        assert piece
        heard.append(piece)
    assert len(heard) > 1
    assert seconds(hear(b"".join(heard), "mp3_44100_128")) > 2


def test_what_is_said_and_how(trusting: ElevenLabs) -> None:
    """The whole text is in the history, once; settings act."""

    def say(speed: float) -> float:
        text = (f"{word} " for word in WORDS)
        settings = VoiceSettings(speed=speed, stability=0.5, similarity_boost=0.75)
        pieces = trusting.text_to_speech.convert_realtime(
            VOICE, text=text, model_id="eleven_multilingual_v2", output_format=PCM, voice_settings=settings
        )
        return seconds(hear(b"".join(pieces), PCM))

    slow, fast = say(0.8), say(1.2)
    assert fast / slow == pytest.approx(0.8 / 1.2, rel=0.2)  # chance has its share
    item = trusting.history.list(page_size=1).history[0]
    assert item.text is not None
    assert item.text.split() == WORDS


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"voice_id": "nobody"}, "voice_id 'nobody' was not found"),
        ({"model_id": "nothing"}, "nothing"),
        ({"output_format": "wav_44100"}, "wav_44100"),
    ],
)
def test_what_is_wrong_arrives_as_the_clients_own_error(
    trusting: ElevenLabs, change: dict[str, Any], said: str
) -> None:
    call = {"voice_id": VOICE, "model_id": "eleven_flash_v2_5", "output_format": PCM, **change}
    with pytest.raises(ApiError) as caught:
        list(trusting.text_to_speech.convert_realtime(text=iter(["Hello there. "]), **call))
    assert caught.value.status_code == 1008
    assert said in str(caught.value.body)


def spend(server: LiveServer, token: str, text: str = "Hello there. ") -> tuple[bytes, dict[str, Any]]:
    """What a page in a browser would do. Returns what was heard, and the last message."""
    query = f"model_id=eleven_flash_v2_5&output_format={PCM}&single_use_token={token}"
    url = f"{server.url.replace('http', 'ws', 1)}/v1/text-to-speech/{VOICE}/stream-input?{query}"
    audio, message = b"", {}
    with connect(url) as socket, suppress(ConnectionClosed):
        with suppress(ConnectionClosed):  # refused already; why, is still to be read
            for part in (" ", text, ""):
                socket.send(json.dumps({"text": part}))
        while True:
            message = json.loads(socket.recv(10))
            audio += base64.b64decode(message.get("audio") or "")
    return audio, message


def test_a_token_opens_one_socket(client: ElevenLabs, live_server: LiveServer) -> None:
    token = client.tokens.single_use.create("tts_websocket").token
    audio, last = spend(live_server, token)
    assert seconds(hear(audio, PCM)) > 0.4
    assert last["isFinal"] is True
    for spent in (token, "sutkn_made_up"):
        audio, last = spend(live_server, spent)
        assert (audio, last["error"], last["code"]) == (b"", "invalid_single_use_token", 1008)
        assert "unknown, spent or expired" in last["message"]
    assert token not in live_server.log.read_text()


def test_a_token_has_the_limits_of_its_key(live_server: LiveServer) -> None:
    """What is said with a token is said with the key: here one word fits its credits, not two."""
    secret = make_key(live_server.log.parent, "page", "--credit-limit", "9")
    with httpx.Client(timeout=30) as transport:
        own = ElevenLabs(base_url=live_server.url, api_key=secret, httpx_client=transport)
        tokens = [own.tokens.single_use.create("tts_websocket").token for _ in range(3)]
        assert spend(live_server, tokens[0], "Twelve words. ")[1]["isFinal"] is True
        assert own.user.subscription.get().character_count == 7
        assert spend(live_server, tokens[1], "Thirteen of them. ")[1]["error"] == "quota_exceeded"
        own.workspaces.api_keys.disable(api_key_name="self")
        assert spend(live_server, tokens[2])[1]["error"] == "invalid_api_key"
