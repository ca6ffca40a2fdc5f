# SPDX-License-Identifier: GPL-3.0-or-later
"""Speech through the vendor's Python package (elevenlabs 2.78), synchronous and asynchronous."""

from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest
from elevenlabs import AsyncElevenLabs, ElevenLabs, VoiceSettings
from elevenlabs.core.api_error import ApiError
from elevenlabs.errors import UnprocessableEntityError

from tests.conftest import LiveServer
from tests.journeys.ear import SENTENCE, VOICE, hear, longest_silence, seconds

PCM = "pcm_24000"


def speak(client: ElevenLabs, text: str = SENTENCE, **options: Any) -> bytes:
    options = {"voice_id": VOICE, "output_format": PCM, **options}
    return b"".join(client.text_to_speech.convert(text=text, **options))


def normalized(client: ElevenLabs, text: str, **options: Any) -> str:
    answer = client.text_to_speech.convert_with_timestamps(VOICE, text=text, output_format=PCM, **options)
    assert answer.normalized_alignment is not None
    return "".join(answer.normalized_alignment.characters)


def test_quick_start_of_the_vendor(client: ElevenLabs) -> None:
    """The call of the developer quickstart, argument for argument. Source: seeds/002."""
    audio = client.text_to_speech.convert(
        text="The first move is what sets everything in motion.",
        voice_id="JBFqnCBsd6RMkjVDRZzb",
        model_id="eleven_multilingual_v2",
        output_format="mp3_44100_128",
    )
    heard = hear(b"".join(audio), "mp3_44100_128")
    assert (heard.container, heard.rate) == ("mp3", 44100)
    assert 1.5 < seconds(heard) < 5


def test_streaming_sample_of_the_vendor(client: ElevenLabs) -> None:
    """Default format and the documented loop over bytes. Source: seeds/001, Streaming."""
    stream = client.text_to_speech.stream(text="This is a test", voice_id=VOICE, model_id="eleven_multilingual_v2")
    chunks = [chunk for chunk in stream if isinstance(chunk, bytes)]
    assert 0.4 < seconds(hear(b"".join(chunks), "mp3_44100_128")) < 3


def test_all_four_methods_give_the_same_sound(client: ElevenLabs) -> None:
    speech = client.text_to_speech
    whole = speak(client, seed=7)
    streamed = b"".join(speech.stream(VOICE, text=SENTENCE, output_format=PCM, seed=7))
    timed = speech.convert_with_timestamps(VOICE, text=SENTENCE, output_format=PCM, seed=7)
    pieces = list(speech.stream_with_timestamps(VOICE, text=SENTENCE, output_format=PCM, seed=7))
    assert streamed == whole
    assert base64.b64decode(timed.audio_base_64) == whole
    assert b"".join(base64.b64decode(piece.audio_base_64) for piece in pieces) == whole
    assert timed.alignment is not None
    assert "".join(timed.alignment.characters) == SENTENCE


async def test_all_four_methods_asynchronously(client: ElevenLabs, async_client: AsyncElevenLabs) -> None:
    speech = async_client.text_to_speech
    whole = speak(client, seed=7)
    converted = b"".join([chunk async for chunk in speech.convert(VOICE, text=SENTENCE, output_format=PCM, seed=7)])
    streamed = b"".join([chunk async for chunk in speech.stream(VOICE, text=SENTENCE, output_format=PCM, seed=7)])
    timed = await speech.convert_with_timestamps(VOICE, text=SENTENCE, output_format=PCM, seed=7)
    pieces = [p async for p in speech.stream_with_timestamps(VOICE, text=SENTENCE, output_format=PCM, seed=7)]
    assert converted == streamed == base64.b64decode(timed.audio_base_64) == whole
    assert b"".join(base64.b64decode(piece.audio_base_64) for piece in pieces) == whole
    spoken = [c for piece in pieces if piece.alignment is not None for c in piece.alignment.characters]
    assert "".join(spoken) == SENTENCE


