# SPDX-License-Identifier: GPL-3.0-or-later
"""Sound effects with the official clients. Fields and answers: reference/api-facts.md §9.6; Python client 2.78.0."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import av
import httpx
import numpy as np
import pytest
from elevenlabs import AsyncElevenLabs, ElevenLabs
from elevenlabs.core.api_error import ApiError
from numpy.typing import NDArray

from tests.journeys.terminal import oscine


def decode(audio: bytes) -> tuple[NDArray[np.float32], int]:
    """(frames, channels) and the rate."""
    with av.open(io.BytesIO(audio), "r") as container:
        channels = container.streams.audio[0].channels
        resampler = av.AudioResampler(format="flt", layout=container.streams.audio[0].layout.name)
        pieces = [part.to_ndarray() for frame in container.decode(audio=0) for part in resampler.resample(frame)]
        rate = container.streams.audio[0].rate
    return np.concatenate([piece.reshape(-1, channels) for piece in pieces]), rate


def test_python_client_makes_a_stereo_sound_of_the_length_asked_for(client: ElevenLabs) -> None:
    audio = b"".join(
        client.text_to_sound_effects.convert(
            text="distant thunder, then rain", duration_seconds=4, prompt_influence=0.8
        )
    )
    samples, rate = decode(audio)
    assert rate == 44100
    assert samples.shape[1] == 2
    assert len(samples) / rate == pytest.approx(4, abs=0.06)  # MP3 frames
    assert np.abs(samples).max() > 0.05
    assert not np.array_equal(samples[:, 0], samples[:, 1])


async def test_async_client_makes_a_loop(async_client: AsyncElevenLabs) -> None:
    stream = async_client.text_to_sound_effects.convert(
        text="machine hum", duration_seconds=2, loop=True, model_id="eleven_text_to_sound_v2", output_format="pcm_48000"
    )
    samples = np.frombuffer(b"".join([piece async for piece in stream]), "<i2")
    assert len(samples) == 2 * 48000  # PCM is mono


def test_headers_say_what_was_heard_and_what_it_cost(client: ElevenLabs) -> None:
    raw = client.text_to_sound_effects.with_raw_response
    with raw.convert(text="helicopter near a zamboni", duration_seconds=1.5) as r:
        headers = r.headers
        assert b"".join(r.data)
    assert headers["character-cost"] == "60"  # 40 credits a second, api-facts §7
    assert headers["request-id"]
    assert headers["content-type"] == "audio/mpeg"
    assert headers["oscine-sounds"] == "helicopter"
    assert headers["oscine-unknown-words"] == "zamboni"
    with raw.convert(text="helicoptor", duration_seconds=0.5) as guessed:
        assert guessed.headers["oscine-nearest-sound"] == "helicoptor=helicopter"


def test_sounds_are_charged_but_never_in_the_history(http: httpx.Client) -> None:
    def used() -> int:
        return int(http.get("/v1/user/subscription").json()["character_count"])

    before = used()
    answer = http.post("/v1/sound-generation", json={"text": "a doorbell", "duration_seconds": 1})
    assert answer.status_code == 200
    assert used() == before + 40
    assert "history-item-id" not in answer.headers
    newest = http.get("/v1/history", params={"page_size": 1}).json()["history"]
    assert not newest or newest[0]["text"] != "a doorbell"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": " "}, "empty_text"),
        ({"text": "!!!"}, "invalid_text"),
        ({"text": "rain " * 500}, "max_character_limit_exceeded"),
        ({"text": "rain", "duration_seconds": 0.4}, "invalid_parameters"),
        ({"text": "rain", "duration_seconds": 31}, "invalid_parameters"),
        ({"text": "rain", "prompt_influence": 1.1}, "invalid_parameters"),
        ({"text": "rain", "model_id": "eleven_music"}, "model_not_found"),
        ({"text": "rain", "model_id": "eleven_text_to_sound_v3", "loop": True}, "unsupported_model"),
    ],
)
def test_refusals_name_what_is_wrong(http: httpx.Client, body: dict[str, object], status: str) -> None:
    answer = http.post("/v1/sound-generation", json=body)
    assert answer.status_code in {400, 404}
    assert answer.json()["detail"]["status"] == status


def test_wav_is_refused_and_form_comes_before_the_key(http: httpx.Client, client: ElevenLabs) -> None:
    with pytest.raises(ApiError) as refused:
        list(client.text_to_sound_effects.convert(text="rain", output_format="wav_44100"))  # api-facts §15.1
    assert refused.value.body["detail"]["status"] == "invalid_output_format"
    assert httpx.post(f"{http.base_url}/v1/sound-generation", json={"text": 3}).status_code == 422
    assert httpx.post(f"{http.base_url}/v1/sound-generation", json={"text": "rain"}).status_code == 401


def test_opus_is_stereo_too(http: httpx.Client) -> None:
    answer = http.post(
        "/v1/sound-generation", params={"output_format": "opus_48000_64"}, json={"text": "rain", "duration_seconds": 1}
    )
    samples, rate = decode(answer.content)
    assert (rate, samples.shape) == (48000, (48000, 2))


def test_the_command_line_makes_a_file(tmp_path: Path) -> None:
    target = tmp_path / "storm.wav"
    run = oscine(tmp_path, "sound", "rain and thunnder", "-d", "1", "--seed", "1", "-o", str(target))
    assert run.returncode == 0, run.stderr
    assert "thunder" in run.stderr.decode()
    samples, rate = decode(target.read_bytes())
    assert samples.shape == (rate, 2)


def test_tags_of_v3_are_heard_between_the_words(client: ElevenLabs) -> None:
    """[gunshot]: reference/api-facts.md §6. The same seed gives the same file."""
    text = "He turned around. [gunshot] She ran."

    def speak(cost: int) -> tuple[NDArray[np.float64], list[float]]:
        raw = client.text_to_speech.with_raw_response
        with raw.stream_with_timestamps(
            "JBFqnCBsd6RMkjVDRZzb", text=text, model_id="eleven_v3", seed=4, output_format="pcm_24000"
        ) as answer:
            assert "oscine-skipped-directions" not in answer.headers
            assert answer.headers["character-cost"] == str(cost)
            pieces = list(answer.data)
        audio = b"".join(base64.b64decode(piece.audio_base_64) for piece in pieces)
        lines = [piece.alignment for piece in pieces if piece.alignment]
        assert "".join(character for line in lines for character in line.characters) == text
        times = [time for line in lines for time in line.character_start_times_seconds]
        return np.frombuffer(audio, "<i2") / 32768, times

    heard, times = speak(len(text))
    begins, ends = times[text.index("[")], times[text.index("S")]
    assert 0.4 < ends - begins < 3
    power = np.square(heard[: len(heard) // 240 * 240].reshape(-1, 240)).mean(axis=1)  # every 10 ms
    place = round(begins * 100)
    assert power[place : place + 15].mean() > 1e-3
    assert power[place - 8 : place - 1].mean() < 1e-5
    assert np.array_equal(speak(0)[0], heard)  # repeats are free


def test_the_command_line_plays_tags_too(tmp_path: Path) -> None:
    target = tmp_path / "shot.wav"
    run = oscine(tmp_path, "say", "[explosion]", "-m", "eleven_v3", "--seed", "1", "-o", str(target))
    assert run.returncode == 0, run.stderr
    samples, rate = decode(target.read_bytes())
    assert len(samples) > 2 * rate
    assert np.abs(samples[: rate // 2]).max() > 0.2
