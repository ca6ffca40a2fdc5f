# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes of each kind of job, and that it is charged by nobody but the queue."""

from __future__ import annotations

import io
import wave
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from oscine.domain.audio import find_format
from oscine.domain.composition import MusicPrompt, MusicRequest
from oscine.domain.generation import Charge
from oscine.domain.job import Job, Kind, Order
from oscine.domain.problems import KeyInvalid, TextUnspeakable
from oscine.domain.sound import SoundPrompt, SoundRequest
from oscine.domain.speech import SpeechRequest
from oscine.engines.stage import Stage
from oscine.jobs.queue import Jobs
from oscine.pipeline.house import House, open_house
from oscine.pipeline.orders import Request, pack
from oscine.settings import Settings
from oscine.store.tables import GenerationRow, HistoryRow
from oscine.works import works
from tests.conftest import API_KEY
from tests.journeys.ear import VOICE

WAV = find_format("wav_24000")


async def job_of(house: House, kind: Kind, request: Request) -> Job:
    key = await house.keys.find(API_KEY)
    jobs = Jobs(house.database, house.ledger, 7.0)
    return await jobs.submit(key, Order("test", kind, "model", pack(request)), Charge("TTS", "model", None, 1, 1, None))


async def made(house: House, job: Job) -> tuple[bytes, list[float], float]:
    """The file, what was reported, and how long it was said to be."""
    reported: list[float] = []
    product = await works(house)[job.kind](job, reported.append)
    assert (product.media_type, product.file_name) == ("audio/wav", "output.wav")
    return b"".join([piece async for piece in product.pieces]), reported, product.seconds


@pytest.fixture
async def house(tone_settings: Settings) -> AsyncIterator[House]:
    settings = tone_settings.model_copy(update={"music_engine": "beat", "workers": 1})
    async with open_house(settings, Stage.of(settings)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("kind", "request_"),
    [
        ("speech", SpeechRequest("The first move. And the second one.", VOICE, "eleven_v3", WAV)),
        ("sound", SoundRequest(SoundPrompt("a short beep", 1.0), "eleven_text_to_sound_v2", WAV)),
        ("music", MusicRequest(MusicPrompt("slow piano", None, 3.0), "music_v1", WAV)),
    ],
)
async def test_a_whole_file_is_made_the_same_each_time_and_nothing_is_charged_or_kept(
    house: House, kind: Kind, request_: Request
) -> None:
    job = await job_of(house, kind, request_)
    content, reported, seconds = await made(house, job)
    assert (await made(house, job))[0] == content
    with wave.open(io.BytesIO(content)) as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(seconds, abs=0.05)
    assert seconds > 0.5
    assert reported == sorted(reported)
    assert reported[-1] == pytest.approx(1.0, abs=0.05)
    async with house.database.session() as session:
        assert [*await session.scalars(select(GenerationRow.state))] == ["reserved"]
        assert [*await session.scalars(select(HistoryRow.id))] == []


async def test_what_is_wrong_with_a_request_is_said_as_ever(house: House) -> None:
    job = await job_of(house, "speech", SpeechRequest("\N{SNOWMAN}", VOICE, "eleven_v3", WAV))
    with pytest.raises(TextUnspeakable):
        await made(house, job)
    with pytest.raises(KeyInvalid):
        await made(house, replace(job, key_id="key_gone"))
