# SPDX-License-Identifier: GPL-3.0-or-later
"""Live text over a real socket: each documented message. Facts: the seed's AsyncAPI (001), api-facts §4."""

import asyncio
import base64
import json
from typing import Any

import httpx
import pytest
from elevenlabs import ElevenLabs, VoiceSettings

from tests.conftest import LiveServer
from tests.sockets import VOICE, Heard, hear, hear_until, open_socket, send

TEXT = (
    "Hello there, this is a text that is still being written while it is being spoken. It costs $5 and nothing more, "
    "or so they say to whoever asks them about it. And on it goes, word by word, until somebody says: this is the end. "
)
END = {"text": ""}


async def say(server: LiveServer, text: str = TEXT, **query: Any) -> Heard:
    async with open_socket(server, output_format="pcm_24000", **query) as socket:
        await send(socket, {"text": " "}, *({"text": f"{word} "} for word in text.split()), END)
        return await hear(socket)


async def test_a_text_word_by_word(live_server: LiveServer) -> None:
    heard = await say(live_server)
    *frames, final = heard.frames
    assert (heard.code, heard.reason) == (1000, "")
    assert final == {"audio": None, "isFinal": True, "normalizedAlignment": None, "alignment": None}
    assert all(set(frame) == {"audio", "isFinal", "normalizedAlignment", "alignment"} for frame in frames)
    assert all(frame["isFinal"] is None for frame in frames)  # never false (api-facts §15.13)
    assert heard.text() == TEXT
    assert "five dollars" in heard.text("normalizedAlignment")


async def test_times_of_a_frame_end_with_its_audio(live_server: LiveServer) -> None:
    """Clients that add up frames must not drift (clients.md §2.2): to a millisecond each, to nothing in sum.

    Where a frame's border falls inside "$5", spoken "five dollars", one of its texts may have no character in it.
    """
    heard = await say(live_server)
    total_ms = 0
    for frame in heard.frames[:-1]:
        seconds = len(base64.b64decode(frame["audio"])) / 48_000
        assert frame["alignment"] is not None
        for name in ("alignment", "normalizedAlignment"):
            times = frame[name]
            if times is None and name == "normalizedAlignment":
                continue
            starts, durations = times["charStartTimesMs"], times["charDurationsMs"]
            assert len(times["chars"]) == len(starts) == len(durations)
            assert all(isinstance(value, int) and value >= 0 for value in (*starts, *durations))
            assert starts == sorted(starts)
            assert starts[-1] + durations[-1] == pytest.approx(seconds * 1000, abs=1.5)
        total_ms += frame["alignment"]["charStartTimesMs"][-1] + frame["alignment"]["charDurationsMs"][-1]
    assert total_ms == pytest.approx(len(heard.audio) / 48, abs=2)


async def test_many_generations_sound_like_one(live_server: LiveServer) -> None:
    """Four schedules' worth of text in one stream, as long as the same text at one go."""
    heard = await say(live_server, TEXT * 3, seed=7)
    whole = await asyncio.to_thread(
        httpx.post,
        f"{live_server.url}/v1/text-to-speech/{VOICE}?output_format=pcm_24000",
        headers=live_server.headers,
        json={"text": TEXT * 3, "seed": 7},
        timeout=30,
    )
    assert len(heard.audio) == pytest.approx(len(whole.content), rel=0.1)


async def test_flush_makes_all_heard_and_stays_open(live_server: LiveServer) -> None:
    async with open_socket(live_server, output_format="pcm_24000") as socket:
        await send(socket, {"text": " "}, {"text": "Hello the"}, {"text": "re", "flush": True})
        first = Heard()
        while first.text().strip() != "Hello there":
            first.frames.append(json.loads(await socket.recv()))
        await send(socket, {"text": "And again. "}, END)
        rest = await hear(socket)
    assert first.text() + rest.text() == "Hello there And again. "  # a space between, which nobody sent
    assert rest.code == 1000


async def test_trigger_and_schedule_start_the_sound_before_the_end(live_server: LiveServer) -> None:
    long = "These are more than fifty characters, and then there are some more. "
    for first, extra in (({}, {"try_trigger_generation": True}), ({"chunk_length_schedule": [50]}, {})):
        async with open_socket(live_server) as socket:
            await send(socket, {"text": " ", "generation_config": first or None}, {"text": long, **extra})
            frame = json.loads(await socket.recv())
            assert frame["audio"]


async def test_auto_mode_speaks_each_sentence(live_server: LiveServer) -> None:
    async with open_socket(live_server, auto_mode="true") as socket:
        await send(socket, {"text": " "}, {"text": "Hello."})
        assert json.loads(await socket.recv())["audio"]


async def test_ssml_acts_only_when_asked_for(live_server: LiveServer) -> None:
    async def length(**query: Any) -> int:
        async with open_socket(live_server, output_format="pcm_24000", **query) as socket:
            tag = {"text": 'One <break time="2s" /> two. '}
            await send(socket, {"text": " "}, tag, END)
            return len((await hear(socket)).audio)

    assert await length(enable_ssml_parsing="true", seed=1) > 48_000 * 2.5
    assert "break" in (await say(live_server, 'One <break time="2s" /> two.')).text("normalizedAlignment")


