# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine doctor` and `oscine bench`: does this installation work, and how fast."""

from __future__ import annotations

import statistics
import sys
import time
from contextlib import aclosing
from importlib import metadata
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from oscine import __version__
from oscine.domain.audio import find_format
from oscine.domain.composition import MusicPrompt
from oscine.domain.job import STATES
from oscine.domain.problems import Problem
from oscine.domain.sound import SoundPrompt
from oscine.domain.speech import SpeechRequest
from oscine.engines import registry
from oscine.engines.stage import Stage
from oscine.engines.workshop import MusicStage, SoundStage, Workshop
from oscine.jobs import rows
from oscine.observe import configure_logs
from oscine.pipeline.house import House, open_house
from oscine.pipeline.speech import Performance
from oscine.settings import Settings
from oscine.store.blobs import Blobs
from oscine.store.database import Database

_SENTENCE = "The first move is what sets everything in motion. "
_RUNS = 15


async def examine(settings: Settings) -> bool:
    """Try each room in turn and say what was found. Returns whether everything works."""
    configure_logs("error", "text")
    click.echo(f"oscine {__version__}, Python {sys.version.split()[0]}, {settings.workers} workers per engine")
    for engine_id in registry.installed():
        missing = registry.missing_packages(engine_id)
        click.echo(f"engine {engine_id}: " + (f"needs {', '.join(missing)}; not used" if missing else "installed"))
    try:
        click.echo(f"engines in order of preference: {', '.join(registry.choose(settings.speech_engines))}")
        database = await Database.open(settings.effective_database_url)
        counted = await database.transact(rows.count)
        await database.close()
        click.echo(f"database: works ({(settings.database_url and 'OSCINE_DATABASE_URL') or settings.data_dir})")
        kept = ", ".join(f"{counted[state]} {state}" for state in STATES if state in counted) or "none"
        click.echo(f"queued jobs: DBOS {metadata.version('dbos')}; kept: {kept}")
        await Blobs.open(settings.blob_url, settings.data_dir / "blobs")
        click.echo(f"audio: works ({(settings.blob_url and 'OSCINE_BLOB_URL') or settings.data_dir})")
        for engine_id in registry.choose(settings.speech_engines):
            alone = settings.model_copy(update={"speech_engines": (engine_id,)})
            began = time.perf_counter()
            async with open_house(alone, Stage.of(alone)) as house:
                card = house.stage.cards[engine_id]
                click.echo(f"{engine_id}: {settings.workers} workers ready after {time.perf_counter() - began:.2f} s")
                first_s, total_s, audio_s = await _perform(house, _SENTENCE)
                click.echo(
                    f"{engine_id}: {len(card.languages)} languages, {card.rate} Hz; first audio after "
                    f"{first_s * 1000:.1f} ms, {audio_s:.1f} s of speech in {total_s * 1000:.0f} ms"
                )
        sounds, music = SoundStage.of(settings), MusicStage.of(settings)
        await try_out(
            sounds, SoundPrompt("a doorbell", 1.0), "sound effects: none; tags of sounds stay silent in speech"
        )
        await try_out(music, MusicPrompt("calm piano", seconds=3.0), "music: none")
    except (Problem, OSError) as problem:
        click.echo(f"failed: {problem}", err=True)
        return False
    click.echo("All is well.")
    return True


async def try_out(workshop: Workshop[Any, Any], prompt: SoundPrompt | MusicPrompt, else_say: str) -> None:
    """A server without sounds or music is a healthy one, so this only tells."""
    began = time.perf_counter()
    try:
        async with aclosing(workshop.make(prompt, 1)) as takes:
            while not len((await anext(takes)).samples):
                pass
    except Problem as problem:
        click.echo(f"{else_say}. {problem}")
    else:
        took_s = time.perf_counter() - began
        click.echo(f"{workshop.engine_id}: first sound after {took_s:.2f} s, its start included")
    finally:
        await workshop.close()


async def measure(settings: Settings) -> None:
    """Print first audio and real-time factor for texts of several lengths. Medians of 15 runs."""
    configure_logs("error", "text")
    table = Table("characters", "first audio", "real-time factor", "× real time", box=None)
    async with open_house(settings, Stage.of(settings)) as house:
        for length in (60, 300, 2000):
            text = (_SENTENCE * (length // len(_SENTENCE) + 1))[:length]
            runs = [await _perform(house, text) for _ in range(_RUNS)]
            first_s = statistics.median(first for first, _, _ in runs)
            factor = statistics.median(total / audio for _, total, audio in runs)
            table.add_row(str(length), f"{first_s * 1000:.1f} ms", f"{factor:.4f}", f"{1 / factor:.0f}")
    Console().print(table)


async def _perform(house: House, text: str) -> tuple[float, float, float]:
    """Seconds to the first audio, to the last, and of audio."""
    request = SpeechRequest(text, next(iter(house.voices)).id, "eleven_multilingual_v2", find_format("pcm_24000"))
    performance = await Performance.prepare(house, await house.keys.command_line(), request)
    began = time.perf_counter()
    first_s = 0.0
    size = 0
    async for chunk in performance.chunks():
        first_s = first_s or time.perf_counter() - began
        size += len(chunk.audio)
    return first_s, time.perf_counter() - began, size / 2 / 24000
