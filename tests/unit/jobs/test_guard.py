# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from collections.abc import Sequence
from ipaddress import ip_address

import pytest

from oscine.domain.problems import WebhookInvalid
from oscine.jobs.guard import AddressRefused, Destination, Guard, Resolve, read_url

HOOK = "https://hooks.example/path?token=s3cret"


def knows(*addresses: str) -> Resolve:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return addresses

    return resolve


@pytest.mark.parametrize(
    ("url", "destination"),
    [
        ("https://Your-Server.com/webhook/callback", Destination("your-server.com", 443, "/webhook/callback")),
        ("HTTPS://a.example", Destination("a.example", 443, "/")),
        ("https://a.example.:8443?x=1&y=%20", Destination("a.example", 8443, "/?x=1&y=%20")),
        ("https://[2606:4700::1]:65535/", Destination("2606:4700::1", 65535, "/")),
        ("https://127.1/", Destination("127.1", 443, "/")),
    ],
)
def test_urls_that_can_be_opened(url: str, destination: Destination) -> None:
    assert read_url(url) == destination


def test_the_host_header_has_brackets_and_no_usual_port() -> None:
    assert read_url("https://[2606:4700::1]/").authority == "[2606:4700::1]"
    assert read_url("https://a.example:8443/").authority == "a.example:8443"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://a.example/s3cret", "start with https://; 'http'"),
        ("ftp://a.example/s3cret", "https"),
        ("a.example/s3cret", "'nothing'"),
        ("", "https"),
        ("https:///s3cret", "no host"),
        ("https://", "no host"),
        ("https://a..example/s3cret", "no host"),
        (f"https://{'a' * 64}.example/", "no host"),
        ("https://[fe80::1%25eth0]/s3cret", "host"),
        ("https://[::1/s3cret", "cannot be read"),
        ("https://a.example:x/s3cret", "cannot be read"),
        ("https://a.example:99999/s3cret", "cannot be read"),
        ("https://a.example:22/s3cret", "443 or from 1024"),
        ("https://a.example:0/s3cret", "443 or from 1024"),
        ("https://me:s3cret@a.example/", "name or password"),
        ("https://s3cret@a.example/", "name or password"),
        ("https://a.example/#s3cret", "fragment"),
        ("https://a.example/s3cret x", "ASCII"),
        ("https://a.example\\@10.0.0.1/s3cret", "ASCII"),
        ("https://a.example/s3cret\r\nX-Evil: 1", "ASCII"),
        ("https://bücher.example/s3cret", "ASCII"),
        ("https://a.example/" + "s3cret" * 400, "2048"),
    ],
)
def test_urls_that_cannot_be_opened_are_refused_without_repeating_them(url: str, why: str) -> None:
    with pytest.raises(WebhookInvalid, match=why) as raised:
        read_url(url)
    assert "s3cret" not in raised.value.message
    assert raised.value.parameter == "webhook_url"


@pytest.mark.parametrize(
    "address",
    """
    0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1
    192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 :: ::1
    ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::808:808 100::1
    2001::1 2001:db8::1 2002:7f00:1::1 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1
    """.split(),
)
async def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    """Source: IANA IPv4 and IPv6 Special-Purpose Address Registries."""
    with pytest.raises(WebhookInvalid, match="OSCINE_WEBHOOK_ALLOW") as raised:
        await Guard(resolve=knows(address)).check(HOOK)
    assert "s3cret" not in raised.value.message
    with pytest.raises(WebhookInvalid):
        await Guard(resolve=knows("1.1.1.1", address)).check(HOOK)


@pytest.mark.parametrize("address", ["1.1.1.1", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
async def test_public_addresses_are_not(address: str) -> None:
    guard = Guard(resolve=knows(address))
    await guard.check(HOOK)
    assert await guard.addresses(read_url(HOOK)) == [str(ip_address(address))]


async def test_the_operator_can_allow_networks() -> None:
    allow = ("127.0.0.0/8", "fd00::/8")
    for address in ("127.0.0.1", "::ffff:127.0.0.1", "fd00::1"):
        await Guard(allow, knows(address)).check(HOOK)
    for address in ("10.0.0.1", "::1"):
        with pytest.raises(WebhookInvalid):
            await Guard(allow, knows(address)).check(HOOK)


async def test_the_systems_own_look_up_knows_every_spelling_of_loopback() -> None:
    for url in ("https://localhost/", "https://127.1/", "https://0x7f000001/", "https://2130706433/", "https://[::1]/"):
        with pytest.raises(WebhookInvalid, match="private, local or reserved"):
            await Guard().check(url)


async def test_a_name_that_nobody_knows_now_may_be_known_later() -> None:
    async def fails(_host: str, _port: int) -> Sequence[str]:
        raise OSError("temporary failure")

    async def answers_nothing(_host: str, _port: int) -> Sequence[str]:
        return []

    for resolve in (fails, answers_nothing):
        await Guard(resolve=resolve).check(HOOK)
        with pytest.raises(OSError):
            await Guard(resolve=resolve).addresses(read_url(HOOK))


async def test_a_name_server_that_is_silent_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscine.jobs.guard.LOOKUP_S", 0)

    async def silent(_host: str, _port: int) -> Sequence[str]:
        await asyncio.Event().wait()
        raise AssertionError

    await Guard(resolve=silent).check(HOOK)


async def test_no_address_no_connection() -> None:
    with pytest.raises(AddressRefused):
        await Guard(resolve=knows("10.0.0.1")).addresses(read_url(HOOK))
