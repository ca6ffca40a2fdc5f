# SPDX-License-Identifier: GPL-3.0-or-later
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from oscine.store import database as module
from oscine.store.database import HEAD, Database
from oscine.store.tables import Base


def test_head_is_the_newest_migration() -> None:
    scripts = ScriptDirectory(str(Path(module.__file__).parent / "migrations"))
    assert scripts.get_heads() == [HEAD]


async def test_migrations_lead_to_the_tables_and_run_once(tmp_path: Path) -> None:
    path = tmp_path / "oscine.db"
    for _ in range(2):
        opened = await Database.open(f"sqlite+aiosqlite:///{path}")
        await opened.close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()
