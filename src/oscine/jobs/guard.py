# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a webhook may lead: public addresses, and those that the operator allows.

A caller chooses the URL and this server opens it, so without a guard a caller could reach what only this server can.
Every name is looked up and every address that it has is judged, when a webhook is taken and again when it is opened;
what is then opened is the address that was judged, not the name (jobs/outbound.py).
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from oscine.domain.problems import WebhookInvalid

LONGEST_URL = 2048
LOOKUP_S = 2.0
"""How long a name may take to be looked up when a webhook is taken."""
_LOWEST_PORT = 1024
"""Below there are mail, shells and the like, which nobody delivers webhooks to; 443 is the exception."""

_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Addresses of a host, for a port. Raises: OSError."""

_lookups = ThreadPoolExecutor(8, thread_name_prefix="webhook-lookup")
"""Of their own: names that nobody answers for keep a thread for a while, and others have work for theirs."""

# Sources: IANA's registries of special-purpose addresses, RFC 6890 and what has come since. Written out, because what
# Python's `is_global` says of some of them differs between its releases.
_NOT_PUBLIC_4 = [
    IPv4Network(network)
    for network in """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
    192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24
    203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    """.split()
]
_PUBLIC_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = [  # Teredo and its neighbours, documentation, 6to4
    IPv6Network(network) for network in "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20".split()
]
_NAT64 = IPv6Network("64:ff9b::/96")


class AddressRefused(Exception):
    """A host with an address that webhooks may not reach."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A webhook's URL, read once; everybody who needs a part of it takes it from here."""

    host: str
    """Name or address, without brackets."""
    port: int
    target: str
    """Path and query."""

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == 443 else f"{host}:{self.port}"


def read_url(url: str) -> Destination:
    """Raises: WebhookInvalid. It never repeats the URL, which may hold a secret."""
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or set(url) & {" ", "\\", '"', "<", ">"}:
        raise _invalid(
            f"It has at most {LONGEST_URL} ASCII characters, none of them a space, a quote or a backslash; write other "
            "characters as %XX, and names as xn--…"
        )
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        raise _invalid("Its host or port cannot be read") from None
    if parts.scheme.lower() != "https":
        raise _invalid(f"It must start with https://; {(parts.scheme or 'nothing')[:20]!r} was given")
    if not _NAME.fullmatch(host) and not _is_address(host):
        raise _invalid("It names no host, or one that cannot be")
    if parts.username is not None or parts.password is not None:
        raise _invalid("It must not hold a name or password; put a secret into its path or query")
    if "#" in url:
        raise _invalid("It must not hold a fragment (#…), which would not be sent")
    if port is None:
        port = 443
    if port != 443 and port < _LOWEST_PORT:
        raise _invalid(f"Its port must be 443 or from {_LOWEST_PORT} to 65535; {port} was given")
    query = f"?{parts.query}" if parts.query else ""
    return Destination(host, port, (parts.path or "/") + query)


def _is_address(host: str) -> bool:
    try:
        return "%" not in host and ip_address(host) is not None
    except ValueError:
        return False


def _invalid(why: str) -> WebhookInvalid:
    return WebhookInvalid(f"The webhook URL cannot be used. {why}.", parameter="webhook_url")


async def look_up(host: str, port: int) -> Sequence[str]:
    """Addresses as the system knows them. Raises: OSError."""
    found = await asyncio.get_running_loop().run_in_executor(
        _lookups, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    )
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard:
    def __init__(self, allow: Sequence[str] = (), resolve: Resolve = look_up) -> None:
        """allow: networks (CIDR) that may be reached although they are not public."""
        self._allow = [ip_network(network) for network in allow]
        self._resolve = resolve

    async def check(self, url: str) -> None:
        """What can be known of a webhook when it is taken.

        A name that cannot be looked up now is left to the deliveries, which try for a day.
        Raises: WebhookInvalid, also for hosts that may not be reached.
        """
        destination = read_url(url)
        try:
            async with asyncio.timeout(LOOKUP_S):
                await self.addresses(destination)
        except AddressRefused:
            raise WebhookInvalid(
                "The webhook URL leads to an address that webhooks may not reach: it is private, local or reserved. "
                "Give a public one, or have the operator allow its network with OSCINE_WEBHOOK_ALLOW.",
                parameter="webhook_url",
            ) from None
        except OSError:  # TimeoutError is one
            return

    async def addresses(self, destination: Destination) -> list[str]:
        """Where the host is, at least one. Raises: AddressRefused if one of them may not be reached, OSError."""
        found = [ip_address(a.partition("%")[0]) for a in await self._resolve(destination.host, destination.port)]
        if not found:
            raise OSError("no address")
        if not all(self._may_reach(address) for address in found):
            raise AddressRefused
        return [str(address) for address in found]

    def _may_reach(self, address: Address) -> bool:
        # An address within another is judged as what it leads to; allowed is whatever is written in the setting.
        inner = _inner(address)
        return any(address in network or inner in network for network in self._allow) or _is_public(inner)


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for, else itself."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    return address in _PUBLIC_6 and not any(address in network for network in _NOT_PUBLIC_6)
