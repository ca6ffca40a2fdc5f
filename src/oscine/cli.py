# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line. Every command opens the same house that the server opens; none needs a running server."""

from __future__ import annotations

import asyncio
import importlib
import os
import sys
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from oscine import __version__
from oscine.cli_jobs import jobs
from oscine.domain.account import ALL, DORMANT_SCOPES, SCOPES
from oscine.domain.problems import Problem
from oscine.engines.stage import Stage
from oscine.settings import SettingsInvalid, load_settings
from oscine.terminal import print_table, run

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
@click.option(
    "--tls-self-signed",
    is_flag=True,
    default=None,
    help="Speak TLS with a certificate made once and kept in the data folder; its path is printed.",
)
def serve(**given: Any) -> None:
    """Run the server.

    On the first start a key is made and shown once; only its digest is kept. Ctrl+C lets running streams finish.
    """
    from oscine import serve as server

    server.run(load_settings(**given))


@main.command()
@click.argument("text")
@click.option("-v", "--voice", default=_NARRATOR, show_default=True, help="Name or id; `oscine voices` lists them.")
@click.option("-m", "--model", default="eleven_multilingual_v2", show_default=True, help="`oscine models` lists them.")
@click.option("-l", "--language", help="ISO code, e.g. de. Default: detected from the text.")
@click.option(
    "-f", "--format", "format_name", help="E.g. mp3_44100_128, wav_44100. Default: by the ending of the file."
)
@click.option("-s", "--speed", type=click.FloatRange(0.25, 4.0), help="1 is normal, 2 twice as fast.")
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

    run(speak())


