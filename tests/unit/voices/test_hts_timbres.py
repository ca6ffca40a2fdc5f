# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tables say to the engine hts, without the engine's voice files."""

from __future__ import annotations

from itertools import combinations

import pytest

from oscine.domain.voice import Voice
from oscine.engines.hts.speakers import Variant, read_variant
from oscine.voices.catalogue import Catalogue

VOICES = list(Catalogue())
_PITCH_HZ = {"male": (70.0, 155.0), "neutral": (135.0, 175.0), "female": (160.0, 285.0)}
"""Means of adult speakers, with room for Santa Claus below and a cartoon child above."""


def variant(voice: Voice) -> Variant:
    timbre = voice.timbres["hts"]
    return read_variant(timbre.variant, timbre.pitch_hz)


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: f"{voice.name}-{voice.id[:4]}")
def test_every_voice_has_a_variant_that_hts_can_read(voice: Voice) -> None:
    assert voice.timbres["hts"].variant, "the speaker is chosen, not guessed from the pitch"
    assert variant(voice).parts


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: f"{voice.name}-{voice.id[:4]}")
def test_pitch_and_speakers_fit_the_gender(voice: Voice) -> None:
    lowest, highest = _PITCH_HZ[voice.gender]
    assert lowest <= voice.timbres["hts"].pitch_hz <= highest
    man = dict(variant(voice).parts).get("bdl", 0.0)
    if voice.gender == "male":
        assert man > 0.5
    elif voice.gender == "female":
        assert man < 0.5


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: f"{voice.name}-{voice.id[:4]}")
def test_figures_stay_where_speech_is_understood(voice: Voice) -> None:
    timbre = voice.timbres["hts"]
    assert 0.85 <= timbre.formants <= 1.18
    assert 0.0 <= timbre.breath <= 0.4
    assert -0.6 <= timbre.tilt <= 0.6
    assert 0.85 <= timbre.rate <= 1.15


def test_british_voices_speak_british_english() -> None:
    for voice in VOICES:
        if voice.accent in {"british", "american"}:
            assert variant(voice).english == ("en-gb" if voice.accent == "british" else "en-us"), voice.name


def test_no_two_voices_are_the_same() -> None:
    for one, other in combinations(VOICES, 2):
        a, b = one.timbres["hts"], other.timbres["hts"]
        assert (a.variant, a.pitch_hz, a.formants, a.tilt) != (b.variant, b.pitch_hz, b.formants, b.tilt), (
            one.name,
            other.name,
        )
