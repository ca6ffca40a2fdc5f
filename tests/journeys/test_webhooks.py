# SPDX-License-Identifier: GPL-3.0-or-later
"""Queued work that is told to a receiver, over real TLS with an authority of its own. Source: seeds/003, "Webhook"."""

from __future__ import annotations

import base64
import hmac
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests import databases
from tests.conftest import API_KEY, LiveServer, start_server, stop_server
from tests.journeys.terminal import invoke
from tests.receiver import OK, Authority, Received, Receiver, receiving, status

MODEL = "eleven-v3-alpha-954"
PATH = f"/{MODEL}/v1/eleven-v3-alpha-request"
ENDED = ("COMPLETED", "FAILED", "ERROR")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[LiveServer]:
    opened = start(tmp_path_factory.mktemp("server"), authority)
    yield opened
    stop_server(opened)


@pytest.fixture
def receiver(authority: Authority) -> Iterator[Receiver]:
    with receiving(authority, "127.0.0.1", "localhost") as opened:
        yield opened


def start(folder: Path, authority: Authority) -> LiveServer:
    return start_server(
        folder,
        OSCINE_WEBHOOK_ALLOW="127.0.0.1",
        OSCINE_SPEECH_ENGINES="espeak",
        OSCINE_LOG_LEVEL="debug",
        SSL_CERT_FILE=str(authority.file),
    )


def submit(server: LiveServer, url: str, text: str = "Said in confidence.", **headers: str) -> httpx.Response:
    return httpx.post(
        server.url + PATH,
        json={"text": text, "voice": "Aria"},
        headers={"Ocp-Apim-Subscription-Key": API_KEY, "X-Webhook-URL": url, **headers},
        timeout=30,
    )


def poll(server: LiveServer, request_id: str) -> dict[str, object]:
    headers = {"Ocp-Apim-Subscription-Key": API_KEY}
    found: dict[str, object] = httpx.get(f"{server.url}/v2/requests/status/{request_id}", headers=headers).json()
    return found


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 90
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def told(request: Received) -> dict[str, object]:
    found: dict[str, object] = httpx.Response(200, content=request.body).json()
    return found


def run(server: LiveServer, *arguments: str) -> str:
    folder = server.log.parent
    environment = {"OSCINE_DATA_DIR": str(folder), "OSCINE_API_KEY": API_KEY, **databases.environment_for(folder)}
    done = invoke(*arguments, **environment)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_the_end_is_told_once_signed_and_as_the_status_has_it(server: LiveServer, receiver: Receiver) -> None:
    accepted = submit(server, receiver.url("/webhook/callback?token=s3cret", "localhost"))
    assert accepted.status_code == 202, accepted.text
    wait_for(lambda: receiver.received)
    (request,) = receiver.received
    assert request.target == "/webhook/callback?token=s3cret"
    assert request.headers["content-type"] == "application/json"
    assert told(request)["status"] == "COMPLETED"
    assert told(request) == poll(server, accepted.json()["request_id"])
    (media_url,) = told(request)["output"]["media_url"]  # type: ignore[index]
    assert httpx.get(media_url).is_success, "the link in the event works"

    listed = run(server, "keys", "list").split()
    secret = run(server, "keys", "webhook-secret", next(word for word in listed if word.startswith("key_env_"))).strip()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    message = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.".encode() + request.body
    proof = base64.b64encode(hmac.digest(key, message, "sha256")).decode()
    assert request.headers["webhook-signature"] == f"v1,{proof}"

    wait_for(lambda: " delivered " in run(server, "jobs", "deliveries"))
    run(server, "jobs", "redeliver", request.headers["webhook-id"])
    wait_for(lambda: len(receiver.received) == 2)
    again = receiver.received[1]
    assert (again.body, again.headers["webhook-id"]) == (request.body, request.headers["webhook-id"])

    log = server.log.read_text()
    assert "webhook.delivered" in log
    for secret_thing in ("s3cret", "confidence", media_url.split("/")[-2]):
        assert secret_thing not in log


def test_sync_tells_progress_first_and_the_end_last(server: LiveServer, receiver: Receiver) -> None:
    accepted = submit(server, receiver.url(), "One sentence. " * 350, **{"X-Webhook-Mode": "sync"})
    assert accepted.status_code == 202, accepted.text
    wait_for(lambda: receiver.received and told(receiver.received[-1])["status"] in ENDED)
    states = [told(request)["status"] for request in receiver.received]
    assert states[-1] == "COMPLETED"
    assert {*states[:-1]} == {"PROCESSING"}
    assert len({request.headers["webhook-id"] for request in receiver.received}) == len(states)


