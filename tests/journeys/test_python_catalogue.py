# SPDX-License-Identifier: GPL-3.0-or-later
"""Models and voices through the vendor's Python package (elevenlabs 2.78), synchronous and asynchronous."""

from __future__ import annotations

from typing import Any

import pytest
from elevenlabs import AsyncElevenLabs, ElevenLabs, Voice
from elevenlabs.core.api_error import ApiError
from elevenlabs.errors import UnprocessableEntityError

CURRENT = 21
LEGACY = 34
ADAM = "pNInz6obpgDQGcFmaJgB"
GEORGE = "JBFqnCBsd6RMkjVDRZzb"


def search_all(client: ElevenLabs, **query: Any) -> list[Voice]:
    """Every page of a search."""
    voices: list[Voice] = []
    token = None
    while True:
        page = client.voices.search(next_page_token=token, **query)
        voices += page.voices
        token = page.next_page_token
        assert page.has_more == (token is not None)
        if not page.has_more:
            assert page.total_count == len(voices)
            return voices


def test_models(client: ElevenLabs) -> None:
    """Source: reference/api-facts.md §7."""
    models = {model.model_id: model for model in client.models.list()}
    assert set(models) == {
        *("eleven_v3", "eleven_multilingual_v2", "eleven_flash_v2_5", "eleven_turbo_v2_5"),
        *("eleven_flash_v2", "eleven_turbo_v2", "eleven_multilingual_v1", "eleven_monolingual_v1"),
    }
    assert all(model.can_do_text_to_speech and model.name and model.description for model in models.values())
    best = models["eleven_multilingual_v2"]
    assert best.maximum_text_length_per_request == 10_000
    assert best.can_use_style
    assert best.model_rates is not None
    assert best.model_rates.character_cost_multiplier == 1.0
    assert {language.language_id for language in best.languages or ()} > {"en", "de", "fr", "ja", "ar", "hi"}
    flash = models["eleven_flash_v2_5"]
    assert flash.model_rates is not None
    assert flash.model_rates.character_cost_multiplier == 0.5
    assert [language.name for language in models["eleven_flash_v2"].languages or ()] == ["English"]


def test_every_listed_language_can_be_asked_for(client: ElevenLabs) -> None:
    """What is listed is served: the list is not the vendor's but what a running engine speaks."""
    model = next(model for model in client.models.list() if model.model_id == "eleven_v3")
    codes = [language.language_id for language in model.languages or ()]
    assert len(codes) > 50
    for code in codes:
        audio = client.text_to_speech.convert(
            GEORGE, text="1, 2.", model_id="eleven_v3", language_code=code, output_format="pcm_8000"
        )
        assert len(b"".join(audio)) > 2000, code


async def test_models_asynchronously(async_client: AsyncElevenLabs) -> None:
    assert len(await async_client.models.list()) == 8


def test_all_voices(client: ElevenLabs) -> None:
    """Source: reference/api-facts.md §8.1, §8.3: legacy voices only on request."""
    voices = client.voices.get_all().voices
    assert len(voices) == CURRENT
    assert not any(voice.is_legacy for voice in voices)
    everyone = client.voices.get_all(show_legacy=True).voices
    assert len(everyone) == CURRENT + LEGACY
    assert len({voice.voice_id for voice in everyone}) == CURRENT + LEGACY
    for voice in everyone:
        assert voice.name
        assert voice.category == "premade"
        assert all(isinstance(value, str) for value in (voice.labels or {}).values())
        labels = voice.labels or {}
        assert {"accent", "gender", "age", "base", "licence"} <= set(labels)
        assert (voice.description or "").endswith(f" Made from {labels['base']}.")
        assert voice.settings is not None


async def test_all_voices_asynchronously(async_client: AsyncElevenLabs) -> None:
    assert len((await async_client.voices.get_all()).voices) == CURRENT


@pytest.mark.parametrize("page_size", [1, 7, 10, 21, 100])
def test_search_page_by_page(client: ElevenLabs, page_size: int) -> None:
    """Source: reference/api-facts.md §8.1; no voice twice, none left out, whatever the size of the pages."""
    found = [voice.voice_id for voice in search_all(client, page_size=page_size)]
    assert sorted(found) == sorted(voice.voice_id for voice in client.voices.get_all().voices)


