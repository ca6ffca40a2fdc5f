# SPDX-License-Identifier: GPL-3.0-or-later
"""Music with the official clients. Fields and answers: reference/api-facts.md §9.7; Python client 2.78.0."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import httpx
import numpy as np
import pytest
from elevenlabs import AsyncElevenLabs, ElevenLabs, MusicPrompt, SongSection
from elevenlabs.core.api_error import ApiError

from tests.conftest import LiveServer, start_tone_server, stop_server
from tests.journeys.test_sounds import decode

RATE = 44100


def section(name: str, duration_ms: int, *styles: str) -> SongSection:
    return SongSection(
        section_name=name,
        positive_local_styles=list(styles),
        negative_local_styles=[],
        duration_ms=duration_ms,
        lines=[],
    )


PLAN = MusicPrompt(
    positive_global_styles=["techno", "120 BPM", "in A minor"],
    negative_global_styles=["vocals"],
    sections=[section("Intro", 3000, "quiet"), section("Drop", 3500, "powerful")],
)


def audio_of(part: bytes) -> bytes:
    """Without the end of the multipart body, which the official clients leave to the audio (api-facts §9.7)."""
    return part[: part.rindex(b"\r\n--")]


def samples_of(audio: bytes) -> Any:
    return np.frombuffer(audio, "<i2")


def test_compose_makes_stereo_of_the_length_asked_for(client: ElevenLabs) -> None:
    audio = b"".join(client.music.compose(prompt="calm piano in C major, 90 bpm", music_length_ms=3000))
    samples, rate = decode(audio)
    assert rate == RATE  # auto is mp3_44100_128 for music_v1
    assert samples.shape[1] == 2
    assert len(samples) / rate == pytest.approx(3, abs=0.05)
    assert np.abs(samples).max() > 0.05
    assert not np.array_equal(samples[:, 0], samples[:, 1])


async def test_later_models_answer_in_48_khz(async_client: AsyncElevenLabs) -> None:
    stream = async_client.music.compose(prompt="calm piano", music_length_ms=3000, model_id="music_v2")
    audio = b"".join([piece async for piece in stream])
    samples, rate = decode(audio)
    assert rate == 48000
    assert len(samples) / rate == pytest.approx(3, abs=0.05)
    assert len(audio) == pytest.approx(3 * 192_000 / 8, rel=0.05)


@pytest.mark.parametrize(("name", "kbps"), [("mp3_48000_320", 320), ("mp3_48000_240", 256)])
def test_the_formats_that_only_music_has(client: ElevenLabs, name: str, kbps: int) -> None:
    """MP3 has no constant 240 kbit/s. Source: reference/api-facts.md §2.3."""
    audio = b"".join(client.music.stream(prompt="calm piano", music_length_ms=3000, output_format=name))
    assert len(audio) == pytest.approx(3 * kbps * 1000 / 8, rel=0.05)
    with pytest.raises(ApiError) as refused:
        list(client.text_to_speech.convert("JBFqnCBsd6RMkjVDRZzb", text="Hi.", output_format=name))
    assert refused.value.body["detail"]["status"] == "invalid_output_format"


@pytest.mark.parametrize(("name", "channels", "rate"), [("opus_48000_64", 2, 48000), ("mp3_22050_32", 2, 22050)])
def test_all_formats_are_as_long(client: ElevenLabs, name: str, channels: int, rate: int) -> None:
    audio = b"".join(client.music.compose(prompt="calm piano", music_length_ms=3000, output_format=name))
    samples, heard_rate = decode(audio)
    assert (heard_rate, samples.shape[1]) == (rate, channels)
    assert len(samples) / rate == pytest.approx(3, abs=0.05)


@pytest.mark.parametrize(("name", "size"), [("ulaw_8000", 3 * 8000), ("alaw_8000", 3 * 8000), ("pcm_8000", 6 * 8000)])
def test_raw_samples_are_mono(client: ElevenLabs, name: str, size: int) -> None:
    assert len(b"".join(client.music.compose(prompt="calm piano", music_length_ms=3000, output_format=name))) == size


def test_stream_is_what_compose_is_and_a_seed_makes_it_again(client: ElevenLabs) -> None:
    fields: dict[str, Any] = {"composition_plan": PLAN, "output_format": "pcm_44100"}
    one = b"".join(client.music.stream(seed=7, **fields))
    assert len(samples_of(one)) == 6.5 * RATE  # PCM is mono
    assert b"".join(client.music.compose(seed=7, **fields)) == one
    assert b"".join(client.music.compose(seed=8, **fields)) != one


def test_plans_go_round(client: ElevenLabs) -> None:
    """What is planned can be played, and says the same when it is: both forms."""
    for model, part in (("music_v1", "sections"), ("music_v2_5", "chunks")):
        plan = client.music.composition_plan.create(
            prompt="lo-fi hip hop in D minor, 80 bpm, 4-second intro", music_length_ms=9000, model_id=model
        )
        durations = [entry.duration_ms for entry in getattr(plan, part)]
        assert sum(durations) == 9000
        detailed = client.music.compose_detailed(composition_plan=plan, model_id=model, output_format="mp3_44100_64")
        assert [entry["duration_ms"] for entry in detailed.json["composition_plan"][part]] == durations
        metadata = detailed.json["song_metadata"]
        assert (metadata["genres"][0], metadata["key"], metadata["languages"]) == ("Lo-fi hip hop", "D minor", [])
        assert metadata["bpm"] == pytest.approx(80, rel=0.03)
        samples, rate = decode(audio_of(detailed.audio))
        assert len(samples) / rate == pytest.approx(9, abs=0.05)


def test_a_plan_is_changed_by_words(client: ElevenLabs) -> None:
    plan = client.music.composition_plan.create(
        prompt="with flute, 140 bpm", source_composition_plan=PLAN, music_length_ms=13_000
    )
    assert isinstance(plan, MusicPrompt)
    assert [entry.section_name for entry in plan.sections] == ["Intro", "Drop"]
    assert [entry.duration_ms for entry in plan.sections] == [6000, 7000]
    assert {"techno", "flute", "140 BPM"} <= set(plan.positive_global_styles)


def test_detailed_is_read_by_position(client: ElevenLabs) -> None:
    """Source: reference/api-facts.md §9.7, the client's own multipart reader."""
    detailed = client.music.compose_detailed(
        prompt="waltz for zambonis", music_length_ms=3000, with_timestamps=True, store_for_inpainting=True
    )
    assert detailed.filename == f"{detailed.song_id}.mp3"
    assert detailed.json["words_timestamps"] == []
    assert detailed.json["song_metadata"]["time_signature"] == "3/4"
    assert detailed.json["song_metadata"]["unknown_words"] == ["zambonis"]
    samples, rate = decode(audio_of(detailed.audio))
    assert len(samples) / rate == pytest.approx(3, abs=0.05)


