# SPDX-License-Identifier: GPL-3.0-or-later
"""Where commands write audio, in which format, and how far they are."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from oscine.domain.audio import AudioFormat, find_format
from oscine.pipeline.production import Production
from oscine.pipeline.whole import whole_file

_BY_ENDING = {
    ".mp3": "mp3_44100_128",
    ".wav": "wav_44100",
    ".opus": "opus_48000_64",
    ".ogg": "opus_48000_64",
    ".aac": "aac_44100_128",
    ".flac": "flac_44100",
    ".pcm": "pcm_24000",
    ".ulaw": "ulaw_8000",
    ".alaw": "alaw_8000",
}


def format_for(output: str, name: str | None) -> AudioFormat:
    """The format of that name, else by the ending of the path; MP3 on standard output.

    output: path, or - for standard output. Raises: FormatUnknown, click.ClickException for an ending that names none.
    """
    ending = Path(output).suffix.lower()
    if name is not None:
        return find_format(name)
    if output == "-":
        return find_format("mp3_44100_128")
    if ending not in _BY_ENDING:
        raise click.ClickException(
            f"{ending or 'No ending'!r} names no audio format. Use one of {', '.join(_BY_ENDING)}, or say -f."
        )
    return find_format(_BY_ENDING[ending])


@contextmanager
def opened(output: str) -> Iterator[BinaryIO]:
    """A file to write to. It appears at its place only when it is whole."""
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


@contextmanager
def progress(doing: str, unit: str, total: float | None, is_shown: bool = True) -> Iterator[Callable[..., None]]:
    """A bar on standard error, where that is a terminal.

    Yields what moves it: move(completed=…), and total=… once that is known.
    """
    bar = Progress(
        TextColumn(doing),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f} " + unit if total else "{task.completed:.0f} " + unit),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not (is_shown and sys.stderr.isatty()),
    )
    with bar:
        task = bar.add_task(doing, total=total)
        yield lambda **moved: bar.update(task, **moved)


async def write(production: Production[Any, Any], target: str, doing: str, seconds: float | None) -> None:
    """Have a sound or a piece made, and write it. seconds: how long it is to be, if that is known."""
    with opened(target) as file, progress(doing, "s", seconds) as move:
        async with aclosing(whole_file(production.chunks(), production.format)) as chunks:
            async for chunk in chunks:
                file.write(chunk.audio)
                move(completed=production.seconds, total=production.reading.seconds)
