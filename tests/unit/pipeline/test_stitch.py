# SPDX-License-Identifier: GPL-3.0-or-later
"""Sources: reference/api-facts.md §6 (request stitching)."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from oscine.domain.account import Key
from oscine.domain.audio import find_format
from oscine.domain.problems import ModelUnsupported, RequestNotFound, RequestUnusable, SettingOutOfRange
from oscine.domain.speech import Drawn, SpeechRequest
from oscine.pipeline.house import House
from oscine.pipeline.speech import Performance
from oscine.pipeline.stitch import stitch
from oscine.store.tables import HistoryRow

VOICE = "JBFqnCBsd6RMkjVDRZzb"


def ask(text: str, **given: Any) -> SpeechRequest:
    return SpeechRequest(text, VOICE, "eleven_multilingual_v2", find_format("pcm_8000"), **given)


async def speak(house: House, key: Key, request: SpeechRequest) -> str:
    """The request id, once its audio has been read to the end."""
    performance = await Performance.prepare(house, key, request)
    async for _ in performance.chunks():
        pass
    return performance.request_id


@pytest.fixture
async def key(tone_house: House) -> Key:
    return (await tone_house.keys.create("mine"))[0]


async def test_earlier_and_later_requests_give_their_texts_in_order(tone_house: House, key: Key) -> None:
    ids = [await speak(tone_house, key, ask(text)) for text in ("One, ", "two,", "four.")]
    request = ask("three,", previous_text="overridden", previous_ids=tuple(ids[:2]), next_ids=(ids[2],))
    stitched = await stitch(tone_house, key, request)
    assert (stitched.previous_text, stitched.next_text) == ("One,  two,", "four.")


async def test_the_seed_is_taken_over_unless_one_is_asked_for(tone_house: House, key: Key) -> None:
    first = await speak(tone_house, key, ask("One,", seed=77))
    stitched = await stitch(tone_house, key, ask("two.", previous_ids=(first,)))
    assert stitched.seed == 77
    assert isinstance(stitched.seed, Drawn)
    assert (await stitch(tone_house, key, ask("two.", previous_ids=(first,), seed=5))).seed == 5
    assert (await stitch(tone_house, key, ask("zero", next_ids=(first,)))).seed is None


async def test_anothers_request_is_as_good_as_none(tone_house: House, key: Key) -> None:
    first = await speak(tone_house, key, ask("One,"))
    for who, wanted in ((replace(key, account_id="someone"), first), (key, "nobodys"), (key, "../../etc")):
        with pytest.raises(RequestNotFound) as raised:
            await stitch(tone_house, who, ask("two.", previous_ids=(wanted,)))
        assert raised.value.parameter == "previous_request_ids"


async def test_what_is_not_read_to_the_end_cannot_be_stitched_to(tone_house: House, key: Key) -> None:
    performance = await Performance.prepare(tone_house, key, ask("One sentence. And another one."))
    async with aclosing(performance.chunks()) as chunks:
        await anext(chunks)
        with pytest.raises(RequestUnusable, match="not finished"):
            await stitch(tone_house, key, ask("two.", next_ids=(performance.request_id,)))
    with pytest.raises(RequestUnusable, match="broken off"):
        await stitch(tone_house, key, ask("two.", next_ids=(performance.request_id,)))


async def test_what_is_older_than_two_hours_or_was_not_kept_is_refused(tone_house: House, key: Key) -> None:
    unkept = await speak(tone_house, key, ask("One,", is_logged=False))
    with pytest.raises(RequestUnusable, match="not kept"):
        await stitch(tone_house, key, ask("two.", previous_ids=(unkept,)))
    old = await speak(tone_house, key, ask("Long ago,"))
    async with tone_house.history._database.session.begin() as session:
        await session.execute(update(HistoryRow).values(created_ms=HistoryRow.created_ms - 7_201_000))
    with pytest.raises(RequestUnusable, match="2 hours"):
        await stitch(tone_house, key, ask("two.", previous_ids=(old,)))


async def test_where_stitching_makes_no_sense_it_is_refused(tone_house: House, key: Key) -> None:
    first = await speak(tone_house, key, ask("One,"))
    with pytest.raises(SettingOutOfRange) as raised:
        await stitch(tone_house, key, ask("two.", previous_ids=(first,), is_logged=False))
    assert raised.value.parameter == "enable_logging"
    v3 = replace(ask("two.", previous_ids=(first,)), model_id="eleven_v3")
    with pytest.raises(ModelUnsupported, match=r"previous_request_ids .* not yet supported with the 'eleven_v3' model"):
        await Performance.prepare(tone_house, key, v3)
