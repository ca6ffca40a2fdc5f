# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from elevenlabs.types.permission_type import PermissionType
from sqlalchemy import update

from oscine.accounts.keys import Keys
from oscine.domain.account import DORMANT_SCOPES, SCOPES, Change
from oscine.domain.problems import ActionDenied, KeyInvalid, KeyNotFound, SettingOutOfRange
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
    await Keys(database, None, clock).revoke(key.id)  # as another process does
    clock.now += 2.1
    with pytest.raises(KeyInvalid):
        await keys.find(secret)
    assert [k.is_revoked for k in await keys.list()] == [True]
    for key_id in ("key_unknown", key.id, "key\x00", "../key"):
        with pytest.raises(KeyNotFound):
            await keys.revoke(key_id)


async def test_a_change_by_this_process_acts_at_once(database: Database) -> None:
    keys = Keys(database, None, Clock())
    key, secret = await keys.create("mine")
    await keys.find(secret)
    await keys.edit(key.id, is_disabled=True)
    with pytest.raises(KeyInvalid, match="disabled"):
        await keys.find(secret)


async def test_terms_are_kept_and_changed_one_by_one(database: Database) -> None:
    clock = Clock()
    keys = Keys(database, None, clock)
    soon = int(clock.now) + 60
    key, secret = await keys.create(
        " mine ", ["voices_read"], credit_limit=5, expires_unix=soon, allowed_ips=["10.0.0.1"], concurrency=2
    )
    assert (key.name, key.credit_limit, key.expires_unix, key.allowed_ips, key.concurrency) == (
        *("mine", 5, soon),
        *(("10.0.0.1/32",), 2),
    )
    assert key == await keys.find(secret) == await keys.reread(key)
    for change in (
        Change(name="yours"),
        Change(scopes=["all"]),
        Change(credit_limit=None),
        Change(expires_unix=None),
        Change(allowed_ips=()),
        Change(concurrency=7),
        Change(may_disable_itself=False),
        Change(is_disabled=True),
    ):
        before, key = key, await keys.edit(key.id, **change)
        ((name, value),) = change.items()
        wanted = {"scopes": frozenset, "allowed_ips": tuple}.get(name, lambda v: v)(value)
        assert key == replace(before, **{name: wanted})
    assert await keys.edit(key.id) == key


async def test_a_key_of_another_account_is_not_there(database: Database) -> None:
    keys = Keys(database, None)
    key, _ = await keys.create("mine")
    with pytest.raises(KeyNotFound):
        await keys.edit(key.id, "user_another", name="theirs")
    with pytest.raises(KeyNotFound):
        await keys.revoke(key.id, "user_another")
    assert [k.name for k in await keys.list("owner")] == ["mine"]
    assert await keys.list("user_another") == []


async def test_whoever_holds_a_key_can_put_it_out_of_use_unless_told_otherwise(database: Database) -> None:
    keys = Keys(database, None)
    key, secret = await keys.create("mine")
    await keys.disable_itself(key)
    with pytest.raises(KeyInvalid, match="disabled"):
        await keys.find(secret)
    assert (await keys.reread(key)).disable_reason == "self_disabled"
    assert (await keys.edit(key.id, is_disabled=False)).disable_reason is None
    await keys.find(secret)
    with pytest.raises(ActionDenied):
        await keys.disable_itself(await keys.edit(key.id, may_disable_itself=False))


async def test_the_environments_key_is_changed_there_alone(database: Database) -> None:
    keys = Keys(database, "fixed")
    await keys.open()
    key = await keys.find("fixed")
    for change in (keys.disable_itself(key), keys.revoke(key.id), keys.edit(key.id, credit_limit=1)):
        with pytest.raises(ActionDenied, match="OSCINE_API_KEY"):
            await change
    assert await keys.find("fixed") == key


async def test_what_was_used_last_month_is_nothing_now(database: Database) -> None:
    clock = Clock()  # November 2023
    keys = Keys(database, None, clock)
    key, _ = await keys.create("mine")
    async with database.session.begin() as session:
        await session.execute(update(KeyRow).values(credits_used=7, month="2023-11"))
    assert (await keys.reread(key)).credits_used == 7
    assert keys.resets_unix() == 1_701_388_800  # 2023-12-01
    clock.now = 1_701_388_800
    assert (await keys.reread(key)).credits_used == 0
    assert keys.resets_unix() == 1_704_067_200  # 2024-01-01


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
    with pytest.raises(SettingOutOfRange, match="past"):
        await keys.create("x", expires_unix=1)
    with pytest.raises(SettingOutOfRange, match="concurrency"):
        await keys.create("x", concurrency=0)
    with pytest.raises(SettingOutOfRange, match="nowhere"):
        await keys.create("x", allowed_ips=["nowhere"])
    for name in ("", " ", "a" * 101, "two\nlines", "nul\x00"):
        with pytest.raises(SettingOutOfRange, match="name"):
            await keys.create(name)
    assert await keys.list() == []


async def test_every_scope_of_the_vendor_is_taken(database: Database) -> None:
    """Source: Python client 2.78.0, permission_type.py."""
    vendors = get_args(get_args(PermissionType)[0])
    assert set(vendors) == {*SCOPES, *DORMANT_SCOPES} - {"zero_retention"}
    key, _ = await Keys(database, None).create("x", vendors)
    assert key.scopes == frozenset(vendors)


async def test_a_wallet_is_topped_up_by_many_at_once(database: Database) -> None:
    keys = Keys(database, "from the environment", Clock())
    await keys.open()
    key, secret = await keys.create("mine", wallet_micros=5)
    await asyncio.gather(*(keys.top_up(key.id, 3) for _ in range(10)))
    assert (await keys.find(secret)).wallet_micros == 35
    unlimited, _ = await keys.create("unlimited")
    with pytest.raises(SettingOutOfRange, match="has no wallet"):
        await keys.top_up(unlimited.id, 1)
    assert (await keys.reread(unlimited)).wallet_micros is None
    with pytest.raises(SettingOutOfRange, match="more than 0"):
        await keys.top_up(key.id, 0)
    with pytest.raises(ActionDenied, match="environment"):
        await keys.top_up(next(k.id for k in await keys.list() if k.id.startswith("key_env")), 1)
    await keys.revoke(key.id)
    with pytest.raises(KeyNotFound):
        await keys.top_up(key.id, 1)
