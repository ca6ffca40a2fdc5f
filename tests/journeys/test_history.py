# SPDX-License-Identifier: GPL-3.0-or-later
"""History through the vendor's Python package (elevenlabs 2.78), synchronous and asynchronous.

Source unless said otherwise: reference/api-facts.md §9.1.
"""

from __future__ import annotations

import io
import time
import uuid
import zipfile
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from elevenlabs import AsyncElevenLabs, ElevenLabs, VoiceSettings
from elevenlabs.core.api_error import ApiError
from elevenlabs.errors import BadRequestError, UnprocessableEntityError

from tests.journeys.ear import VOICE, hear, seconds

ALICE = "Xb7hH8MSUJpSbSDYk0k2"


class Said:
    """Three generations that nobody else made, oldest first."""

    def __init__(self, client: ElevenLabs) -> None:
        self.word = f"w{uuid.uuid4().hex[:12]}"
        self.began = int(time.time())
        self.texts = [f"One {self.word}.", f"Two {self.word}, 50% of it.", f"Three {self.word}."]
        self.formats = ["mp3_44100_128", "pcm_16000", "opus_48000_32"]
        self.audio: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        for text, name, voice in zip(self.texts, self.formats, (VOICE, ALICE, VOICE), strict=True):
            call = client.text_to_speech.with_raw_response.convert(
                voice,
                text=text,
                model_id="eleven_flash_v2_5" if voice == ALICE else "eleven_multilingual_v2",
                output_format=name,
                voice_settings=VoiceSettings(stability=0.25, speed=1.1),
            )
            with call as response:
                self.audio.append(b"".join(response.data))
                self.headers.append(dict(response.headers))
        self.ids = [headers["history-item-id"] for headers in self.headers]


@pytest.fixture(scope="module")
def said(client: ElevenLabs) -> Said:
    return Said(client)


@pytest.fixture
def one(client: ElevenLabs) -> Iterator[str]:
    """The id of an item of its own."""
    with client.text_to_speech.with_raw_response.convert(VOICE, text=f"For {uuid.uuid4().hex[:6]}.") as response:
        b"".join(response.data)
        yield response.headers["history-item-id"]


def test_an_item_has_all_its_fields(client: ElevenLabs, said: Said) -> None:
    item = client.history.get(said.ids[0])
    headers = said.headers[0]
    assert (item.history_item_id, item.request_id) == (said.ids[0], headers["request-id"])
    assert (item.voice_id, item.voice_name, item.voice_category) == (VOICE, "George", "premade")
    assert (item.model_id, item.text, item.source) == ("eleven_multilingual_v2", said.texts[0], "TTS")
    assert said.began <= item.date_unix <= time.time()
    assert item.character_count_change_to - item.character_count_change_from == int(headers["x-character-count"])
    assert (item.content_type, item.output_format, item.state) == ("audio/mpeg", "mp3_44100_128", "created")
    assert item.settings == {
        "stability": 0.25,
        "similarity_boost": 0.75,
        "style": 0.0,
        "use_speaker_boost": True,
        "speed": 1.1,
    }
    assert item.share_link_id is None
    assert item.dialogue is None


def test_an_item_has_the_times_of_its_characters(client: ElevenLabs, said: Said) -> None:
    for item_id, text, body, name in zip(said.ids, said.texts, said.audio, said.formats, strict=True):
        alignments = client.history.get(item_id).alignments
        assert alignments is not None
        assert "".join(alignments.alignment.characters) == text
        for times in (alignments.alignment, alignments.normalized_alignment):
            assert times.character_start_times_seconds == sorted(times.character_start_times_seconds)
            assert times.character_end_times_seconds[-1] == pytest.approx(seconds(hear(body, name)), abs=0.06)


def test_the_credits_of_a_key_run_on(client: ElevenLabs, said: Said) -> None:
    first, second, third = (client.history.get(item_id) for item_id in said.ids)
    assert first.character_count_change_to <= second.character_count_change_from
    assert second.character_count_change_to <= third.character_count_change_from


def test_audio_is_what_was_sent(client: ElevenLabs, said: Said) -> None:
    for item_id, body in zip(said.ids, said.audio, strict=True):
        assert b"".join(client.history.get_audio(item_id)) == body


