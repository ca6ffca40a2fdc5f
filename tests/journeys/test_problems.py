# SPDX-License-Identifier: GPL-3.0-or-later
"""Every problem this dialect can say, brought about over HTTP.

Sources: reference/api-facts.md §2.3, §5.1–§5.5, §8.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from oscine.dialects.elevenlabs.problems import ROWS
from tests.conftest import LiveServer, start_tone_server, stop_server
from tests.journeys.ear import VOICE
from tests.journeys.terminal import make_key

PATH = f"/v1/text-to-speech/{VOICE}"

BODIES: dict[str, dict[str, Any]] = {
    "text_empty": {"text": " \n"},
    "text_too_long": {"text": "a" * 5001, "model_id": "eleven_v3"},
    "text_unspeakable": {"text": "🙂 🎉"},
    "markup_invalid": {"text": 'One <break time="9s"/> two.'},
    "phoneme_invalid": {
        "text": 'Say <phoneme alphabet="ipa" ph="☃☃">this</phoneme>.',
        "model_id": "eleven_flash_v2",
    },
    "language_unsupported": {"text": "a", "language_code": "xx"},
    "setting_out_of_range": {"text": "a", "voice_settings": {"speed": 1.3}},
    "model_unsupported": {"text": "a", "model_id": "eleven_v3", "next_text": "b"},
    "not_served": {"text": "a", "audio_effects": {"reverb": 1}},
    "request_not_found": {"text": "a", "previous_request_ids": ["abc"]},
    "body_too_large": {"text": "a", "filler": "x" * 2_000_000},
    "model_not_found": {"text": "a", "model_id": "eleven_v99"},
}
"""Problem → a body that brings it about."""

_ELSEWHERE = {
    *("engine_unavailable", "database_unavailable", "blobs_unavailable", "wallet_short", "webhook_invalid"),
    *(
        "job_not_found",
        "job_ended",
        "token_invalid",
        "message_invalid",
        "input_timeout",
        "contexts_full",
        "sockets_full",
    ),
}
"""Cannot be had over HTTP: a language that no running engine has is refused as unsupported before the casting, a
server without its database or blob store does not start (test_s3.py), nothing has a price, a webhook or a queue
over this API, and the others belong to sockets (test_stream_input.py, tests/hostile/test_sockets.py)."""


def expect(response: httpx.Response, problem: str) -> None:
    """The whole shape of a refusal. Source: reference/api-facts.md §5.1 A, §15.27."""
    row = ROWS[problem]
    assert response.status_code == row.http, response.text[:300]
    detail = response.json()["detail"]
    assert (detail["type"], detail["code"], detail["status"]) == (row.type, row.code, row.status)
    assert detail["message"]
    assert "request-id" not in response.headers
    if problem != "body_too_large":
        assert detail["request_id"] == response.headers["x-trace-id"]


@pytest.fixture(scope="module")
def limited_keys(live_server: LiveServer) -> dict[str, str]:
    """Problem → a key that brings it about."""
    folder = live_server.log.parent
    options = {
        "scope_missing": ("--scope", "models_read"),
        "quota_exceeded": ("--credit-limit", "3"),
        "address_denied": ("--allow-ip", "192.0.2.1"),
        "action_denied": ("--account", "a tenant"),
    }
    return {problem: make_key(folder, problem, *given) for problem, given in options.items()}


@pytest.mark.parametrize("problem", BODIES)
def test_bodies(http: httpx.Client, problem: str) -> None:
    for endpoint in ("", "/stream/with-timestamps"):
        expect(http.post(PATH + endpoint, json=BODIES[problem]), problem)


def test_a_request_that_was_not_kept(http: httpx.Client) -> None:
    """Source: reference/api-facts.md §6: no stitching to what was made with enable_logging=false."""
    unkept = http.post(f"{PATH}?enable_logging=false", json={"text": "Keep this to yourself."})
    assert "history-item-id" not in unkept.headers
    body = {"text": "a", "previous_request_ids": [unkept.headers["request-id"]]}
    expect(http.post(PATH, json=body), "request_unusable")


def test_names_in_the_url(http: httpx.Client) -> None:
    expect(http.post("/v1/text-to-speech/nobody", json={"text": "a"}), "voice_not_found")
    expect(http.get("/v1/voices/nobody/settings"), "voice_not_found")
    expect(http.post(f"{PATH}?output_format=flac", json={"text": "a"}), "format_unknown")
    expect(http.get("/v2/voices?next_page_token=nowhere"), "cursor_invalid")


def test_dictionaries(http: httpx.Client) -> None:
    path = "/v1/pronunciation-dictionaries"
    expect(http.get(f"{path}/nobody"), "dictionary_not_found")
    rules = [{"type": "alias", "string_to_replace": "", "alias": "a"}]
    expect(http.post(f"{path}/add-from-rules", json={"name": "a", "rules": rules}), "rule_invalid")
    expect(http.post(f"{path}/add-from-file", data={"name": "a"}, files={"file": b"a"}), "lexicon_invalid")


def test_history(http: httpx.Client, live_server: LiveServer) -> None:
    expect(http.get("/v1/history/nobody/audio"), "history_item_not_found")
    expect(http.get("/v1/history?start_after_history_item_id=nobody"), "cursor_invalid")
    item_id = http.post(PATH, json={"text": "Soon lost."}).headers["history-item-id"]
    [folder] = (live_server.log.parent / "blobs").rglob(item_id)
    (folder / "audio").unlink()
    expect(http.get(f"/v1/history/{item_id}/audio"), "audio_missing")


def test_voices(http: httpx.Client) -> None:
    expect(http.delete(f"/v1/voices/{VOICE}"), "voice_not_owned")
    expect(http.delete(f"/v1/voices/{VOICE}/samples/nobody"), "sample_not_found")
    expect(http.delete("/v1/voices/nobody"), "voice_not_found")


def test_keys(live_server: LiveServer, limited_keys: dict[str, str]) -> None:
    url = live_server.url + PATH
    for problem, headers in (
        ("key_missing", {}),
        ("key_invalid", {"xi-api-key": "sk_wrong"}),
        ("authorization_header_invalid", {"authorization": f"Bearer {live_server.key}"}),
        ("scope_missing", {"xi-api-key": limited_keys["scope_missing"]}),
        ("quota_exceeded", {"xi-api-key": limited_keys["quota_exceeded"]}),
        ("address_denied", {"xi-api-key": limited_keys["address_denied"]}),
    ):
        expect(httpx.post(url, json={"text": "Nobody has said this yet."}, headers=headers), problem)


def test_accounts(http: httpx.Client, limited_keys: dict[str, str]) -> None:
    path = "/v1/service-accounts"
    expect(http.get(path, headers={"xi-api-key": limited_keys["action_denied"]}), "action_denied")
    expect(http.post(path, json={"name": "a tenant"}), "account_exists")
    expect(http.get(f"{path}/nobody/api-keys"), "account_not_found")
    account_id = http.get(path).json()["service-accounts"][0]["service_account_user_id"]
    for key_id in ("nobody", "%00"):
        expect(http.delete(f"{path}/{account_id}/api-keys/{key_id}"), "key_not_found")


def test_words_that_clients_show(live_server: LiveServer, limited_keys: dict[str, str]) -> None:
    """Source: reference/api-facts.md §1, §5.4, word for word where recorded."""
    url = live_server.url + PATH
    messages = {
        name: httpx.post(url, json={"text": "Unsaid"}, headers=headers).json()["detail"]["message"]
        for name, headers in (
            ("missing", {}),
            ("scope", {"xi-api-key": limited_keys["scope_missing"]}),
            ("quota", {"xi-api-key": limited_keys["quota_exceeded"]}),
        )
    }
    assert messages == {
        "missing": "Neither authorization header nor xi-api-key received, please provide one.",
        "scope": "The API key you used is missing the permission text_to_speech to execute this operation.",
        "quota": "This request exceeds your quota of 3. You have 3 credits remaining, while 6 credits are required "
        "for this request.",
    }


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Room for one generation, none to wait, and an engine that can be held up, with one key besides the usual."""
    folder = tmp_path_factory.mktemp("crowded")
    server = start_tone_server(
        folder,
        OSCINE_CONCURRENCY="1",
        OSCINE_KEY_CONCURRENCY="1",
        OSCINE_QUEUE_LENGTH="0",
        OSCINE_MAX_SERVICE_ACCOUNTS="0",
    )
    yield server
    stop_server(server)


