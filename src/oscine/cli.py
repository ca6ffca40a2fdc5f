# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line. Every command opens the same house that the server opens; none needs a running server."""

from __future__ import annotations

import asyncio
import importlib
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

from oscine import __version__
from oscine.domain.account import ALL, SCOPES
from oscine.domain.problems import Problem
from oscine.engines.stage import Stage
from oscine.settings import SettingsInvalid, load_settings

T = TypeVar("T")

_NARRATOR = "George"


class Friendly(click.Group):
    """Says problems in one line instead of a traceback."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (Problem, SettingsInvalid) as problem:
            raise click.ClickException(str(problem)) from problem


@click.group(cls=Friendly, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="oscine")
@click.option("--config", type=click.Path(dir_okay=False), help="TOML file with settings (docs/settings.md).")
def main(config: str | None) -> None:
    """Audio generation on your own machine, over the APIs you know.

    \b
    First sound:    oscine say "Hello there." -o hello.mp3
    As a server:    oscine serve
    Then:           ElevenLabs(base_url="http://127.0.0.1:8880", api_key=…)

    Every setting can be given as OSCINE_<NAME> in the environment.
    """
    if config is not None:
        os.environ["OSCINE_CONFIG"] = config


@main.command()
@click.option("--host", help="Address to listen on. [default: 127.0.0.1]")
@click.option("--port", type=int, help="Port to listen on; 0 takes a free one. [default: 8880]")
@click.option("--data-dir", type=click.Path(file_okay=False, path_type=Path), help="Folder for the database.")
@click.option("--tls-cert", type=click.Path(dir_okay=False, path_type=Path), help="PEM certificate chain.")
@click.option("--tls-key", type=click.Path(dir_okay=False, path_type=Path), help="PEM private key.")
def serve(**given: Any) -> None:
    """Run the server.

    On the first start a key is made and shown once; only its digest is kept. Ctrl+C lets running streams finish.
    """
    from oscine.serve import run

    run(load_settings(**given))


@main.command()
@click.argument("text")
@click.option("-v", "--voice", default=_NARRATOR, show_default=True, help="Name or id; `oscine voices` lists them.")
@click.option("-m", "--model", default="eleven_multilingual_v2", show_default=True, help="`oscine models` lists them.")
@click.option("-l", "--language", help="ISO code, e.g. de. Default: detected from the text.")
@click.option(
    "-f", "--format", "format_name", help="E.g. mp3_44100_128, wav_44100. Default: by the ending of the file."
)
@click.option("-s", "--speed", type=click.FloatRange(0.5, 2.0), help="1 is normal, 2 twice as fast.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="The same seed gives the same audio.")
@click.option(
    "-o", "--output", default="speech.mp3", show_default=True, help="File to write, or - for standard output."
)
def say(
    text: str,
    voice: str,
    model: str,
    language: str | None,
    format_name: str | None,
    speed: float | None,
    seed: int | None,
    output: str,
) -> None:
    """Speak TEXT into a file; - reads the text from standard input.

    \b
    oscine say "The first move is what sets everything in motion." -o first.mp3
    oscine say "Guten Morgen!" -l de -v Alice -o morgen.wav
    cat book.txt | oscine say - -o book.opus
    """
    settings = load_settings()

    async def speak() -> None:
        stage = Stage.of(settings.model_copy(update={"workers": min(2, settings.workers)}))
        stage.begin()  # the workers come up while the rest is being imported
        try:
            module = await asyncio.to_thread(importlib.import_module, "oscine.say")
            order = module.Order(
                text=sys.stdin.read() if text == "-" else text,
                voice=voice,
                model=model,
                language=language,
                format_name=format_name,
                speed=speed,
                seed=seed,
                output=output,
            )
            await module.speak_to_file(settings, stage, order)
        finally:
            await stage.close()

    _run(speak())


@main.command()
@click.option("--long", "is_long", is_flag=True, help="With descriptions, and what each is made from.")
@click.option("--legacy", is_flag=True, help="With the voices of older days.")
def voices(is_long: bool, legacy: bool) -> None:
    """List the voices."""
    from oscine.engines.origins import find_origin
    from oscine.voices.catalogue import Catalogue

    table = Table("name", "id", "gender", "age", "accent", *(("description", "made from") if is_long else ()), box=None)
    for voice in Catalogue():
        if voice.is_legacy and not legacy:
            continue
        origins = ((engine_id, find_origin(engine_id, timbre)) for engine_id, timbre in voice.timbres.items())
        made_from = "\n".join(f"{engine_id}: {o.base} ({o.licence})" for engine_id, o in origins if o)
        more = (voice.description, made_from) if is_long else ()
        table.add_row(voice.name, voice.id, voice.gender, voice.age.replace("_", "-"), voice.accent, *more)
    print_table(table)


@main.command()
def models() -> None:
    """List the model profiles."""
    from oscine.engines.profiles import MODELS

    table = Table("id", "name", "longest text", "credits per character", "languages", box=None)
    for model in MODELS:
        table.add_row(
            model.id, model.name, f"{model.max_characters}", f"{model.cost_multiplier:g}", f"{len(model.languages)}"
        )
    print_table(table)


@main.command()
def doctor() -> None:
    """Check this installation: settings, engines, database, a first word."""
    from oscine.doctor import examine

    if not _run(examine(load_settings())):
        raise SystemExit(1)


@main.command()
def bench() -> None:
    """Measure this machine: first audio and real-time factor at three text lengths."""
    from oscine.doctor import measure

    _run(measure(load_settings()))


@main.group()
def keys() -> None:
    """Make, list and revoke API keys. Works beside a running server."""


@keys.command("create")
@click.option("--name", required=True, help="What the key is for.")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice((ALL, *SCOPES)), help="May be repeated; default all."
)
@click.option("--credit-limit", type=click.IntRange(0), help="Credits per calendar month (UTC); default no limit.")
def create_key(name: str, scopes: tuple[str, ...], credit_limit: int | None) -> None:
    """Make a key. It is printed once, alone on the last line."""

    from oscine import key_desk

    _run(key_desk.create(load_settings(), name, scopes, credit_limit))


@keys.command("list")
def list_keys() -> None:
    """List the keys, without their secrets."""

    from oscine import key_desk

    print_table(_run(key_desk.listing(load_settings())))


@keys.command("revoke")
@click.argument("key_id")
def revoke_key(key_id: str) -> None:
    """Make a key useless for good. A running server notices within two seconds."""

    from oscine import key_desk

    _run(key_desk.revoke(load_settings(), key_id))


def _run(work: Coroutine[Any, Any, T]) -> T:
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        raise click.Abort from None


def print_table(table: Table) -> None:
    """To a terminal as wide as it is, to a pipe without cutting."""
    Console(width=None if sys.stdout.isatty() else 200).print(table)