def test_detailed_is_multipart_for_everyone(http: httpx.Client) -> None:
    body = {"prompt": "calm piano", "music_length_ms": 3000, "with_waveform_visual": True}
    answer = http.post("/v1/music/detailed", params={"output_format": "pcm_22050"}, json=body)
    kind, boundary = answer.headers["content-type"].split("; boundary=")
    assert kind == "multipart/mixed"
    opening, first, second, closing = answer.content.split(f"--{boundary}".encode(), 3)
    assert (opening, closing) == (b"", b"--\r\n")
    assert len(second.split(b"\r\n\r\n", 1)[1]) == 3 * 22050 * 2 + len(b"\r\n")
    waveform = httpx.Response(200, content=first.split(b"\r\n\r\n", 1)[1]).json()["waveform_visual"]
    assert len(waveform) == 4 * 3
    assert max(map(abs, waveform)) <= 1000


def test_detailed_stream_is_lines_of_json(client: ElevenLabs) -> None:
    stream = client.music.compose_detailed_stream(composition_plan=PLAN, with_waveform_visual=True, seed=1)
    events = [json.loads(told) for told in stream]
    assert [event["type"] for event in events[:2]] == ["composition_plan", "song_metadata"]
    assert events[0]["composition_plan"]["sections"][1]["section_name"] == "Drop"
    chunks = [base64.b64decode(event["audio_base64"]) for event in events if event["type"] == "audio_chunk"]
    assert len(chunks) > 4
    assert events[-1]["type"] == "completed"
    assert len(events[-1]["waveform_visual"]) == 26
    assert b"".join(chunks) == b"".join(client.music.compose(composition_plan=PLAN, seed=1))


