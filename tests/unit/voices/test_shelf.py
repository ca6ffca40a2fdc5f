# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import asyncio

import pytest

from oscine.domain.account import OWNER
from oscine.domain.problems import VoiceNotFound
from oscine.domain.speech import VoiceSettings
from oscine.store.database import Database
from oscine.store.tables import AccountRow
from oscine.voices.catalogue import Catalogue
from oscine.voices.shelf import Shelf

GEORGE = "JBFqnCBsd6RMkjVDRZzb"
FAST = VoiceSettings(speed=1.2)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_settings_are_stored_for_one_account_and_one_voice(database: Database) -> None:
    async with database.session.begin() as session:
        session.add(AccountRow(id="other", name="other", created_unix=0))
    shelf = Shelf(Catalogue(), database)
    await shelf.store_settings(OWNER, GEORGE, VoiceSettings(stability=0.1))
    await shelf.store_settings(OWNER, GEORGE, FAST)
    assert (await shelf.find(OWNER, GEORGE)).settings == FAST
    assert (await shelf.find("other", GEORGE)).settings == VoiceSettings()
    voices = {voice.id: voice.settings for voice in await shelf.all(OWNER)}
    assert voices.pop(GEORGE) == FAST
    assert set(voices.values()) == {VoiceSettings()}


async def test_another_process_notices_within_two_seconds(database: Database) -> None:
    clock = Clock()
    here, there = Shelf(Catalogue(), database, clock), Shelf(Catalogue(), database, clock)
    assert (await there.find(OWNER, GEORGE)).settings == VoiceSettings()
    await here.store_settings(OWNER, GEORGE, FAST)
    assert (await here.find(OWNER, GEORGE)).settings == FAST
    clock.now += 2.1
    assert (await there.find(OWNER, GEORGE)).settings == FAST


async def test_many_at_once_leave_one_of_theirs(database: Database) -> None:
    wanted = [VoiceSettings(stability=i / 10) for i in range(8)]
    await asyncio.gather(*(Shelf(Catalogue(), database).store_settings(OWNER, GEORGE, one) for one in wanted))
    assert (await Shelf(Catalogue(), database).find(OWNER, GEORGE)).settings in wanted


async def test_a_voice_that_there_is_not(database: Database) -> None:
    with pytest.raises(VoiceNotFound):
        await Shelf(Catalogue(), database).store_settings(OWNER, "nobody", FAST)
