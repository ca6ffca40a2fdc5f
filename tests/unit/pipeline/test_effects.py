# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags that are sounds: [gunshot], [applause], [explosion] (reference/api-facts.md §6)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from oscine.domain.audio import find_format
from oscine.domain.problems import EngineFailed, TextUnspeakable
from oscine.domain.sound import Reading, SoundPrompt, SoundTake
from oscine.domain.speech import SpeechRequest
from oscine.engines.stage import Stage
from oscine.engines.workshop import SoundStage
from oscine.pipeline import effects
from oscine.pipeline.finish import Chunk
from oscine.pipeline.house import House, open_house
from oscine.pipeline.speech import Performance
from oscine.settings import load_settings
from oscine.text.markup import MOST_EFFECTS
from tests import databases
from tests.conftest import PLUGIN

pytestmark = pytest.mark.asyncio(loop_scope="module")

RATE = 24000
VOICE = "JBFqnCBsd6RMkjVDRZzb"


class Sounds:
    """A second of noise, unless told otherwise."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.seconds = 1.0
        self.gate = asyncio.Event()
        self.gate.set()
        self.failure: Exception | None = None
        self.closed = 0

    async def make(self, prompt: SoundPrompt, seed: int) -> AsyncGenerator[SoundTake, None]:
        self.asked.append((prompt.text, seed))
        try:
            await self.gate.wait()
            if self.failure is not None:
                raise self.failure
            for number in range(round(10 * self.seconds)):
                samples = 0.2 * np.random.default_rng((seed, number)).standard_normal((4410, 2))
                reading = None if number else Reading(self.seconds, ("bang",))
                yield SoundTake(samples.astype(np.float32), 44100, reading)
        finally:
            self.closed += 1


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """One for all: its only engine is the tone."""
    folder = tmp_path_factory.mktemp("house")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(PLUGIN)
        patch.setenv("PYTHONPATH", str(PLUGIN))
        settings = load_settings(
            data_dir=folder, database_url=databases.url_for(folder), speech_engines=("tone",), workers=1
        )
        async with open_house(settings, Stage.of(settings)) as opened:
            yield opened


@pytest.fixture
def sounds(monkeypatch: pytest.MonkeyPatch) -> Sounds:
    monkeypatch.setattr(effects, "can_play", lambda engine_id: True)
    monkeypatch.setattr("oscine.pipeline.speech.can_play", lambda engine_id: True)
    return Sounds()


async def prepare(house: House, sounds: Sounds, text: str, **fields: Any) -> Performance:
    request = SpeechRequest(text, VOICE, "eleven_v3", find_format("pcm_24000"), is_logged=False, seed=7)
    house = replace(house, sounds=cast(SoundStage, sounds))
    return await Performance.prepare(house, await house.keys.command_line(), replace(request, **fields))


async def perform(house: House, sounds: Sounds, text: str, **fields: Any) -> list[Chunk]:
    performance = await prepare(house, sounds, text, **fields)
    return [chunk async for chunk in performance.chunks(is_aligned=True)]


def audio(chunks: list[Chunk]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.frombuffer(b"".join(chunk.audio for chunk in chunks), "<i2") / 32768


def starts(chunks: list[Chunk]) -> dict[int, float]:
    """Place in the text → when it is heard."""
    times = [time for chunk in chunks for time in chunk.alignment.starts_s]
    return dict(enumerate(times))


async def test_a_sound_is_heard_where_its_tag_stands(house: House, sounds: Sounds) -> None:
    text = "One two. [gunshot] Three four."
    chunks = await perform(house, sounds, text)
    assert "".join(c for chunk in chunks for c in chunk.alignment.characters) == text
    at = starts(chunks)
    begins, words = at[text.index("[")], at[text.index("T")]
    assert words - begins == pytest.approx(1.0 + 0.35, abs=0.03)  # the sound, then the sentence's pause
    heard = audio(chunks)
    gap = heard[round((begins - 0.1) * RATE) : round((begins - 0.01) * RATE)]
    sound = heard[round((begins + 0.01) * RATE) : round((begins + 0.9) * RATE)]
    assert np.abs(gap).max() < 0.01
    assert 0.05 < float(np.sqrt(np.square(sound).mean())) < 0.25
    assert (sounds.asked[0][0], len(sounds.asked)) == ("gunshot", 1)


async def test_words_go_on_over_a_long_sound_and_it_fades_after_them(house: House, sounds: Sounds) -> None:
    sounds.seconds = 30.0
    text = "One. [applause] Two three four."
    chunks = await perform(house, sounds, text)
    at = starts(chunks)
    assert at[text.index("Tw")] - at[text.index("[")] < 2.1
    end_s = chunks[-1].until_s
    speech_end_s = next(chunk.alignment.ends_s[-1] for chunk in reversed(chunks) if len(chunk.alignment))
    assert end_s - speech_end_s == pytest.approx(1.5, abs=0.02)
    tail = audio(chunks)[round(speech_end_s * RATE) :]
    assert 0.005 < np.abs(tail[: RATE // 10]).max() < 0.12
    assert np.abs(tail[-20:]).max() < 0.001


async def test_the_last_sound_is_heard_whole_but_not_for_ever(house: House, sounds: Sounds) -> None:
    sounds.seconds = 30.0
    chunks = await perform(house, sounds, "Goodbye. [applause]")
    length_s = len(audio(chunks)) / RATE
    assert 8.0 < length_s < 9.0
    assert np.abs(audio(chunks)[-10:]).max() < 0.001
    assert sounds.closed == 1


async def test_a_tag_by_itself_is_a_sound_by_itself(house: House, sounds: Sounds) -> None:
    assert len(audio(await perform(house, sounds, "[explosion]"))) == pytest.approx(RATE, abs=RATE / 50)


async def test_the_same_seed_gives_the_same_sounds(house: House, sounds: Sounds) -> None:
    text = "One. [gunshot] Two. [gunshot] Three."
    first, again = [b"".join(c.audio for c in await perform(house, sounds, text)) for _ in range(2)]
    assert first == again
    assert sounds.asked[0][1] != sounds.asked[1][1]  # two shots in one text differ
    assert b"".join(c.audio for c in await perform(house, sounds, text, seed=8)) != first


async def test_the_first_words_leave_before_a_later_sound_is_made(house: House, sounds: Sounds) -> None:
    sounds.gate.clear()
    performance = await prepare(house, sounds, "The first words of all. [gunshot] The end.")
    chunks = performance.chunks()
    async with asyncio.timeout(20):
        first = await anext(chunks)
        assert first.audio
        sounds.gate.set()
        assert len([chunk async for chunk in chunks]) > 1


async def test_leaving_stops_the_sound(house: House, sounds: Sounds) -> None:
    sounds.gate.clear()
    performance = await prepare(house, sounds, "The first words of all. [gunshot] The end.")
    chunks = performance.chunks()
    async with asyncio.timeout(20):
        await anext(chunks)
        leaving = asyncio.create_task(anext(chunks))
        while not sounds.asked:
            await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.wait({leaving})
        await chunks.aclose()
    assert sounds.closed == 1


async def test_credits_are_those_of_the_text(house: House, sounds: Sounds) -> None:
    text = "One. [gunshot] Two."
    performance = await prepare(house, sounds, text)
    assert [chunk async for chunk in performance.chunks()]
    assert performance.cost == len(text)


async def test_a_sound_that_fails_leaves_the_speech_whole(house: House, sounds: Sounds) -> None:
    sounds.failure = EngineFailed("The sound engine failed.")
    text = "One two. [secret gunshot] Three four."
    with capture_logs() as logs:
        chunks = await perform(house, sounds, text)
    assert "".join(c for chunk in chunks for c in chunk.alignment.characters) == text
    assert logs[0]["event"] == "effect.silent"
    assert "secret" not in str(logs)


async def test_without_an_engine_of_sounds_tags_are_passed_over_and_listed(house: House) -> None:
    effects.can_play.cache_clear()
    mute = replace(house, settings=house.settings.model_copy(update={"sound_engine": "nowhere"}))
    with capture_logs() as logs:
        for _ in range(2):
            performance = await prepare(mute, Sounds(), "One. [gunshot] Two.")
            assert performance.skipped_directions == ("gunshot",)
    assert [line["event"] for line in logs] == ["effects.silent"]
    with pytest.raises(TextUnspeakable):
        await prepare(mute, Sounds(), "[gunshot]")


async def test_models_without_directions_read_the_tag(house: House, sounds: Sounds) -> None:
    chunks = await perform(house, sounds, "One [gunshot] two.", model_id="eleven_multilingual_v2")
    assert not sounds.asked
    assert "gunshot" in "".join(c for chunk in chunks for c in chunk.normalized.characters)


async def test_a_text_full_of_tags_stays_within_bounds(house: House, sounds: Sounds) -> None:
    sounds.seconds = 0.1
    performance = await prepare(house, sounds, "[boom]" * (MOST_EFFECTS + 30))
    assert performance.skipped_directions == ("boom",)
    assert [chunk async for chunk in performance.chunks()]
    assert len(sounds.asked) == MOST_EFFECTS
