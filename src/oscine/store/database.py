# SPDX-License-Identifier: GPL-3.0-or-later
"""The one database: SQLite in WAL mode by default, whatever SQLAlchemy speaks by URL."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from oscine.domain.problems import DatabaseUnavailable

HEAD = "0008"
"""Newest migration; a test keeps it equal to the newest file."""

_MIGRATIONS = Path(__file__).parent / "migrations"
T = TypeVar("T")

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
_LOCK = 0x05C17E
"""Whoever migrates in PostgreSQL holds it."""
_BUSY_TIMEOUT_MS = 10_000


class Database:
    """An open database at the newest schema.

    `session()` gives a unit of work over rows as objects; `transact()` runs a whole transaction at one go, for what
    has to be quick.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writer = _open_writer(engine) if engine.dialect.name == "sqlite" else None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database")
        self.session = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)

    @classmethod
    async def open(cls, url: str) -> Database:
        """Connect, create what is missing, migrate what is old. A file's folder is made, for its owner alone.

        url: of SQLite or PostgreSQL. Raises: DatabaseUnavailable.
        """
        parsed = _read_url(url)
        engine = create_async_engine(parsed)
        if engine.dialect.name == "sqlite":
            event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        try:
            if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
                _make_file(Path(str(parsed.database)))
            async with engine.begin() as connection:
                await connection.run_sync(_migrate)
        except (OSError, DBAPIError) as error:
            await engine.dispose()
            raise DatabaseUnavailable(
                f"The database {parsed.render_as_string(hide_password=True)} cannot be used: {_reason(error)}"
            ) from error
        return cls(engine)

    async def transact(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns, once its transaction is committed.

        SQLite's statements would each hop to a thread and back: there the whole transaction hops, once, and this
        process's writers stand in line instead of trying the lock again and again.
        """
        if self._writer is None:
            async with self._engine.begin() as connection:
                return await connection.run_sync(work)

        writer = self._writer

        def at_one_go() -> T:
            with writer.begin() as connection:
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._thread, at_one_go)

    async def close(self) -> None:
        self._thread.shutdown()
        if self._writer is not None:
            self._writer.dispose()
        await self._engine.dispose()


def _make_file(path: Path) -> None:
    """For its owner alone: it holds what was said, whoever may look into the folder."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)


def _read_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnavailable("OSCINE_DATABASE_URL is not a URL such as postgresql://user@host/name.") from error
    backend = parsed.get_backend_name()
    if backend not in _DRIVERS:
        raise DatabaseUnavailable(f"OSCINE_DATABASE_URL names {backend[:40]!r}. Allowed: sqlite, postgresql.")
    if backend != "sqlite" and importlib.util.find_spec("asyncpg") is None:
        raise DatabaseUnavailable("PostgreSQL needs the package asyncpg: install oscine[postgres].")
    return parsed.set(drivername=_DRIVERS[backend])


def _reason(error: BaseException) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]


def _open_writer(engine: AsyncEngine) -> Engine:
    writer = create_engine(engine.url.set(drivername="sqlite"))
    event.listen(writer, "connect", _prepare_sqlite)
    return writer


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # SQLite's own knows the letters of ASCII only; PostgreSQL's knows all.
    connection.create_function("lower", 1, lambda given: given and given.lower(), deterministic=True)
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _migrate(connection: Connection) -> None:
    if _is_newest(connection):
        return  # Alembic is slow to import; a start with nothing to migrate does without
    # One process at a time; whoever waited finds the work done.
    lock = "BEGIN IMMEDIATE" if connection.dialect.name == "sqlite" else f"SELECT pg_advisory_xact_lock({_LOCK})"
    connection.exec_driver_sql(lock)
    if _is_newest(connection):
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _is_newest(connection: Connection) -> bool:
    if inspect(connection).has_table("alembic_version"):
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD
    return False
