# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys made and revoked beside a running server, and what they may do there."""

from __future__ import annotations

import re
import time

import httpx
import pytest
from click.testing import Result

from tests.conftest import LiveServer
from tests.journeys.ear import VOICE
from tests.journeys.terminal import invoke, oscine

_KEY = re.compile(r"sk_[0-9a-f]{32,}")
SPEECH = f"/v1/text-to-speech/{VOICE}?output_format=pcm_8000"


class Keys:
    """`oscine keys` beside the running server."""

    def __init__(self, server: LiveServer) -> None:
        self._server = server
        self._folder = server.log.parent

    def run(self, *arguments: str) -> Result:
        return invoke("keys", *arguments, OSCINE_DATA_DIR=str(self._folder))

    def run_accounts(self) -> str:
        return invoke("accounts", "list", OSCINE_DATA_DIR=str(self._folder)).stdout

    def create(self, name: str, *options: str) -> tuple[str, str]:
        """Id and secret."""
        done = self.run("create", "--name", name, *options)
        assert done.exit_code == 0, done.stderr
        secret = done.stdout.rstrip("\n")
        assert _KEY.fullmatch(secret)
        row = next(line for line in self.run("list").stdout.splitlines() if f" {name} " in line)
        assert secret not in row
        assert secret[-4:] in row
        return row.split()[0], secret

    def ask(self, secret: str, path: str, text: str | None = None) -> tuple[int, str]:
        """HTTP status, and the status in the body of a refusal."""
        response = httpx.request(
            "POST" if text else "GET",
            self._server.url + path,
            json={"text": text} if text else None,
            headers={"xi-api-key": secret},
            timeout=20,
        )
        return response.status_code, "" if response.is_success else response.json()["detail"]["status"]


@pytest.fixture
def keys(live_server: LiveServer) -> Keys:
    return Keys(live_server)


def test_a_key_is_alone_on_standard_output(live_server: LiveServer) -> None:
    """As a process, so that a script can take it."""
    folder = live_server.log.parent
    done = oscine(folder, "keys", "create", "--name", "scripted", OSCINE_DATA_DIR=str(folder))
    assert done.returncode == 0
    assert _KEY.fullmatch(done.stdout.decode().rstrip("\n"))
    assert "scripted" in done.stderr.decode()


def test_a_new_key_works_at_once_and_a_revoked_one_soon_does_not(keys: Keys) -> None:
    """Source: INVARIANTS.md: a revoked key works two seconds longer at most."""
    key_id, secret = keys.create("short-lived")
    assert keys.ask(secret, SPEECH, "Hello.") == (200, "")
    assert keys.run("revoke", key_id).exit_code == 0
    deadline = time.monotonic() + 10
    while keys.ask(secret, "/v1/models")[0] == 200 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert keys.ask(secret, "/v1/models") == (401, "invalid_api_key")
    assert re.search(rf"{key_id} .*revoked", keys.run("list").stdout)


def test_a_scope_is_enforced(keys: Keys) -> None:
    """Source: seeds/001, API Keys; reference/api-facts.md §5.4: 401 missing_permissions, not 403."""
    _, secret = keys.create("voices-only", "--scope", "voices_read")
    assert keys.ask(secret, "/v1/voices") == (200, "")
    assert keys.ask(secret, "/v2/voices") == (200, "")
    assert keys.ask(secret, "/v1/models") == (401, "missing_permissions")
    assert keys.ask(secret, SPEECH, "Hello.") == (401, "missing_permissions")
    _, secret = keys.create("speech-only", "--scope", "text_to_speech", "--scope", "models_read")
    assert keys.ask(secret, SPEECH, "Hello.") == (200, "")
    assert keys.ask(secret, "/v1/models") == (200, "")
    assert keys.ask(secret, f"/v1/voices/{VOICE}") == (401, "missing_permissions")