@main.command()
@click.argument("prompt")
@click.option("--length", "length_s", type=float, help="Seconds, 3 to 600. Default: as the prompt says, or a minute.")
@click.option("-f", "--format", "format_name", help="E.g. mp3_48000_320. Default: by the ending of the file.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="The same seed gives the same piece.")
@click.option("--midi", help="MIDI file to write as well, or - for standard output.")
@click.option("-o", "--output", default="music.mp3", show_default=True, help="File to write, or - for standard output.")
def compose(
    prompt: str, length_s: float | None, format_name: str | None, seed: int | None, midi: str | None, output: str
) -> None:
    """Compose and play the music that PROMPT describes (docs/music.md).

    \b
    oscine compose "mysterious jungle soundtrack, woodwinds, busy tribal percussion" -o jungle.mp3
    oscine compose "lo-fi hip hop in D minor, 80 bpm, no drums" --length 90 -o lofi.wav --midi lofi.mid
    """
    if midi == output:
        raise click.ClickException("Music and MIDI cannot both go to the same place. Name another with --midi.")
    from oscine.compose import write_piece
    from oscine.domain.composition import MusicPrompt, MusicRequest
    from oscine.output import format_for

    asked = MusicPrompt(prompt, seconds=length_s, wants_midi=midi is not None)
    request = MusicRequest(asked, "music_v1", format_for(output, format_name), seed)
    run(write_piece(load_settings(workers=1), request, output, midi))


@main.command()
@click.argument("prompt")
@click.option("-d", "--duration", type=click.FloatRange(0.5, 30), help="Seconds. Default: chosen from the prompt.")
@click.option("--loop", "is_loop", is_flag=True, help="The end leads into the beginning, without a seam.")
@click.option(
    "--influence",
    type=click.FloatRange(0, 1),
    default=0.3,
    show_default=True,
    help="How closely the prompt is kept to: 1 hardly varies.",
)
@click.option("-f", "--format", "format_name", help="E.g. mp3_44100_192. Default: by the ending of the file.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="The same seed gives the same sound.")
@click.option("-o", "--output", default="sound.mp3", show_default=True, help="File to write, or - for standard output.")
def sound(
    prompt: str,
    duration: float | None,
    is_loop: bool,
    influence: float,
    format_name: str | None,
    seed: int | None,
    output: str,
) -> None:
    """Make the sound effect that PROMPT describes (docs/sounds.md).

    \b
    oscine sound "distant thunder, then heavy rain on a tin roof" -o storm.mp3
    oscine sound "campfire with crickets" --loop -d 20 -o camp.wav
    """
    from oscine.domain.sound import SoundPrompt, SoundRequest
    from oscine.output import format_for
    from oscine.sound import make_file

    asked = SoundPrompt(prompt, duration, influence, is_loop)
    request = SoundRequest(asked, "eleven_text_to_sound_v2", format_for(output, format_name), seed)
    run(make_file(load_settings(workers=1), request, output))


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

    if not run(examine(load_settings())):
        raise SystemExit(1)


@main.command()
def bench() -> None:
    """Measure this machine: first audio and real-time factor at three text lengths."""
    from oscine.doctor import measure

    run(measure(load_settings()))


@main.group()
def keys() -> None:
    """Make, list, top up, disable and revoke API keys.

    Works beside a running server, which notices within two seconds.
    """


@keys.command("create")
@click.option("--name", required=True, help="What the key is for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    metavar="SCOPE",
    type=click.Choice((ALL, *SCOPES, *DORMANT_SCOPES)),
    help=f"What it may do; may be repeated; default all. Here act {', '.join(SCOPES)}; the vendor's others are taken.",
)
@click.option("--credit-limit", type=click.IntRange(0), help="Credits per calendar month (UTC); default no limit.")
@click.option("--wallet", metavar="USD", help="US dollars it may spend, e.g. 5 or 0.25; default no limit.")
@click.option("--account", help="Name of the account it belongs to, made if it is new; default the owner's.")
@click.option("--expires", metavar="WHEN", help="30d, 12h, 45m from now, or 2027-01-31T12:00 (UTC); default never.")
@click.option(
    "--allow-ip",
    "allowed_ips",
    multiple=True,
    metavar="ADDRESS",
    help="Where it may be used from: 203.0.113.7, 10.0.0.0/24, 2001:db8::/32; may be repeated; default everywhere.",
)
@click.option(
    "--concurrency", type=click.IntRange(1), help="Generations at once; default as OSCINE_KEY_CONCURRENCY says."
)
@click.option(
    "--priority", type=click.IntRange(1, 9), default=5, show_default=True, help="Of its jobs: 1 comes first, 9 last."
)
def create_key(
    name: str,
    scopes: tuple[str, ...],
    credit_limit: int | None,
    wallet: str | None,
    account: str | None,
    expires: str | None,
    allowed_ips: tuple[str, ...],
    concurrency: int | None,
    priority: int,
) -> None:
    """Make a key. It is printed once, alone on the last line of standard output.

    \b
    oscine keys create --name admin
    oscine keys create --name web --account "Acme Ltd" --credit-limit 100000 --expires 90d
    oscine keys create --name agency --wallet 5
    oscine keys create --name kiosk --scope text_to_speech --allow-ip 10.0.0.0/24 --concurrency 2

    An account has its own keys, history and dictionaries. Only keys of the owner's account may manage others.
    """

    from oscine import key_desk
    from oscine.domain.account import Limits

    limits = Limits(
        credit_limit=credit_limit,
        expires_unix=key_desk.read_expiry(expires) if expires else None,
        allowed_ips=allowed_ips,
        concurrency=concurrency,
        priority=priority,
    )
    run(key_desk.create(load_settings(), name, scopes, account, wallet, limits))


@keys.command("list")
def list_keys() -> None:
    """List the keys of all accounts, without their secrets."""

    from oscine import key_desk

    print_table(run(key_desk.listing(load_settings())))


@keys.command("topup")
@click.argument("key_id", metavar="KEY")
@click.argument("usd")
def top_up_key(key_id: str, usd: str) -> None:
    """Put USD, such as 5 or 0.25, into the wallet of KEY, an id as `oscine keys list` shows it.

    A key has a wallet when it was made with --wallet; what other keys may spend is not limited.
    """

    from oscine import key_desk

    run(key_desk.top_up(load_settings(), key_id, usd))


@keys.command("webhook-secret")
@click.argument("key_id", metavar="KEY")
def show_webhook_secret(key_id: str) -> None:
    """Print what webhooks of this KEY's jobs are signed with (docs/webhooks.md)."""

    from oscine import webhook_desk

    run(webhook_desk.webhook_secret(load_settings(), key_id))


@keys.command("disable")
@click.argument("key_id")
def disable_key(key_id: str) -> None:
    """Put a key out of use until it is enabled again."""

    from oscine import key_desk

    run(key_desk.set_disabled(load_settings(), key_id, True))


@keys.command("enable")
@click.argument("key_id")
def enable_key(key_id: str) -> None:
    """Put a disabled key back into use, also one that disabled itself."""

    from oscine import key_desk

    run(key_desk.set_disabled(load_settings(), key_id, False))


@keys.command("revoke")
@click.argument("key_id")
def revoke_key(key_id: str) -> None:
    """Make a key useless for good."""

    from oscine import key_desk

    run(key_desk.revoke(load_settings(), key_id))


@main.group()
def accounts() -> None:
    """See who shares this server. `oscine keys create --account NAME` makes an account."""


@accounts.command("list")
def list_accounts() -> None:
    """List the accounts: their keys, and the credits these have used this month."""

    from oscine import key_desk

    print_table(run(key_desk.list_accounts(load_settings())))


main.add_command(jobs)