def test_a_stream_is_kept_too(client: ElevenLabs, http: httpx.Client) -> None:
    """All four endpoints leave an item; WAV has its true length in it. Source: reference/api-facts.md §1."""
    text = f"Kept {uuid.uuid4().hex[:8]}."
    with client.text_to_speech.with_raw_response.stream(VOICE, text=text, output_format="opus_48000_64") as response:
        body = b"".join(response.data)
        assert b"".join(client.history.get_audio(response.headers["history-item-id"])) == body
    for endpoint, name in (("/with-timestamps", "wav_16000"), ("/stream/with-timestamps", "mp3_22050_32")):
        answer = http.post(f"/v1/text-to-speech/{VOICE}{endpoint}?output_format={name}", json={"text": text})
        audio = http.get(f"/v1/history/{answer.headers['history-item-id']}/audio")
        assert audio.headers["content-type"].startswith("audio/")
        assert int(audio.headers["content-length"]) == len(audio.content)
        assert seconds(hear(audio.content, name)) > 0.5


def test_the_list_is_newest_first(client: ElevenLabs, said: Said) -> None:
    page = client.history.list(search=said.word)
    assert [item.history_item_id for item in page.history] == said.ids[::-1]
    assert (page.has_more, page.last_history_item_id) == (False, said.ids[0])
    assert page.scanned_until == page.history[-1].date_unix
    up = client.history.list(search=said.word.upper(), sort_direction="asc")
    assert [item.history_item_id for item in up.history] == said.ids


def test_page_by_page(client: ElevenLabs, said: Said) -> None:
    found: list[str] = []
    after = None
    while True:
        page = client.history.list(search=said.word, page_size=1, start_after_history_item_id=after)
        found += [item.history_item_id for item in page.history]
        after = page.last_history_item_id
        if not page.has_more:
            break
    assert found == said.ids[::-1]
    past = client.history.list(search=said.word, start_after_history_item_id=said.ids[0])
    assert (past.history, past.has_more, past.last_history_item_id, past.scanned_until) == ([], False, None, None)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"voice_id": ALICE}, [1]),
        ({"model_id": "eleven_multilingual_v2"}, [0, 2]),
        ({"source": "TTS"}, [0, 1, 2]),
        ({"source": "STS"}, []),
        ({"source": "Flows"}, []),
        ({"voice_id": "nobody"}, []),
        ({"page_size": 1000}, [0, 1, 2]),
    ],
)
def test_filters(client: ElevenLabs, said: Said, query: dict[str, Any], expected: list[int]) -> None:
    page = client.history.list(search=said.word, sort_direction="asc", **query)
    assert [item.history_item_id for item in page.history] == [said.ids[i] for i in expected]


def test_filters_of_time(client: ElevenLabs, said: Said) -> None:
    """`before` is exclusive, `after` inclusive."""
    stamps = [client.history.get(item_id).date_unix for item_id in said.ids]

    def found(**query: int) -> list[str]:
        page = client.history.list(search=said.word, sort_direction="asc", **query)
        return [item.history_item_id for item in page.history]

    last = stamps[-1]
    assert found(date_after_unix=last) == [i for i, stamp in zip(said.ids, stamps, strict=True) if stamp >= last]
    assert found(date_before_unix=last) == [i for i, stamp in zip(said.ids, stamps, strict=True) if stamp < last]
    assert found(date_before_unix=stamps[0]) == []


def test_search_takes_signs_as_they_are_and_looks_at_names(client: ElevenLabs, said: Said) -> None:
    page = client.history.list(search="50% of")
    assert said.ids[1] in [item.history_item_id for item in page.history]
    assert client.history.list(search=f"{said.word[:4]}_{said.word[5:]}").history == []
    assert client.history.list(search="alic", voice_id=VOICE).history == []
    assert client.history.list(search="alic", voice_id=ALICE).history


def test_as_older_clients_look_for_what_they_said_before(http: httpx.Client, said: Said) -> None:
    """SillyTavern matches text and voice_id and fetches the audio again. Source: reference/clients.md."""
    history = http.get("/v1/history").json()["history"]
    [match] = [entry for entry in history if (entry["text"], entry["voice_id"]) == (said.texts[0], VOICE)]
    audio = http.get(f"/v1/history/{match['history_item_id']}/audio")
    assert (audio.content, audio.headers["content-type"]) == (said.audio[0], "audio/mpeg")


def test_download_of_one(client: ElevenLabs, said: Said) -> None:
    for output_format in (None, "default"):
        body = b"".join(client.history.download(history_item_ids=said.ids[:1], output_format=output_format))
        assert body == said.audio[0]
    for item_id, body, name in zip(said.ids, said.audio, said.formats, strict=True):
        wav = b"".join(client.history.download(history_item_ids=[item_id], output_format="wav"))
        rate = name.split("_")[1]
        assert seconds(hear(wav, f"wav_{rate}")) == pytest.approx(seconds(hear(body, name)), abs=0.06)


