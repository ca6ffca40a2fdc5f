# SPDX-License-Identifier: GPL-3.0-or-later
"""What the models make of one sentence: flash comes first, v2 is best finished, v3 is most alive."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from oscine.domain.audio import Samples
from oscine.domain.model import Model
from oscine.domain.speech import Segment, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.hts import HtsEngine
from oscine.engines.profiles import MODELS
from oscine.text.utterance import Markup, prepare
from tests.hearing.measure import contrast_db, is_same, track_hz

TEXT = "Good morning to all of you, and welcome on board, where the ferry leaves for the island every day at noon."
SPEAKER = Timbre("slt", 200.0)
MODEL = {model.id: model for model in MODELS}
V2, V3, FLASH, TURBO = map(
    MODEL.__getitem__, ("eleven_multilingual_v2", "eleven_v3", "eleven_flash_v2_5", "eleven_turbo_v2_5")
)


def segments(model: Model, text: str) -> list[Segment]:
    return list(
        prepare(
            text,
            language="en",
            languages=("en",),
            home="en",
            normalize=True,
            markup=Markup(False, False, False),
            long_start=model.first_sentence_characters,
        )
    )


@cache
def takes(engine: HtsEngine, model: Model, text: str = TEXT) -> list[Samples]:
    """Of the whole text, as one segment: what the models differ in beyond their cuts."""
    (segment,) = segments(V2, text)
    return [take.samples for take in engine.speak(segment, SPEAKER, model.direct(VoiceSettings()), 1)]


def said(engine: HtsEngine, model: Model) -> Samples:
    return np.concatenate(takes(engine, model))


def test_flash_gives_sound_after_fewer_samples_and_fewer_words(hts: HtsEngine) -> None:
    assert len(takes(hts, FLASH)[0]) < 0.7 * len(takes(hts, V2)[0])
    firsts = [len(segments(model, TEXT)[0].text) for model in (FLASH, V2)]
    assert firsts == [len("Good morning to all of you, "), len(TEXT)]


@pytest.mark.parametrize("model", [FLASH, V2], ids=lambda model: model.id)
def test_the_first_take_does_not_grow_with_the_text(hts: HtsEngine, model: Model) -> None:
    long = f"{TEXT} " * 20
    assert segments(model, long)[0].text.rstrip() == segments(model, TEXT)[0].text.rstrip()
    words = TEXT[:-1] + " and so on" * 15
    assert len(takes(hts, model, words)[0]) == len(takes(hts, model)[0])


def test_v2_is_better_finished_than_flash(hts: HtsEngine) -> None:
    assert contrast_db(said(hts, V2)) > contrast_db(said(hts, FLASH)) + 0.5


def test_v3_moves_more_than_v2(hts: HtsEngine) -> None:
    spread = [np.std(np.log(track_hz(said(hts, model)))) for model in (V2, V3)]
    assert spread[1] > 1.1 * spread[0]


def test_models_of_one_kind_sound_alike(hts: HtsEngine) -> None:
    assert is_same(said(hts, FLASH), said(hts, TURBO))
    assert not is_same(said(hts, FLASH), said(hts, V2))
