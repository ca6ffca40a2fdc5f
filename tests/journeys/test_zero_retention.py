# SPDX-License-Identifier: GPL-3.0-or-later
"""enable_logging=false: nothing of what was said is anywhere afterwards. Source: reference/api-facts.md §6."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from oscine.store.database import Database
from oscine.store.tables import Base
from tests import databases
from tests.conftest import LiveServer, start_tone_server, stop_server
from tests.journeys.ear import VOICE
from tests.journeys.terminal import make_key
from tests.journeys.test_problems import expect

PATH = f"/v1/text-to-speech/{VOICE}"
ENDPOINTS = ("", "/stream", "/with-timestamps", "/stream/with-timestamps")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Its temporary files lie where the test can see them."""
    folder = tmp_path_factory.mktemp("discreet")
    (folder / "tmp").mkdir()
    started = start_tone_server(folder, TMPDIR=str(folder / "tmp"))
    yield started
    stop_server(started)


def files_with(folder: Path, words: str) -> list[str]:
    """Under the folder; in the encodings that a database may use."""
    needles = [words.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


async def tables_with(folder: Path, words: str) -> list[str]:
    """Of the database, wherever its files are."""
    database = await Database.open(databases.url_for(folder))
    async with database.session() as session:
        found = [
            table.name
            for table in Base.metadata.sorted_tables
            if any(words in str(row) for row in await session.execute(select(table)))
        ]
    await database.close()
    return found


def test_nothing_is_left_anywhere(server: LiveServer) -> None:
    folder = server.log.parent
    with httpx.Client(base_url=server.url, headers=server.headers, timeout=30) as client:
        for number, endpoint in enumerate(ENDPOINTS):
            words = f"zanzibarian quokka {number}"
            body = {"text": words, "previous_text": "zanzibarian before", "next_text": "zanzibarian after"}
            response = client.post(f"{PATH}{endpoint}?enable_logging=false", json=body)
            assert response.status_code == 200
            assert "history-item-id" not in response.headers
            assert response.headers["request-id"]
        assert client.get("/v1/history").json()["history"] == []
        kept = client.post(PATH, json={"text": "marsupial quokka"})
        assert [item["text"] for item in client.get("/v1/history").json()["history"]] == ["marsupial quokka"]
    assert kept.headers["history-item-id"]
    assert files_with(folder, "zanzibarian") == []
    assert asyncio.run(tables_with(folder, "zanzibarian")) == []
    audio = list((folder / "blobs").rglob("audio"))
    assert [path.parent.name for path in audio] == [kept.headers["history-item-id"]]
    assert [path for path in (folder / "tmp").rglob("*") if path.is_file()] == []  # a socket is none


def test_the_search_for_traces_finds_what_is_kept(server: LiveServer) -> None:
    """That the test above can fail."""
    httpx.post(server.url + PATH, json={"text": "okapi vocabulary"}, headers=server.headers).raise_for_status()
    folder = server.log.parent
    assert asyncio.run(tables_with(folder, "okapi vocabulary")) == ["history"]
    is_in_a_file = not databases.environment_for(folder)
    assert bool(files_with(folder, "okapi vocabulary")) == is_in_a_file


def test_a_key_needs_the_scope(server: LiveServer) -> None:
    """The vendor ties it to a contract; here it is a scope of the key."""
    folder = server.log.parent
    for scopes, is_allowed in ((("text_to_speech",), False), (("text_to_speech", "zero_retention"), True)):
        options = [part for scope in scopes for part in ("--scope", scope)]
        headers = {"xi-api-key": make_key(folder, "-".join(scopes), *options)}
        for endpoint in ENDPOINTS:
            url = f"{server.url}{PATH}{endpoint}?enable_logging=false"
            response = httpx.post(url, json={"text": "May I?"}, headers=headers)
            if is_allowed:
                assert response.status_code == 200
            else:
                expect(response, "scope_missing")
                assert "zero_retention" in response.json()["detail"]["message"]


def test_it_is_not_to_be_stitched(server: LiveServer) -> None:
    with httpx.Client(base_url=server.url, headers=server.headers) as client:
        earlier = client.post(PATH, json={"text": "Before."}).headers["request-id"]
        body = {"text": "After.", "previous_request_ids": [earlier]}
        expect(client.post(f"{PATH}?enable_logging=false", json=body), "setting_out_of_range")
        assert client.post(PATH, json=body).status_code == 200