def test_a_credit_limit_is_enforced(keys: Keys) -> None:
    """Only what was spoken is paid for. Source: seeds/001, API Keys; reference/api-facts.md §5.4."""
    _, secret = keys.create("limited", "--credit-limit", "20")
    assert keys.ask(secret, SPEECH, "Twelve chars") == (200, "")
    assert keys.ask(secret, SPEECH, "Twelve again") == (401, "quota_exceeded")
    assert keys.ask(secret, SPEECH, "🙂🙂🙂") == (400, "invalid_text")
    assert keys.ask(secret, SPEECH, "Eight c.") == (200, "")
    assert keys.ask(secret, SPEECH, "Ox") == (401, "quota_exceeded")
    assert re.search(r" limited .* 20 +20 +active", keys.run("list").stdout)


def test_a_tenants_key_with_everything_it_can_have(keys: Keys) -> None:
    options = ("--account", "Acme [Ltd]", "--allow-ip", "127.0.0.1", "--allow-ip", "2001:db8::/32", "--expires", "30d")
    key_id, secret = keys.create("tenants", *options, "--concurrency", "2", "--credit-limit", "50")
    row = next(line for line in keys.run("list").stdout.splitlines() if key_id in line)
    assert re.search(r"Acme \[Ltd\] .* 127.0.0.1/32, 2001:db8::/32 +2 +\d{4}-\d\d-\d\d \d\d:\d\d +50 +0 +active", row)
    assert keys.ask(secret, SPEECH, "Hello.") == (200, "")
    assert keys.ask(secret, "/v1/service-accounts") == (403, "workspace_access_denied")
    keys.create("tenants-second", "--account", "Acme [Ltd]")
    accounts = keys.run_accounts()
    assert re.search(r"owner +owner ", accounts)
    assert re.search(r"user_\w+ +Acme \[Ltd\] +2 +6 ", accounts)


def test_a_disabled_key_soon_does_not_work_and_an_enabled_one_does(keys: Keys) -> None:
    """Source: docs/accounts.md: within two seconds."""
    key_id, secret = keys.create("toggled")
    assert keys.ask(secret, "/v1/models") == (200, "")
    for command, wanted in (("disable", 401), ("enable", 200)):
        assert keys.run(command, key_id).exit_code == 0
        deadline = time.monotonic() + 10
        while keys.ask(secret, "/v1/models")[0] != wanted and time.monotonic() < deadline:
            time.sleep(0.1)
        assert keys.ask(secret, "/v1/models")[0] == wanted
    keys.run("disable", key_id)
    assert re.search(rf"{key_id} .*disabled", keys.run("list").stdout)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--expires", "soon"), "30d, 12h, 45m"),
        (("--expires", "2020-01-01"), "past"),
        (("--allow-ip", "localhost"), "no IP address"),
        (("--concurrency", "0"), "concurrency"),
        (("--account", " "), "name"),
        (("--credit-limit", "-1"), "credit-limit"),
    ],
)
def test_terms_that_make_no_sense(keys: Keys, options: tuple[str, ...], said: str) -> None:
    done = keys.run("create", "--name", "senseless", *options)
    assert done.exit_code in {1, 2}
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "senseless" not in keys.run("list").stdout


def test_keys_that_do_not_exist_and_scopes_that_do_not(keys: Keys) -> None:
    done = keys.run("revoke", "key_nobody")
    assert done.exit_code == 1
    assert re.fullmatch(r"Error: [^\n]*key_nobody[^\n]*\n", done.stderr)
    done = keys.run("create", "--name", "x", "--scope", "everything")
    assert done.exit_code == 2
    assert "text_to_speech" in done.stderr


def test_a_wallet_is_topped_up_beside_the_server(keys: Keys) -> None:
    key_id, _ = keys.create("purse", "--wallet", "0.25")
    done = keys.run("topup", key_id, "1.10")
    assert (done.exit_code, done.stdout) == (0, f"The wallet of {key_id} (purse) holds $1.35.\n")
    assert re.search(rf"{key_id} .* \$1\.35 ", keys.run("list").stdout)
    for arguments, said in (
        (("topup", key_id, "1.0000001"), "at most six digits"),
        (("topup", key_id, "0"), "more than 0"),
        (("topup", "key_none", "1"), "no API key 'key_none'"),
        (("create", "--name", "x", "--wallet", "lots"), "'lots' is no amount of US dollars"),
    ):
        refused = keys.run(*arguments)
        assert refused.exit_code == 1
        assert said in refused.stderr
