# SPDX-License-Identifier: GPL-3.0-or-later
"""The engines of sounds and of music behind their worker processes."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from oscine.domain.composition import CompositionPlan, MusicPrompt, MusicTake, Piece, PlannedSection
from oscine.domain.music import Section
from oscine.domain.problems import EngineFailed, EngineUnavailable, NotServed, TextUnspeakable
from oscine.domain.sound import Reading, SoundPrompt, SoundTake, Stereo
from oscine.engines import wire
from oscine.engines.child import Child
from oscine.engines.foley import FoleyEngine
from oscine.engines.workshop import MusicStage, SoundStage
from oscine.settings import load_settings


@pytest.fixture
async def stage() -> AsyncIterator[SoundStage]:
    opened = SoundStage("foley", 1, 5.0)
    yield opened
    await opened.close()


def test_orders_and_takes_survive_the_wire() -> None:
    for prompt in (SoundPrompt("rain"), SoundPrompt("wind", 2.5, 0.75, True)):
        for seed in (None, 0, 2**32 - 1):
            assert wire.read_order(wire.write_order(prompt, seed)) == (prompt, seed)
    reading = Reading(1.5, ("rain",), (("thuner", "thunder"),), ("zamboni",))
    samples = np.array([[0.5, -0.25], [1.0, -1.0]], np.float32)
    take = wire.read_sound(wire.write_sound(SoundTake(samples, 44100, reading)), 44100)
    assert take.reading == reading
    assert np.allclose(take.samples, samples, atol=1e-4)
    assert wire.read_sound(wire.write_sound(SoundTake(samples, 44100)), 44100).reading is None


async def test_nothing_starts_before_the_first_sound(stage: SoundStage) -> None:
    assert stage._pool is None
    takes = [take async for take in stage.make(SoundPrompt("knocking", 1.0), 3)]
    assert sum(len(take.samples) for take in takes) == 44100
    assert takes[0].reading is not None
    here = np.concatenate([take.samples for take in FoleyEngine().make(SoundPrompt("knocking", 1.0), 3)])
    assert np.allclose(np.concatenate([take.samples for take in takes]), here, atol=1e-4)


async def test_a_dead_worker_is_not_heard(stage: SoundStage, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    start = Child.start.__func__  # type: ignore[attr-defined]

    async def watched(kind: type[Child], engine_id: str, socket: Path, environment: Mapping[str, str]) -> Child:
        child: Child = await start(kind, engine_id, socket, environment)
        started.append(child.process.pid)
        return child

    monkeypatch.setattr(Child, "start", classmethod(watched))
    prompt = SoundPrompt("heavy rain", 20.0)
    first = stage.make(prompt, 9)
    takes = [await anext(first)]
    (pid,) = started
    os.kill(pid, signal.SIGKILL)
    takes += [take async for take in first]
    assert len(started) == 2
    whole = np.concatenate([take.samples for take in takes])
    expected = np.concatenate([take.samples for take in FoleyEngine().make(prompt, 9)])
    assert len(whole) == len(expected)
    assert np.allclose(whole, expected, atol=1e-4)


async def test_leaving_early_frees_the_worker(stage: SoundStage) -> None:
    for _ in range(3):
        takes = stage.make(SoundPrompt("thunderstorm", 30.0), 1)
        await anext(takes)
        await takes.aclose()
    async with asyncio.timeout(30):
        assert [take async for take in stage.make(SoundPrompt("click", 0.5), 1)]


async def test_refusals_come_through(stage: SoundStage) -> None:
    with pytest.raises(TextUnspeakable, match="names no sound"):
        await anext(stage.make(SoundPrompt("!!!"), 1))


@pytest.mark.parametrize("engine", ["nowhere", "espeak"])
async def test_an_engine_that_makes_no_sounds_is_refused(engine: str) -> None:
    stage = SoundStage(engine, 1, 5.0)
    with pytest.raises(EngineUnavailable):
        await anext(stage.make(SoundPrompt("rain"), 1))
    await stage.close()


MUSIC = MusicPrompt("calm piano", seconds=3.0)


@pytest.fixture
async def beats(tone: Path) -> AsyncIterator[MusicStage]:
    opened = MusicStage("beat", 1, 0.5)
    yield opened
    await opened.close()


async def play(stage: MusicStage, prompt: MusicPrompt, seed: int = 1) -> tuple[Piece | None, Stereo]:
    takes = [take async for take in stage.make(prompt, seed)]
    assert [take.reading for take in takes[1:]] == [None] * (len(takes) - 1)
    return takes[0].reading, np.concatenate([take.samples for take in takes])


def test_music_survives_the_wire() -> None:
    section = PlannedSection("intro", 4.5, ("quiet",), ("drums",), ("la la",))
    plan = CompositionPlan((section, PlannedSection("end", 3.0)), ("jazz",), ("vocals",))
    for prompt in (MusicPrompt("waltz"), MusicPrompt("x", plan, 30.5, True, False, True)):
        for seed in (None, 0, 2**31 - 1):
            assert wire.read_play(wire.write_play(prompt, seed)) == (prompt, seed)
    sections = (Section("intro", 0.0, 4.5),)
    words = (("Jazz",), ("piano",), ("zamboni",))
    piece = Piece("A Waltz", 7.5, 96.5, "F# minor", (6, 8), plan, sections, *words, b"MThd")
    samples = np.array([[0.5, -0.25], [1.0, -1.0]], np.float32)
    take = wire.read_music(wire.write_music(MusicTake(samples, 44100, piece)), 44100)
    assert take.reading == piece
    assert np.allclose(take.samples, samples, atol=1e-4)
    empty = wire.read_music(wire.write_music(MusicTake(samples[:0], 44100)), 44100)
    assert (empty.reading, empty.samples.shape) == (None, (0, 2))


async def test_a_piece_is_as_long_as_it_says_and_the_same_for_a_seed(beats: MusicStage) -> None:
    piece, samples = await play(beats, MUSIC)
    assert piece is not None
    assert (piece.seconds, len(samples)) == (3.0, 3 * 8000)
    assert np.array_equal(samples, (await play(beats, MUSIC))[1])
    assert not np.array_equal(samples, (await play(beats, MUSIC, seed=2))[1])


async def test_a_death_in_mid_piece_is_not_heard(beats: MusicStage, tone: Path) -> None:
    _, expected = await play(beats, MUSIC)
    piece, samples = await play(beats, replace(MUSIC, text="crash"))
    assert (tone / "crashed").exists()
    assert piece is not None
    assert np.array_equal(samples, expected)
    assert beats.pools[0].restarts == 1


async def test_signs_of_life_are_no_hang_and_silence_is(beats: MusicStage) -> None:
    _, samples = await play(beats, replace(MUSIC, text="alive"))
    assert (len(samples), beats.pools[0].restarts) == (3 * 8000, 0)
    with pytest.raises(EngineFailed):
        await play(beats, replace(MUSIC, text="hang"))


async def test_what_the_engine_refuses_comes_through(beats: MusicStage) -> None:
    with pytest.raises(NotServed, match="do not sing"):
        await play(beats, replace(MUSIC, text="sing"))


async def test_the_font_of_a_settings_file_reaches_the_band(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font, config = tmp_path / "mine.sf2", tmp_path / "oscine.toml"
    config.write_text(f'soundfont = "{font}"\nworkers = 1\n')
    monkeypatch.setenv("OSCINE_CONFIG", str(config))
    settings = load_settings()
    monkeypatch.delenv("OSCINE_CONFIG")
    for content, reason in ((None, "which is no file"), (b"RIFF", "cannot be played")):
        if content is not None:
            font.write_bytes(content)
        stage = MusicStage.of(settings)
        with pytest.raises(EngineUnavailable, match=reason):
            await anext(stage.make(MUSIC, 1))
        await stage.close()
