# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine say`: text into a file, without a server."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import BinaryIO

import click

from oscine import output
from oscine.domain.speech import SettingsChange, SpeechRequest
from oscine.engines.stage import Stage
from oscine.observe import configure_logs
from oscine.pipeline.finish import Chunk
from oscine.pipeline.house import open_house
from oscine.pipeline.speech import Performance
from oscine.pipeline.whole import whole_file
from oscine.settings import Settings

_BAR_FROM = 1000
"""Characters from which a progress bar is worth a look."""


@dataclass(frozen=True, slots=True)
class Order:
    """What `oscine say` was asked."""

    text: str
    voice: str
    """Name or id."""
    model: str
    language: str | None
    format_name: str | None
    speed: float | None
    seed: int | None
    output: str
    """Path, or - for standard output."""


async def speak_to_file(settings: Settings, stage: Stage, order: Order) -> None:
    """Speak and write. A file appears only when it is whole."""
    configure_logs("warning", settings.log_format)
    audio_format = output.format_for(order.output, order.format_name)
    async with open_house(settings, stage) as house:
        request = SpeechRequest(
            text=order.text,
            voice_id=house.voices.by_id_or_name(order.voice).id,
            model_id=order.model,
            format=audio_format,
            settings=SettingsChange(speed=order.speed),
            language=order.language,
            seed=order.seed,
            is_logged=False,
        )
        performance = await Performance.prepare(house, await house.keys.command_line(), request)
        chunks = whole_file(performance.chunks(is_aligned=len(order.text) >= _BAR_FROM), audio_format)
        with output.opened(order.output) as file:
            seconds = await _write(chunks, file, len(order.text))
        where = "standard output" if order.output == "-" else order.output
        click.echo(f"Wrote {where} ({seconds}{audio_format.name}, voice {performance.voice.name}).", err=True)


async def _write(chunks: AsyncGenerator[Chunk, None], file: BinaryIO, characters: int) -> str:
    """Returns the length in words, where it is known."""
    done, end_s = 0, 0.0
    async with aclosing(chunks):
        with output.progress("Speaking", "characters", characters, characters >= _BAR_FROM) as move:
            async for chunk in chunks:
                file.write(chunk.audio)
                done += len(chunk.alignment)
                move(completed=done)
                if len(chunk.alignment):
                    end_s = chunk.alignment.ends_s[-1]
    return f"{end_s:.0f} s, " if end_s else ""
