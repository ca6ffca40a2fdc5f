# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's Python client (elevenlabs 2.78.0) over TLS, with a certificate that the server made and one that it was
given."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import LiveServer, start_server, stop_server
from tests.journeys.ear import VOICE
from tests.journeys.terminal import oscine

_CONVERT = f"""
import sys
from elevenlabs import ElevenLabs
client = ElevenLabs(base_url=sys.argv[1], api_key=sys.argv[2])
audio = b"".join(client.text_to_speech.convert("{VOICE}", text="Hello there.", output_format="pcm_8000"))
print(len(audio))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    folder = tmp_path_factory.mktemp("tls")
    started = start_server(folder, OSCINE_TLS_SELF_SIGNED="1", OSCINE_SPEECH_ENGINES="espeak", OSCINE_WORKERS="1")
    yield started
    stop_server(started)


def certificate_of(server: LiveServer) -> str:
    """Where the server's own words say that it is."""
    return server.log.read_text().split("SSL_CERT_FILE=")[1].split()[0]


def convert(server: LiveServer, trusted: str) -> subprocess.CompletedProcess[str]:
    """As a user's program does, in a process of its own: the client has no setting for certificates but this."""
    return subprocess.run(
        [sys.executable, "-c", _CONVERT, server.url, server.key],
        env={**os.environ, "SSL_CERT_FILE": trusted},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_client_that_was_told_so_trusts_the_server(server: LiveServer) -> None:
    assert server.url.startswith("https://127.0.0.1:")
    done = convert(server, certificate_of(server))
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 8000


def test_a_client_that_was_told_nothing_does_not(server: LiveServer) -> None:
    with pytest.raises(httpx.ConnectError, match=r"self.signed certificate"):
        httpx.get(f"{server.url}/health")


def test_a_given_certificate_is_the_one_that_is_shown(server: LiveServer, tmp_path: Path) -> None:
    cert_file = Path(certificate_of(server))
    given = {"OSCINE_TLS_CERT": str(cert_file), "OSCINE_TLS_KEY": str(cert_file.with_name("key.pem"))}
    other = start_server(tmp_path, OSCINE_SPEECH_ENGINES="espeak", OSCINE_WORKERS="1", **given)
    try:
        context = ssl.create_default_context(cafile=str(cert_file))
        assert httpx.get(f"{other.url}/health", verify=context).json()["status"] == "ok"
        assert not (tmp_path / "tls").exists()
        assert "SSL_CERT_FILE" not in other.log.read_text()
    finally:
        stop_server(other)


def test_files_that_do_not_belong_together_stop_the_start(server: LiveServer, tmp_path: Path) -> None:
    cert_file = certificate_of(server)
    missing = oscine(tmp_path, "serve", "--port", "0", "--tls-cert", cert_file, "--tls-key", "missing.pem")
    assert missing.returncode == 1
    assert missing.stderr.decode() == "Error: tls_key: missing.pem cannot be read: No such file or directory.\n"
    both = oscine(tmp_path, "serve", "--port", "0", "--tls-cert", cert_file, "--tls-key", "k", "--tls-self-signed")
    assert both.returncode == 1
    assert "Choose one of them" in both.stderr.decode()
