# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine sound`: a sound effect into a file, without a server."""

from __future__ import annotations

import sys
from contextlib import aclosing

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from oscine import output
from oscine.domain.sound import Reading, SoundRequest
from oscine.engines.stage import Stage
from oscine.observe import configure_logs
from oscine.pipeline.house import open_house
from oscine.pipeline.sound import Effect
from oscine.pipeline.whole import whole_file
from oscine.settings import Settings


async def make_file(settings: Settings, request: SoundRequest, target: str) -> None:
    """Make the sound and write it. A file appears only when it is whole. target: path, or - for standard output."""
    configure_logs("warning", settings.log_format)
    voiceless = Stage((), settings.workers, settings.engine_idle_timeout_s)
    async with open_house(settings, voiceless) as house:
        effect = Effect(house, await house.keys.command_line(), request)
        bar = Progress(
            TextColumn("Making"),
            BarColumn(),
            TextColumn("{task.completed:.0f} of {task.total:.0f} s"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
        )
        with output.opened(target) as file, bar:
            task = bar.add_task("make", total=request.prompt.seconds)
            async with aclosing(whole_file(effect.chunks(), effect.format)) as chunks:
                async for chunk in chunks:
                    file.write(chunk.audio)
                    bar.update(task, total=effect.reading.seconds, completed=effect.seconds)
        _report(effect.reading, "standard output" if target == "-" else target, effect.format.name)


def _report(reading: Reading, where: str, format_name: str) -> None:
    click.echo(f"Wrote {where} ({reading.seconds:g} s, {format_name}): {', '.join(reading.sounds)}.", err=True)
    for word, sound in reading.nearest:
        click.echo(f"{word!r} is not known; the nearest sound is {sound!r}.", err=True)
    if reading.unknown:
        click.echo(f"Words that changed nothing: {', '.join(reading.unknown)}.", err=True)
