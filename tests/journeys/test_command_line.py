# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as a person meets it: processes, files, and what is printed where."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from oscine.cli import main
from tests.conftest import LiveServer, start_server
from tests.journeys.ear import SENTENCE, VOICE, hear, seconds
from tests.journeys.terminal import invoke, oscine

_KEY = re.compile(r"sk_[0-9a-f]{32,}")


@pytest.mark.parametrize(
    ("name", "options", "format_name"),
    [
        ("hello.mp3", (), "mp3_44100_128"),
        (
            "hello.opus",
            ("-v", "21m00Tcm4TlvDq8ikWAM", "-m", "eleven_flash_v2_5", "-l", "en", "--seed", "3"),
            "opus_48000_64",
        ),
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
    assert slow / fast == pytest.approx(2, rel=0.2)  # a phone cannot be shorter than its five states


@pytest.mark.parametrize(
    ("text", "arguments", "hint"),
    [
        (SENTENCE, ("-v", "Nobody"), "Nobody"),
        (SENTENCE, ("-m", "eleven_v99"), "eleven_multilingual_v2"),
        (SENTENCE, ("-f", "mp3_1_1"), "mp3_44100_128"),
        (SENTENCE, ("-o", "hello.txt"), ".mp3"),
        (SENTENCE, ("-o", "no/such/folder/hello.mp3"), "no/such/folder/hello.mp3"),
        ("🙂", (), "spoken"),
    ],
)
def test_say_refuses_in_one_line(tmp_path: Path, text: str, arguments: tuple[str, ...], hint: str) -> None:
    """Nothing is written, and what is there already stays as it is."""
    older = tmp_path / "speech.mp3"
    older.write_bytes(b"older")
    done = oscine(tmp_path, "say", text, *arguments)
    assert (done.returncode, done.stdout) == (1, b"")
    assert re.fullmatch(r"Error: [^\n]+\n", done.stderr.decode())
    assert hint in done.stderr.decode()
    assert [path for path in tmp_path.rglob("*") if path.is_file() and "data" not in path.parts] == [older]
    assert older.read_bytes() == b"older"


def test_voices_and_models() -> None:
    listing = invoke("voices").stdout
    assert VOICE in listing
    assert "Rachel" not in listing
    long = " ".join(invoke("voices", "--legacy", "--long").stdout.split())
    assert "21m00Tcm4TlvDq8ikWAM" in long
    assert "CMU ARCTIC" in long
    assert "LGPL-2.1-or-later" in long
    assert "eleven_multilingual_v2" in invoke("models").stdout


def test_doctor_finds_all_well(tmp_path: Path) -> None:
    done = oscine(tmp_path, "doctor")
    assert done.returncode == 0, done.stderr
    report = done.stdout.decode()
    for engine in ("espeak: ", "foley: first sound", "band: first sound"):
        assert engine in report
    assert report.endswith("All is well.\n")


def test_doctor_says_what_is_wrong(tmp_path: Path) -> None:
    done = oscine(tmp_path, "doctor", OSCINE_SPEECH_ENGINES="nonsense")
    assert done.returncode == 1
    assert "nonsense" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("arguments", [("serve",), ("say", "Hello."), ("doctor",), ("keys", "list")], ids=" ".join)
def test_an_unknown_setting_is_an_error(arguments: tuple[str, ...]) -> None:
    """Source: docs/settings.md."""
    result = invoke(*arguments, OSCINE_VOLUME="11")
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(r"Error: [^\n]*OSCINE_VOLUME[^\n]*\n", result.stderr)


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
        result = invoke(*path, flag)
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
