# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest

from oscine.domain.problems import BlobsUnavailable
from oscine.store.blobs import Blobs

NAME = "history/2026-11-21/a/audio"


@pytest.fixture
async def blobs(tmp_path: Path) -> Blobs:
    return await Blobs.open(None, tmp_path / "blobs")


async def test_what_is_put_is_there_whole_and_in_pieces(blobs: Blobs) -> None:
    content = bytes(range(256)) * 5000
    await blobs.put(NAME, io.BytesIO(content))
    assert await blobs.get(NAME) == content
    assert await blobs.size(NAME) == len(content)
    pieces = [piece async for piece in blobs.stream(NAME)]
    assert b"".join(pieces) == content
    assert len(pieces) > 1
    await blobs.put(NAME, b"other")
    assert await blobs.get(NAME) == b"other"


async def test_what_is_not_there(blobs: Blobs) -> None:
    for call in (blobs.get, blobs.size):
        with pytest.raises(KeyError):
            await call(NAME)
    with pytest.raises(KeyError):
        await anext(blobs.stream(NAME))
    await blobs.delete(NAME, NAME)


async def test_deleted_while_it_is_read_it_is_read_to_the_end(blobs: Blobs) -> None:
    content = b"x" * 3_000_000
    await blobs.put(NAME, content)
    stream = blobs.stream(NAME)
    size = len(await anext(stream))
    await blobs.delete(NAME)
    assert size + sum([len(piece) async for piece in stream]) == len(content)


async def test_listing_names_what_is_under_a_folder(blobs: Blobs) -> None:
    for name in ("history/a/1/audio", "history/b/2/audio", "other/c"):
        await blobs.put(name, b"x")
    listed = [blob.name async for page in blobs.listing("history") for blob in page]
    assert sorted(listed) == ["history/a/1/audio", "history/b/2/audio"]
    assert [page async for page in blobs.listing("nothing")] == []


async def test_empty_folders_do_not_stay(blobs: Blobs, tmp_path: Path) -> None:
    await blobs.put(NAME, b"x")
    await blobs.delete(NAME)
    assert not (tmp_path / "blobs/history/2026-11-21").exists()


async def test_only_the_owner_may_look_in(tmp_path: Path) -> None:
    folder = tmp_path / "blobs"
    folder.mkdir(mode=0o755)
    await Blobs.open(None, folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "url", ["nonsense", "ftp://a/b", "s3://", "file:///proc/nowhere", "s3://bucket?AWS_SECRET_ACCESS_KEY=x"]
)
async def test_an_address_that_cannot_be_used_is_an_error_at_the_start(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b", "ENDPOINT_URL": "http://127.0.0.1:1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    with pytest.raises(BlobsUnavailable, match=r"^OSCINE_BLOB_URL cannot be used: .+$"):
        await Blobs.open(url, tmp_path)


async def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BlobsUnavailable, match="file/blobs cannot be used"):
        await Blobs.open(None, tmp_path / "file" / "blobs")


async def test_a_store_that_is_away_is_a_problem_and_not_a_missing_blob(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from obstore.store import S3Store

    away = Blobs(
        S3Store(
            "bucket",
            config={
                "endpoint": "http://127.0.0.1:1",
                "access_key_id": "a",
                "secret_access_key": "b",
                "region": "us-east-1",
            },
            client_options={"allow_http": True},
            retry_config={"max_retries": 0},
        )
    )
    for call in (away.get(NAME), away.size(NAME), away.put(NAME, b"x"), away.delete(NAME), anext(away.stream(NAME))):
        with pytest.raises(BlobsUnavailable):
            await call
    with pytest.raises(BlobsUnavailable):
        await anext(away.listing("history"))


async def test_what_is_there_is_not_written_again(tmp_path: Path) -> None:
    blobs = await Blobs.open(None, tmp_path)
    assert await blobs.create("jobs/a", b"first")
    assert not await blobs.create("jobs/a", io.BytesIO(b"second"))
    assert await blobs.get("jobs/a") == b"first"


async def test_a_part_is_streamed(tmp_path: Path) -> None:
    blobs = await Blobs.open(None, tmp_path)
    await blobs.put("a", b"0123456789")
    for start, end, part in ((0, None, b"0123456789"), (3, None, b"3456789"), (0, 4, b"0123"), (9, 10, b"9")):
        assert b"".join([piece async for piece in blobs.stream("a", start, end)]) == part
