# SPDX-License-Identifier: GPL-3.0-or-later
"""A receiver of webhooks on loopback, over real TLS, with a certificate authority of its own."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def status(code: int, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {code} As Told", *headers, "Content-Length: 0", "", ""]
    return "\r\n".join(lines).encode()


@dataclass(frozen=True, slots=True)
class Received:
    target: str
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


Answer = bytes | None
"""None: nothing, until the other side has had enough."""


class Authority:
    """Signs certificates that only those trust who were given `file`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tests")])
        self.file = folder / "authority.pem"
        own = self._sign(self._name, self._key, x509.BasicConstraints(ca=True, path_length=None), None)
        self.file.write_bytes(own.public_bytes(serialization.Encoding.PEM))

    def context(self, *names: str) -> ssl.SSLContext:
        """For a server of those names and addresses."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Receiver")])
        certificate = self._sign(subject, key, x509.BasicConstraints(ca=False, path_length=None), _alternatives(names))
        file = self._folder / f"receiver-{certificate.serial_number}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _sign(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        constraints: x509.BasicConstraints,
        alternatives: x509.SubjectAlternativeName | None,
    ) -> x509.Certificate:
        now = dt.datetime.now(dt.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(constraints, critical=True)
        )
        if alternatives is not None:
            builder = builder.add_extension(alternatives, critical=False)
        return builder.sign(self._key, hashes.SHA256())


def _alternatives(names: Sequence[str]) -> x509.SubjectAlternativeName:
    found: list[x509.GeneralName] = []
    for name in names:
        try:
            found.append(x509.IPAddress(ipaddress.ip_address(name)))
        except ValueError:
            found.append(x509.DNSName(name))
    return x509.SubjectAlternativeName(found)


class Receiver:
    """Listens in threads. `answer` may be changed at any time; it is asked for each request."""

    def __init__(self, context: ssl.SSLContext | None, port: int = 0) -> None:
        self.received: list[Received] = []
        self.cut_off: list[Received] = []
        """Requests that did not arrive whole; nobody has been told anything by those."""
        self.connections = 0
        self.answer: Callable[[Received], Answer] = lambda _: OK
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def url(self, target: str = "/hook", host: str = "127.0.0.1") -> str:
        return f"https://{host}:{self.port}{target}"

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                self._open.add(connection)
                self._threads.append(threading.Thread(target=self._serve, args=(connection,), daemon=True))
                self._threads[-1].start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError, ValueError):
            if self._context is None:
                connection.recv(1)
                connection.sendall(status(400))
                return
            with self._context.wrap_socket(connection, server_side=True) as secured:
                self._open.add(secured)
                with secured.makefile("rb") as stream:
                    self._talk(secured, stream)

    def _talk(self, connection: ssl.SSLSocket, stream: BufferedReader) -> None:
        words = stream.readline().decode().split(" ")
        lines = iter(lambda: stream.readline().decode().rstrip("\r\n"), "")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        if len(words) < 2 or "content-length" not in headers:
            return  # whoever called was killed before it had asked
        length = int(headers["content-length"])
        request = Received(words[1], headers, stream.read(length))
        if len(request.body) < length:  # whoever sent it was killed meanwhile
            self.cut_off.append(request)
            return
        self.received.append(request)
        answer = self.answer(request)
        if answer is None:
            stream.read(1)
        else:
            connection.sendall(answer)

    def close(self) -> None:
        for opened in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)


@contextlib.contextmanager
def receiving(authority: Authority, *names: str) -> Iterator[Receiver]:
    """names: what its certificate is for; none: it speaks no TLS."""
    receiver = Receiver(authority.context(*names) if names else None)
    try:
        yield receiver
    finally:
        receiver.close()
