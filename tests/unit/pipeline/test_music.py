# SPDX-License-Identifier: GPL-3.0-or-later
"""Pieces in a house whose music is a ramp (tests/plugin/oscine_beat.py)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Unpack

import numpy as np
import pytest
import pytest_asyncio

from oscine.domain.account import Key, Limits
from oscine.domain.audio import find_format
from oscine.domain.composition import MusicPrompt, MusicRequest
from oscine.domain.problems import KeyBusy, ModelNotFound, NotServed, QuotaExceeded, SettingOutOfRange
from oscine.engines.stage import Stage
from oscine.pipeline.house import House, open_house
from oscine.pipeline.music import CREDITS_PER_S, Song, draft
from oscine.settings import load_settings
from tests import databases
from tests.conftest import PLUGIN, PLUGIN_PATH

pytestmark = pytest.mark.asyncio(loop_scope="module")
PIECE = MusicPrompt("beats", seconds=3.0)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """One for all, with one worker, and nobody who speaks."""
    folder = tmp_path_factory.mktemp("house")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(PLUGIN)
        patch.setenv("PYTHONPATH", PLUGIN_PATH)
        patch.setenv("CRASH_MARK", str(folder / "crashed"))
        patch.setenv("TONE_GATE", str(folder / "gate"))
        settings = load_settings(
            data_dir=folder, database_url=databases.url_for(folder), music_engine="beat", workers=1
        )
        async with open_house(settings, Stage((), 1, 1.0)) as opened:
            yield opened


async def a_key(house: House, **limits: Unpack[Limits]) -> Key:
    key, _ = await house.keys.create("tester", **limits)
    return key


def song(house: House, key: Key, prompt: MusicPrompt = PIECE, name: str = "pcm_8000", seed: int | None = 1) -> Song:
    return Song(house, key, MusicRequest(prompt, "music_v1", find_format(name), seed))


async def used(house: House, key: Key) -> int:
    return (await house.keys.find_by_id(key.id)).credits_used


async def test_progress_runs_from_none_to_all(house: House) -> None:
    made = song(house, await a_key(house))
    assert made.progress == 0
    steps = [made.progress async for _ in made.chunks()]
    assert steps == sorted(steps)
    assert steps[-1] == made.progress == 1
    assert made.seconds == made.reading.seconds == 3.0


async def test_the_bytes_are_those_of_what_was_played_and_a_seed_makes_them_again(house: House) -> None:
    key = await a_key(house)
    one, again, other = [
        b"".join([chunk.audio async for chunk in song(house, key, seed=seed).chunks()]) for seed in (1, 1, 2)
    ]
    assert len(one) == 3 * 8000 * 2
    assert one == again
    assert not any(np.frombuffer(one, "<i2"))  # left and right of a ramp are each other's opposite: PCM is mono
    assert other == one


async def test_stereo_where_the_format_has_it(house: House) -> None:
    key = await a_key(house)
    one, again, other = [
        b"".join([chunk.audio async for chunk in song(house, key, name="wav_8000", seed=seed).chunks()])
        for seed in (1, 1, 2)
    ]
    samples = np.frombuffer(one[44:], "<i2").reshape(-1, 2)
    assert len(samples) == 3 * 8000
    assert np.array_equal(samples[:, 0], -samples[:, 1])
    assert one == again != other


async def test_what_a_second_costs(house: House) -> None:
    key = await a_key(house)
    made = song(house, key)
    assert [chunk async for chunk in made.chunks()]
    assert made.charge.cost == await used(house, key) == 3 * CREDITS_PER_S


async def test_a_draft_is_free(house: House) -> None:
    key = await a_key(house)
    piece = await draft(house, key, PIECE, "music_v1")
    assert piece.seconds == 3.0
    assert await used(house, key) == 0
    assert house.admission.running == 0


async def test_what_exceeds_the_credits_is_not_heard(house: House) -> None:
    key = await a_key(house, credit_limit=4 * CREDITS_PER_S - 1)
    with pytest.raises(QuotaExceeded):
        await anext(song(house, key, MusicPrompt("beats", seconds=4.0)).chunks())
    assert await used(house, key) == 0
    assert house.admission.running == 0
    assert [chunk async for chunk in song(house, key).chunks()]


async def test_what_the_engine_refuses_costs_nothing(house: House) -> None:
    key = await a_key(house)
    with pytest.raises(NotServed):
        await anext(song(house, key, MusicPrompt("sing")).chunks())
    assert await used(house, key) == 0


async def test_whoever_leaves_pays_and_frees_place_and_worker(house: House) -> None:
    key = await a_key(house)
    leaving = song(house, key, MusicPrompt("endless", seconds=10.0)).chunks()
    await anext(leaving)
    await leaving.aclose()
    assert house.admission.running == 0
    assert await used(house, key) == 10 * CREDITS_PER_S
    assert [chunk async for chunk in song(house, key).chunks()]


async def test_a_slow_reader_holds_no_worker(house: House) -> None:
    key = await a_key(house)
    slow = song(house, key).chunks()
    await anext(slow)
    assert [chunk async for chunk in song(house, key).chunks()]  # by the only worker there is
    assert sum([len(chunk.audio) async for chunk in slow]) == 3 * 8000 * 2


async def test_places_are_those_of_all_generations(house: House) -> None:
    key = await a_key(house, concurrency=1)
    first = song(house, key).chunks()
    await anext(first)
    with pytest.raises(KeyBusy):
        await anext(song(house, key).chunks())
    await first.aclose()


async def test_queued_work_takes_neither_place_nor_credits(house: House) -> None:
    key = await a_key(house)
    made = song(house, key, MusicPrompt("crash", seconds=3.0))
    pieces = made.rendered()
    await anext(pieces)
    assert made.charge.cost == 3 * CREDITS_PER_S
    assert house.admission.running == 0
    assert sum([len(chunk.audio) async for chunk in pieces]) == 3 * 8000 * 2
    assert (house.settings.data_dir / "crashed").exists()
    assert await used(house, key) == 0


async def test_waveforms_have_four_values_a_second(house: House) -> None:
    made = song(house, await a_key(house), MusicPrompt("beats", seconds=3.1))
    assert [chunk async for chunk in made.chunks()]
    assert made.waveform == [0] * 12  # the ramp and its opposite


async def test_limits(house: House) -> None:
    key = await a_key(house)
    for seconds in (2.9, 600.1, float("nan")):
        with pytest.raises(SettingOutOfRange):
            song(house, key, MusicPrompt("beats", seconds=seconds))
    with pytest.raises(ModelNotFound):
        await draft(house, key, PIECE, "music_v9")
