# SPDX-License-Identifier: GPL-3.0-or-later
"""The premade voices: who they are, and how they are found."""

from __future__ import annotations

import itertools

import pytest

from oscine.domain.problems import VoiceNotFound
from oscine.domain.speech import VoiceSettings
from oscine.domain.voice import Voice
from oscine.voices.catalogue import Catalogue

CATALOGUE = Catalogue()


def espeak(voice: Voice) -> tuple[object, ...]:
    timbre = voice.timbres["espeak"]
    return (timbre.variant, timbre.pitch_hz, timbre.formants)


def test_21_voices_of_today_and_34_of_older_days() -> None:
    """reference/api-facts.md §8.3."""
    assert len(CATALOGUE) == 55
    assert [voice.is_legacy for voice in CATALOGUE] == [False] * 21 + [True] * 34


def test_voices_of_today_are_those_of_the_vendor() -> None:
    """reference/api-facts.md §8.3: names in the vendor's table of defaults."""
    names = [voice.name for voice in CATALOGUE if not voice.is_legacy]
    assert names == [
        *("Alice", "Aria", "Bella", "Bill", "Brian", "Callum", "Charlie", "Charlotte", "Chris", "Daniel", "Eric"),
        *("George", "Jessica", "Laura", "Liam", "Lily", "Matilda", "River", "Roger", "Sarah", "Will"),
    ]


def test_ids_are_unique_and_of_the_vendors_form() -> None:
    assert len({voice.id for voice in CATALOGUE}) == 55
    assert all(len(voice.id) == 20 and voice.id.isalnum() for voice in CATALOGUE)


@pytest.mark.parametrize(
    ("voice_id", "name", "gender", "accent"),
    [
        ("JBFqnCBsd6RMkjVDRZzb", "George", "male", "british"),
        ("21m00Tcm4TlvDq8ikWAM", "Rachel", "female", "american"),
        ("SAz9YHcvj6GT2YYXdXww", "River", "neutral", "american"),
        ("pNInz6obpgDQGcFmaJgB", "Adam", "male", "american"),
    ],
)
def test_voices_are_found_by_id(voice_id: str, name: str, gender: str, accent: str) -> None:
    """reference/api-facts.md §8.3."""
    voice = CATALOGUE.find(voice_id)
    assert (voice.name, voice.gender, voice.accent) == (name, gender, accent)
    assert voice.settings == VoiceSettings()
    assert voice.category == "premade"
    assert voice.created_unix > 1_600_000_000


@pytest.mark.parametrize(
    ("name", "voice_id"),
    [
        ("Rachel", "21m00Tcm4TlvDq8ikWAM"),
        ("aria", "9BWtsMINqrJLrRacOk9x"),
        (" GEORGE ", "JBFqnCBsd6RMkjVDRZzb"),
        ("Bella", "hpp4J3VqNfWAUOO0d1Us"),
        ("Santa Claus", "knrPHWnBmmDHMoiMeP3l"),
        ("santa", "knrPHWnBmmDHMoiMeP3l"),
        ("old george", "Yko7PKHZNXotIFUBG7I9"),
    ],
)
def test_voices_are_found_by_name(name: str, voice_id: str) -> None:
    """A name that stands twice means the voice of today."""
    assert CATALOGUE.by_name(name).id == voice_id


def test_an_unknown_id_is_a_problem_in_the_vendors_words() -> None:
    """reference/api-facts.md §5.4, voice_not_found."""
    with pytest.raises(VoiceNotFound) as caught:
        CATALOGUE.find("x" * 100)
    assert caught.value.message.startswith(f"A voice with the voice_id '{'x' * 40}' was not found.")
    assert len(caught.value.message) < 200


@pytest.mark.parametrize("name", ["", "Nobody", "21m00Tcm4TlvDq8ikWAM"])
def test_an_unknown_name_is_a_problem(name: str) -> None:
    with pytest.raises(VoiceNotFound, match="was not found"):
        CATALOGUE.by_name(name)


def test_every_voice_has_all_its_labels_and_a_description_of_its_own() -> None:
    for voice in CATALOGUE:
        assert voice.accent
        assert voice.use_case
        assert voice.descriptive
        assert voice.description.endswith(".")
    assert len({voice.description for voice in CATALOGUE}) == 55


def test_timbres_fit_the_labels() -> None:
    for voice in CATALOGUE:
        timbre = voice.timbres["espeak"]
        assert (timbre.pitch_hz > 165) == (voice.gender == "female"), voice.name
        assert 0.92 <= timbre.formants <= 1.18
        assert (timbre.formants > 1.02) or voice.gender != "female"
        if voice.accent in {"british", "australian"}:
            assert timbre.variant.startswith("en-gb"), voice.name
        if voice.accent == "american":
            assert not timbre.variant.startswith("en-gb"), voice.name
        if voice.age == "old":
            assert timbre.rate <= 1.05, voice.name


def test_no_two_voices_have_the_same_timbre() -> None:
    for one, other in itertools.combinations(CATALOGUE, 2):
        assert espeak(one) != espeak(other), (one.name, other.name)
