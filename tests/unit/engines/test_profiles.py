# SPDX-License-Identifier: GPL-3.0-or-later
import pytest

from oscine.domain.problems import EngineUnavailable, ModelNotFound
from oscine.domain.speech import VoiceSettings
from oscine.engines.profiles import MODELS, Profiles
from oscine.engines.protocol import Card


def card(engine_id: str, *languages: str) -> Card:
    return Card(engine_id, 24000, languages, False, "MIT", "")


PROFILES = Profiles({"first": card("first", "en"), "second": card("second", "de", "en", "pt")})


def test_languages_are_the_vendors_cut_by_what_runs() -> None:
    assert PROFILES.languages(PROFILES.find("eleven_multilingual_v2")) == ("en", "de", "pt")
    assert PROFILES.languages(PROFILES.find("eleven_flash_v2")) == ("en",)


def test_the_preferred_engine_that_has_the_language_speaks() -> None:
    assert PROFILES.cast("en") == "first"
    assert PROFILES.cast("pt-BR") == "second"
    with pytest.raises(EngineUnavailable, match="French"):
        PROFILES.cast("fr")


def test_an_unknown_model_is_named_with_the_known_ones() -> None:
    with pytest.raises(ModelNotFound, match=r"'eleven_x'.*eleven_v3"):
        PROFILES.find("eleven_x")


@pytest.mark.parametrize(
    ("model_id", "limit", "multiplier", "languages"),
    [
        ("eleven_v3", 5000, 1.0, 74),
        ("eleven_multilingual_v2", 10_000, 1.0, 29),
        ("eleven_flash_v2_5", 40_000, 0.5, 32),
        ("eleven_turbo_v2_5", 40_000, 0.5, 32),
        ("eleven_flash_v2", 30_000, 0.5, 1),
        ("eleven_turbo_v2", 30_000, 0.5, 1),
        ("eleven_multilingual_v1", 10_000, 1.0, 9),
        ("eleven_monolingual_v1", 10_000, 1.0, 1),
    ],
)
def test_figures_of_the_models(model_id: str, limit: int, multiplier: float, languages: int) -> None:
    """Source: reference/api-facts.md §7."""
    model = PROFILES.find(model_id)
    assert (model.max_characters, model.cost_multiplier, len(model.languages)) == (limit, multiplier, languages)


def test_only_what_is_built_for_speed_is_light() -> None:
    assert {model.id for model in MODELS if model.is_light} == {
        *("eleven_flash_v2", "eleven_flash_v2_5", "eleven_turbo_v2", "eleven_turbo_v2_5")
    }
    light = [model.first_sentence_characters for model in MODELS if model.is_light]
    assert max(light) < min(model.first_sentence_characters for model in MODELS if not model.is_light)


def test_an_expressive_model_adds_to_the_style_that_is_asked_for() -> None:
    models = {model.id: model for model in MODELS}
    styles = [models["eleven_v3"].direct(VoiceSettings(style=style)).style for style in (0.0, 0.5, 1.0)]
    assert 0.0 < styles[0] < styles[1] < styles[2] == 1.0
    assert models["eleven_multilingual_v2"].direct(VoiceSettings(style=0.5)) == VoiceSettings(style=0.5)
