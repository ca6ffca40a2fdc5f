# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine sound`: a sound effect into a file, without a server."""

from __future__ import annotations

import click

from oscine import output
from oscine.domain.sound import Reading, SoundRequest
from oscine.engines.stage import Stage
from oscine.observe import configure_logs
from oscine.pipeline.house import open_house
from oscine.pipeline.sound import Effect
from oscine.settings import Settings


async def make_file(settings: Settings, request: SoundRequest, target: str) -> None:
    """Make the sound and write it. A file appears only when it is whole. target: path, or - for standard output."""
    configure_logs("warning", settings.log_format)
    voiceless = Stage((), settings.workers, settings.engine_idle_timeout_s)
    async with open_house(settings, voiceless) as house:
        effect = Effect(house, await house.keys.command_line(), request)
        await output.write(effect, target, "Making", request.prompt.seconds)
    _report(effect.reading, "standard output" if target == "-" else target, effect.format.name)


def _report(reading: Reading, where: str, format_name: str) -> None:
    click.echo(f"Wrote {where} ({reading.seconds:g} s, {format_name}): {', '.join(reading.sounds)}.", err=True)
    for word, sound in reading.nearest:
        click.echo(f"{word!r} is not known; the nearest sound is {sound!r}.", err=True)
    if reading.unknown:
        click.echo(f"Words that changed nothing: {', '.join(reading.unknown)}.", err=True)
