# SPDX-License-Identifier: GPL-3.0-or-later
"""The rooms, opened and bundled once; tests open the same house over a temporary folder."""

from __future__ import annotations

import asyncio
import secrets
import string
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from oscine.accounts.accounts import Accounts
from oscine.accounts.admission import Admission
from oscine.accounts.keys import Keys
from oscine.accounts.ledger import Ledger
from oscine.accounts.sockets import Sockets
from oscine.accounts.tokens import Tokens
from oscine.accounts.usage import Usage
from oscine.engines.profiles import Profiles
from oscine.engines.stage import Stage
from oscine.engines.workshop import MusicStage, SoundStage
from oscine.observe import Metrics
from oscine.pipeline.upkeep import keep_up, tidy
from oscine.settings import Settings
from oscine.store.blobs import Blobs
from oscine.store.database import Database
from oscine.store.history import History
from oscine.store.lexicons import Lexicons
from oscine.store.links import Links
from oscine.store.nodes import Nodes
from oscine.text import language
from oscine.voices.catalogue import Catalogue
from oscine.voices.shelf import Shelf

_ALPHABET = string.ascii_letters + string.digits


def new_id() -> str:
    """Twenty letters and digits, 119 random bits: nobody guesses one, two never meet."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(20))


@dataclass(frozen=True, slots=True)
class House:
    settings: Settings
    database: Database
    nodes: Nodes
    stage: Stage
    sounds: SoundStage
    music: MusicStage
    profiles: Profiles
    voices: Catalogue
    shelf: Shelf
    accounts: Accounts
    keys: Keys
    tokens: Tokens
    usage: Usage
    ledger: Ledger
    history: History
    blobs: Blobs
    links: Links
    lexicons: Lexicons
    admission: Admission
    sockets: Sockets
    metrics: Metrics
    clock: Callable[[], float]
    """Monotonic seconds."""
    new_id: Callable[[], str] = new_id


def _go_on(work: Coroutine[Any, Any, None], exits: AsyncExitStack) -> None:
    """Beside all else, until the house closes; what it holds open in the database is closed before the next room is."""
    task = asyncio.create_task(work)

    async def stop() -> None:
        task.cancel()
        await asyncio.wait({task})

    exits.push_async_callback(stop)


@asynccontextmanager
async def open_house(settings: Settings, stage: Stage) -> AsyncIterator[House]:
    """All rooms, opened side by side, closed in reverse.

    Raises: EngineUnavailable, DatabaseUnavailable, BlobsUnavailable.
    """
    async with AsyncExitStack() as exits:
        exits.push_async_callback(stage.close)
        sounds, music = SoundStage.of(settings), MusicStage.of(settings)
        exits.push_async_callback(sounds.close)
        exits.push_async_callback(music.close)
        stage.begin()
        # Not waited for: a request that names no language waits instead, if it comes in the first half second.
        _go_on(asyncio.to_thread(language.warm), exits)
        database = await Database.open(settings.effective_database_url)
        exits.push_async_callback(database.close)
        node_id = new_id()
        nodes, ledger = Nodes(database, node_id), Ledger(database, node_id)
        await nodes.beat()  # before anything can be reserved: who is not alive is swept
        exits.push_async_callback(nodes.leave)
        _go_on(keep_up(nodes, ledger), exits)
        blobs = await Blobs.open(settings.blob_url, settings.data_dir / "blobs")
        history = History(database)
        keys = Keys(database, settings.api_key)
        await keys.open()
        tokens = Tokens(database, keys)
        _go_on(tidy(history, blobs, tokens, settings), exits)
        voices = Catalogue()
        await stage.open()
        admission = Admission(
            total=settings.concurrency,
            per_key=settings.key_concurrency,
            queue_length=settings.queue_length,
            wait_s=settings.queue_wait_s,
        )
        sockets = Sockets(total=settings.sockets, per_key=settings.key_sockets)
        yield House(
            settings=settings,
            database=database,
            nodes=nodes,
            stage=stage,
            sounds=sounds,
            music=music,
            profiles=Profiles(stage.cards),
            voices=voices,
            shelf=Shelf(voices, database),
            accounts=Accounts(database, settings.max_service_accounts),
            keys=keys,
            tokens=tokens,
            usage=Usage(database),
            ledger=ledger,
            history=history,
            blobs=blobs,
            links=await Links.open(database),
            lexicons=Lexicons(database, new_id),
            admission=admission,
            sockets=sockets,
            metrics=Metrics((stage, sounds, music), admission, sockets),
            clock=time.perf_counter,
        )
