# SPDX-License-Identifier: GPL-3.0-or-later
import pytest

from oscine.domain.speech import VoiceSettings
from oscine.engines.profiles import MODELS

MODEL = {model.id: model for model in MODELS}


@pytest.mark.parametrize(("stored", "taken"), [(0.0, 0.0), (0.2, 0.0), (0.4, 0.5), (0.9, 1.0)])
def test_stored_settings_fit_a_model_that_takes_few_values(stored: float, taken: float) -> None:
    """reference/api-facts.md §6: eleven_v3 takes 0, 0.5 and 1."""
    settings = VoiceSettings(stability=stored, speed=1.1)
    assert MODEL["eleven_v3"].fit(settings) == VoiceSettings(stability=taken, speed=1.1)
    assert MODEL["eleven_multilingual_v2"].fit(settings) == settings
