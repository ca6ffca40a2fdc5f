# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio

from oscine.store.database import Database
from oscine.store.secrets import Secrets


async def test_a_secret_is_made_once_whoever_asks_first(database: Database) -> None:
    got = await asyncio.gather(*(Secrets(database).get("webhooks") for _ in range(8)))
    assert len(set(got)) == 1
    assert len(got[0]) == 32
    assert await Secrets(database).get("links") != got[0]