def test_search_takes_ten_by_default(client: ElevenLabs) -> None:
    """Source: reference/api-facts.md §15.31."""
    page = client.voices.search()
    assert (len(page.voices), page.has_more, page.total_count) == (10, True, CURRENT)


def test_search_without_a_count(client: ElevenLabs) -> None:
    page = client.voices.search(include_total_count=False)
    assert page.total_count == 0
    assert page.has_more


@pytest.mark.parametrize("key", ["name", "created_at_unix"])
def test_search_sorted(client: ElevenLabs, key: str) -> None:
    """Source: reference/api-facts.md §8.1."""
    up = search_all(client, sort=key, sort_direction="asc", page_size=8)
    values = [getattr(voice, key) for voice in up]
    assert values == sorted(values)
    down = search_all(client, sort=key, sort_direction="desc", page_size=8)
    assert [voice.voice_id for voice in down] == [voice.voice_id for voice in reversed(up)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"search": "george"}, {"George"}),
        ({"search": "BRITISH"}, {"Alice", "Daniel", "George", "Lily"}),
        ({"search": "no such voice"}, set()),
        ({"accent": "australian"}, {"Charlie"}),
        ({"gender": "neutral"}, {"River"}),
        ({"gender": "male", "accent": "british"}, {"Daniel", "George"}),
        ({"age": "old"}, {"Bill"}),
        ({"voice_ids": [ADAM, GEORGE]}, {"Adam", "George"}),
        ({"voice_ids": ADAM}, {"Adam"}),
        ({"category": "cloned"}, set()),
        ({"voice_type": "personal"}, set()),
        ({"voice_type": "non-default"}, set()),
        ({"collection_id": "none"}, set()),
        ({"language": ["de"]}, set()),
    ],
)
def test_search_filters(client: ElevenLabs, query: dict[str, Any], names: set[str]) -> None:
    """Sources: reference/api-facts.md §8.1, §8.3; lists go out as repeated names (§10)."""
    assert {voice.name for voice in search_all(client, **query)} == names


@pytest.mark.parametrize("query", [{"voice_type": "default"}, {"category": "premade"}, {"language": ["en", "de"]}])
def test_search_filters_that_all_pass(client: ElevenLabs, query: dict[str, Any]) -> None:
    assert len(search_all(client, **query)) == CURRENT


async def test_search_asynchronously(async_client: AsyncElevenLabs) -> None:
    page = await async_client.voices.search(search="alice")
    assert [voice.name for voice in page.voices] == ["Alice"]


@pytest.mark.parametrize("query", [{"page_size": 0}, {"page_size": 101}, {"sort": "color"}])
def test_searches_that_make_no_sense(client: ElevenLabs, query: dict[str, Any]) -> None:
    with pytest.raises(UnprocessableEntityError):
        client.voices.search(**query)


def test_one_voice(client: ElevenLabs) -> None:
    """Source: reference/api-facts.md §8.2, §8.3."""
    voice = client.voices.get(GEORGE)
    assert (voice.voice_id, voice.name, voice.category) == (GEORGE, "George", "premade")
    assert (voice.labels or {})["accent"] == "british"
    assert "eleven_multilingual_v2" in (voice.high_quality_base_model_ids or ())
    assert {language.language for language in voice.verified_languages or ()} == {"en"}
    assert client.voices.get(ADAM).is_legacy


def test_settings(client: ElevenLabs) -> None:
    """Source: reference/api-facts.md §2.2 (defaults), §8.1."""
    default = client.voices.settings.get_default()
    assert (default.stability, default.similarity_boost, default.style) == (0.5, 0.75, 0.0)
    assert (default.use_speaker_boost, default.speed) == (True, 1.0)
    assert client.voices.settings.get(GEORGE) == client.voices.get(GEORGE).settings


async def test_one_voice_asynchronously(async_client: AsyncElevenLabs) -> None:
    assert (await async_client.voices.get(GEORGE)).name == "George"
    assert (await async_client.voices.settings.get(GEORGE)).stability is not None
    assert (await async_client.voices.settings.get_default()).speed == 1.0


def test_voices_that_do_not_exist(client: ElevenLabs) -> None:
    """Source: reference/api-facts.md §5.4."""
    for call in (client.voices.get, client.voices.settings.get):
        with pytest.raises(ApiError) as caught:
            call("nobody")
        assert caught.value.status_code == 404
        assert caught.value.body["detail"]["status"] == "voice_not_found"
