# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings stored with a voice, and voices that are nobody's own, through the vendor's Python package."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest
from elevenlabs import AsyncElevenLabs, ElevenLabs, VoiceSettings
from elevenlabs.core.api_error import ApiError

from tests.conftest import LiveServer
from tests.journeys.ear import SENTENCE, hear, seconds
from tests.journeys.terminal import make_key

CHRIS = "iP95p4xoKVk53GoZ742B"
DEFAULT = VoiceSettings(stability=0.5, similarity_boost=0.75, style=0.0, use_speaker_boost=True, speed=1.0)


@pytest.fixture
def voice(client: ElevenLabs) -> Iterator[str]:
    """One whose settings are as they were before when the test ends."""
    yield CHRIS
    client.voices.settings.update(CHRIS, request=DEFAULT)


def duration(client: ElevenLabs, voice: str, settings: VoiceSettings | None = None) -> float:
    body = b"".join(
        client.text_to_speech.convert(voice, text=SENTENCE, output_format="pcm_16000", seed=1, voice_settings=settings)
    )
    return seconds(hear(body, "pcm_16000"))


def test_stored_settings_are_shown_everywhere(client: ElevenLabs, voice: str) -> None:
    """Source: reference/api-facts.md §8.1."""
    assert client.voices.settings.update(voice, request=VoiceSettings(stability=0.3, style=0.2)).status == "ok"
    wanted = DEFAULT.model_copy(update={"stability": 0.3, "style": 0.2})
    assert client.voices.settings.get(voice) == wanted
    assert client.voices.get(voice).settings == wanted
    for listed in (client.voices.get_all().voices, client.voices.search(voice_ids=[voice]).voices):
        [found] = [entry for entry in listed if entry.voice_id == voice]
        assert found.settings == wanted
    others = {entry.voice_id: entry.settings for entry in client.voices.get_all().voices if entry.voice_id != voice}
    assert all(settings == DEFAULT for settings in others.values())
    assert client.voices.settings.get_default() == DEFAULT


def test_requests_get_them_unless_they_say_otherwise(client: ElevenLabs, voice: str) -> None:
    plain = duration(client, voice)
    client.voices.settings.update(voice, request=VoiceSettings(speed=1.2))
    assert duration(client, voice) / plain == pytest.approx(1 / 1.2, rel=0.05)
    assert duration(client, voice, VoiceSettings(speed=1.0)) == pytest.approx(plain, rel=0.05)


def test_a_model_that_takes_few_values_takes_the_nearest(client: ElevenLabs, voice: str) -> None:
    """Source: reference/api-facts.md §6, §15.36; a value in the request itself is refused."""
    client.voices.settings.update(voice, request=VoiceSettings(stability=0.3))
    with client.text_to_speech.with_raw_response.convert(voice, text="Nearest.", model_id="eleven_v3") as response:
        b"".join(response.data)
        settings = client.history.get(response.headers["history-item-id"]).settings
    assert settings is not None
    assert settings["stability"] == 0.5


async def test_asynchronously(async_client: AsyncElevenLabs, voice: str) -> None:
    await async_client.voices.settings.update(voice, request=VoiceSettings(similarity_boost=0.1))
    assert (await async_client.voices.settings.get(voice)).similarity_boost == 0.1


def test_they_belong_to_the_account(http: httpx.Client, live_server: LiveServer, voice: str) -> None:
    folder = live_server.log.parent
    secret = make_key(folder, "stranger", "--account", "strangers")
    http.post(f"/v1/voices/{voice}/settings/edit", json={"speed": 0.8}).raise_for_status()
    stranger = httpx.get(f"{live_server.url}/v1/voices/{voice}/settings", headers={"xi-api-key": secret})
    assert stranger.json()["speed"] == 1.0
    other = make_key(folder, "same account")
    same = httpx.get(f"{live_server.url}/v1/voices/{voice}/settings", headers={"xi-api-key": other})
    assert same.json()["speed"] == 0.8


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"stability": 1.1}, 422),
        ({"similarity_boost": -1}, 422),
        ({"style": 1.1}, 400),
        ({"speed": 0.6}, 400),
        ({"speed": "fast"}, 422),
        ([], 422),
    ],
)
def test_settings_that_cannot_be(http: httpx.Client, body: object, status: int) -> None:
    """Source: reference/api-facts.md §1: which are refused before the key is looked at."""
    assert http.post(f"/v1/voices/{CHRIS}/settings/edit", json=body).status_code == status
    assert http.get(f"/v1/voices/{CHRIS}/settings").json() == DEFAULT.model_dump(exclude_none=True)


def test_voices_that_everybody_has_are_nobodys_to_change(client: ElevenLabs) -> None:
    calls: list[Callable[[], object]] = [
        lambda: client.voices.update(CHRIS, name="Mine"),
        lambda: client.voices.update(CHRIS, name="Mine", files=[b"RIFF"], labels={"accent": "none"}),
        lambda: client.voices.delete(CHRIS),
    ]
    for call in calls:
        with pytest.raises(ApiError) as caught:
            call()
        assert (caught.value.status_code, caught.value.body["detail"]["status"]) == (403, "voice_access_denied")
    assert client.voices.get(CHRIS).name == "Chris"


def test_samples_that_there_are_not(client: ElevenLabs, http: httpx.Client) -> None:
    """Source: reference/api-facts.md §5.3, §8.1. This client has no call to delete one."""
    with pytest.raises(ApiError) as caught:
        list(client.voices.samples.audio.get(CHRIS, "abc"))
    assert (caught.value.status_code, caught.value.body["detail"]["status"]) == (404, "sample_not_found")
    deleted = http.delete(f"/v1/voices/{CHRIS}/samples/abc")
    assert (deleted.status_code, deleted.json()["detail"]["status"]) == (404, "sample_not_found")
