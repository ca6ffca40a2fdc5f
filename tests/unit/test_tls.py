# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import re
import socket
import ssl
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from oscine.settings import Settings, SettingsInvalid, load_settings
from oscine.tls import RENEW_DAYS, VALID_DAYS, open_tls

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)


def settings(folder: Path, **given: Any) -> Settings:
    return load_settings(data_dir=folder, tls_self_signed=True, **given)


def files(folder: Path) -> tuple[bytes, bytes]:
    return (folder / "tls/certificate.pem").read_bytes(), (folder / "tls/key.pem").read_bytes()


def shake_hands(server: ssl.SSLContext, trusted: Path, name: str) -> None:
    """Both sides of a handshake, without a socket, as strictly as Python 3.13 checks by default."""
    client = ssl.create_default_context(cafile=str(trusted))
    client.verify_flags |= ssl.VERIFY_X509_STRICT
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    sides = [
        client.wrap_bio(back, there, server_hostname=name),
        server.wrap_bio(there, back, server_side=True),
    ]
    for _ in range(4):
        for side in sides:
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    assert sides[0].version() == "TLSv1.3"


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "::1", "speech.example"])
def test_a_client_that_trusts_the_file_connects_by_every_name(tmp_path: Path, name: str) -> None:
    made = open_tls(settings(tmp_path, host="speech.example"))
    shake_hands(made.context, tmp_path / "tls/certificate.pem", name)
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(made.context, tmp_path / "tls/certificate.pem", "other.example")


def test_it_is_made_once_for_the_owner_alone_and_said(tmp_path: Path) -> None:
    advice = open_tls(settings(tmp_path), lambda: NOW).advice
    before = files(tmp_path)
    assert open_tls(settings(tmp_path), lambda: NOW + dt.timedelta(days=700)).advice == advice
    assert files(tmp_path) == before
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "tls").iterdir()} == {0o600}
    assert (tmp_path / "tls").stat().st_mode & 0o777 == 0o700
    fingerprint = x509.load_pem_x509_certificate(before[0]).fingerprint(hashes.SHA256())
    assert bytes.fromhex(re.findall(r"(?:[0-9A-F]{2}:){31}[0-9A-F]{2}", advice)[0].replace(":", "")) == fingerprint
    assert f"SSL_CERT_FILE={tmp_path}/tls/certificate.pem" in advice
    assert "localhost, 127.0.0.1, ::1, until" in advice


@pytest.mark.parametrize("host", ["192.168.7.7", "0.0.0.0", "::"])  # noqa: S104 - what is certified, not bound
def test_it_is_made_anew_for_another_host(tmp_path: Path, host: str) -> None:
    open_tls(settings(tmp_path))
    before = files(tmp_path)
    made = open_tls(settings(tmp_path, host=host))
    assert files(tmp_path) != before
    name = host if host.startswith("192") else socket.gethostname().lower()
    shake_hands(made.context, tmp_path / "tls/certificate.pem", name)


def test_it_is_made_anew_before_it_expires(tmp_path: Path) -> None:
    open_tls(settings(tmp_path), lambda: NOW)
    before = files(tmp_path)
    last = NOW + dt.timedelta(days=VALID_DAYS - 1 - RENEW_DAYS, seconds=-1)
    open_tls(settings(tmp_path), lambda: last)
    assert files(tmp_path) == before
    open_tls(settings(tmp_path), lambda: last + dt.timedelta(seconds=1))
    assert files(tmp_path)[0] != before[0]


@pytest.mark.parametrize("name", ["certificate.pem", "key.pem"])
@pytest.mark.parametrize("content", [None, b"", b"nonsense", "other"])
def test_what_is_damaged_is_made_anew(tmp_path: Path, name: str, content: bytes | str | None) -> None:
    open_tls(settings(tmp_path / "here"))
    open_tls(settings(tmp_path / "there"))
    file = tmp_path / "here/tls" / name
    if content is None:
        file.unlink()
    else:
        file.write_bytes((tmp_path / "there/tls" / name).read_bytes() if isinstance(content, str) else content)
    made = open_tls(settings(tmp_path / "here"))
    shake_hands(made.context, tmp_path / "here/tls/certificate.pem", "localhost")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsInvalid, match=r"No certificate can be made in .*file/tls: "):
        open_tls(settings(tmp_path / "file"))


def test_a_host_that_no_certificate_holds_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match=r"host: 'a\.\.b' is no name"):
        open_tls(settings(tmp_path, host="a..b"))


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder with a pair, the key of another, one behind a passphrase, and what is none."""
    open_tls(settings(tmp_path))
    folder = tmp_path / "tls"
    key = ec.generate_private_key(ec.SECP256R1())
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "other.pem").write_bytes(key.private_bytes(pem, pkcs8, serialization.NoEncryption()))
    (folder / "locked.pem").write_bytes(key.private_bytes(pem, pkcs8, serialization.BestAvailableEncryption(b"secret")))
    (folder / "broken.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    return folder


def test_a_given_pair_is_used_as_it_is(given: Path) -> None:
    tls = open_tls(load_settings(tls_cert=given / "certificate.pem", tls_key=given / "key.pem"))
    assert tls.advice == ""
    shake_hands(tls.context, given / "certificate.pem", "localhost")


@pytest.mark.parametrize(
    ("cert", "key", "said"),
    [
        ("missing.pem", "key.pem", r"tls_cert: .*missing.pem cannot be read: No such file"),
        ("certificate.pem", "missing.pem", r"tls_key: .*missing.pem cannot be read: No such file"),
        (".", "key.pem", r"tls_cert: .* cannot be read: Is a directory"),
        ("key.pem", "certificate.pem", r"tls_cert: .*key.pem holds no PEM block that ends in 'CERTIFICATE-----'"),
        ("certificate.pem", "certificate.pem", r"tls_key: .*certificate.pem holds no PEM block"),
        ("certificate.pem", "other.pem", r"tls_key: the key in .*other.pem is not that of .*certificate.pem"),
        ("certificate.pem", "locked.pem", r"tls_key: .*locked.pem is protected by a passphrase"),
        ("broken.pem", "key.pem", r"broken.pem and .*key.pem cannot be used"),
    ],
)
def test_what_is_wrong_with_given_files_is_said(given: Path, cert: str, key: str, said: str) -> None:
    with pytest.raises(SettingsInvalid, match=said):
        open_tls(load_settings(tls_cert=given / cert, tls_key=given / key))
