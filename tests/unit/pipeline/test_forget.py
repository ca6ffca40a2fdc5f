# SPDX-License-Identifier: GPL-3.0-or-later
"""What is removed leaves no audio behind, and nothing else goes with it."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pytest

from oscine.domain.account import OWNER
from oscine.domain.problems import BlobsUnavailable, HistoryItemNotFound
from oscine.pipeline.forget import DAY_S, forget, purge, sweep
from oscine.store.blobs import Blobs
from oscine.store.database import Database
from oscine.store.history import History
from tests.unit.store.test_history import Make, ids, make

__all__ = ["make"]

NOW = 1_700_000_000.0


@pytest.fixture
async def blobs(tmp_path: Path) -> Blobs:
    return await Blobs.open(None, tmp_path / "blobs")


async def fill(make: Make, blobs: Blobs, *days_old: float) -> None:
    for days in days_old:
        item = await make(created_ms=int((NOW - days * DAY_S) * 1000))
        for part in ("audio", "alignments"):
            await blobs.put(f"{item.blob}/{part}", b"x" * 100)


async def kept(blobs: Blobs) -> list[str]:
    return sorted([blob.name async for page in blobs.listing("history") for blob in page])


async def test_an_item_goes_with_its_audio(database: Database, make: Make, blobs: Blobs) -> None:
    history = History(database)
    await fill(make, blobs, 1, 2)
    await forget(history, blobs, OWNER, "item0001")
    assert await kept(blobs) == ["history/d/item0002/alignments", "history/d/item0002/audio"]
    with pytest.raises(HistoryItemNotFound):
        await forget(history, blobs, OWNER, "item0001")


async def test_old_items_go(database: Database, make: Make, blobs: Blobs) -> None:
    history = History(database)
    await fill(make, blobs, 9, 7.01, 7, 6.99, 1)
    assert await purge(history, blobs, now=NOW, max_age_s=7 * DAY_S, max_bytes=None) == 2
    assert await ids(history) == ["item0003", "item0004", "item0005"]
    assert len(await kept(blobs)) == 6
    assert await purge(history, blobs, now=NOW, max_age_s=None, max_bytes=None) == 0


async def test_the_oldest_go_where_there_is_too_much(database: Database, make: Make, blobs: Blobs) -> None:
    history = History(database)
    await fill(make, blobs, 5, 4, 3, 2, 1)
    for max_bytes, left in ((500, 5), (299, 2), (100, 1), (0, 0)):
        await purge(history, blobs, now=NOW, max_age_s=None, max_bytes=max_bytes)
        assert len(await ids(history)) == left
        assert len(await kept(blobs)) == 2 * left


async def test_both_limits_hold(database: Database, make: Make, blobs: Blobs) -> None:
    history = History(database)
    await fill(make, blobs, 5, 4, 3, 2, 1)
    assert await purge(history, blobs, now=NOW, max_age_s=3.5 * DAY_S, max_bytes=200) == 3
    await fill(make, blobs, 0.5)
    assert await purge(history, blobs, now=NOW, max_age_s=1.5 * DAY_S, max_bytes=300) == 1
    assert await ids(history) == ["item0005", "item0006"]


async def test_several_processes_remove_no_more_than_one(database: Database, make: Make, blobs: Blobs) -> None:
    await fill(make, blobs, *range(30, 0, -1))
    counts = await asyncio.gather(
        *(purge(History(database), blobs, now=NOW, max_age_s=None, max_bytes=1000) for _ in range(4))
    )
    assert sum(counts) == 20
    assert len(await ids(History(database))) == 10
    assert len(await kept(blobs)) == 20


async def test_audio_without_a_row_is_swept_after_a_day(
    database: Database, make: Make, blobs: Blobs, tmp_path: Path
) -> None:
    history = History(database)
    await fill(make, blobs, 3)
    for name in ("d/old/audio", "d/young/audio", "audio", "d/audio", "d/old/notes"):
        await blobs.put(f"history/{name}", b"x")
    written = time.time()
    for path in filter(Path.is_file, (tmp_path / "blobs").rglob("*")):
        age_s = 60 if "young" in path.parts else DAY_S + 60
        os.utime(path, (written - age_s, written - age_s))
    assert await sweep(history, blobs, now=written) == 1
    assert await kept(blobs) == [
        "history/audio",
        "history/d/audio",
        "history/d/item0001/alignments",
        "history/d/item0001/audio",
        "history/d/old/notes",
        "history/d/young/audio",
    ]


async def test_a_store_that_is_away_keeps_no_item_alive(
    database: Database, make: Make, blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stays in it has no row any more: it is swept later."""

    async def away(*_: object) -> None:
        raise BlobsUnavailable("away")

    history = History(database)
    await fill(make, blobs, 1)
    monkeypatch.setattr(Blobs, "delete", away)
    await forget(history, blobs, OWNER, "item0001")
    assert await ids(history) == []
    monkeypatch.undo()
    assert await sweep(history, blobs, now=time.time() + DAY_S + 60) == 2
    assert await kept(blobs) == []
