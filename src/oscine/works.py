# SPDX-License-Identifier: GPL-3.0-or-later
"""What jobs have done: the pipeline's work, on requests that were queued."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace

from oscine import codecs
from oscine.accounts.admission import Admission
from oscine.domain.audio import AudioFormat
from oscine.domain.composition import MusicRequest
from oscine.domain.generation import Reservation
from oscine.domain.job import Job, Kind
from oscine.domain.sound import SoundRequest
from oscine.domain.speech import SpeechRequest
from oscine.jobs.dispatch import Dispatcher
from oscine.jobs.durable import Durable
from oscine.jobs.expiry import Expiry
from oscine.jobs.queue import Jobs
from oscine.jobs.runner import Product, Report, Runner, Work
from oscine.pipeline.finish import Chunk
from oscine.pipeline.house import House
from oscine.pipeline.music import Song
from oscine.pipeline.orders import unpack
from oscine.pipeline.settle import Prepaid
from oscine.pipeline.sound import Effect
from oscine.pipeline.speech import Performance
from oscine.pipeline.whole import whole_file

_PLENTY = 1_000_000


@asynccontextmanager
async def open_jobs(house: House) -> AsyncIterator[tuple[Jobs, Dispatcher]]:
    """The queue, and what does its jobs in this process once it is opened. Closed, jobs under way may end within the
    settings' grace; the rest is taken over by whoever comes next."""
    settings = house.settings
    jobs = Jobs(house.database, house.ledger, settings.job_max_age_days, most_waiting=settings.key_waiting_jobs)
    runner = Runner(jobs, house.blobs, works(house), house.nodes.node_id)
    durable = Durable(settings.effective_database_url, house.nodes.node_id)
    expiry = Expiry(house.database, house.blobs)
    dispatcher = Dispatcher(
        jobs, runner, durable, expiry, house.database, house.nodes, at_once=settings.jobs, per_key=settings.key_jobs
    )
    try:
        yield jobs, dispatcher
    finally:
        await dispatcher.close(settings.shutdown_grace_s)


def works(house: House) -> dict[Kind, Work]:
    """Who does which kind of job."""
    # How many there are at once is counted by the queue, for each key over all servers.
    admission = Admission(total=_PLENTY, per_key=_PLENTY, queue_length=_PLENTY, wait_s=60.0)

    def prepaid(job: Job) -> House:
        taken = Reservation(job.generation_id, job.key_id, job.account_id, job.cost, 0, job.price_micros)
        return replace(house, admission=admission, ledger=Prepaid(taken))

    async def speech(job: Job, report: Report) -> Product:
        request = replace(unpack(SpeechRequest, job.payload), is_logged=False)
        key = await house.keys.find_by_id(job.key_id)
        performance = await Performance.prepare(prepaid(job), key, request)
        said = 0

        def progress(chunk: Chunk) -> float:
            nonlocal said
            said += len(chunk.alignment)
            product.seconds = max(product.seconds, chunk.until_s)
            return said / len(request.text)

        product = _file(performance.format, performance.chunks(is_aligned=True), progress, report)
        return product

    async def sound(job: Job, report: Report) -> Product:
        key = await house.keys.find_by_id(job.key_id)
        return _produced(Effect(house, key, unpack(SoundRequest, job.payload)), report)

    async def music(job: Job, report: Report) -> Product:
        key = await house.keys.find_by_id(job.key_id)
        return _produced(Song(house, key, unpack(MusicRequest, job.payload)), report)

    return {"speech": speech, "sound": sound, "music": music}


def _produced(production: Effect | Song, report: Report) -> Product:
    def progress(_: Chunk) -> float:
        product.seconds = production.kept_seconds
        return production.progress

    product = _file(production.format, production.rendered(), progress, report)
    return product


@dataclass(slots=True)
class _File:
    media_type: str
    file_name: str
    pieces: AsyncGenerator[bytes, None]
    seconds: float = 0.0


def _file(
    audio_format: AudioFormat,
    chunks: AsyncGenerator[Chunk, None],
    progress: Callable[[Chunk], float],
    report: Report,
) -> _File:
    async def heard() -> AsyncGenerator[Chunk, None]:
        async with aclosing(chunks):
            async for chunk in chunks:
                report(progress(chunk))
                yield chunk

    async def pieces() -> AsyncGenerator[bytes, None]:
        async with aclosing(whole_file(heard(), audio_format)) as whole:
            async for chunk in whole:
                yield chunk.audio

    return _File(codecs.media_type(audio_format), f"output.{codecs.extension(audio_format)}", pieces())
