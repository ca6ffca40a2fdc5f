# SPDX-License-Identifier: GPL-3.0-or-later
"""Pronunciation dictionaries in the vendor's field names. Shapes: reference/api-facts.md §9.2, §15.29."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from oscine.domain.lexicon import Alias, Dictionary, Rule

_PERMISSION = "admin"
"""Every key of an account may do everything with the account's dictionaries that its scopes allow."""


def new(entry: Dictionary) -> dict[str, Any]:
    """What was just made."""
    return {
        "id": entry.id,
        "name": entry.name,
        "created_by": entry.created_by,
        "creation_time_unix": entry.created_unix,
        "version_id": entry.version_id,
        "version_rules_num": entry.rules_count,
        "description": entry.description,
        "permission_on_resource": _PERMISSION,
    }


def revised(entry: Dictionary) -> dict[str, Any]:
    """What has a new version."""
    return {"id": entry.id, "version_id": entry.version_id, "version_rules_num": entry.rules_count}


def dictionary(entry: Dictionary) -> dict[str, Any]:
    return {
        "id": entry.id,
        "latest_version_id": entry.version_id,
        "latest_version_rules_num": entry.rules_count,
        "name": entry.name,
        "permission_on_resource": _PERMISSION,
        "created_by": entry.created_by,
        "creation_time_unix": entry.created_unix,
        "archived_time_unix": entry.archived_unix,
        "description": entry.description,
    }


def dictionary_with_rules(entry: Dictionary, rules: Sequence[Rule]) -> dict[str, Any]:
    return {**dictionary(entry), "rules": [_rule(rule) for rule in rules]}


def _rule(rule: Rule) -> dict[str, Any]:
    says = rule.says
    return {
        "string_to_replace": rule.grapheme,
        "case_sensitive": rule.case_sensitive,
        "word_boundaries": rule.word_boundaries,
        **(
            {"type": "alias", "alias": says.text}
            if isinstance(says, Alias)
            else {"type": "phoneme", "phoneme": says.phoneme, "alphabet": says.alphabet}
        ),
    }
