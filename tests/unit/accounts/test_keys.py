# SPDX-License-Identifier: GPL-3.0-or-later
from pathlib import Path

import pytest
from sqlalchemy import update

from oscine.accounts.keys import Keys
from oscine.domain.problems import KeyInvalid, SettingOutOfRange
from oscine.store.database import Database
from oscine.store.tables import KeyRow


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


async def test_a_key_is_found_by_its_secret_alone(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite:///{tmp_path / 'new' / 'oscine.db'}")
    keys = Keys(database, None)
    key, secret = await keys.create("mine", ["text_to_speech"])
    assert (await keys.find(secret)).id == key.id
    assert secret.startswith("sk_")
    assert secret.endswith(key.hint)
    assert key.may("text_to_speech")
    assert not key.may("voices_read")
    with pytest.raises(KeyInvalid):
        await keys.find(secret + "x")
    with pytest.raises(KeyInvalid):
        await keys.find("\udc00")
    stored = b"".join(p.read_bytes() for p in (tmp_path / "new").iterdir())
    assert secret.encode() not in stored
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0, "only the owner can read the folder"
    await database.close()


async def test_a_revoked_key_is_believed_two_seconds_at_most(database: Database) -> None:
    clock = Clock()
    keys = Keys(database, None, clock)
    key, secret = await keys.create("mine")
    await keys.find(secret)
    assert await keys.revoke(key.id)
    clock.now += 2.1
    with pytest.raises(KeyInvalid):
        await keys.find(secret)
    assert not await keys.revoke("key_unknown")
    assert [k.is_revoked for k in await keys.list()] == [True]


async def test_the_fixed_key_holds_as_long_as_the_environment_has_it(database: Database) -> None:
    for _ in range(2):
        keys = Keys(database, "any syntax at all")
        await keys.open()
    assert (await keys.find("any syntax at all")).may("voices_read")
    assert await keys.count() == 0
    with pytest.raises(KeyInvalid):
        await Keys(database, "another").find("any syntax at all")


async def test_no_secret_leads_to_the_command_line(database: Database) -> None:
    keys = Keys(database, None)
    assert (await keys.command_line()).may("text_to_speech")
    with pytest.raises(KeyInvalid):
        await keys.find("none")
    assert await keys.count() == 0


async def test_a_key_can_expire_and_be_disabled(database: Database) -> None:
    clock = Clock()
    keys = Keys(database, None, clock)
    _, secret = await keys.create("mine")
    async with database.session.begin() as session:
        await session.execute(update(KeyRow).values(expires_unix=int(clock.now) + 60))
    await keys.find(secret)
    clock.now += 60
    with pytest.raises(KeyInvalid, match="expired"):
        await keys.find(secret)
    async with database.session.begin() as session:
        await session.execute(update(KeyRow).values(expires_unix=None, is_disabled=True))
    clock.now += 3
    with pytest.raises(KeyInvalid, match="disabled"):
        await keys.find(secret)


async def test_bad_limits_and_scopes_are_named(database: Database) -> None:
    keys = Keys(database, None)
    with pytest.raises(SettingOutOfRange, match="nonsense"):
        await keys.create("x", ["nonsense"])
    with pytest.raises(SettingOutOfRange, match="-1"):
        await keys.create("x", credit_limit=-1)
