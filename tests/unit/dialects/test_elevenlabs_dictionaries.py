# SPDX-License-Identifier: GPL-3.0-or-later
"""Source of the shapes: reference/api-facts.md §9.2, §15.29; elevenlabs-openapi.json."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from oscine.dialects.elevenlabs import render_dictionaries as render
from oscine.dialects.elevenlabs.schema import DictionaryLocator
from oscine.dialects.elevenlabs.schema_dictionaries import Listing, NewDictionaryBody, RulesBody
from oscine.domain.lexicon import Alias, Dictionary, Locator, Pronunciation, Rule
from oscine.domain.problems import SettingOutOfRange

DICTIONARY = Dictionary("d", "names", None, "key", 1_714_156_800, None, "v", 2)


def test_rules_that_are_sent() -> None:
    """The vendor's own example, and flags that are null as the Python client may send them."""
    body = RulesBody.model_validate(
        {
            "rules": [
                {"string_to_replace": "Thailand", "type": "alias", "alias": "tie-land", "case_sensitive": None},
                {
                    "string_to_replace": "Tomato",
                    "type": "phoneme",
                    "phoneme": "/təˈmeɪtoʊ/",
                    "alphabet": "IPA",
                    "case_sensitive": False,
                    "word_boundaries": False,
                },
            ]
        }
    )
    assert body.read() == [
        Rule("Thailand", Alias("tie-land")),
        Rule("Tomato", Pronunciation("/təˈmeɪtoʊ/", "ipa"), case_sensitive=False, word_boundaries=False),
    ]


@pytest.mark.parametrize("name", ["", " ", "\x00", "a\x00b", "x" * 201])
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(ValidationError):
        NewDictionaryBody.model_validate({"name": name, "rules": []})


@pytest.mark.parametrize(
    ("query", "is_descending"),
    [
        ({}, True),
        ({"sort_direction": None}, True),
        ({"sort_direction": "DESCENDING"}, True),
        ({"sort_direction": "descending"}, True),
        ({"sort_direction": "desc"}, True),
        ({"sort_direction": "ASCENDING"}, False),
        ({"sort_direction": "asc"}, False),
    ],
)
def test_directions_of_sorting(query: dict[str, Any], is_descending: bool) -> None:
    assert Listing.model_validate(query).is_descending() is is_descending


def test_a_direction_that_is_none() -> None:
    with pytest.raises(SettingOutOfRange, match="'ascending' or 'descending'; 'up' was given"):
        Listing.model_validate({"sort_direction": "up"}).is_descending()


def test_locators() -> None:
    assert DictionaryLocator(pronunciation_dictionary_id="d").read() == Locator("d", None)
    assert DictionaryLocator(pronunciation_dictionary_id="d", version_id="").read() == Locator("d", None)
    assert DictionaryLocator(pronunciation_dictionary_id="d", version_id="v").read() == Locator("d", "v")


def test_what_goes_back() -> None:
    common = {
        "id": "d",
        "name": "names",
        "description": None,
        "permission_on_resource": "admin",
        "created_by": "key",
        "creation_time_unix": 1_714_156_800,
    }
    assert render.new(DICTIONARY) == {**common, "version_id": "v", "version_rules_num": 2}
    meta = {**common, "latest_version_id": "v", "latest_version_rules_num": 2, "archived_time_unix": None}
    assert render.dictionary(DICTIONARY) == meta
    assert render.revised(DICTIONARY) == {"id": "d", "version_id": "v", "version_rules_num": 2}
    rules = [Rule("a", Alias("b")), Rule("c", Pronunciation("d", "ipa"), case_sensitive=False)]
    assert render.dictionary_with_rules(DICTIONARY, rules) == {
        **meta,
        "rules": [
            {"type": "alias", "string_to_replace": "a", "alias": "b", "case_sensitive": True, "word_boundaries": True},
            {
                "type": "phoneme",
                "string_to_replace": "c",
                "phoneme": "d",
                "alphabet": "ipa",
                "case_sensitive": False,
                "word_boundaries": True,
            },
        ],
    }
