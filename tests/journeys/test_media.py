# SPDX-License-Identifier: GPL-3.0-or-later
"""Links to outputs, followed without a key. Ranges and conditions: RFC 9110 §13, §14."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import httpx
import pytest

from oscine.domain.job import Output
from oscine.store.blobs import Blobs
from oscine.store.database import Database
from oscine.store.links import Links
from tests import databases
from tests.conftest import LiveServer

CONTENT = bytes(range(256)) * 4000
BLOB = "jobs/2026-11-21/a"


@pytest.fixture(scope="module")
def client(live_server: LiveServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=live_server.url) as opened:
        yield opened


@pytest.fixture(scope="module")
def links(live_server: LiveServer) -> Links:
    async def prepare() -> Links:
        folder = live_server.log.parent
        await (await Blobs.open(None, folder / "blobs")).put(BLOB, CONTENT)
        database = await Database.open(databases.url_for(folder))
        try:
            return await Links.open(database)
        finally:
            await database.close()

    return asyncio.run(prepare())


@pytest.fixture(scope="module")
def path(links: Links) -> str:
    return links.path_to(Output(BLOB, "audio/wav", "output.wav", len(CONTENT), 1.0), int(time.time()) + 600)


def test_the_whole_file_comes_without_a_key(client: httpx.Client, path: str) -> None:
    for _ in range(2):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/wav")
        assert answer.headers["content-length"] == str(len(CONTENT))
        assert answer.headers["accept-ranges"] == "bytes"
        assert answer.content == CONTENT
    head = client.head(path)
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(CONTENT)))


@pytest.mark.parametrize(
    ("given", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=1023999-", 1023999, 1024000),
        ("bytes=-24", 1023976, 1024000),
        ("bytes=-9999999", 0, 1024000),
        ("bytes=1000000-9999999999", 1000000, 1024000),
    ],
)
def test_a_part_of_it(client: httpx.Client, path: str, given: str, start: int, end: int) -> None:
    answer = client.get(path, headers={"Range": given})
    assert (answer.status_code, answer.headers["content-range"]) == (206, f"bytes {start}-{end - 1}/{len(CONTENT)}")
    assert answer.content == CONTENT[start:end]


@pytest.mark.parametrize("given", ["bytes=0-1,5-6", "bytes=9-3", "bytes=-", "lines=1-2", "bytes=a-b", ""])
def test_what_is_no_range_we_serve_gives_the_whole(client: httpx.Client, path: str, given: str) -> None:
    answer = client.get(path, headers={"Range": given})
    assert (answer.status_code, len(answer.content)) == (200, len(CONTENT))


@pytest.mark.parametrize("given", ["bytes=1024000-", "bytes=-0", "bytes=5000000-6000000"])
def test_a_range_beyond_the_end(client: httpx.Client, path: str, given: str) -> None:
    answer = client.get(path, headers={"Range": given})
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(CONTENT)}")


def test_what_the_caller_has_is_not_sent_again(client: httpx.Client, path: str) -> None:
    tag = client.head(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(path, headers={"If-Range": tag, "Range": "bytes=0-1"}).status_code == 206
    assert client.get(path, headers={"If-Range": '"other"', "Range": "bytes=0-1"}).status_code == 200


def test_links_that_lead_nowhere(client: httpx.Client, links: Links, path: str) -> None:
    output = Output("jobs/2026-11-21/none", "audio/wav", "output.wav", 1, 1.0)
    gone, late = links.path_to(output, int(time.time()) + 600), links.path_to(output, int(time.time()) - 1)
    for wrong, status, said in (
        (path.replace("/media/", "/media/x"), 404, "no such file"),
        (path.replace("output.wav", "output.html"), 404, "ends with /output.wav"),
        ("/media/..%2f..%2fetc/passwd", 404, "not found"),
        ("/media/x/%2e%2e", 404, ""),
        (gone, 410, "has been deleted"),
        (late, 410, "has expired"),
    ):
        answer = client.get(wrong)
        assert (answer.status_code, said.lower() in answer.text.lower()) == (status, True), (wrong, answer.text)
    assert client.post(path).status_code == 405
