# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine serve`: the server process."""

from __future__ import annotations

import asyncio
import importlib
import socket
from typing import TYPE_CHECKING

import click

from oscine.domain.problems import Problem
from oscine.engines.stage import Stage
from oscine.settings import Settings

if TYPE_CHECKING:
    from oscine.pipeline.house import House
    from oscine.tls import Tls

_BACKLOG = 2048
_PONG_S = 120.0
"""Within it a client must answer a ping, which waits behind the audio that the client has not read yet."""


def run(settings: Settings) -> None:
    """Serve until SIGTERM or Ctrl+C; running streams may finish.

    Raises: click.ClickException, SettingsInvalid, Problem.
    """
    tls = importlib.import_module("oscine.tls").open_tls(settings) if settings.speaks_tls else None
    listener = _listen(settings)
    try:
        runner = importlib.import_module("uvloop").run
    except ImportError:
        runner = asyncio.run
    runner(_serve(settings, listener, tls))


async def _serve(settings: Settings, listener: socket.socket, tls: Tls | None) -> None:
    stage = Stage.of(settings)
    stage.begin()  # the workers come up while the rest is being imported, which takes as long
    app_module = await asyncio.to_thread(importlib.import_module, "oscine.app")
    uvicorn = await asyncio.to_thread(importlib.import_module, "uvicorn")
    importlib.import_module("oscine.observe").configure_logs(settings.log_level, settings.log_format)
    url = f"{'https' if tls else 'http'}://{_shown_host(settings.host)}:{listener.getsockname()[1]}"

    async def announce(house: House) -> None:
        click.echo(f"Oscine listens on {url}", err=True)
        if tls and tls.advice:
            click.echo(tls.advice, err=True)
        if settings.api_key is None and await house.keys.count() == 0:
            _, secret = await house.keys.create("first")
            click.echo("First start: this API key was made for you. Keep it; it is not shown again.", err=True)
            click.echo(secret)

    def give_up(problem: Problem) -> None:
        problems.append(problem)
        server.should_exit = True

    problems: list[Problem] = []
    config = uvicorn.Config(
        app_module.build_app(settings, stage, announce, give_up),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        ws="websockets-sansio",
        ws_max_size=settings.max_message_bytes,
        ws_per_message_deflate=False,  # base64 of compressed sound does not shrink
        ws_ping_timeout=_PONG_S,
        lifespan="on",
        timeout_graceful_shutdown=int(settings.shutdown_grace_s),
        ssl_context_factory=(lambda *_: tls.context) if tls else None,
    )
    server = uvicorn.Server(config)
    await server.serve(sockets=[listener])
    if problems:
        raise problems[0]
    if not server.started:
        raise click.ClickException("The server did not start; the lines above say why. `oscine doctor` tells more.")


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise click.ClickException(
            f"Cannot listen on {settings.host} port {settings.port}: {error.strerror}. Another server may be running; "
            "choose another port with --port."
        ) from error
    return listener


def _shown_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
