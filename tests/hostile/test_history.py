# SPDX-License-Identifier: GPL-3.0-or-later
"""What strangers do to a history, and what remains of a server that dies."""

from __future__ import annotations

import asyncio
import io
import signal
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from oscine.accounts.ledger import Ledger
from oscine.store.database import Database
from oscine.store.nodes import DEAD_AFTER_S, Nodes
from oscine.store.tables import GenerationRow, HistoryRow, KeyRow
from tests import databases
from tests.conftest import LiveServer, start_tone_server, stop_server
from tests.journeys.terminal import make_key

PATH = "/v1/text-to-speech/JBFqnCBsd6RMkjVDRZzb"
IDS = ["none", "..", "../../etc/passwd", "..%2f..%2fx", "%00", "a%00b", "x" * 3000, "%F0%9F%99%82", "'--", "download"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    started = begin(tmp_path_factory.mktemp("history"))
    yield started
    stop_server(started)


def begin(folder: Path) -> LiveServer:
    return start_tone_server(
        folder,
    )


@pytest.fixture
def client(server: LiveServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, headers=server.headers, timeout=60) as opened:
        yield opened


def make(client: httpx.Client, text: str = "Hello.", output_format: str = "mp3_22050_32") -> str:
    return str(client.post(f"{PATH}?output_format={output_format}", json={"text": text}).headers["history-item-id"])


@pytest.mark.parametrize("item_id", IDS)
def test_ids_that_are_none(client: httpx.Client, item_id: str) -> None:
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/audio")):
        response = client.request(method, f"/v1/history/{item_id}{path}")
        assert response.status_code in {404, 405}, response.text[:300]
        if response.status_code == 404 and "/" not in item_id and item_id != "..":
            detail = response.json()["detail"]
            assert isinstance(detail, str) or detail["status"] == "history_item_not_found"
    for ids in ([item_id], [item_id, "other"]):
        response = client.post("/v1/history/download", json={"history_item_ids": ids})
        assert (response.status_code, response.json()["detail"]["status"]) == (404, "history_item_not_found")


def test_anothers_item_looks_like_none_at_all(server: LiveServer, client: httpx.Client) -> None:
    mine = make(client)
    secret = make_key(server.log.parent, "stranger", "--account", "strangers")
    with httpx.Client(base_url=server.url, headers={"xi-api-key": secret}) as stranger:
        theirs = make(stranger)
        for item_id in (mine, "x" * 20):
            answers = [
                stranger.get(f"/v1/history/{item_id}"),
                stranger.get(f"/v1/history/{item_id}/audio"),
                stranger.delete(f"/v1/history/{item_id}"),
                stranger.post("/v1/history/download", json={"history_item_ids": [item_id]}),
                stranger.post("/v1/history/download", json={"history_item_ids": [theirs, item_id]}),
            ]
            for answer in answers:
                detail = answer.json()["detail"]
                assert (answer.status_code, detail["status"]) == (404, "history_item_not_found")
                assert detail["message"] == f"A history item with ID '{item_id}' was not found on the server."
        assert stranger.get(f"/v1/history?start_after_history_item_id={mine}").status_code == 400
        listed = stranger.get("/v1/history?page_size=1000").json()["history"]
        assert [item["history_item_id"] for item in listed] == [theirs]
    assert client.get(f"/v1/history/{mine}").status_code == 200


@pytest.mark.parametrize("scope", ["speech_history_read", "speech_history_write", "voices_read"])
def test_every_call_asks_for_its_scope(server: LiveServer, scope: str) -> None:
    secret = make_key(server.log.parent, scope, "--scope", scope)
    needed = {
        ("GET", "/v1/history"): "speech_history_read",
        ("GET", "/v1/history/x"): "speech_history_read",
        ("GET", "/v1/history/x/audio"): "speech_history_read",
        ("POST", "/v1/history/download"): "speech_history_read",
        ("DELETE", "/v1/history/x"): "speech_history_write",
        ("POST", "/v1/voices/x/settings/edit"): "voices_write",
        ("POST", "/v1/voices/x/edit"): "voices_write",
        ("DELETE", "/v1/voices/x"): "voices_write",
        ("DELETE", "/v1/voices/x/samples/y"): "voices_write",
        ("GET", "/v1/voices/x/samples/y/audio"): "voices_read",
    }
    for (method, path), wanted in needed.items():
        body = {"data": {"name": "x"}} if path.endswith("x/edit") else {"json": {"history_item_ids": ["x"]}}
        response = httpx.request(
            method, server.url + path, headers={"xi-api-key": secret}, **(body if method == "POST" else {})
        )
        is_refused = response.json().get("detail", {}) and "missing_permissions" in response.text
        assert bool(is_refused) == (wanted != scope), (path, response.text[:200])


@pytest.mark.parametrize(
    "query",
    [
        *("page_size=0", "page_size=1001", "page_size=-1", "page_size=x", f"page_size={10**30}", "sort_direction=up"),
        *("source=Dubbing", "date_before_unix=x", f"date_before_unix={10**30}", "date_after_unix=1700000000000"),
        *(f"search={'x' * 1001}", "date_after_unix=-1", "date_after_unix=1e400"),
    ],
)
def test_lists_that_make_no_sense(client: httpx.Client, query: str) -> None:
    """Milliseconds are refused rather than taken for a far future."""
    assert client.get(f"/v1/history?{query}").status_code == 422


@pytest.mark.parametrize("field", ["search", "voice_id", "model_id"])
@pytest.mark.parametrize("value", ["%00", "'; DROP TABLE history; --", "%25", "_", "\\", "%FF", "%F0%9F%99%82"])
def test_searches_for_anything(client: httpx.Client, field: str, value: str) -> None:
    make(client)
    response = client.get(f"/v1/history?{field}={value}")
    assert response.status_code == 200
    assert response.json()["history"] == []


@pytest.mark.parametrize("after", ["%00", "none", "x" * 2000, "'"])
def test_pages_after_nothing(client: httpx.Client, after: str) -> None:
    response = client.get(f"/v1/history?start_after_history_item_id={after}")
    assert (response.status_code, response.json()["detail"]["status"]) == (400, "invalid_cursor")


def test_a_thousand_items_are_packed_and_one_more_is_refused(client: httpx.Client) -> None:
    ids = [make(client, f"Number {number}.") for number in range(60)]
    body = {"history_item_ids": (ids * 17)[:1000]}
    with zipfile.ZipFile(io.BytesIO(client.post("/v1/history/download", json=body).content)) as archive:
        assert len(archive.namelist()) == 60
    body["history_item_ids"].append(ids[0])
    refusal = client.post("/v1/history/download", json=body)
    assert (refusal.status_code, refusal.json()["error"]) == (400, "invalid_parameters")
    invented = client.post("/v1/history/download", json={"history_item_ids": [f"id{n}" for n in range(1000)]})
    assert invented.status_code == 404


@pytest.mark.parametrize(
    "body", [{}, [], None, {"history_item_ids": "a"}, {"history_item_ids": [1]}, {"history_item_ids": [None]}]
)
def test_downloads_of_another_form(client: httpx.Client, body: object) -> None:
    assert client.post("/v1/history/download", json=body).status_code == 422


def test_deleted_while_it_is_sent(client: httpx.Client) -> None:
    """One file goes on to its end; an archive breaks off, never short and whole at once."""
    text = "A long way round the harbour and back. " * 200
    ids = [make(client, f"{number} {text}", "pcm_48000") for number in range(2)]
    with client.stream("GET", f"/v1/history/{ids[0]}/audio") as response:
        pieces = response.iter_bytes()
        size = len(next(pieces))
        client.delete(f"/v1/history/{ids[0]}")
        size += sum(map(len, pieces))
    assert size == int(response.headers["content-length"])
    ids[0] = make(client, f"3 {text}", "pcm_48000")
    with client.stream("POST", "/v1/history/download", json={"history_item_ids": ids}) as response:
        pieces = response.iter_bytes()
        next(pieces)
        client.delete(f"/v1/history/{ids[1]}")
        with pytest.raises(httpx.RemoteProtocolError):
            list(pieces)
    assert client.get("/health").status_code == 200


def test_audio_that_the_disk_has_lost(server: LiveServer, client: httpx.Client) -> None:
    item_id = make(client)
    [folder] = (server.log.parent / "blobs").rglob(item_id)
    for damage in (lambda: (folder / "audio").write_bytes(b"x"), (folder / "audio").unlink):
        damage()
        for response in (
            client.get(f"/v1/history/{item_id}/audio"),
            client.post("/v1/history/download", json={"history_item_ids": [item_id]}),
            client.post("/v1/history/download", json={"history_item_ids": [item_id], "output_format": "wav"}),
            client.post("/v1/history/download", json={"history_item_ids": [make(client), item_id]}),
        ):
            assert response.status_code == 404
            assert response.json()["detail"]["status"] == "history_audio_not_found"
            assert item_id in response.json()["detail"]["message"]
    (folder / "alignments").unlink()
    item = client.get(f"/v1/history/{item_id}").json()
    assert (item["history_item_id"], item["alignments"]) == (item_id, None)
    assert client.delete(f"/v1/history/{item_id}").json() == {"status": "ok"}
    log = server.log.read_text()
    assert f"history_item_id={item_id}" in log
    assert "Traceback" not in log


HALVES = "The first half of it comes at once, the second half waits before the gate."


def kill_half_way(server: LiveServer) -> None:
    """After the first sound and before the last."""
    url = f"{server.url}{PATH}/stream?output_format=pcm_24000"
    with (
        pytest.raises(httpx.RemoteProtocolError),
        httpx.stream("POST", url, json={"text": HALVES}, headers=server.headers) as response,
    ):
        pieces = response.iter_bytes()
        assert next(pieces)
        server.process.send_signal(signal.SIGKILL)
        list(pieces)
    server.process.wait(20)
    if server.process.stdout is not None:
        server.process.stdout.close()


async def test_a_server_that_is_killed_leaves_no_item_and_keeps_no_credits(tmp_path: Path) -> None:
    folder = tmp_path / "killed"
    await asyncio.to_thread(lambda: kill_half_way(begin(folder)))

    database = await Database.open(databases.url_for(folder))
    later = Nodes(database, "later", lambda: time.time() + DEAD_AFTER_S + 1)
    async with database.session() as session:
        assert await session.scalar(select(GenerationRow.state)) == "reserved"
        assert await session.scalar(select(KeyRow.credits_used)) == len(HALVES)
    assert await Ledger(database, "later").sweep(await later.dead()) == 1
    async with database.session() as session:
        assert await session.scalar(select(GenerationRow.state)) == "released"
        assert await session.scalar(select(KeyRow.credits_used)) == 0
        assert await session.scalar(select(HistoryRow.id)) is None
    await database.close()

    again = await asyncio.to_thread(begin, folder)
    try:
        async with httpx.AsyncClient(base_url=again.url, headers=again.headers) as client:
            assert (await client.get("/v1/history")).json()["history"] == []
            assert (await client.post(PATH, json={"text": "On we go."})).status_code == 200
    finally:
        stop_server(again)
