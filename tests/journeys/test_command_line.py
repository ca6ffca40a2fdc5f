# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as a person meets it: processes, files, and what is printed where."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from oscine.cli import main
from tests.conftest import LiveServer, start_server
from tests.journeys.ear import SENTENCE, VOICE, hear, seconds
from tests.journeys.terminal import oscine

_KEY = re.compile(r"sk_[0-9a-f]{32,}")


@pytest.mark.parametrize(
    ("name", "options", "format_name"),
    [
        ("hello.mp3", (), "mp3_44100_128"),
        ("hello.wav", ("-v", "Alice"), "wav_44100"),
        ("hello.opus", ("-v", "21m00Tcm4TlvDq8ikWAM", "-m", "eleven_flash_v2_5"), "opus_48000_64"),
        ("hello.bin", ("-f", "pcm_16000", "-l", "en", "--seed", "3"), "pcm_16000"),
    ],
)
def test_say_writes_a_file(tmp_path: Path, name: str, options: tuple[str, ...], format_name: str) -> None:
    done = oscine(tmp_path, "say", SENTENCE, "-o", name, *options)
    assert (done.returncode, done.stdout) == (0, b""), done.stderr
    assert name in done.stderr.decode()
    assert 1.5 < seconds(hear((tmp_path / name).read_bytes(), format_name)) < 6
    assert not list(tmp_path.glob("*.part"))


def test_say_to_standard_output_from_standard_input(tmp_path: Path) -> None:
    done = oscine(tmp_path, "say", "-", "-o", "-", "-f", "wav_24000", given=SENTENCE.encode())
    assert done.returncode == 0, done.stderr
    assert 1.5 < seconds(hear(done.stdout, "wav_24000")) < 6
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_say_is_faster_when_told(tmp_path: Path) -> None:
    for name, speed in (("slow.wav", "0.7"), ("fast.wav", "1.4")):
        assert oscine(tmp_path, "say", SENTENCE, "-o", name, "--speed", speed).returncode == 0
    slow, fast = (seconds(hear((tmp_path / name).read_bytes(), "wav_44100")) for name in ("slow.wav", "fast.wav"))
    assert slow / fast == pytest.approx(2, rel=0.15)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("-v", "Nobody"), "Nobody"),
        (("-m", "eleven_v99"), "eleven_multilingual_v2"),
        (("-f", "mp3_1_1"), "mp3_44100_128"),
        (("-o", "hello.txt"), ".mp3"),
        (("-o", "hello"), ".mp3"),
        (("-o", "no/such/folder/hello.mp3"), "no/such/folder/hello.mp3"),
        (("-l", "xx"), "xx"),
    ],
)
def test_say_refuses_in_one_line(tmp_path: Path, arguments: tuple[str, ...], hint: str) -> None:
    done = oscine(tmp_path, "say", SENTENCE, *arguments)
    complaint = done.stderr.decode()
    assert (done.returncode, done.stdout) == (1, b"")
    assert re.fullmatch(r"Error: [^\n]+\n", complaint)
    assert hint in complaint
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and "data" not in path.parts]


@pytest.mark.parametrize("text", ["", "   ", "🙂"])
def test_say_refuses_what_cannot_be_spoken(tmp_path: Path, text: str) -> None:
    done = oscine(tmp_path, "say", text)
    assert done.returncode == 1
    assert re.fullmatch(r"Error: [^\n]+\n", done.stderr.decode())
    assert not (tmp_path / "speech.mp3").exists()


def test_a_refusal_leaves_an_older_file_alone(tmp_path: Path) -> None:
    (tmp_path / "speech.mp3").write_bytes(b"older")
    assert oscine(tmp_path, "say", SENTENCE, "-v", "Nobody").returncode == 1
    assert (tmp_path / "speech.mp3").read_bytes() == b"older"


def test_voices_and_models(tmp_path: Path) -> None:
    listing = oscine(tmp_path, "voices").stdout.decode()
    assert VOICE in listing
    assert "Rachel" not in listing
    assert "21m00Tcm4TlvDq8ikWAM" in oscine(tmp_path, "voices", "--legacy", "--long").stdout.decode()
    assert "eleven_multilingual_v2" in oscine(tmp_path, "models").stdout.decode()


def test_doctor_finds_all_well(tmp_path: Path) -> None:
    done = oscine(tmp_path, "doctor", OSCINE_WORKERS="1")
    assert done.returncode == 0, done.stderr
    report = done.stdout.decode()
    assert "espeak" in report
    assert report.endswith("All is well.\n")


def test_doctor_says_what_is_wrong(tmp_path: Path) -> None:
    done = oscine(tmp_path, "doctor", OSCINE_SPEECH_ENGINES="nonsense")
    assert done.returncode == 1
    assert "nonsense" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("command", ["serve", "say", "keys list"])
