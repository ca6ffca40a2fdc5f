# SPDX-License-Identifier: GPL-3.0-or-later
import pytest

from oscine.accounts.addresses import is_allowed, read_networks
from oscine.domain.problems import SettingOutOfRange


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("10.1.2.3", "10.1.2.3/32"),
        ("10.1.2.3/24", "10.1.2.0/24"),
        ("2001:DB8::1", "2001:db8::1/128"),
        (" 2001:db8::/32 ", "2001:db8::/32"),
        ("::ffff:10.1.2.3", "10.1.2.3/32"),
        ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
        ("0.0.0.0/0", "0.0.0.0/0"),
    ],
)
def test_networks_are_kept_in_one_form(given: str, kept: str) -> None:
    """Source: reference/api-facts.md §9.5; Python client 2.78.0: bare addresses become /32 or /128."""
    assert read_networks([given, given]) == (kept,)


@pytest.mark.parametrize("given", ["", "localhost", "10.0.0", "10.0.0.0/33", "10.0.0.1-10.0.0.9", "1\x00", "²"])
def test_what_is_no_network_is_named(given: str) -> None:
    with pytest.raises(SettingOutOfRange, match="is no IP address"):
        read_networks(["10.0.0.1", given])


def test_a_hundred_at_most() -> None:
    read_networks([f"10.0.0.{i}" for i in range(100)])
    with pytest.raises(SettingOutOfRange, match="101 were given"):
        read_networks([f"10.0.0.{i}" for i in range(101)])


@pytest.mark.parametrize(
    ("address", "networks", "allowed"),
    [
        ("203.0.113.7", (), True),
        (None, (), True),
        ("203.0.113.7", ("203.0.113.7/32",), True),
        ("203.0.113.8", ("203.0.113.7/32",), False),
        ("10.9.9.9", ("192.168.0.0/16", "10.0.0.0/8"), True),
        ("::ffff:10.9.9.9", ("10.0.0.0/8",), True),
        ("::ffff:11.9.9.9", ("10.0.0.0/8",), False),
        ("2001:db8::5", ("2001:db8::/32",), True),
        ("2001:db9::5", ("2001:db8::/32",), False),
        ("10.9.9.9", ("::/0",), False),
        ("::1", ("0.0.0.0/0",), False),
        ("fe80::1%eth0", ("fe80::/10",), True),
        ("unknown", ("0.0.0.0/0", "::/0"), False),
        (None, ("0.0.0.0/0", "::/0"), False),
    ],
)
def test_who_is_within(address: str | None, networks: tuple[str, ...], allowed: bool) -> None:
    assert is_allowed(address, networks) is allowed
