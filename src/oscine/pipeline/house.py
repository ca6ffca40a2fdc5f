# SPDX-License-Identifier: GPL-3.0-or-later
"""The rooms, opened and bundled once; tests open the same house over a temporary folder."""

from __future__ import annotations

import asyncio
import secrets
import string
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from oscine.accounts.admission import Admission
from oscine.accounts.credits import Credits
from oscine.accounts.keys import Keys
from oscine.engines.profiles import Profiles
from oscine.engines.stage import Stage
from oscine.observe import Metrics
from oscine.settings import Settings
from oscine.store.database import Database
from oscine.text import language
from oscine.voices.catalogue import Catalogue

_ALPHABET = string.ascii_letters + string.digits


def new_id() -> str:
    """Twenty letters and digits, 119 random bits: nobody guesses one, two never meet."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(20))


@dataclass(frozen=True, slots=True)
class House:
    settings: Settings
    stage: Stage
    profiles: Profiles
    voices: Catalogue
    keys: Keys
    credits: Credits
    admission: Admission
    metrics: Metrics
    clock: Callable[[], float]
    """Monotonic seconds."""
    new_id: Callable[[], str] = new_id


@asynccontextmanager
async def open_house(settings: Settings, stage: Stage) -> AsyncIterator[House]:
    """All rooms, opened side by side, closed in reverse. Raises: EngineUnavailable."""
    async with AsyncExitStack() as exits:
        exits.push_async_callback(stage.close)
        stage.begin()
        # Not waited for: a request that names no language waits instead, if it comes in the first half second.
        warming = asyncio.create_task(asyncio.to_thread(language.warm))
        exits.callback(warming.cancel)
        database = await Database.open(settings.effective_database_url)
        exits.push_async_callback(database.close)
        await stage.open()
        admission = Admission(
            total=settings.concurrency,
            per_key=settings.key_concurrency,
            queue_length=settings.queue_length,
            wait_s=settings.queue_wait_s,
        )
        yield House(
            settings=settings,
            stage=stage,
            profiles=Profiles(stage.cards),
            voices=Catalogue(),
            keys=Keys(database, settings.api_key),
            credits=Credits(database),
            admission=admission,
            metrics=Metrics(stage, admission),
            clock=time.perf_counter,
        )
