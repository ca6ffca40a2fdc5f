# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of the dialects that serve a part of what there is: what can arise there has its row."""

from __future__ import annotations

import json
from types import ModuleType

import pytest

from oscine.dialects.aimlapi import problems as aimlapi
from oscine.dialects.openai import problems as openai
from oscine.dialects.pixazo import problems as pixazo
from oscine.domain.problems import KeyBusy, Problem, QuotaExceeded, VoiceNotFound, WalletShort

NOT_SPEECH = set(
    """
    rule_invalid lexicon_invalid dictionary_not_found not_served cursor_invalid request_unusable request_not_found
    message_invalid input_timeout contexts_full sockets_full account_exists accounts_full account_not_found
    key_not_found history_item_not_found audio_missing sample_not_found token_invalid authorization_header_invalid
    action_denied voice_not_owned webhook_invalid job_not_found job_ended
    """.split()
)
"""Dictionaries, stitching, history, sockets, tokens, accounts, and the fields of its own; jobs and
webhooks, which OpenAI has not."""
ELSEWHERE: dict[ModuleType, set[str]] = {
    openai: NOT_SPEECH,
    aimlapi: NOT_SPEECH - {"job_not_found"},
    pixazo: NOT_SPEECH - {"job_not_found", "webhook_invalid"},
}
"""Dialect's table → problems that nothing it serves can have."""


def every(kind: type[Problem]) -> set[type[Problem]]:
    return {kind}.union(*(every(child) for child in kind.__subclasses__()))


@pytest.mark.parametrize("table", ELSEWHERE, ids=lambda module: module.__name__.split(".")[2])
def test_every_problem_has_its_row_or_cannot_arise(table: ModuleType) -> None:
    codes = {kind.code for kind in every(Problem) if hasattr(kind, "code")}
    assert set(table.ROWS).isdisjoint(ELSEWHERE[table])
    assert set(table.ROWS) | ELSEWHERE[table] == codes


def test_openai_names_its_own_fields() -> None:
    """Source: Python client 3.54.0, _exceptions.py: message, type, param, code; x-request-id."""
    response = openai.refuse(VoiceNotFound("Who?", parameter="voice_id"), "abc")
    assert response.status_code == 400
    assert response.headers["x-request-id"] == "abc"
    assert json.loads(bytes(response.body)) == {
        "error": {"message": "Who?", "type": "invalid_request_error", "param": "voice", "code": "voice_not_found"}
    }


def test_aimlapi_says_where_it_happened() -> None:
    """Source: reference/api-facts.md §12.3."""
    response = aimlapi.refuse(WalletShort("You have $0.00."), "abc", "/v1/tts")
    body = json.loads(bytes(response.body))
    assert response.status_code == 403
    assert body.pop("timestamp").endswith("Z")
    assert body == {
        "message": "You've run out of credits. You have $0.00.",
        "path": "/v1/tts",
        "requestId": "abc",
        "statusCode": "403",
    }


def test_pixazo_has_the_vendors_words() -> None:
    """Source: seeds/003."""
    assert json.loads(bytes(pixazo.refuse(WalletShort("Too little.")).body)) == {
        "error": "Insufficient Balance",
        "message": "Your wallet does not have enough balance.",
    }
    assert pixazo.refuse(WalletShort("Too little.")).status_code == 402


def test_openai_says_what_is_worth_another_try() -> None:
    """Source: Python client 3.54.0, _base_client.py: 429 is tried again, but for x-should-retry: false."""
    assert openai.refuse(KeyBusy("Wait.")).headers["retry-after"] == "1"
    assert openai.refuse(QuotaExceeded("Used up.")).headers["x-should-retry"] == "false"
