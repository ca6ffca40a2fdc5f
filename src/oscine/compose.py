# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine compose`: a prompt into a piece of music, without a server."""

from __future__ import annotations

import click

from oscine import output
from oscine.domain.composition import MusicRequest, Piece
from oscine.engines.stage import Stage
from oscine.observe import configure_logs
from oscine.pipeline.house import open_house
from oscine.pipeline.music import Song
from oscine.settings import Settings


async def write_piece(settings: Settings, request: MusicRequest, target: str, midi: str | None) -> None:
    """Have the piece played and write it. Files appear only when they are whole.

    target, midi: paths, or - for standard output; midi: None for no MIDI file.
    """
    configure_logs("warning", settings.log_format)
    voiceless = Stage((), settings.workers, settings.engine_idle_timeout_s)
    async with open_house(settings, voiceless) as house:
        song = Song(house, await house.keys.command_line(), request)
        await output.write(song, target, "Playing", request.prompt.seconds)
    if midi is not None:
        if not song.reading.midi:
            raise click.ClickException(f"Engine {settings.music_engine!r} writes no MIDI.")
        with output.opened(midi) as file:
            file.write(song.reading.midi)
    _report(song.reading, "standard output" if target == "-" else target, song.format.name)


def _report(piece: Piece, where: str, format_name: str) -> None:
    metre = f"{piece.metre[0]}/{piece.metre[1]}"
    described = f"{piece.title}, {piece.tempo_bpm:.0f} bpm, {metre}, {piece.seconds:g} s, {format_name}"
    click.echo(f"Wrote {where} ({described}).", err=True)
    if piece.unknown:
        click.echo(f"Words that changed nothing: {', '.join(piece.unknown)}.", err=True)
