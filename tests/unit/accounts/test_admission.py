# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
from contextlib import AsyncExitStack

import pytest

from oscine.accounts.admission import Admission
from oscine.domain.problems import KeyBusy, ServerBusy


async def fill(admission: Admission, exits: AsyncExitStack, *key_ids: str) -> None:
    for key_id in key_ids:
        await exits.enter_async_context(admission.enter(key_id))


async def test_place_tells_the_keys_share() -> None:
    admission = Admission(total=3, per_key=2, queue_length=0, wait_s=0)
    async with admission.enter("a"), admission.enter("b"), admission.enter("a") as place:
        assert (place.current, place.maximum) == (2, 2)
        assert admission.running == 3
    assert admission.running == 0


async def test_refusals_name_who_is_full() -> None:
    admission = Admission(total=2, per_key=1, queue_length=0, wait_s=0)
    async with AsyncExitStack() as exits:
        await fill(admission, exits, "a")
        with pytest.raises(KeyBusy):
            await fill(admission, exits, "a")
        await fill(admission, exits, "b")
        with pytest.raises(ServerBusy):
            await fill(admission, exits, "c")


async def test_a_waiting_request_gets_the_place_that_falls_free() -> None:
    admission = Admission(total=1, per_key=1, queue_length=1, wait_s=5)
    order: list[str] = []

    async def second() -> None:
        async with admission.enter("b"):
            order.append("b")

    async with admission.enter("a"):
        task = asyncio.create_task(second())
        while not admission.waiting:
            await asyncio.sleep(0)
        with pytest.raises(ServerBusy):  # the queue is full
            await admission.enter("c").__aenter__()
        order.append("a")
    await task
    assert order == ["a", "b"]
    assert (admission.running, admission.waiting) == (0, 0)


async def test_a_full_key_does_not_hold_up_the_others() -> None:
    admission = Admission(total=2, per_key=1, queue_length=5, wait_s=5)
    async with admission.enter("a"):
        stuck = asyncio.create_task(admission.enter("a").__aenter__())
        while not admission.waiting:
            await asyncio.sleep(0)
        async with admission.enter("b") as place:
            assert place.current == 1
        stuck.cancel()
        with pytest.raises(asyncio.CancelledError):
            await stuck
    assert (admission.running, admission.waiting) == (0, 0)


async def test_waiting_ends_in_a_refusal() -> None:
    admission = Admission(total=1, per_key=1, queue_length=5, wait_s=0.01)
    async with admission.enter("a"):
        with pytest.raises(ServerBusy):
            await admission.enter("b").__aenter__()
    assert (admission.running, admission.waiting) == (0, 0)


async def test_a_storm_leaves_nothing_behind() -> None:
    admission = Admission(total=3, per_key=2, queue_length=50, wait_s=5)
    most = 0

    async def one(key_id: str) -> None:
        nonlocal most
        async with admission.enter(key_id):
            most = max(most, admission.running)
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(one("abcd"[i % 4])) for i in range(40)]
    for task in tasks[::5]:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(r is None or isinstance(r, asyncio.CancelledError) for r in results)
    assert most <= 3
    assert (admission.running, admission.waiting) == (0, 0)