def test_receivers_that_fail_are_told_in_the_end(server: LiveServer, authority: Authority, receiver: Receiver) -> None:
    """Down, redirecting to loopback, with a certificate for somebody else; more in tests/hostile/test_outbound.py."""
    with receiving(authority, "127.0.0.1") as down:
        pass
    with receiving(authority, "somebody.else") as broken, receiving(authority, "127.0.0.1") as trap:
        answers = iter([status(307, f"Location: {trap.url()}"), OK])
        receiver.answer = lambda _: next(answers)
        ids = [submit(server, opened.url("/s3cret")).json()["request_id"] for opened in (receiver, down, broken)]
        of = [request_id.rpartition("_")[2] for request_id in ids]
        wait_for(lambda: "the connection was refused" in run(server, "jobs", "deliveries", of[1]))
        again = Receiver(authority.context("127.0.0.1"), down.port)
        try:
            wait_for(lambda: " delivered " in run(server, "jobs", "deliveries", of[0]))
            wait_for(lambda: " delivered " in run(server, "jobs", "deliveries", of[1]))
        finally:
            again.close()
        assert (trap.connections, broken.received) == (0, [])
        assert len({request.body for request in receiver.received}) == 1
        shown = run(server, "jobs", "deliveries", of[2])
        assert re.search(r" pending .*TLS: the certificate is not trusted: .*mismatch", shown)
        event = shown.split("evt_")[1].split()[0]
        assert "TLS" in run(server, "jobs", "deliveries", "--attempts-of", f"evt_{event}")
    metrics = httpx.get(f"{server.url}/metrics").text
    assert re.search(r'oscine_webhook_deliveries\{state="delivered"\} [1-9]', metrics)
    assert 'oscine_webhook_deliveries{state="failed"} 0.0' in metrics
    log = server.log.read_text()
    assert "webhook.failed" in log
    assert "s3cret" not in log + shown


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://your-server.com/webhook/callback", "https://"),
        ("https://user:s3cret@your-server.com/", "password"),
        ("https://10.0.0.1/s3cret", "OSCINE_WEBHOOK_ALLOW"),
        ("https://127.0.0.2/s3cret", "OSCINE_WEBHOOK_ALLOW"),
        ("https://169.254.169.254/latest/meta-data/", "OSCINE_WEBHOOK_ALLOW"),
        ("https://[::1]:8443/s3cret", "OSCINE_WEBHOOK_ALLOW"),
        ("https://[::ffff:10.0.0.1]/s3cret", "OSCINE_WEBHOOK_ALLOW"),
        ("https://127.0.0.1:25/s3cret", "1024"),
    ],
)
def test_where_a_webhook_may_not_lead_nothing_is_queued(server: LiveServer, url: str, said: str) -> None:
    refused = submit(server, url)
    assert refused.status_code == 400
    assert said in refused.json()["message"]
    assert "s3cret" not in refused.text


def test_a_server_that_is_killed_tells_each_end_in_one_way(authority: Authority, tmp_path: Path) -> None:
    """With jobs queued, jobs under way and deliveries under way. Twice told is allowed, in other words is not."""
    with receiving(authority, "127.0.0.1") as receiver:
        flaky = iter([None, status(500), b""])
        receiver.answer = lambda _: next(flaky, OK)
        server = start(tmp_path, authority)
        ids = {submit(server, receiver.url(f"/{i}"), f"Sentence {i}.").json()["request_id"] for i in range(4)}
        wait_for(lambda: receiver.received)
        server.process.send_signal(signal.SIGKILL)
        server.process.communicate()
        server = start(tmp_path, authority)
        try:
            wait_for(lambda: run(server, "jobs", "deliveries").count(" delivered ") == len(ids))
        finally:
            stop_server(server)
        bodies: dict[str, set[bytes]] = {}
        for request in receiver.received:
            bodies.setdefault(request.headers["webhook-id"], set()).add(request.body)
        assert all(len(different) == 1 for different in bodies.values())
        assert {told(r)["request_id"] for r in receiver.received} == ids
        assert {told(r)["status"] for r in receiver.received} == {"COMPLETED"}
        assert len(bodies) == len(ids)
