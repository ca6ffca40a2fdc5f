# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine keys`: make, list and revoke API keys, beside a running server or without one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import click
from rich.table import Table

from oscine.accounts.keys import Keys
from oscine.settings import Settings
from oscine.store.database import Database


async def create(settings: Settings, name: str, scopes: Iterable[str], credit_limit: int | None) -> None:
    """Make a key and print its secret, alone on the last line of standard output."""
    async with _open(settings) as keys:
        key, secret = await keys.create(name, scopes, credit_limit)
    click.echo(f"Made {key.id} ({name}). Keep the key; it is not shown again:", err=True)
    click.echo(secret)


async def listing(settings: Settings) -> Table:
    """All keys, without their secrets."""
    table = Table("id", "name", "ends in", "scopes", "limit a month", "used", "state", box=None)
    async with _open(settings) as keys:
        for key in await keys.list():
            limit = "none" if key.credit_limit is None else str(key.credit_limit)
            state = "revoked" if key.is_revoked else "active"
            scopes = ", ".join(sorted(key.scopes))
            table.add_row(key.id, key.name, f"…{key.hint}", scopes, limit, str(key.credits_used), state)
    return table


async def revoke(settings: Settings, key_id: str) -> None:
    """Make a key useless. Raises: click.ClickException where there is none of that id."""
    async with _open(settings) as keys:
        if not await keys.revoke(key_id):
            raise click.ClickException(f"There is no key {key_id}. `oscine keys list` lists them.")
    click.echo(f"Revoked {key_id}.")


@asynccontextmanager
async def _open(settings: Settings) -> AsyncIterator[Keys]:
    database = await Database.open(settings.effective_database_url)
    try:
        yield Keys(database, settings.api_key)
    finally:
        await database.close()
