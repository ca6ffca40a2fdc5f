# SPDX-License-Identifier: GPL-3.0-or-later
"""Audio in an S3-compatible store: moto's server stands in for one, on loopback."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import boto3
import httpx
import pytest
from moto.server import ThreadedMotoServer

from tests.conftest import LiveServer, start_tone_server, stop_server
from tests.journeys.ear import VOICE
from tests.journeys.terminal import oscine
from tests.journeys.test_problems import expect

PATH = f"/v1/text-to-speech/{VOICE}"
BUCKET = "voices"


class Store:
    def __init__(self) -> None:
        self.server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self.server.start()
        host, port = self.server.get_host_and_port()
        self.environment = {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "a",
            "AWS_SECRET_ACCESS_KEY": "b",
            "AWS_REGION": "us-east-1",
        }
        self.bucket = boto3.resource(
            "s3",
            endpoint_url=self.environment["AWS_ENDPOINT_URL"],
            aws_access_key_id="a",
            aws_secret_access_key="b",
            region_name="us-east-1",
        ).Bucket(BUCKET)

    def names(self) -> list[str]:
        return [entry.key for entry in self.bucket.objects.all()]


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store()
    opened.bucket.create()
    yield opened
    opened.server.stop()


@pytest.fixture
def server(store: Store, tmp_path: Path) -> Iterator[LiveServer]:
    started = start_tone_server(
        tmp_path / "data",
        OSCINE_BLOB_URL=f"s3://{BUCKET}/oscine/one",
        **store.environment,
    )
    yield started
    stop_server(started)


@pytest.fixture
def client(server: LiveServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, headers=server.headers, timeout=60) as opened:
        yield opened


def test_history_lives_in_the_bucket(server: LiveServer, store: Store, client: httpx.Client) -> None:
    long_text = "A long way round the harbour and back. " * 100  # over 5 MB: written in parts
    made = [
        client.post(f"{PATH}?output_format={name}", json={"text": text})
        for text, name in (("Hello there.", "mp3_44100_128"), (long_text, "wav_48000"))
    ]
    assert len(made[1].content) > 6_000_000
    ids = [response.headers["history-item-id"] for response in made]
    assert sorted(name.split("/")[-2] for name in store.names()) == sorted(ids * 2)
    assert all(name.startswith("oscine/one/history/") for name in store.names())
    assert not (server.log.parent / "blobs").exists()
    for item_id, response in zip(ids, made, strict=True):
        assert client.get(f"/v1/history/{item_id}/audio").content == response.content
        assert client.get(f"/v1/history/{item_id}").json()["alignments"]["alignment"]["characters"]
    packed = client.post("/v1/history/download", json={"history_item_ids": ids}).content
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [response.content for response in made]
    assert client.delete(f"/v1/history/{ids[0]}").json() == {"status": "ok"}
    assert {name.split("/")[-2] for name in store.names()} == {ids[1]}


def test_a_store_that_goes_away_costs_history_and_no_speech(
    server: LiveServer, store: Store, client: httpx.Client
) -> None:
    kept = client.post(PATH, json={"text": "Kept."}).headers["history-item-id"]
    store.server.stop()
    response = client.post(PATH, json={"text": "Spoken all the same."})
    assert response.status_code == 200
    assert len(response.content) > 4000
    listed = client.get("/v1/history").json()["history"]
    assert [item["history_item_id"] for item in listed] == [kept]
    assert "oscine_history_lost_total 1.0" in client.get("/metrics").text
    assert "history.lost" in server.log.read_text()
    for path in (f"/v1/history/{kept}", f"/v1/history/{kept}/audio"):
        expect(client.get(path), "blobs_unavailable")
    for ids in ([kept], [kept, kept]):
        expect(client.post("/v1/history/download", json={"history_item_ids": ids}), "blobs_unavailable")
    assert client.delete(f"/v1/history/{kept}").json() == {"status": "ok"}
    assert client.get(f"/v1/history/{kept}").status_code == 404
    log = server.log.read_text()
    assert "blobs.left" in log
    assert "Traceback" not in log


@pytest.mark.parametrize("url", ["s3://no-such-bucket/x", "gopher://x", "s3:"])
def test_a_store_that_cannot_be_used_is_said_at_the_start(
    store: Store, tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)
    done = oscine(tmp_path, "serve", "--port", "0", OSCINE_BLOB_URL=url)
    said = done.stderr.decode()
    assert done.returncode == 1
    assert said.splitlines()[-1].startswith("Error: OSCINE_BLOB_URL cannot be used: ")
    assert "Traceback" not in said
    doctor = oscine(tmp_path, "doctor", OSCINE_BLOB_URL=url)
    assert doctor.returncode == 1
    assert "OSCINE_BLOB_URL cannot be used" in doctor.stderr.decode()
