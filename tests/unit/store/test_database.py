# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from oscine.domain.problems import DatabaseUnavailable
from oscine.store import database as module
from oscine.store.database import HEAD, Database
from oscine.store.tables import AccountRow, Base
from tests import databases


def test_head_is_the_newest_migration() -> None:
    scripts = ScriptDirectory(str(Path(module.__file__).parent / "migrations"))
    assert scripts.get_heads() == [HEAD]


async def test_migrations_lead_to_the_tables_however_many_processes_start(tmp_path: Path) -> None:
    url = databases.url_for(tmp_path)
    opened = await asyncio.gather(*(Database.open(url) for _ in range(4)))

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

    async with opened[0].session() as session:
        assert await (await session.connection()).run_sync(differences) == []
        assert await session.get(AccountRow, "owner") is not None
    for database in opened:
        await database.close()


async def test_the_first_release_is_migrated_and_its_keys_live_on(tmp_path: Path) -> None:
    path = tmp_path / "oscine.db"
    old = create_engine(f"sqlite:///{path}")
    with old.begin() as connection:
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(module.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text("INSERT INTO keys VALUES ('key_1', 'mine', 'd', 'hint', 'all', NULL, 7, '2026-11', 1, 0)")
        )
    old.dispose()
    opened = await Database.open(f"sqlite:///{path}")
    async with opened.session() as session:
        row = (await session.execute(text("SELECT id, account_id, credits_used, is_disabled FROM keys"))).one()
        assert tuple(row) == ("key_1", "owner", 7, 0)
        assert await session.scalar(text("PRAGMA journal_mode")) == "wal"
    await opened.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "not a URL"),
        ("mysql://root@localhost/oscine", "Allowed: sqlite, postgresql"),
        ("postgresql://someone:secret@127.0.0.1:1/oscine", "someone:.*cannot be used"),
        ("sqlite:////proc/nowhere/oscine.db", "cannot be used"),
    ],
)
async def test_a_database_that_cannot_be_used_is_named_without_its_password(url: str, said: str) -> None:
    with pytest.raises(DatabaseUnavailable, match=said) as raised:
        await Database.open(url)
    assert "secret" not in str(raised.value)


def modes(folder: Path) -> set[int]:
    return {path.stat().st_mode & 0o777 for path in folder.iterdir()}


async def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    opened = await Database.open(f"sqlite:///{tmp_path / 'oscine.db'}")
    assert modes(tmp_path) == {0o600}
    await opened.close()
