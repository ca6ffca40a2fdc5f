# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from oscine.accounts.keys import Keys
from oscine.accounts.ledger import Ledger
from oscine.domain.account import OWNER
from oscine.domain.generation import Charge, HistoryItem, Outcome
from oscine.domain.problems import CursorInvalid, HistoryItemNotFound
from oscine.domain.speech import VoiceSettings
from oscine.store.database import Database
from oscine.store.history import History, HistoryFilter, insertion
from oscine.store.tables import AccountRow

ITEM = HistoryItem(
    id="",
    generation_id="",
    account_id=OWNER,
    source="TTS",
    voice_id="george",
    voice_name="George",
    voice_category="premade",
    model_id="eleven_v3",
    text="Hello.",
    settings=VoiceSettings(stability=0.25, speed=1.1),
    seed=7,
    output_format="mp3_44100_128",
    content_type="audio/mpeg",
    used_before=1,
    used_after=7,
    created_ms=1_700_000_000_000,
    audio_bytes=100,
    blob="",
)
Make = Callable[..., Awaitable[HistoryItem]]


@pytest.fixture
async def make(database: Database) -> Make:
    """Settles a generation that is kept, as the pipeline does."""
    key, _ = await Keys(database, None).create("writer")
    async with database.session.begin() as session:
        session.add(AccountRow(id="other", name="other", created_unix=0))
    ledger = Ledger(database, "node")
    numbers = count(1)

    async def keep(**values: Any) -> HistoryItem:
        number = next(numbers)
        values = {
            "id": f"item{number:04}",
            "generation_id": f"g{number}",
            "blob": f"history/d/item{number:04}",
            **values,
        }
        item = replace(ITEM, **values)
        owner = replace(key, account_id=item.account_id)
        reservation = await ledger.reserve(owner, item.generation_id, Charge("TTS", "m", "v", 1, 1, None))
        await ledger.settle(reservation, Outcome(1.0, 1.0), insertion(item))
        return item

    return keep


async def ids(history: History, account_id: str = OWNER, **wanted: Any) -> list[str]:
    page = await history.page(account_id, HistoryFilter(**wanted), after=None, is_descending=False, limit=100)
    return [item.id for item in page]


async def test_what_is_kept_is_read_back(database: Database, make: Make) -> None:
    item = await make()
    history = History(database)
    assert await history.get(OWNER, item.id) == item
    assert await history.of_generations(OWNER, [item.generation_id, "no\0ne"]) == {item.generation_id: item}
    assert await history.states(OWNER, [item.generation_id, "no\0ne"]) == {item.generation_id: "settled"}


async def test_a_character_that_databases_do_not_take_is_replaced(database: Database, make: Make) -> None:
    item = await make(text="a\0b")
    assert (await History(database).get(OWNER, item.id)).text == "a\ufffdb"


async def test_anothers_item_is_as_good_as_not_there(database: Database, make: Make) -> None:
    history = History(database)
    item = await make()
    messages = set()
    for account, item_id in (("other", item.id), (OWNER, "none"), (OWNER, "a\0b"), (OWNER, ""), (OWNER, "../x")):
        for call in (
            history.get(account, item_id),
            history.remove(account, item_id),
            history.get_all(account, [item_id]),
        ):
            with pytest.raises(HistoryItemNotFound) as caught:
                await call
            messages.add(caught.value.message.replace(repr(item_id), "'ID'"))
    assert messages == {"A history item with ID 'ID' was not found on the server."}
    assert await ids(history, "other") == []
    assert await history.of_generations("other", [item.generation_id]) == {}
    assert await history.states("other", [item.generation_id]) == {}


async def test_several_come_in_the_order_asked_for(database: Database, make: Make) -> None:
    one, two = await make(), await make()
    history = History(database)
    assert await history.get_all(OWNER, [two.id, one.id]) == [two, one]
    with pytest.raises(HistoryItemNotFound, match="none"):
        await history.get_all(OWNER, [two.id, "none"])


