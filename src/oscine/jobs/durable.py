# SPDX-License-Identifier: GPL-3.0-or-later
"""Work that is done whatever becomes of a process: DBOS, and nothing else of ours knows it.

A piece of work is a name that was registered, an id and a priority. It is done at least once by one of the processes
that share the database, as soon as one has room. That needs four things of us (tests/hostile/test_killed_jobs.py
kills servers to see that it has them):

- each process has an id of its own, and somebody says which are gone: `adopt`;
- the version is pinned, or what an older build has left would lie for ever;
- SQLite writes ahead, or three times less is done;
- a process drains before it stops: who closes this has no work under way, or takes it for unfinished.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import make_url

T = TypeVar("T")

Work = Callable[[str], Awaitable[None]]
"""Gets the id. Is awaited on the loop that `open` was called on; must be able to bear a second time."""

_VERSION = "jobs-v1"
_SCHEMA = "oscine_jobs"
_POLL_S = 0.1
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    priority: int = 1
    """From 1 up to 2³¹ − 1; 1 comes first."""
    delay_s: float = 0.0
    """It is not begun earlier."""


class Durable:
    """One at a time in a process: DBOS is one."""

    def __init__(self, database_url: str, node_id: str) -> None:
        """database_url: of the one database. What is here lies beside it, in another file or in another schema."""
        self._url = make_url(database_url)
        self._node_id = node_id
        self._works: dict[str, tuple[Work, int]] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="durable")
        self._engine: Engine | None = None
        self._dbos: Any = None

    def register(self, name: str, work: Work, at_once: int) -> None:
        """To be called before `open`. at_once: how many of them run in this process."""
        self._works[name] = (work, at_once)

    async def open(self) -> None:
        """Begin to do what there is to do. Takes half a second, most of it beside the loop."""
        self._loop = asyncio.get_running_loop()
        await self._apart(self._launch)

    async def enqueue(self, name: str, items: Iterable[Item]) -> None:
        """What is queued, or has been done, stays as it is."""

        def work() -> None:
            for item in items:
                self._enqueue(name, item)

        await self._apart(work)

    async def adopt(self, alive: Collection[str]) -> int:
        """Queue again what processes had begun that are gone. Returns how much."""
        return await self._apart(lambda: self._adopt(alive))

    async def forget(self, before_unix: float) -> int:
        """Forget what was done by then. Returns how much."""
        return await self._apart(lambda: self._forget(before_unix))

    async def close(self) -> None:
        """What is under way counts as unfinished."""
        await self._apart(self._destroy)
        self._thread.shutdown()

    async def _apart(self, work: Callable[[], T]) -> T:
        """In a thread: DBOS's own asynchronous methods give the loop another pool of threads."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _launch(self) -> None:
        # Its lines go where ours go, and not to a handler of its own; "INFO" is much.
        logger = logging.getLogger("dbos")
        logger.addHandler(logging.NullHandler())
        from dbos import DBOS

        self._dbos = DBOS
        self._engine = _open_engine(self._url)
        DBOS(
            config={
                "name": "oscine",
                "system_database_url": self._engine.url.render_as_string(hide_password=False),
                "system_database_engine": self._engine,
                "dbos_system_schema": _SCHEMA,
                "use_listen_notify": False,
                "application_version": _VERSION,
                "executor_id": self._node_id,
                "log_level": "ERROR",
                "scheduler_polling_interval_sec": 3600.0,
            }
        )
        for name, (work, _) in self._works.items():
            DBOS.workflow(name=name)(self._on_the_loop(work))
        DBOS.launch()
        for name, (_, at_once) in self._works.items():
            DBOS.register_queue(
                name, worker_concurrency=at_once, polling_interval_sec=_POLL_S, on_conflict="always_update"
            )

    def _on_the_loop(self, work: Work) -> Work:
        async def run(item_id: str) -> None:
            async def begin() -> None:
                await work(item_id)

            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(begin(), self._loop))

        return run

    def _enqueue(self, name: str, item: Item) -> None:
        options = {
            "workflow_name": name,
            "queue_name": name,
            "workflow_id": item.id,
            "priority": item.priority,
            "app_version": _VERSION,
            **({"delay_seconds": item.delay_s} if item.delay_s else {}),
        }
        self._dbos.enqueue_workflow_with_options(options, item.id)

    def _adopt(self, alive: Collection[str]) -> int:
        lost: dict[str, list[str]] = {}
        for found in self._dbos.list_workflows(
            status="PENDING", name=[*self._works], limit=_BATCH, load_input=False, load_output=False
        ):
            if found.executor_id not in alive:
                lost.setdefault(found.name, []).append(found.workflow_id)
        for name, ids in lost.items():
            self._dbos.resume_workflows(ids, queue_name=name)
        return sum(map(len, lost.values()))

    def _forget(self, before_unix: float) -> int:
        before = datetime.fromtimestamp(before_unix, UTC).isoformat()
        done = self._dbos.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED"],
            completed_before=before,
            limit=_BATCH,
            load_input=False,
            load_output=False,
        )
        if done:
            self._dbos.delete_workflows([found.workflow_id for found in done])
        return len(done)

    def _destroy(self) -> None:
        if self._dbos is not None:
            self._dbos.destroy(destroy_registry=True)
        if self._engine is not None:
            self._engine.dispose()


def _open_engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        # asyncpg's word for it, and psycopg's
        query = {"sslmode" if name == "ssl" else name: value for name, value in url.query.items()}
        return create_engine(url.set(drivername="postgresql+psycopg", query=query), pool_size=8, pool_pre_ping=True)
    path = Path(str(url.database)).with_name("jobs.db")
    path.touch(mode=0o600)
    engine = create_engine(URL.create("sqlite", database=str(path)), pool_size=8)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
