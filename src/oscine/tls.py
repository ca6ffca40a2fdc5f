# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server proves itself with: a certificate that was given, or one that it makes for itself.

A certificate of our own making is for loopback and the local network: official clients dial `wss` for live text
whatever they were told, and nobody signs for localhost.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import socket
import ssl
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from oscine.settings import Settings, SettingsInvalid

VALID_DAYS = 825
"""As long as the strictest client takes for a certificate that a user trusts by hand."""
RENEW_DAYS = 30
"""With less than this left, a start makes a new one."""

Clock = Callable[[], dt.datetime]


class Tls(NamedTuple):
    context: ssl.SSLContext
    advice: str
    """For whoever starts the server; empty where the certificate was given."""


def open_tls(settings: Settings, clock: Clock = lambda: dt.datetime.now(dt.UTC)) -> Tls:
    """For settings that speak TLS. Raises: SettingsInvalid for files that cannot be used."""
    if settings.tls_cert is not None and settings.tls_key is not None:
        return Tls(_load(settings.tls_cert, settings.tls_key), "")
    folder = settings.data_dir.absolute() / "tls"
    cert_file, key_file = folder / "certificate.pem", folder / "key.pem"
    names = _names_for(settings.host)
    try:
        certificate = _kept(cert_file, key_file, names, clock()) or _make(cert_file, key_file, names, clock())
    except OSError as error:
        raise SettingsInvalid(f"No certificate can be made in {folder}: {error.strerror}.") from error
    return Tls(_load(cert_file, key_file), _advice(certificate, cert_file, names))


def _load(cert_file: Path, key_file: Path) -> ssl.SSLContext:
    for name, file, wanted in (
        ("tls_cert", cert_file, "CERTIFICATE-----"),
        ("tls_key", key_file, "PRIVATE KEY-----"),
    ):
        try:
            is_pem = wanted in file.read_text("latin-1")
        except OSError as error:
            raise SettingsInvalid(f"{name}: {file} cannot be read: {error.strerror}.") from error
        if not is_pem:
            raise SettingsInvalid(f"{name}: {file} holds no PEM block that ends in {wanted!r}.")

    def no_passphrase() -> str:
        raise SettingsInvalid(f"tls_key: {key_file} is protected by a passphrase. Give a key without one.")

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(cert_file, key_file, no_passphrase)
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            raise SettingsInvalid(f"tls_key: the key in {key_file} is not that of {cert_file}.") from error
        raise SettingsInvalid(f"tls_cert and tls_key: {cert_file} and {key_file} cannot be used: {error}.") from error
    return context


def _names_for(host: str) -> tuple[str, ...]:
    """What clients may call this server by; for a host that means every address, the machine's name, too."""
    plain = host.strip("[]").partition("%")[0].lower()
    known = ["localhost", "127.0.0.1", "::1"]
    own = _address(plain)
    if own is not None and own.is_unspecified:
        plain = socket.gethostname().lower()
    return tuple(dict.fromkeys([*known, plain if own is None or own.is_unspecified else str(own)]))


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


def _kept(cert_file: Path, key_file: Path, names: Sequence[str], now: dt.datetime) -> x509.Certificate | None:
    """The certificate of an earlier start, if it still serves."""
    try:
        certificate = x509.load_pem_x509_certificate(cert_file.read_bytes())
        key = serialization.load_pem_private_key(key_file.read_bytes(), None)
        alternatives = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (FileNotFoundError, ValueError, TypeError, x509.ExtensionNotFound):
        return None
    is_young = now + dt.timedelta(days=RENEW_DAYS) < certificate.not_valid_after_utc
    is_pair = key.public_key() == certificate.public_key()
    return certificate if is_young and is_pair and list(alternatives) == _general(names) else None


def _general(names: Sequence[str]) -> list[x509.GeneralName]:
    found: list[x509.GeneralName] = []
    for name in names:
        address = _address(name)
        try:
            found.append(x509.DNSName(name.encode("idna").decode()) if address is None else x509.IPAddress(address))
        except UnicodeError as error:
            raise SettingsInvalid(f"host: {name[:80]!r} is no name that a certificate can hold.") from error
    return found


def _make(cert_file: Path, key_file: Path, names: Sequence[str], now: dt.datetime) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Oscine, self-signed")])
    not_for = """
        content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign encipher_only
        decipher_only
    """.split()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))  # clocks differ
        .not_valid_after(now + dt.timedelta(days=VALID_DAYS - 1))
        .add_extension(x509.SubjectAlternativeName(_general(names)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, **dict.fromkeys(not_for, False)), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )
    cert_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(key_file, private)
    _write(cert_file, certificate.public_bytes(serialization.Encoding.PEM))
    return certificate


def _write(file: Path, content: bytes) -> None:
    """For the owner alone; whole or not at all."""
    draft = file.with_suffix(f".{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
    draft.replace(file)


def _advice(certificate: x509.Certificate, cert_file: Path, names: Sequence[str]) -> str:
    fingerprint = certificate.fingerprint(hashes.SHA256()).hex(":").upper()
    return (
        f"Certificate: {cert_file}\n"
        f"It is for {', '.join(names)}, until {certificate.not_valid_after_utc:%Y-%m-%d}; SHA-256 fingerprint\n"
        f"{fingerprint}\n"
        f"A client trusts it with SSL_CERT_FILE={cert_file} in its environment (Node.js: NODE_EXTRA_CA_CERTS)."
    )