def test_too_much_at_once(crowded: LiveServer) -> None:
    """Source: reference/api-facts.md §5.4, §5.5; SDKs honour Retry-After (§10)."""
    folder = crowded.log.parent
    other = make_key(folder, "other")
    url = crowded.url + PATH
    accounts = f"{crowded.url}/v1/service-accounts"
    expect(httpx.post(accounts, json={"name": "one"}, headers=crowded.headers), "accounts_full")
    item_id = httpx.post(url, json={"text": "One."}, headers=crowded.headers).headers["history-item-id"]
    with ExitStack() as running:
        body = {"text": "The first half of it comes at once, the second half waits before the gate."}
        query = {"output_format": "pcm_24000"}
        stream = httpx.stream("POST", f"{url}/stream", json=body, params=query, headers=crowded.headers, timeout=20)
        response = running.enter_context(stream)
        assert response.status_code == 200
        for problem, key in (("key_busy", crowded.key), ("server_busy", other)):
            refusal = httpx.post(url, json={"text": "Me too."}, headers={"xi-api-key": key})
            expect(refusal, problem)
            assert int(refusal.headers["retry-after"]) >= 1
        conversion = {"history_item_ids": [item_id], "output_format": "wav"}
        expect(httpx.post(f"{crowded.url}/v1/history/download", json=conversion, headers=crowded.headers), "key_busy")
        Path(folder / "gate").touch()
        assert response.read()


def test_an_engine_that_fails(crowded: LiveServer) -> None:
    body = {"text": "This one is broken."}
    response = httpx.post(
        f"{crowded.url}{PATH}?output_format=wav_24000", json=body, headers=crowded.headers, timeout=30
    )
    expect(response, "engine_failed")


def test_every_problem_is_covered_here() -> None:
    """Those of the tests above, and those that HTTP cannot reach."""
    here = {
        *BODIES,
        *("voice_not_found", "format_unknown", "cursor_invalid", "key_missing", "key_invalid"),
        *("authorization_header_invalid", "scope_missing", "quota_exceeded", "key_busy", "server_busy"),
        *("address_denied", "action_denied", "account_exists", "accounts_full", "account_not_found", "key_not_found"),
        *("engine_failed", "request_unusable", "dictionary_not_found", "rule_invalid", "lexicon_invalid"),
        *("history_item_not_found", "audio_missing", "voice_not_owned", "sample_not_found"),
    }
    assert here | _ELSEWHERE == set(ROWS)