@pytest.mark.parametrize("place", ["xi-api-key", "xi_api_key", "authorization", "query", "bearer"])
async def test_the_key_in_all_its_places(live_server: LiveServer, place: str) -> None:
    query = {"authorization": live_server.key} if place == "query" else {}
    first = {"authorization": f"Bearer {live_server.key}"} if place == "bearer" else {place: live_server.key}
    async with open_socket(live_server, key="", **query) as socket:
        await send(socket, {"text": " ", **({} if query else first)}, {"text": "Hello. "}, END)
        heard = await hear(socket)
    assert (heard.code, heard.text()) == (1000, "Hello. ")


async def test_a_single_use_token_works_once(live_server: LiveServer) -> None:
    url = f"{live_server.url}/v1/single-use-token/tts_websocket"
    made = await asyncio.to_thread(httpx.post, url, headers=live_server.headers)
    token = made.json()["token"]
    codes = []
    for _ in range(2):
        async with open_socket(live_server, key="", single_use_token=token) as socket:
            await send(socket, {"text": " "}, {"text": "Hello. "}, END)
            codes.append((await hear(socket)).code)
    assert codes == [1000, 1008]


@pytest.mark.filterwarnings("ignore:ConnectionClosed.code is deprecated")  # in the client
def test_the_official_client(live_server: LiveServer) -> None:
    client = ElevenLabs(base_url=live_server.url, api_key=live_server.key)
    client.text_to_speech._ws_base_url = live_server.url.replace("http", "ws", 1)
    audio = b"".join(
        client.text_to_speech.convert_realtime(
            VOICE,
            text=iter(TEXT.split(" ")),
            model_id="eleven_flash_v2_5",
            output_format="pcm_24000",
            voice_settings=VoiceSettings(stability=0.3, speed=1.1),
        )
    )
    assert len(audio) > 48_000 * 8


async def test_one_stream_is_one_item_of_history(live_server: LiveServer) -> None:

    async def get(path: str) -> httpx.Response:
        return await asyncio.to_thread(httpx.get, f"{live_server.url}/v1/history{path}", headers=live_server.headers)

    text = "A stream that is remembered as one, however many generations it takes to speak all of it out loud. " * 3
    await say(live_server, text)
    item = (await get("?page_size=1")).json()["history"][0]
    audio = (await get(f"/{item['history_item_id']}/audio")).content
    assert item["text"] == text
    assert item["character_count_change_to"] - item["character_count_change_from"] == len(text)
    assert len(audio) > 48_000 * 8
    before = item["history_item_id"]
    await say(live_server, "Nobody shall know. ", enable_logging="false")
    assert (await get("?page_size=1")).json()["history"][0]["history_item_id"] == before


async def test_contexts_speak_beside_each_other(live_server: LiveServer) -> None:
    async with open_socket(live_server, "multi-stream-input", output_format="pcm_24000") as socket:
        for context_id in ("a", "b"):
            await send(socket, {"text": " ", "context_id": context_id, "voice_settings": {"stability": 0.3}})
        for context_id in ("a", "b"):
            await send(
                socket,
                {"text": f"I am {context_id}. ", "context_id": context_id},
                {"context_id": context_id, "flush": True},
                {"context_id": context_id, "close_context": True},
            )
        await send(socket, {"text": ""}, {"close_socket": True})
        heard = await hear(socket)
    assert heard.code == 1000
    for context_id in ("a", "b"):
        mine = heard.of(context_id)
        assert mine.text() == f"I am {context_id}. "
        assert all(frame["contextId"] == frame["context_id"] == context_id for frame in mine.frames)
        assert [frame["isFinal"] for frame in mine.frames if frame["isFinal"]] == [True]
        assert mine.frames[-1]["audio"] is None  # the last audio comes in a frame of its own (api-facts §15.19)


@pytest.mark.parametrize("sync_alignment", ["true", "false"])
async def test_times_run_on_where_livekit_asks_for_it(live_server: LiveServer, sync_alignment: str) -> None:
    """Source: clients.md §2.2."""
    async with open_socket(live_server, "multi-stream-input", sync_alignment=sync_alignment) as socket:
        await send(socket, {"text": TEXT, "context_id": "a", "flush": True}, {"close_socket": True})
        heard = await hear(socket)
    starts = [frame["alignment"]["charStartTimesMs"][0] for frame in heard.timed]
    assert (starts == sorted(starts) and starts[-1] > 5000) is (sync_alignment == "true")


async def test_an_interruption_ends_the_context_at_once(live_server: LiveServer) -> None:
    async with open_socket(live_server, "multi-stream-input", output_format="pcm_44100") as socket:
        await send(socket, {"text": TEXT * 100, "context_id": "a"})
        await socket.recv()
        await send(socket, {"context_id": "a", "close_context": True}, {"text": "Yes? ", "context_id": "b"})
        await send(socket, {"context_id": "b", "flush": True}, {"context_id": "b", "close_context": True})
        heard = await hear_until(socket, lambda frame: frame["contextId"] == "b" and frame["isFinal"])
    assert heard.of("a").frames[-1]["isFinal"]
    assert len(heard.of("a").text()) < len(TEXT * 100)
    assert heard.of("b").text() == "Yes? "


async def test_a_sixth_context_closes_the_socket(live_server: LiveServer) -> None:
    async with open_socket(live_server, "multi-stream-input") as socket:
        await send(socket, *({"text": " ", "context_id": context_id} for context_id in "abcdef"))
        heard = await hear(socket)
    assert heard.code == 1008
    assert heard.frames[-1] == {
        "message": "Maximum simultaneous contexts per WebSocket connection exceeded (5). Please close an existing "
        "context before opening a new one.",
        "error": "max_active_conversations",
        "code": 1008,
    }