def test_detailed_stream_is_server_sent_events_to_whoever_asks_for_them(http: httpx.Client) -> None:
    """Source: reference/elevenlabs-openapi.json, compose_detailed_stream."""
    body = {"prompt": "calm piano", "music_length_ms": 3000}
    answer = http.post("/v1/music/detailed/stream", json=body, headers={"accept": "text/event-stream"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = answer.text.removesuffix("\n\n").split("\n\n")
    kinds = [json.loads(event.removeprefix("data: "))["type"] for event in events]
    assert kinds[:3] == ["composition_plan", "song_metadata", "audio_chunk"]
    assert kinds[-1] == "completed"


def test_headers_say_what_it_cost_and_what_changed_nothing(client: ElevenLabs) -> None:
    with client.music.with_raw_response.compose(
        prompt="jazz with a zamboni", music_length_ms=3000, store_for_inpainting=True
    ) as answer:
        headers = answer.headers
        assert b"".join(answer.data)
    assert headers["character-cost"] == headers["x-character-count"] == "60"
    assert headers["song-id"] == headers["request-id"]
    assert headers["content-type"] == "audio/mpeg"
    assert headers["oscine-unknown-words"] == "zamboni"
    assert headers["oscine-ignored"] == "store_for_inpainting"


def test_voices_are_refused_unless_the_piece_is_to_be_instrumental(client: ElevenLabs) -> None:
    prompt = "a pop song with female vocals"
    with pytest.raises(ApiError) as refused:
        list(client.music.compose(prompt=prompt, music_length_ms=3000))
    assert (refused.value.status_code, refused.value.body["detail"]["status"]) == (400, "feature_not_available")
    assert "instrumental" in refused.value.body["detail"]["message"]
    assert b"".join(client.music.compose(prompt=prompt, music_length_ms=3000, force_instrumental=True))


def test_music_is_charged_but_never_in_the_history_and_a_plan_is_free(http: httpx.Client) -> None:
    def used() -> int:
        return int(http.get("/v1/user/subscription").json()["character_count"])

    before = used()
    assert http.post("/v1/music/plan", json={"prompt": "a doorbell waltz"}).status_code == 200
    assert used() == before
    answer = http.post("/v1/music", json={"prompt": "a doorbell waltz", "music_length_ms": 3000})
    assert (answer.status_code, "history-item-id" in answer.headers) == (200, False)
    assert used() == before + 60
    newest = http.get("/v1/history", params={"page_size": 1}).json()["history"]
    assert not newest or newest[0]["text"] != "a doorbell waltz"


def test_scopes(http: httpx.Client) -> None:
    """Source: reference/api-facts.md §9.5."""
    account = http.post("/v1/service-accounts", json={"name": "musicians"}).json()["service-account-user-id"]

    def ask(scope: str, path: str) -> tuple[int, str | None]:
        body = {"name": scope, "permissions": [scope]}
        key = http.post(f"/v1/service-accounts/{account}/api-keys", json=body).json()["xi-api-key"]
        asked = {"prompt": "jazz", "music_length_ms": 3000}
        answer = http.post(path, json=asked, headers={"xi-api-key": key})
        return answer.status_code, None if answer.is_success else answer.json()["detail"]["status"]

    for path in ("/v1/music", "/v1/music/plan"):
        assert ask("music_generation", path) == (200, None)
        assert ask("sound_generation", path) == (401, "missing_permissions")
        assert ask("music_generation", f"{path}?enable_logging=false") == (401, "missing_permissions")


@pytest.fixture(scope="module")
def beat_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    server = start_tone_server(tmp_path_factory.mktemp("beats"), OSCINE_MUSIC_ENGINE="beat")
    yield server
    stop_server(server)


def test_the_first_bytes_leave_before_the_piece_is_finished(beat_server: LiveServer) -> None:
    url = f"{beat_server.url}/v1/music/stream?output_format=pcm_8000"
    body = {"prompt": "the gate is closed", "music_length_ms": 4000}
    with httpx.stream("POST", url, json=body, headers=beat_server.headers, timeout=30) as answer:
        pieces = answer.iter_raw()
        size = len(next(pieces))
        assert 0 < size < 4 * 8000 * 2
        (beat_server.log.parent / "gate").touch()
        assert size + sum(map(len, pieces)) == 4 * 8000 * 2


def test_whoever_leaves_frees_the_worker(beat_server: LiveServer) -> None:
    """The only one, at a piece that never ends."""
    url = f"{beat_server.url}/v1/music?output_format=pcm_8000"
    endless = {"prompt": "endless", "music_length_ms": 600_000}
    with httpx.stream("POST", url, json=endless, headers=beat_server.headers, timeout=30) as answer:
        assert next(answer.iter_raw())
    after = {"prompt": "short", "music_length_ms": 3000}
    assert len(httpx.post(url, json=after, headers=beat_server.headers, timeout=60).content) == 3 * 8000 * 2
    assert beat_server.metric("oscine_generations_running") == 0
    assert beat_server.metric("oscine_worker_restarts_total") == 0
