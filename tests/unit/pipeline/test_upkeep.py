# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from oscine.accounts.keys import Keys
from oscine.accounts.tokens import Tokens
from oscine.pipeline import upkeep
from oscine.settings import load_settings
from oscine.store.blobs import Blobs
from oscine.store.database import Database
from oscine.store.history import History


async def test_history_is_purged_again_and_again_and_swept_once_a_day(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So are tokens. A round that fails does not end it."""
    asked: list[dict[str, Any]] = []
    swept: list[float] = []
    purged_tokens = 0
    now = iter(range(0, 10**9, 40_000))
    enough = asyncio.Event()

    async def purge(*_: object, **limits: Any) -> int:
        asked.append(limits)
        if len(asked) == 2:
            raise OSError
        if len(asked) == 8:
            enough.set()
        return 1

    async def purge_tokens() -> int:
        nonlocal purged_tokens
        purged_tokens += 1
        return 1

    async def sweep(*_: object, now: float) -> int:
        swept.append(now)
        return 1

    monkeypatch.setattr(upkeep, "PURGE_S", 0.0)
    monkeypatch.setattr(upkeep, "purge", purge)
    monkeypatch.setattr(upkeep, "sweep", sweep)
    monkeypatch.setattr("oscine.pipeline.upkeep.time.time", lambda: next(now))
    settings = load_settings(history_max_age_days=0.5, history_max_bytes=7)
    tokens = Tokens(database, Keys(database, None))
    monkeypatch.setattr(tokens, "purge", purge_tokens)
    task = asyncio.create_task(upkeep.tidy(History(database), await Blobs.open(None, tmp_path), tokens, settings))
    await enough.wait()
    task.cancel()
    assert purged_tokens == 8
    assert asked[0] == {"now": 0, "max_age_s": 43_200.0, "max_bytes": 7}
    assert swept[:3] == [0, 120_000, 240_000]
