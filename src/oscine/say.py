# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine say`: text into a file, without a server."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from oscine.domain.audio import AudioFormat, find_format
from oscine.domain.problems import VoiceNotFound
from oscine.domain.speech import SettingsChange, SpeechRequest
from oscine.domain.voice import Voice
from oscine.engines.stage import Stage
from oscine.observe import configure_logs
from oscine.pipeline.finish import Chunk
from oscine.pipeline.house import open_house
from oscine.pipeline.speech import Performance
from oscine.pipeline.whole import whole_file
from oscine.settings import Settings
from oscine.voices.catalogue import Catalogue

_BY_ENDING = {
    ".mp3": "mp3_44100_128",
    ".wav": "wav_44100",
    ".opus": "opus_48000_64",
    ".ogg": "opus_48000_64",
    ".pcm": "pcm_24000",
    ".ulaw": "ulaw_8000",
    ".alaw": "alaw_8000",
}
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

    @property
    def format(self) -> AudioFormat:
        """Raises: FormatUnknown, click.ClickException for an ending that names no format."""
        ending = Path(self.output).suffix.lower()
        if self.format_name is not None:
            return find_format(self.format_name)
        if self.output == "-":
            return find_format("mp3_44100_128")
        if ending not in _BY_ENDING:
            raise click.ClickException(
                f"{ending or 'No ending'!r} names no audio format. Use one of {', '.join(_BY_ENDING)}, or say -f."
            )
        return find_format(_BY_ENDING[ending])


async def speak_to_file(settings: Settings, stage: Stage, order: Order) -> None:
    """Speak and write. A file appears only when it is whole."""
    configure_logs("warning", settings.log_format)
    audio_format = order.format
    async with open_house(settings, stage) as house:
        request = SpeechRequest(
            text=order.text,
            voice_id=_find(house.voices, order.voice).id,
            model_id=order.model,
            format=audio_format,
            settings=SettingsChange(speed=order.speed),
            language=order.language,
            seed=order.seed,
            is_logged=False,
        )
        performance = await Performance.prepare(house, await house.keys.command_line(), request)
        chunks = whole_file(performance.chunks(is_aligned=len(order.text) >= _BAR_FROM), audio_format)
        with _opened(order.output) as file:
            seconds = await _write(chunks, file, len(order.text))
        where = "standard output" if order.output == "-" else order.output
        click.echo(f"Wrote {where} ({seconds}{audio_format.name}, voice {performance.voice.name}).", err=True)


def _find(voices: Catalogue, wanted: str) -> Voice:
    """By id or by name. Raises: VoiceNotFound."""
    try:
        return voices.find(wanted)
    except VoiceNotFound:
        return voices.by_name(wanted)


async def _write(chunks: AsyncGenerator[Chunk, None], file: BinaryIO, characters: int) -> str:
    """Returns the length in words, where it is known."""
    bar = Progress(
        TextColumn("Speaking"),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f} characters"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=characters < _BAR_FROM or not sys.stderr.isatty(),
    )
    end_s = 0.0
    with bar:
        task = bar.add_task("speak", total=characters)
        async with aclosing(chunks):
            async for chunk in chunks:
                file.write(chunk.audio)
                bar.advance(task, len(chunk.alignment))
                if len(chunk.alignment):
                    end_s = chunk.alignment.ends_s[-1]
    return f"{end_s:.0f} s, " if end_s else ""


@contextmanager
def _opened(output: str) -> Iterator[BinaryIO]:
    if output == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(target)
    except OSError as error:
        raise click.ClickException(f"Cannot write {output}: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