@pytest.mark.parametrize("output_format", ["default", "wav"])
def test_download_of_several(client: ElevenLabs, said: Said, output_format: str) -> None:
    body = b"".join(client.history.download(history_item_ids=said.ids, output_format=output_format))
    endings = ("mp3", "pcm", "opus") if output_format == "default" else ("wav",) * 3
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            f"{voice}/{item_id}.{ending}"
            for voice, item_id, ending in zip((VOICE, ALICE, VOICE), said.ids, endings, strict=True)
        ]
        if output_format == "default":
            assert [archive.read(name) for name in archive.namelist()] == said.audio


def test_an_item_named_twice_is_packed_once(client: ElevenLabs, said: Said) -> None:
    body = b"".join(client.history.download(history_item_ids=[said.ids[0]] * 2))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.namelist() == [f"{VOICE}/{said.ids[0]}.mp3"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"output_format": "mp3"}, "invalid_output_format"),
        ({"output_format": ""}, "invalid_output_format"),
        ({"history_item_ids": []}, "invalid_parameters"),
        ({"history_item_ids": ["a"] * 1001}, "invalid_parameters"),
    ],
)
def test_downloads_that_make_no_sense(client: ElevenLabs, said: Said, body: dict[str, Any], error: str) -> None:
    """Source: reference/api-facts.md §5.1 E, §15.30."""
    with pytest.raises(BadRequestError) as caught:
        b"".join(client.history.download(**{"history_item_ids": said.ids[:1], **body}))
    said_back: Any = caught.value.body
    assert (said_back["error"], said_back["detail"]["status"]) == (error, error)
    assert said_back["message"]


def test_what_is_deleted_is_gone_with_its_audio(client: ElevenLabs, one: str, live_server: Any) -> None:
    kept = list((live_server.log.parent / "blobs").rglob(one))
    assert len(kept) == 1
    assert client.history.delete(one).status == "ok"
    assert not kept[0].exists()
    for call in (
        lambda: client.history.get(one),
        lambda: client.history.delete(one),
        lambda: list(client.history.get_audio(one)),
        lambda: list(client.history.download(history_item_ids=[one])),
    ):
        with pytest.raises(ApiError) as caught:
            call()
        assert caught.value.status_code == 404
        assert caught.value.body["detail"]["status"] == "history_item_not_found"
    with pytest.raises(ApiError) as caught:
        client.history.list(start_after_history_item_id=one)
    assert caught.value.status_code == 400


def test_what_is_deleted_is_nothing_to_be_stitched_to(client: ElevenLabs, one: str) -> None:
    """Source: reference/api-facts.md §6."""
    request_id = client.history.get(one).request_id or ""
    follow = {"voice_id": VOICE, "text": "And on.", "previous_request_ids": [request_id]}
    assert b"".join(client.text_to_speech.convert(**follow))  # type: ignore[arg-type]
    client.history.delete(one)
    with pytest.raises(ApiError) as caught:
        b"".join(client.text_to_speech.convert(**follow))  # type: ignore[arg-type]
    assert caught.value.body["detail"]["status"] == "invalid_request_id"


@pytest.mark.parametrize("query", [{"page_size": 0}, {"page_size": 1001}, {"source": "x"}, {"sort_direction": "up"}])
def test_lists_that_make_no_sense(client: ElevenLabs, query: dict[str, Any]) -> None:
    with pytest.raises(UnprocessableEntityError):
        client.history.list(**query)


async def test_asynchronously(async_client: AsyncElevenLabs, said: Said) -> None:
    history = async_client.history
    page = await history.list(search=said.word, page_size=2)
    assert (len(page.history), page.has_more) == (2, True)
    assert (await history.get(said.ids[0])).text == said.texts[0]
    assert b"".join([piece async for piece in history.get_audio(said.ids[0])]) == said.audio[0]
    body = b"".join([piece async for piece in history.download(history_item_ids=said.ids)])
    assert zipfile.ZipFile(io.BytesIO(body)).testzip() is None
    made = await async_client.text_to_speech.with_raw_response.convert_with_timestamps(VOICE, text="To be deleted.")
    assert (await history.delete(made.headers["history-item-id"])).status == "ok"