@pytest.mark.parametrize(("is_descending", "expected"), [(False, "abcd"), (True, "dcba")])
async def test_pages_lose_nothing_and_repeat_nothing_while_items_come(
    database: Database, make: Make, is_descending: bool, expected: str
) -> None:
    history = History(database)
    for name, created_ms in (("d", 30), ("b", 20), ("a", 10), ("c", 20)):
        await make(id=name, created_ms=created_ms)
    found: list[str] = []
    for number in range(4):
        after = found[-1] if found else None
        page = await history.page(OWNER, HistoryFilter(), after=after, is_descending=is_descending, limit=1)
        found += [item.id for item in page]
        await make(id=f"new{number}", created_ms=99 if is_descending else 1)
    assert "".join(found) == expected


async def test_a_place_that_is_gone(database: Database, make: Make) -> None:
    history = History(database)
    item = await make()
    for account, after in ((OWNER, "none"), (OWNER, "a\0"), ("other", item.id)):
        with pytest.raises(CursorInvalid, match="Begin again"):
            await history.page(account, HistoryFilter(), after=after, is_descending=True, limit=1)


async def test_filters(database: Database, make: Make) -> None:
    """Source: reference/api-facts.md §9.1: before is exclusive, after inclusive."""
    history = History(database)
    one = (await make(voice_id="x", created_ms=10_000)).id
    two = (await make(model_id="y", created_ms=10_999)).id
    three = (await make(created_ms=11_000)).id
    assert await ids(history, voice_id="x") == [one]
    assert await ids(history, model_id="y") == [two]
    assert await ids(history, source="STS") == []
    assert await ids(history, source="TTS") == [one, two, three]
    assert await ids(history, since_unix=10, before_unix=11) == [one, two]
    assert await ids(history, since_unix=11) == [three]
    assert await ids(history, since_unix=0, before_unix=253_402_300_799, voice_id="george") == [two, three]


async def test_search_takes_every_character_as_it_is(database: Database, make: Make) -> None:
    history = History(database)
    texts = ("Fifty % off", "fifty_off", "Fifty off", "a/b \\ c", "nothing")
    made = [(await make(text=text, created_ms=i)).id for i, text in enumerate(texts)]
    lily = (await make(text="-", voice_name="Lily", created_ms=9)).id
    for part, expected in {
        "FIFTY": made[:3],
        "y % o": made[:1],
        "%": made[:1],
        "_": made[1:2],
        "a/b": made[3:4],
        "\\": made[3:4],
        "lil": [lily],
        "'; --": [],
    }.items():
        assert await ids(history, search=part) == expected, part


async def test_search_knows_letters_of_other_alphabets(database: Database, make: Make) -> None:
    history = History(database)
    item = await make(text="Äpfel und ЯБЛОКИ")
    assert await ids(history, search="äPFEL") == [item.id]
    assert await ids(history, search="яблоки") == [item.id]


async def test_of_several_who_remove_one_succeeds(database: Database, make: Make) -> None:
    item = await make()
    removed = await asyncio.gather(
        *(History(database).remove(OWNER, item.id) for _ in range(5)), return_exceptions=True
    )
    assert [result for result in removed if not isinstance(result, HistoryItemNotFound)] == [item.blob]


async def test_the_newest_that_fit_may_stay(database: Database, make: Make) -> None:
    history = History(database)
    for created_ms in range(5):
        await make(created_ms=created_ms)
    assert await history.last_too_many(500) is None
    assert await history.last_too_many(499) == (0, "item0001")
    assert await history.last_too_many(250) == (2, "item0003")
    assert await history.last_too_many(0) == (4, "item0005")


async def test_removing_until_a_moment_goes_over_all_accounts(database: Database, make: Make) -> None:
    history = History(database)
    for created_ms in range(6):
        await make(created_ms=created_ms, account_id=("other", OWNER)[created_ms % 2])
    removed: list[str] = []
    while blobs := await history.remove_until((3, "item0004")):
        removed += blobs
    assert sorted(removed) == [f"history/d/item000{i}" for i in (1, 2, 3, 4)]
    assert await ids(history) + await ids(history, "other") == ["item0006", "item0005"]
    assert await history.without_row({"item0001", "item0005", "item0006"}) == {"item0001"}
