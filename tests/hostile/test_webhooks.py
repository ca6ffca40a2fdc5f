# SPDX-License-Identifier: GPL-3.0-or-later
"""Webhooks of a live server, over real TLS to receivers on loopback, and kills while they are under way."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from oscine.jobs.rows import insertion
from oscine.jobs.signature import sign
from oscine.jobs.webhooks import Webhooks
from oscine.store.database import Database
from oscine.store.tables import DeliveryRow, KeyRow
from tests import databases
from tests.conftest import API_KEY, LiveServer, start_server
from tests.jobs import a_job
from tests.journeys.terminal import invoke
from tests.receiver import OK, Authority, Receiver, receiving, status

BODY = b'{"status": "COMPLETED"}'


class Place:
    """A data folder, and servers over it one after the other."""

    def __init__(self, folder: Path, authority: Authority) -> None:
        self.folder = folder
        self._trust = str(authority.file)
        self._server: LiveServer | None = None

    def start(self) -> None:
        self._server = start_server(
            self.folder,
            OSCINE_WEBHOOK_ALLOW="127.0.0.1",
            OSCINE_SPEECH_ENGINES="espeak",
            OSCINE_LOG_LEVEL="debug",
            SSL_CERT_FILE=self._trust,
        )

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self._server is not None:
            self._server.process.send_signal(how)
            self._server.process.wait(30)
            self._server.process.communicate()
            self._server = None

    def order(self, *urls: str) -> list[str]:
        """Have the ends of jobs told, in a body that is written already. Returns the deliveries' ids."""
        return asyncio.run(self._order(urls))

    async def _order(self, urls: tuple[str, ...]) -> list[str]:
        database = await Database.open(databases.url_for(self.folder))
        webhooks = Webhooks(database)
        written = update(DeliveryRow).where(DeliveryRow.body.is_(None)).values(body=BODY, job=None)

        def work(connection: Connection) -> list[str]:
            key_id = connection.scalars(select(KeyRow.id).where(KeyRow.id.startswith("key_env_"))).one()
            for number, url in enumerate(urls):
                job = a_job(number, key_id, time.time(), state="FAILED", webhook_url=url)
                connection.execute(insertion(job))
                webhooks.record(connection, job)
            return [*connection.scalars(written.returning(DeliveryRow.id))]

        try:
            return await database.transact(work)
        finally:
            await database.close()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def receiver(authority: Authority) -> Iterator[Receiver]:
    with receiving(authority, "127.0.0.1") as opened:
        yield opened


@pytest.fixture
def place(tmp_path: Path, authority: Authority) -> Iterator[Place]:
    opened = Place(tmp_path / "server", authority)
    yield opened
    opened.stop()


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def log_of(place: Place, *arguments: str) -> str:
    done = invoke("jobs", *arguments, OSCINE_DATA_DIR=str(place.folder), **databases.environment_for(place.folder))
    assert done.exit_code == 0, done.stderr
    return done.stdout


def secret_of_key(place: Place) -> str:
    environment = {
        "OSCINE_DATA_DIR": str(place.folder),
        "OSCINE_API_KEY": API_KEY,
        **databases.environment_for(place.folder),
    }
    listed = invoke("keys", "list", **environment).stdout
    key_id = next(word for word in listed.split() if word.startswith("key_env_"))
    return invoke("keys", "webhook-secret", key_id, **environment).stdout.strip()


def test_what_a_kill_cuts_off_is_delivered_in_the_same_words(place: Place, receiver: Receiver) -> None:
    place.start()
    receiver.answer = lambda _: None
    (delivery_id,) = place.order(receiver.url("/hook?token=s3cret"))
    wait_for(lambda: receiver.received)
    place.stop(signal.SIGKILL)
    receiver.answer = lambda _: OK
    place.start()
    wait_for(lambda: len(receiver.received) == 2)
    wait_for(lambda: "delivered" in log_of(place, "deliveries"))
    assert {(r.target, r.body, r.headers["webhook-id"]) for r in receiver.received} == {
        ("/hook?token=s3cret", BODY, delivery_id)
    }
    secret = secret_of_key(place)
    for request in receiver.received:
        proof = sign(secret, delivery_id, int(request.headers["webhook-timestamp"]), request.body)
        assert request.headers["webhook-signature"] == proof["webhook-signature"]


def test_receivers_that_fail_get_it_in_the_end_and_no_secret_is_logged(
    place: Place, authority: Authority, receiver: Receiver
) -> None:
    """Down, redirecting to loopback, with a certificate for somebody else; more in test_outbound.py."""
    with receiving(authority, "127.0.0.1") as down:
        pass
    with receiving(authority, "somebody.else") as broken, receiving(authority, "127.0.0.1") as trap:
        answers = [status(307, f"Location: {trap.url()}"), OK]
        receiver.answer = lambda _: answers.pop(0)
        place.start()
        urls = [receiver.url("/s3cret"), down.url("/s3cret"), broken.url("/s3cret")]
        place.order(*urls)
        wait_for(lambda: log_of(place, "deliveries").count("refused"))
        again = Receiver(authority.context("127.0.0.1"), down.port)
        try:
            wait_for(lambda: again.received)
            wait_for(lambda: len(receiver.received) == 2)
            wait_for(lambda: log_of(place, "deliveries").count("delivered") == 2)
        finally:
            again.close()
        assert (trap.connections, broken.received) == (0, [])
        assert {r.body for r in receiver.received + again.received} == {BODY}
        place.stop()
    log = (place.folder / "server.log").read_text()
    assert "webhook.failed" in log
    assert "webhook.delivered" in log
    assert "s3cret" not in log
    assert BODY.decode() not in log
    assert "s3cret" not in log_of(place, "deliveries")
