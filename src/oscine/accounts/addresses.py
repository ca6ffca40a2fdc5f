# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a key may be used from: IPv4 and IPv6 networks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from oscine.domain.problems import SettingOutOfRange

MOST = 100
"""Networks a key may name (reference/api-facts.md §9.5)."""

_MAPPED = IPv6Network("::ffff:0:0/96")
"""IPv4 addresses as a socket for both kinds shows them."""

Network = IPv4Network | IPv6Network


def read_networks(entries: Iterable[str]) -> tuple[str, ...]:
    """Addresses and CIDR networks in one form: 10.1.2.3 as 10.1.2.3/32. Raises: SettingOutOfRange."""
    given = list(entries)
    if len(given) > MOST:
        raise SettingOutOfRange(
            f"A key takes at most {MOST} addresses; {len(given)} were given.", parameter="allowed_ips"
        )
    return tuple(dict.fromkeys(str(_read_network(entry)) for entry in given))


def _read_network(entry: str) -> Network:
    try:
        network = ip_network(entry.strip(), strict=False)
    except ValueError:
        raise SettingOutOfRange(
            f"{entry[:50]!r} is no IP address and no network. Allowed: for example 203.0.113.7, 10.0.0.0/24, "
            "2001:db8::/32.",
            parameter="allowed_ips",
        ) from None
    if isinstance(network, IPv6Network) and network.subnet_of(_MAPPED):
        return IPv4Network((int(network.network_address) & 0xFFFFFFFF, network.prefixlen - 96))
    return network


def is_allowed(address: str | None, networks: tuple[str, ...]) -> bool:
    """Whether a caller from `address` is within the networks; without networks everybody is.

    address: None where the transport has none, which no network holds.
    """
    if not networks:
        return True
    try:
        caller = ip_address(address or "")
    except ValueError:
        return False
    return any(_plain(caller) in network for network in _parsed(networks))


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


@lru_cache(maxsize=1024)
def _parsed(networks: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ip_network(network) for network in networks)
