# SPDX-License-Identifier: GPL-3.0-or-later
"""What a receiver of webhooks may do to the server that calls it."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import pytest

from oscine.jobs.guard import Guard, Resolve
from oscine.jobs.outbound import NotDelivered, Outbound
from tests.receiver import OK, Authority, Receiver, receiving, status

LOOPBACK = ("127.0.0.0/8",)


def always(*addresses: str) -> Resolve:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return addresses

    return resolve


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def receiver(authority: Authority) -> Iterator[Receiver]:
    with receiving(authority, "127.0.0.1", "hooks.example") as opened:
        yield opened


@pytest.fixture
async def outbound(authority: Authority) -> AsyncIterator[Outbound]:
    yield caller(authority)


def caller(
    authority: Authority, allow: Sequence[str] = LOOPBACK, resolve: Resolve | None = None, limit_s: float = 10
) -> Outbound:
    guard = Guard(allow, resolve or always("127.0.0.1"))
    return Outbound(guard, limit_s, lambda: ssl.create_default_context(cafile=str(authority.file)))


async def refusal(outbound: Outbound, url: str) -> str:
    with pytest.raises(NotDelivered) as raised:
        await outbound.post(url, {}, b"said in confidence")
    assert "s3cret" not in str(raised.value)
    assert "confidence" not in str(raised.value)
    return str(raised.value)


async def test_the_address_is_connected_to_and_the_name_is_proved(outbound: Outbound, receiver: Receiver) -> None:
    url = receiver.url("/hook?token=s3cret", "hooks.example")
    assert await outbound.post(url, {"Content-Type": "application/json", "webhook-id": "1"}, b"{}") == 200
    (request,) = receiver.received
    assert request.target == "/hook?token=s3cret"
    assert request.body == b"{}"
    assert request.headers["host"] == f"hooks.example:{receiver.port}"
    assert request.headers["webhook-id"] == "1"
    assert request.headers["content-length"] == "2"
    assert await outbound.post(receiver.url(), {}, b"") == 200, "an address can be proved as well"


async def test_a_certificate_must_be_of_a_trusted_authority_and_for_that_name(
    authority: Authority, receiver: Receiver, tmp_path: Path
) -> None:
    stranger = caller(Authority(tmp_path))
    assert "certificate is not trusted" in await refusal(stranger, receiver.url())
    assert "Hostname mismatch" in await refusal(caller(authority), receiver.url(host="other.example"))
    with receiving(authority) as plain:
        assert "TLS" in await refusal(caller(authority), plain.url("/s3cret"))
    assert receiver.received == []


async def test_the_certificates_to_trust_come_from_the_environment(
    authority: Authority, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    assert await Outbound(Guard(LOOPBACK)).post(receiver.url(), {}, b"") == 200
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "missing.pem"))
    assert "SSL_CERT_FILE" in await refusal(Outbound(Guard(LOOPBACK)), receiver.url())


async def test_a_proxy_in_the_environment_is_not_asked(
    outbound: Outbound, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert await outbound.post(receiver.url(), {}, b"") == 200


async def test_a_name_that_has_become_private_is_not_opened(authority: Authority, receiver: Receiver) -> None:
    answers = [("93.184.215.14",), ("127.0.0.1",), ("93.184.215.14", "127.0.0.1")]

    async def rebinding(_host: str, _port: int) -> Sequence[str]:
        return answers.pop(0)

    guard = Guard(resolve=rebinding)
    url = receiver.url("/s3cret", "hooks.example")
    await guard.check(url)
    outbound = Outbound(guard, 10, lambda: ssl.create_default_context(cafile=str(authority.file)))
    assert "may not reach" in await refusal(outbound, url)
    assert "may not reach" in await refusal(outbound, url)
    assert (answers, receiver.connections) == ([], 0)


async def test_what_is_checked_is_looked_up_once_and_no_more(authority: Authority, receiver: Receiver) -> None:
    asked: list[str] = []

    async def counting(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ("127.0.0.1",)

    await caller(authority, resolve=counting).post(receiver.url(host="hooks.example"), {}, b"")
    assert asked == ["hooks.example"]


async def test_redirects_are_not_followed(authority: Authority, outbound: Outbound, receiver: Receiver) -> None:
    with receiving(authority, "127.0.0.1") as trap:
        receiver.answer = lambda _: status(307, f"Location: {trap.url()}")
        assert await outbound.post(receiver.url(), {}, b"") == 307
        receiver.answer = lambda _: status(302, "Location: http://127.0.0.1/admin")
        assert await outbound.post(receiver.url(), {}, b"") == 302
        assert trap.connections == 0


async def test_who_closes_early_has_not_answered(outbound: Outbound, receiver: Receiver) -> None:
    for cut in (b"", b"HTTP/1.1 200 O", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000):
        receiver.answer = lambda _, cut=cut: cut  # type: ignore[misc]
        assert "clos" in await refusal(outbound, receiver.url("/s3cret"))


async def test_who_is_slow_is_left(authority: Authority, receiver: Receiver) -> None:
    receiver.answer = lambda _: None
    assert "within 0.5 seconds" in await refusal(caller(authority, limit_s=0.5), receiver.url("/s3cret"))
    receiver.answer = lambda _: b"HTTP/1.1 100 Continue\r\n\r\n" * 50_000
    await refusal(caller(authority, limit_s=2), receiver.url("/s3cret"))


async def test_of_a_huge_answer_the_head_is_enough(outbound: Outbound, receiver: Receiver) -> None:
    receiver.answer = lambda _: OK.replace(b"Content-Length: 2", b"Content-Length: 99999999999") + b"x" * 50_000_000
    assert await outbound.post(receiver.url(), {}, b"") == 200


async def test_nobody_there(authority: Authority) -> None:
    with receiving(authority, "127.0.0.1") as gone:
        url = gone.url("/s3cret")
    assert "refused" in await refusal(caller(authority), url)

    async def fails(_host: str, _port: int) -> Sequence[str]:
        raise OSError("no such name s3cret")

    assert "no connection" in await refusal(caller(authority, resolve=fails), url)
    tried = caller(authority, resolve=always("127.0.0.2", "127.0.0.1"))
    with receiving(authority, "127.0.0.1") as second:
        assert await tried.post(second.url(), {}, b"") == 200, "the host's other address is tried"
