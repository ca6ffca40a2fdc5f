# SPDX-License-Identifier: GPL-3.0-or-later
"""One POST to a place that a caller chose, and nothing more than that.

- The address that is opened is the one that was judged just before (jobs/guard.py); the name serves for the
  certificate and the Host header only. Proxies in the environment are not used: they would look the name up again.
- A connection serves one request. Redirects are answers like any other.
- Ten seconds in all; of the answer its head is read, no byte of its body.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterable, Mapping

import httpcore2

from oscine.jobs.guard import AddressRefused, Destination, Guard, read_url

LIMIT_S = 10.0
"""From the first look-up to the status."""
_MOST_ADDRESSES = 4
"""Of one host that are tried."""
_CONNECT_S = 4.0
"""For each of them."""


class NotDelivered(Exception):
    """There was no answer. The message says why, for whoever owns the receiver, and holds nothing of the URL."""


class Outbound:
    def __init__(
        self,
        guard: Guard,
        limit_s: float = LIMIT_S,
        make_context: Callable[[], ssl.SSLContext] = httpcore2.default_ssl_context,
    ) -> None:
        """make_context: whom to trust; by default the system's list, or that of SSL_CERT_FILE or SSL_CERT_DIR."""
        self._guard = guard
        self._limit_s = limit_s
        self._make_context = make_context
        self._context: ssl.SSLContext | None = None

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """The answer's status. Raises: WebhookInvalid, NotDelivered."""
        destination = read_url(url)
        try:
            async with asyncio.timeout(self._limit_s):
                return await self._send(destination, headers, body)
        except TimeoutError:
            raise NotDelivered(f"no answer within {self._limit_s:g} seconds") from None
        except AddressRefused:
            raise NotDelivered("the host has an address that webhooks may not reach") from None
        except httpcore2.ConnectTimeout:
            raise NotDelivered("the host does not answer") from None
        except httpcore2.ConnectError as error:
            raise NotDelivered(_describe(error)) from None
        except httpcore2.NetworkError:
            raise NotDelivered("the connection was closed before an answer") from None
        except httpcore2.ProtocolError:
            raise NotDelivered("the answer was closed early, or is not HTTP/1.1") from None
        except OSError as error:
            raise NotDelivered(_describe(error)) from None

    async def _send(self, destination: Destination, headers: Mapping[str, str], body: bytes) -> int:
        context = await self._trust()
        url = httpcore2.URL(
            scheme=b"https",
            host=destination.host.encode(),
            port=destination.port,
            target=destination.target.encode(),
        )
        connection = httpcore2.AsyncHTTPConnection(
            url.origin, ssl_context=context, network_backend=_Judged(self._guard, destination)
        )
        # No use for the connection afterwards, and no word that it is closed: the receiver may hang up at once.
        sent = [("Host", destination.authority), ("Connection", "close"), *headers.items()]
        try:
            async with connection.stream("POST", url, headers=sent, content=body) as response:
                return int(response.status)
        finally:
            await connection.aclose()

    async def _trust(self) -> ssl.SSLContext:
        if self._context is None:
            try:
                self._context = await asyncio.to_thread(self._make_context)
            except OSError:  # ssl.SSLError is one
                raise NotDelivered("the list of certificates to trust (SSL_CERT_FILE) cannot be read") from None
        return self._context


class _Judged(httpcore2.AsyncNetworkBackend):
    """Connects to addresses that the guard has let pass, never to a name."""

    def __init__(self, guard: Guard, destination: Destination) -> None:
        self._guard = guard
        self._destination = destination

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        addresses = await self._guard.addresses(self._destination)
        failure: Exception = OSError("no address")
        for address in addresses[:_MOST_ADDRESSES]:
            try:
                return await httpcore2.AnyIOBackend().connect_tcp(
                    address, port, _CONNECT_S, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure


def _describe(error: BaseException) -> str:
    """Why no connection came about."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return f"TLS: the certificate is not trusted: {seen.verify_message}"
        if isinstance(seen, ssl.SSLError):
            return f"TLS: {seen.reason or 'the handshake failed'}"
        if isinstance(seen, ConnectionRefusedError):
            return "the connection was refused"
        seen = seen.__cause__ or seen.__context__
    return "the host cannot be found" if isinstance(error, socket.gaierror) else "no connection can be made"
