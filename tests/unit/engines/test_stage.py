# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage over real worker processes, with an engine that fails where it is told to."""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path

import numpy as np
import pytest

from oscine.domain.alignment import Run
from oscine.domain.problems import EngineFailed, EngineUnavailable, PhonemeInvalid
from oscine.domain.speech import Boundary, Phonemes, Segment, Take, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.stage import Casting, Stage

CASTING = Casting("tone", Timbre("", 100.0), VoiceSettings(), None)
FRAMES_PER_CHARACTER = 480


def segment(text: str, phonemes: tuple[Phonemes, ...] = ()) -> Segment:
    length = len(text)
    return Segment(text, "en", 0, length, (Run(0, length, 0, length),), Boundary.EDGE, Boundary.EDGE, phonemes=phonemes)


@pytest.fixture
async def stage(tone: Path) -> AsyncIterator[Stage]:
    opened = Stage(("tone",), 2, idle_timeout_s=0.4)
    await opened.open()
    while opened.pools[0].alive < 2:
        await asyncio.sleep(0.01)
    yield opened
    await opened.close()


async def perform(stage: Stage, *texts: str) -> list[Take]:
    takes = []
    async with aclosing(stage.perform(iter([segment(text) for text in texts]), CASTING)) as scenes:
        async for _, of_segment in scenes:
            takes += [take async for take in of_segment]
    return takes


def frames(takes: list[Take]) -> int:
    return sum(len(take.samples) for take in takes)


async def test_segments_come_in_order_with_all_their_takes(stage: Stage) -> None:
    texts = ("one", "", "three three", "four")
    heard = []
    async for seen, takes in stage.perform(iter([segment(text) for text in texts]), CASTING):
        heard.append((seen.text, frames([take async for take in takes])))
    assert heard == [(text, len(text) * FRAMES_PER_CHARACTER) for text in texts]


async def test_a_crash_is_resumed_without_loss_or_repetition(stage: Stage, tone: Path) -> None:
    takes = await perform(stage, "before", "this will crash once", "after")
    assert (tone / "crashed").exists()
    assert frames(takes) == len("before" + "this will crash once" + "after") * FRAMES_PER_CHARACTER
    middle = [take for take in takes if take.is_resumed]
    assert len(middle) == 1
    starts = [mark.start for take in takes[2:4] for mark in take.marks]
    assert starts == sorted(set(starts))


async def test_the_tone_goes_on_where_it_broke_off(stage: Stage) -> None:
    samples = np.concatenate([take.samples for take in await perform(stage, "this will crash once")])
    positions = np.arange(len(samples))
    expected = 0.3 * np.sin(2 * np.pi * 100 * positions / 24000)
    np.testing.assert_allclose(samples, expected, atol=1e-3)


@pytest.mark.parametrize("word", ["broken", "hang"])
async def test_an_engine_that_always_fails_ends_in_a_problem(stage: Stage, word: str) -> None:
    with pytest.raises(EngineFailed):
        await perform(stage, "fine", word)
    assert frames(await perform(stage, "again")) == 5 * FRAMES_PER_CHARACTER


async def test_a_killed_worker_is_replaced(stage: Stage) -> None:
    pool = stage.pools[0]
    for child in list(pool._idle):
        os.kill(child.process.pid, signal.SIGKILL)
    assert frames(await perform(stage, "next")) == 4 * FRAMES_PER_CHARACTER
    while pool.alive < 2:
        await asyncio.sleep(0.01)
    assert pool.restarts == 2
    assert stage.is_ready


async def test_problems_of_the_engine_keep_their_name(stage: Stage) -> None:
    said = segment("click", (Phonemes(0, 5, "ʘ"),))
    with pytest.raises(PhonemeInvalid, match="ʘ"):
        async for _, takes in stage.perform(iter([said]), CASTING):
            async for _ in takes:
                pass


async def test_leaving_frees_the_workers(stage: Stage) -> None:
    async with aclosing(stage.perform(iter([segment("gate"), segment("gate")]), CASTING)) as scenes:
        async for _, takes in scenes:
            async for _ in takes:
                break
            break
    both = await asyncio.gather(perform(stage, "a"), perform(stage, "b"))
    assert [frames(takes) for takes in both] == [FRAMES_PER_CHARACTER] * 2


async def test_a_slow_reader_holds_no_worker(stage: Stage) -> None:
    readers = []
    for _ in range(4):
        scenes = stage.perform(iter([segment("one"), segment("two")]), CASTING)
        _, takes = await anext(scenes)
        await anext(takes)
        readers.append(scenes)
    assert frames(await perform(stage, "free")) == 4 * FRAMES_PER_CHARACTER
    for scenes in readers:
        await scenes.aclose()


async def test_the_next_segment_starts_only_after_the_first_take(stage: Stage) -> None:
    pulled = []

    def source() -> Iterator[Segment]:
        for text in ("one", "two", "three"):
            pulled.append(text)
            yield segment(text)

    async with aclosing(stage.perform(source(), CASTING)) as scenes:
        _, takes = await anext(scenes)
        assert pulled == ["one"]
        await anext(takes)
        assert pulled == ["one"]
        await anext(takes)
        assert pulled == ["one", "two"]


async def test_unknown_engines_are_problems(stage: Stage) -> None:
    casting = Casting("harp", CASTING.timbre, CASTING.settings, None)
    with pytest.raises(EngineUnavailable, match="harp"):
        await anext(stage.perform(iter([segment("a")]), casting))
    lonely = Stage(("harp",), 1, 1.0)
    with pytest.raises(EngineUnavailable, match="did not start"):
        await lonely.open()
    await lonely.close()


async def test_closing_ends_the_processes_and_removes_the_folder(tone: Path) -> None:
    opened = Stage(("tone",), 2, 1.0)
    await opened.open()
    children = [child.process for child in opened.pools[0]._idle]
    folder = opened._folder
    assert folder.stat().st_mode & 0o077 == 0
    await opened.close()
    assert all(process.returncode is not None for process in children)
    assert not folder.exists()


def test_folders_of_dead_servers_are_swept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = subprocess.Popen(["true"])
    ended.wait()
    stale = tmp_path / f"oscine-{ended.pid}-abc"
    alive = tmp_path / f"oscine-{os.getpid()}-abc"
    for folder in (stale, alive):
        folder.mkdir()
    Stage((), 1, 1.0)
    assert not stale.exists()
    assert alive.exists()