@pytest.mark.parametrize("method", ["convert", "stream"])
def test_cost_and_id_are_in_the_headers(client: ElevenLabs, method: str) -> None:
    """`with_raw_response` is a context manager in this version. Sources: seeds/001, Tracking generation costs;
    reference/api-facts.md §1, §10."""
    ids = set()
    text = f"{SENTENCE} With {method}."  # what was said before would be free
    length = len(text)
    for model, cost in (("eleven_multilingual_v2", length), ("eleven_flash_v2_5", (length + 1) // 2)):
        with getattr(client.text_to_speech.with_raw_response, method)(VOICE, text=text, model_id=model) as raw:
            assert b"".join(raw.data)
            assert raw.headers["x-character-count"] == str(cost)
            assert raw.headers["character-cost"] == str(cost)
            assert raw.headers["content-type"] == "audio/mpeg"
            ids.add(raw.headers["request-id"])
    assert len(ids) == 2
    assert all(ids)


def test_headers_with_timestamps(client: ElevenLabs) -> None:
    """Source: reference/api-facts.md §1."""
    text = f"{SENTENCE} In time."
    raw = client.text_to_speech.with_raw_response.convert_with_timestamps(VOICE, text=text)
    assert raw.headers["x-character-count"] == str(len(text))
    with client.text_to_speech.with_raw_response.stream_with_timestamps(VOICE, text=text) as streamed:
        assert len(list(streamed.data)) >= 1
        assert streamed.headers["request-id"] != raw.headers["request-id"]


def test_text_of_no_kind_is_a_typed_error(client: ElevenLabs) -> None:
    """Source: reference/api-facts.md §10, seeds/001: 422 is the one declared error."""
    with pytest.raises(UnprocessableEntityError) as caught:
        speak(client, text=7)  # type: ignore[arg-type]
    assert caught.value.status_code == 422
    with pytest.raises(UnprocessableEntityError):
        speak(client, voice_settings=VoiceSettings(stability=1.5))


@pytest.mark.parametrize(
    ("options", "http_status", "status"),
    [
        ({"voice_id": "nobody"}, 404, "voice_not_found"),
        ({"model_id": "eleven_v99"}, 404, "model_not_found"),
        ({"output_format": "mp3_1_1"}, 400, "invalid_output_format"),
        ({"text": "  "}, 400, "empty_text"),
        ({"language_code": "xx"}, 400, "unsupported_language"),
        ({"model_id": "eleven_flash_v2", "language_code": "de"}, 400, "unsupported_language"),
        ({"voice_settings": VoiceSettings(speed=2.0)}, 400, "invalid_parameters"),
        ({"model_id": "eleven_v3", "previous_text": "Before."}, 400, "unsupported_model"),
    ],
)
def test_other_errors_carry_status_and_body(
    client: ElevenLabs, options: dict[str, Any], http_status: int, status: str
) -> None:
    """Sources: reference/api-facts.md §5.3, §5.4, §10."""
    with pytest.raises(ApiError) as caught:
        speak(client, **options)
    assert not isinstance(caught.value, UnprocessableEntityError)
    assert caught.value.status_code == http_status
    assert caught.value.body["detail"]["status"] == status
    assert caught.value.body["detail"]["message"]


async def test_errors_asynchronously(async_client: AsyncElevenLabs) -> None:
    with pytest.raises(ApiError) as caught:
        await async_client.text_to_speech.convert_with_timestamps("nobody", text=SENTENCE)
    assert (caught.value.status_code, caught.value.body["detail"]["status"]) == (404, "voice_not_found")


@pytest.mark.parametrize(("key", "status"), [("sk_wrong", "invalid_api_key"), (None, "needs_authorization")])
def test_a_wrong_key_and_none(live_server: LiveServer, key: str | None, status: str) -> None:
    """Source: reference/api-facts.md §5.4; clients.md §1: Home Assistant matches on invalid_api_key."""
    with httpx.Client() as transport:
        stranger = ElevenLabs(base_url=live_server.url, api_key=key, httpx_client=transport)
        for call in (lambda: speak(stranger), stranger.models.list, stranger.voices.get_all):
            with pytest.raises(ApiError) as caught:
                call()
            assert (caught.value.status_code, caught.value.body["detail"]["status"]) == (401, status)


def test_base_url_with_a_trailing_slash(live_server: LiveServer) -> None:
    """Source: reference/api-facts.md §10: the path prefix of base_url is kept."""
    with httpx.Client() as transport:
        client = ElevenLabs(base_url=live_server.url + "/", api_key=live_server.key, httpx_client=transport)
        assert speak(client, text="Hello.")


def test_the_same_seed_gives_the_same_bytes(client: ElevenLabs) -> None:
    """Source: seeds/002, seed."""
    for output_format in ("mp3_44100_128", PCM):
        first, second = (speak(client, seed=4294967295, output_format=output_format) for _ in range(2))
        assert first == second


def test_speed_scales_the_length(client: ElevenLabs) -> None:
    """Source: seeds/002, VoiceSettings.speed; range: reference/api-facts.md §2.2."""
    lengths = [
        seconds(hear(speak(client, voice_settings=VoiceSettings(speed=speed), seed=1), PCM))
        for speed in (0.7, 1.0, 1.2)
    ]
    assert lengths[0] / lengths[1] == pytest.approx(1 / 0.7, rel=0.1)
    assert lengths[2] / lengths[1] == pytest.approx(1 / 1.2, rel=0.1)


def test_voice_settings_are_heard(client: ElevenLabs) -> None:
    """Source: COVERAGE.md: stability and style act with the espeak engine."""
    plain = speak(client, seed=1)
    for settings in (VoiceSettings(stability=0.0), VoiceSettings(stability=1.0), VoiceSettings(style=1.0)):
        assert speak(client, seed=1, voice_settings=settings) != plain
    assert speak(client, seed=1, voice_settings=VoiceSettings(stability=0.5, style=0.0, speed=1.0)) == plain


def test_language_code_decides_the_pronunciation(client: ElevenLabs) -> None:
    """Source: seeds/002, language_code."""
    text = "Die Information ist gut."
    spoken = {code: speak(client, text=text, language_code=code, seed=1) for code in ("en", "de", "fr")}
    assert len(set(spoken.values())) == 3
    assert speak(client, text=text, seed=1) == spoken["de"]


def test_text_before_and_after_shapes_but_is_not_spoken(client: ElevenLabs) -> None:
    """Source: seeds/002, previous_text and next_text."""
    text = "and then he went home"
    alone = speak(client, text=text, seed=1)
    between = speak(client, text=text, seed=1, previous_text="He stayed a while,", next_text="to his old mother.")
    assert between != alone
    assert seconds(hear(between, PCM)) == pytest.approx(seconds(hear(alone, PCM)), abs=0.5)


@pytest.mark.parametrize(
    ("model", "mode", "spoken"),
    [
        ("eleven_multilingual_v2", "on", "five dollars"),
        ("eleven_multilingual_v2", "auto", "five dollars"),
        ("eleven_multilingual_v2", "off", "$5"),
        ("eleven_flash_v2_5", "auto", "$5"),
        ("eleven_flash_v2_5", "on", "five dollars"),
    ],
)
def test_text_normalization(client: ElevenLabs, model: str, mode: str, spoken: str) -> None:
    """Source: seeds/002, apply_text_normalization; reference/api-facts.md §6: auto is off for flash v2.5."""
    assert normalized(client, "It costs $5.", model_id=model, apply_text_normalization=mode) == f"It costs {spoken}."


def test_latency_option_four_switches_normalization_off(client: ElevenLabs) -> None:
    """Source: seeds/002, optimize_streaming_latency."""
    assert "five" in normalized(client, "It costs $5.", optimize_streaming_latency=3)
    assert "five" not in normalized(client, "It costs $5.", optimize_streaming_latency=4)


def test_a_break_is_a_silence_of_that_length(client: ElevenLabs) -> None:
    """It adds to the pause of the sentence. Source: reference/api-facts.md §6, break."""
    text = 'The first part. <break time="1.5s" /> The second part.'
    heard = hear(speak(client, text=text), PCM)
    start, end = longest_silence(heard)
    assert 1.5 <= end - start <= 2.3
    assert "<" not in normalized(client, text)


def test_phoneme_tags_act_where_documented(client: ElevenLabs) -> None:
    """Source: reference/api-facts.md §6, phoneme."""
    text = 'I say <phoneme alphabet="ipa" ph="bəˈnɑːnə">tomato</phoneme> here.'
    options: dict[str, Any] = {"language_code": "en", "seed": 1}
    plain = {
        model: speak(client, text="I say tomato here.", model_id=model, **options)
        for model in ("eleven_flash_v2", "eleven_multilingual_v2")
    }
    assert speak(client, text=text, model_id="eleven_flash_v2", **options) != plain["eleven_flash_v2"]
    ignored = speak(client, text=text, model_id="eleven_multilingual_v2", **options)
    assert ignored == plain["eleven_multilingual_v2"]


def test_directions_of_v3_are_not_spoken(client: ElevenLabs) -> None:
    """Source: reference/api-facts.md §6, v3 tags."""
    assert "whisper" not in normalized(client, "[whispers] Come closer.", model_id="eleven_v3")


def test_directions_that_nobody_can_follow_are_listed(client: ElevenLabs) -> None:
    """The header is ours."""
    with client.text_to_speech.with_raw_response.convert(
        "JBFqnCBsd6RMkjVDRZzb",
        text="[piano music] Run! [laughs] [shouts] NOW!",
        model_id="eleven_v3",
        output_format=PCM,
    ) as response:
        assert response.headers["oscine-skipped-directions"] == "piano music"
        assert 1.5 < seconds(hear(b"".join(response.data), PCM)) < 8


@pytest.mark.parametrize(
    "voice_id",
    [
        "21m00Tcm4TlvDq8ikWAM",  # Rachel: AI SDK, LiteLLM
        "hpp4J3VqNfWAUOO0d1Us",  # LiveKit
        "cgSgspJ2msm6clMCkdW9",
        "piTKgcLEGmPE4e6mEKli",
        "9BWtsMINqrJLrRacOk9x",
        "EXAVITQu4vr4xnSDxMaL",
        "pNInz6obpgDQGcFmaJgB",  # Adam
    ],
)
def test_voices_that_clients_have_wired_in(client: ElevenLabs, voice_id: str) -> None:
    """Source: reference/clients.md §2.9; reference/api-facts.md §8.3."""
    mine, george = speak(client, voice_id=voice_id), speak(client)
    assert mine != george
    assert 1 < seconds(hear(mine, PCM)) < 6


@pytest.mark.parametrize(
    "model",
    [
        "eleven_v3",
        "eleven_multilingual_v2",
        "eleven_flash_v2_5",
        "eleven_turbo_v2_5",
        "eleven_flash_v2",
        "eleven_turbo_v2",
        "eleven_multilingual_v1",
        "eleven_monolingual_v1",
    ],
)
def test_every_model_speaks(client: ElevenLabs, model: str) -> None:
    """Source: reference/api-facts.md §7."""
    assert 1.5 < seconds(hear(speak(client, model_id=model), PCM)) < 5
