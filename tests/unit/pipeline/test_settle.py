# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from contextlib import aclosing

import pytest
from sqlalchemy import select

from oscine.domain.account import Key
from oscine.domain.audio import find_format
from oscine.domain.problems import EngineFailed, QuotaExceeded
from oscine.domain.speech import SpeechRequest
from oscine.pipeline.house import House
from oscine.pipeline.speech import Performance
from oscine.store.tables import GenerationRow, HistoryRow

LIMIT = 60


@pytest.fixture
async def key(tone_house: House) -> Key:
    return (await tone_house.keys.create("limited", credit_limit=LIMIT))[0]


async def perform(house: House, key: Key, text: str) -> Performance:
    request = SpeechRequest(text, "JBFqnCBsd6RMkjVDRZzb", "eleven_multilingual_v2", find_format("pcm_8000"))
    return await Performance.prepare(house, key, request)


async def used(house: House) -> int:
    return next(key.credits_used for key in await house.keys.list() if key.name == "limited")


async def states(house: House) -> list[str]:
    async with house.history._database.session() as session:
        return list(await session.scalars(select(GenerationRow.state).order_by(GenerationRow.created_ms)))


async def test_when_the_last_chunk_was_taken_all_is_in_the_store(tone_house: House, key: Key) -> None:
    performance = await perform(tone_house, key, "Ten chars.")
    chunks = [chunk.audio async for chunk in performance.chunks()]
    assert (await used(tone_house), await states(tone_house)) == (10, ["settled"])
    async with tone_house.history._database.session() as session:
        item = (await session.scalars(select(HistoryRow))).one()
    assert (item.id, item.generation_id) == (performance.history_item_id, performance.request_id)
    assert (item.used_before, item.used_after) == (0, 10)
    assert await tone_house.blobs.get(f"{item.blob}/audio") == b"".join(chunks)


async def test_what_fails_costs_nothing(tone_house: House, key: Key) -> None:
    performance = await perform(tone_house, key, "This one is broken.")
    with pytest.raises(EngineFailed):
        [chunk async for chunk in performance.chunks()]
    assert (await used(tone_house), await states(tone_house)) == (0, ["released"])


async def test_who_leaves_pays_and_nothing_is_kept(tone_house: House, key: Key) -> None:
    performance = await perform(tone_house, key, "The first half, then the gate.")
    async with aclosing(performance.chunks()) as chunks:
        await anext(chunks)
    assert (await used(tone_house), await states(tone_house)) == (30, ["settled"])
    async with tone_house.history._database.session() as session:
        assert (await session.scalars(select(HistoryRow))).all() == []


async def test_nothing_leaves_before_the_credits_are_there(tone_house: House, key: Key) -> None:
    performance = await perform(tone_house, key, "x" * (LIMIT + 1))
    with pytest.raises(QuotaExceeded):
        await anext(performance.chunks())
    assert (await used(tone_house), await states(tone_house)) == (0, [])


async def test_the_cost_of_a_repeat_is_known_with_the_first_chunk(tone_house: House, key: Key) -> None:
    for cost in (10, 0, 0, 10):
        performance = await perform(tone_house, key, "Ten chars.")
        async for _ in performance.chunks():
            assert performance.cost == cost