def test_an_unknown_setting_is_an_error(tmp_path: Path, command: str) -> None:
    """Source: docs/settings.md."""
    arguments = ("say", "Hello.") if command == "say" else command.split()
    done = oscine(tmp_path, *arguments, OSCINE_VOLUME="11")
    assert (done.returncode, done.stdout) == (1, b"")
    assert re.fullmatch(r"Error: [^\n]*OSCINE_VOLUME[^\n]*\n", done.stderr.decode())


def test_a_port_that_is_taken(tmp_path: Path, live_server: LiveServer) -> None:
    done = oscine(tmp_path, "serve", "--port", live_server.url.rpartition(":")[2])
    assert done.returncode == 1
    assert re.fullmatch(r"Error: [^\n]*port[^\n]*\n", done.stderr.decode())


def _commands(group: object, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [path]
    for name, command in getattr(group, "commands", {}).items():
        found += _commands(command, (*path, name))
    return found


@pytest.mark.parametrize("path", _commands(main), ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...]) -> None:
    for flag in ("--help", "-h"):
        result = CliRunner().invoke(main, [*path, flag])
        assert result.exit_code == 0
        assert "Usage:" in result.output
        assert len(result.output.splitlines()) > 4


def test_help_and_version_of_the_program(tmp_path: Path) -> None:
    assert b"oscine say" in oscine(tmp_path, "--help").stdout
    assert re.fullmatch(rb"oscine, version \d+\.\d+\.\d+\n", oscine(tmp_path, "--version").stdout)


def test_the_first_start_gives_a_key(tmp_path: Path) -> None:
    """It is alone on the last line of standard output, works, and is not given again."""
    server = start_server(tmp_path / "data", OSCINE_API_KEY="")
    assert server.process.stdout is not None
    secret = server.process.stdout.readline().rstrip("\n")
    assert _KEY.fullmatch(secret)
    response = httpx.get(f"{server.url}/v1/models", headers={"xi-api-key": secret})
    server.process.terminate()
    assert server.process.communicate(timeout=20)[0] == ""
    assert response.status_code == 200
    assert secret not in server.log.read_text()

    again = start_server(tmp_path / "data", OSCINE_API_KEY="")
    response = httpx.get(f"{again.url}/v1/models", headers={"xi-api-key": secret})
    again.process.terminate()
    assert again.process.communicate(timeout=20)[0] == ""
    assert response.status_code == 200


class Keys:
    """`oscine keys` beside the running server."""

    def __init__(self, server: LiveServer) -> None:
        self._server = server
        self._folder = server.log.parent

    def run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return oscine(self._folder, "keys", *arguments, OSCINE_DATA_DIR=str(self._folder))

    def create(self, name: str, *options: str) -> tuple[str, str]:
        """Id and secret."""
        done = self.run("create", "--name", name, *options)
        assert done.returncode == 0, done.stderr
        secret = done.stdout.decode().rstrip("\n")
        assert _KEY.fullmatch(secret)
        row = next(line for line in self.run("list").stdout.decode().splitlines() if f" {name} " in line)
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


SPEECH = f"/v1/text-to-speech/{VOICE}?output_format=pcm_8000"


def test_a_new_key_works_at_once_and_a_revoked_one_soon_does_not(keys: Keys) -> None:
    """Source: INVARIANTS.md: a revoked key works two seconds longer at most."""
    key_id, secret = keys.create("short-lived")
    assert keys.ask(secret, SPEECH, "Hello.") == (200, "")
    assert keys.run("revoke", key_id).returncode == 0
    deadline = time.monotonic() + 10
    while keys.ask(secret, "/v1/models")[0] == 200 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert keys.ask(secret, "/v1/models") == (401, "invalid_api_key")
    assert re.search(rf"{key_id} .*revoked", keys.run("list").stdout.decode())


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
    assert keys.ask(secret, SPEECH, "Twelve chars") == (401, "quota_exceeded")
    assert keys.ask(secret, SPEECH, "🙂🙂🙂") == (400, "invalid_text")
    assert keys.ask(secret, SPEECH, "Eight c.") == (200, "")
    assert keys.ask(secret, SPEECH, "A") == (401, "quota_exceeded")
    assert re.search(r" limited .* 20 +20 +active", keys.run("list").stdout.decode())


def test_keys_that_do_not_exist_and_scopes_that_do_not(keys: Keys) -> None:
    done = keys.run("revoke", "key_nobody")
    assert done.returncode == 1
    assert re.fullmatch(r"Error: [^\n]*key_nobody[^\n]*\n", done.stderr.decode())
    done = keys.run("create", "--name", "x", "--scope", "everything")
    assert done.returncode == 2
    assert "text_to_speech" in done.stderr.decode()
