# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import selectors
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

import pytest

from oscine.accounts.admission import Admission
from oscine.domain.problems import KeyBusy, ServerBusy


class Skipping(selectors.DefaultSelector):
    """Waits for nothing: the time that would have passed is added to the loop's clock."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += timeout or 0.0
        return super().select(0)


def in_no_time(scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Runs it on a loop whose clock jumps from one timer to the next."""

    def new_loop() -> asyncio.AbstractEventLoop:
        selector = Skipping()
        loop = asyncio.SelectorEventLoop(selector)
        loop.time = lambda: selector.now  # type: ignore[method-assign]
        return loop

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(scenario())


class Crowd:
    """Requests at an admission, each until it is told to end."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission
        self.served: list[str] = []
        """Who got a place, in order."""
        self.refused: list[tuple[str, str, float]] = []
        """Who did not: name, problem, when."""
        self._ends: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def come(self, *names: str, maximum: int | None = None) -> None:
        """One request after another; the first letter of a name is its key."""
        for name in names:
            self._ends[name] = asyncio.Event()
            self._tasks[name] = asyncio.create_task(self._ask(name, maximum))
            await self.settle()

    async def _ask(self, name: str, maximum: int | None) -> None:
        try:
            async with self._admission.enter(name[0], maximum):
                self.served.append(name)
                await self._ends[name].wait()
        except (KeyBusy, ServerBusy) as problem:
            self.refused.append((name, problem.code, asyncio.get_running_loop().time()))

    async def end(self, *names: str) -> None:
        for name in names:
            self._ends[name].set()
            await self.settle()

    async def leave(self, name: str) -> None:
        self._tasks[name].cancel()
        await self.settle()

    async def finish(self) -> None:
        for end in self._ends.values():
            end.set()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        assert (self._admission.running, self._admission.waiting) == (0, 0)

    async def settle(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)


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


def test_nobody_waits_longer_than_allowed() -> None:
    async def scenario() -> None:
        crowd = Crowd(Admission(total=1, per_key=1, queue_length=9, wait_s=5))
        await crowd.come("a1", "b1")
        await asyncio.sleep(3)
        await crowd.come("a2")
        await asyncio.sleep(10)
        assert crowd.refused == [("b1", "server_busy", 5), ("a2", "key_busy", 8)]
        await crowd.finish()

    in_no_time(scenario)


def test_a_free_place_goes_to_the_key_with_the_fewest_running_then_to_who_waits_longest() -> None:
    async def scenario() -> None:
        crowd = Crowd(Admission(total=3, per_key=9, queue_length=20, wait_s=5))
        await crowd.come("a1", "a2", "b1")
        await crowd.come("a3", "a4", "b2", "c1", "d1")
        await crowd.end("a1")  # running: a b; c and d have none, c came first
        await crowd.end("a2")  # running: b c; of a and d, a came first
        await crowd.end("b1")  # running: c a; of b and d, b came first
        await crowd.end("c1")  # running: a b; d has none
        assert crowd.served[3:] == ["c1", "a3", "b2", "d1"]
        await crowd.finish()

    in_no_time(scenario)


def test_a_noisy_key_fills_the_queue_and_still_keeps_nobody_out() -> None:
    async def scenario() -> None:
        crowd = Crowd(Admission(total=2, per_key=2, queue_length=3, wait_s=5))
        await crowd.come(*(f"a{i}" for i in range(9)))
        assert [name for name, _, _ in crowd.refused] == ["a5", "a6", "a7", "a8"]
        await crowd.come("b1")
        assert crowd.refused[-1] == ("a4", "key_busy", 0)  # the last of the noisy one's
        await crowd.come("a9")
        assert crowd.refused[-1][0] == "a9"
        await crowd.end("a0")
        assert crowd.served == ["a0", "a1", "b1"]
        await crowd.finish()

    in_no_time(scenario)


def test_two_noisy_keys_share_the_queue_and_a_third_still_gets_in() -> None:
    async def scenario() -> None:
        crowd = Crowd(Admission(total=2, per_key=9, queue_length=6, wait_s=5))
        for i in range(20):
            await crowd.come(f"a{i}", f"b{i}")
        assert (crowd.served, len(crowd.refused)) == (["a0", "b0"], 32)
        await crowd.come("c1")
        assert crowd.refused[-1][0] == "b3"
        await crowd.end("b0", "a0", "b1")  # each had waited for its turn; then it is the third one's
        assert crowd.served[2:] == ["b1", "a1", "c1"]
        await crowd.finish()
        assert sorted(crowd.served[5:]) == ["a2", "a3", "b2"]

    in_no_time(scenario)


def test_with_a_queue_of_one_the_quiet_key_has_it() -> None:
    async def scenario() -> None:
        crowd = Crowd(Admission(total=2, per_key=2, queue_length=1, wait_s=5))
        await crowd.come("a1", "a2", "a3", "b1")
        assert crowd.refused == [("a3", "key_busy", 0)]
        await crowd.finish()

    in_no_time(scenario)


def test_a_full_queue_of_a_full_key_holds_up_nobody() -> None:
    async def scenario() -> None:
        crowd = Crowd(Admission(total=5, per_key=1, queue_length=2, wait_s=5))
        await crowd.come("a1", "a2", "a3", "b1", "c1")
        assert (crowd.served, crowd.refused) == (["a1", "b1", "c1"], [])
        await crowd.finish()

    in_no_time(scenario)


def test_a_key_has_its_own_limit_which_may_change() -> None:
    async def scenario() -> None:
        crowd = Crowd(Admission(total=9, per_key=2, queue_length=9, wait_s=5))
        await crowd.come("a1", "a2", maximum=1)
        await crowd.come("b1", "b2", "b3", maximum=3)
        assert crowd.served == ["a1", "b1", "b2", "b3"]
        await crowd.come("a3", maximum=2)
        assert crowd.served[4:] == ["a3"]
        await crowd.finish()

    in_no_time(scenario)


def test_whoever_leaves_in_the_moment_it_is_called_passes_the_place_on() -> None:
    async def scenario() -> None:
        crowd = Crowd(Admission(total=1, per_key=1, queue_length=9, wait_s=5))
        await crowd.come("a1", "b1", "c1")
        crowd._ends["a1"].set()
        await asyncio.sleep(0)  # a1 wakes; b1 is called with its end
        crowd._tasks["b1"].cancel()
        await crowd.settle()
        assert crowd.served == ["a1", "c1"]
        await crowd.finish()

    in_no_time(scenario)


def test_whoever_has_left_is_not_called() -> None:
    async def scenario() -> None:
        crowd = Crowd(Admission(total=1, per_key=1, queue_length=2, wait_s=5))
        await crowd.come("a1", "b1", "c1")
        crowd._tasks["b1"].cancel()
        crowd._ends["a1"].set()
        await crowd.settle()
        assert crowd.served == ["a1", "c1"]
        await crowd.finish()

    in_no_time(scenario)
