# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine jobs deliveries`, `oscine jobs redeliver` and `oscine keys webhook-secret`, beside a running server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import click
from rich.markup import escape
from rich.table import Table

from oscine.accounts.keys import Keys
from oscine.domain.problems import KeyNotFound
from oscine.jobs.courier import SIGNED
from oscine.jobs.signature import secret_of
from oscine.jobs.webhooks import Attempt, Webhooks
from oscine.settings import Settings
from oscine.store.database import Database
from oscine.store.secrets import Secrets


async def deliveries(settings: Settings, job_id: str | None, is_failed: bool, limit: int) -> Table:
    """Newest first; never where they go, which may hold a secret."""
    table = Table("id", "job", "to", "tells", "state", "attempts", "last attempt (UTC)", "next (UTC)", box=None)
    async with _open(settings) as database:
        found = await Webhooks(database).latest(job_id, "failed" if is_failed else None, limit)
    for delivery, last in found:
        table.add_row(
            *(delivery.id, delivery.job_id, escape(delivery.host), "end" if delivery.is_terminal else "progress"),
            *(delivery.state, str(delivery.attempts)),
            escape(_outcome(last)),
            _shown(delivery.due_ms) if delivery.state == "pending" else "",
        )
    return table


async def attempts(settings: Settings, delivery_id: str) -> Table:
    """All attempts at one delivery, the first one first."""
    table = Table("attempt", "began (UTC)", "ms", "outcome", box=None)
    async with _open(settings) as database:
        for attempt in await Webhooks(database).attempts(delivery_id):
            outcome = attempt.failure or f"answered {attempt.status}"
            table.add_row(str(attempt.number), _shown(attempt.began_ms), str(attempt.took_ms), escape(outcome))
    return table


async def redeliver(settings: Settings, delivery_ids: tuple[str, ...]) -> None:
    """Have deliveries sent again. Raises: click.ClickException for the first one that is unknown."""
    async with _open(settings) as database:
        for delivery_id in delivery_ids:
            if not await Webhooks(database).redeliver(delivery_id):
                raise click.ClickException(
                    f"There is no delivery {delivery_id[:80]!r}. `oscine jobs deliveries` shows their ids; they are "
                    "forgotten with their jobs."
                )
            click.echo(f"{delivery_id} is sent as soon as a server runs.")


async def webhook_secret(settings: Settings, key_id: str) -> None:
    """Print what webhooks of a key's jobs are signed with, alone on standard output. Raises: KeyNotFound."""
    async with _open(settings) as database:
        if all(key.id != key_id for key in await Keys(database, settings.api_key).list()):
            raise KeyNotFound(f"There is no API key {key_id[:40]!r}. List the keys to see their ids.")
        click.echo(secret_of(await Secrets(database).get(SIGNED), key_id))


def _outcome(last: Attempt | None) -> str:
    return f"{_shown(last.began_ms)}: {last.failure or f'answered {last.status}'}" if last else ""


def _shown(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%d %H:%M:%S}"


@asynccontextmanager
async def _open(settings: Settings) -> AsyncIterator[Database]:
    database = await Database.open(settings.effective_database_url)
    try:
        yield database
    finally:
        await database.close()
