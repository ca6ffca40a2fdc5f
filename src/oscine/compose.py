# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine compose`: a prompt into a piece of music, without a server."""

from __future__ import annotations

import secrets
import sys
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from oscine.codecs.pcm import to_s16le
from oscine.domain.composition import LONGEST_S, SHORTEST_S
from oscine.domain.music import Score
from oscine.domain.problems import NotServed, SettingOutOfRange, TextEmpty, TextTooLong
from oscine.engines.band import BandEngine, compose, natural_length, read_brief
from oscine.engines.band.midi import write_midi
from oscine.settings import Settings

_MAX_CHARACTERS = 4100
"""Of a prompt. Source: /v1/music, reference/api-facts.md §9.7."""


@dataclass(frozen=True, slots=True)
class Order:
    """What `oscine compose` was asked."""

    prompt: str
    length_s: float | None
    """None: as the prompt says, or else as suits the piece."""
    seed: int | None
    output: str
    midi: str | None


def write_piece(settings: Settings, order: Order) -> None:
    """Compose, play and write. Files appear only when they are whole.

    Raises: TextEmpty, TextTooLong, SettingOutOfRange, NotServed, EngineUnavailable, FontInvalid, click.ClickException.
    """
    if Path(order.output).suffix.lower() != ".wav":
        raise click.ClickException(
            f"Music is written as stereo WAV: name a file that ends in .wav, not {order.output!r}."
        )
    score = _compose(order)
    band = BandEngine(settings.soundfont)
    with _written(order.output) as part:
        _record(band, score, part)
    if order.midi is not None:
        with _written(order.midi) as part:
            part.write_bytes(write_midi(score))
    metre = f"{score.metre[0]}/{score.metre[1]}"
    described = f"{score.title}, {score.tempo_bpm:.0f} bpm, {metre}, {score.length_s:g} s"
    click.echo(f"Wrote {order.output} ({described}).", err=True)


def _compose(order: Order) -> Score:
    if not order.prompt.strip():
        raise TextEmpty("The prompt is empty. Say what the music is to be like: genre, mood, instruments.")
    if len(order.prompt) > _MAX_CHARACTERS:
        raise TextTooLong(f"The prompt has {len(order.prompt)} characters. Allowed: {_MAX_CHARACTERS}.")
    if order.length_s is not None and not SHORTEST_S <= order.length_s <= LONGEST_S:
        raise SettingOutOfRange(
            f"A piece of {order.length_s:g} s is not possible. Allowed: {SHORTEST_S:g} to {LONGEST_S:g}.",
            parameter="length",
        )
    seed = secrets.randbits(31) if order.seed is None else order.seed
    brief = read_brief(order.prompt, seed)
    if brief.asks_for_voice:
        raise NotServed("The band is instrumental: it has no singer. Leave the vocals out, or say: no vocals.")
    return compose(brief, natural_length(brief) if order.length_s is None else order.length_s, seed)


def _record(band: BandEngine, score: Score, path: Path) -> None:
    bar = Progress(
        TextColumn("Playing"),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f} s"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
    )
    with bar, path.open("wb") as raw, wave.open(raw, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(band.rate)
        task = bar.add_task("play", total=score.length_s)
        for block in band.play(score):
            file.writeframes(to_s16le(block.T.ravel()))
            bar.advance(task, block.shape[1] / band.rate)


@contextmanager
def _written(output: str) -> Iterator[Path]:
    target = Path(output)
    part = target.with_name(target.name + ".part")
    try:
        yield part
        part.replace(target)
    except OSError as error:
        raise click.ClickException(f"Cannot write {output}: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
