# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine keys` and `oscine accounts`: who may do what, beside a running server or without one."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import click
from rich.markup import escape
from rich.table import Table

from oscine.accounts.accounts import Accounts
from oscine.accounts.keys import Keys
from oscine.domain.account import OWNER, Key, Limits
from oscine.domain.money import read_usd, show_usd
from oscine.settings import Settings
from oscine.store.database import Database

_UNITS_S = {"d": 86_400, "h": 3_600, "m": 60}


def read_expiry(when: str) -> int:
    """Unix time of `30d`, `12h`, `45m` from now, or of an ISO date and time, UTC where it names no zone.

    Raises: click.BadParameter.
    """
    if ahead := re.fullmatch(r"(\d{1,6})([dhm])", when):
        return int(time.time()) + int(ahead[1]) * _UNITS_S[ahead[2]]
    try:
        at = datetime.fromisoformat(when)
    except ValueError:
        raise click.BadParameter(
            f"{when!r} is no time. Allowed: 30d, 12h, 45m, 2027-01-31, 2027-01-31T12:00, 2027-01-31T12:00+02:00.",
            param_hint="--expires",
        ) from None
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())


async def create(
    settings: Settings, name: str, scopes: Iterable[str], account: str | None, wallet: str | None, limits: Limits
) -> None:
    """Make a key and print its secret, alone on the last line of standard output.

    account: a name; the account is made where there is none. wallet: US dollars; None: no limit.
    Raises: SettingOutOfRange, AccountsFull.
    """
    wallet_micros = None if wallet is None else read_usd(wallet, "wallet")
    async with _open(settings) as (keys, accounts):
        owner = (await accounts.named(account)).id if account is not None else OWNER
        key, secret = await keys.create(name, scopes, owner, wallet_micros, **limits)
    whose = "" if account is None else f" of the account {account}"
    click.echo(f"Made {key.id} ({key.name}){whose}. Keep the key; it is not shown again:", err=True)
    click.echo(secret)


async def listing(settings: Settings) -> Table:
    """All keys, without their secrets."""
    columns = ("id", "account", "name", "ends in", "scopes", "from", "at once", "expires")
    table = Table(*columns, "limit a month", "used", "state", "wallet", box=None)
    async with _open(settings) as (keys, accounts):
        names = {account.id: account.name for account in await accounts.list()}
        for key in await keys.list():
            cells = (
                *(key.id, names[key.account_id], key.name, f"…{key.hint}", ", ".join(sorted(key.scopes))),
                ", ".join(key.allowed_ips) or "everywhere",
                _or(key.concurrency, "default"),
                "never" if key.expires_unix is None else _shown(key.expires_unix),
                *(_or(key.credit_limit, "none"), str(key.credits_used), _state(key)),
                "none" if key.wallet_micros is None else show_usd(key.wallet_micros),
            )
            table.add_row(*map(escape, cells))
    return table


async def list_accounts(settings: Settings) -> Table:
    """All accounts, the owner's first."""
    table = Table("id", "name", "keys", "used this month", "since", box=None)
    async with _open(settings) as (keys, accounts):
        everything = await keys.list()
        for account in await accounts.list():
            own = [key for key in everything if key.account_id == account.id]
            usable, used = sum(not key.is_revoked for key in own), sum(key.credits_used for key in own)
            table.add_row(account.id, escape(account.name), str(usable), str(used), _shown(account.created_unix))
    return table


async def top_up(settings: Settings, key_id: str, amount: str) -> None:
    """Put money into a key's wallet. amount: US dollars. Raises: SettingOutOfRange, KeyNotFound, ActionDenied."""
    micros = read_usd(amount, "amount")
    async with _open(settings) as (keys, _):
        key = await keys.top_up(key_id, micros)
    click.echo(f"The wallet of {key.id} ({key.name}) holds {show_usd(key.wallet_micros or 0)}.")


async def set_disabled(settings: Settings, key_id: str, is_disabled: bool) -> None:
    """Put a key out of use, or back. Raises: KeyNotFound, ActionDenied."""
    async with _open(settings) as (keys, _):
        await keys.edit(key_id, is_disabled=is_disabled)
    click.echo(f"{'Disabled' if is_disabled else 'Enabled'} {key_id}.")


async def revoke(settings: Settings, key_id: str) -> None:
    """Make a key useless. Raises: KeyNotFound, ActionDenied."""
    async with _open(settings) as (keys, _):
        await keys.revoke(key_id)
    click.echo(f"Revoked {key_id}.")


def _or(value: int | None, nothing: str) -> str:
    return nothing if value is None else str(value)


def _shown(unix: int) -> str:
    return f"{datetime.fromtimestamp(unix, UTC):%Y-%m-%d %H:%M}"


def _state(key: Key) -> str:
    if key.is_revoked:
        return "revoked"
    if key.is_disabled:
        return key.disable_reason or "disabled"
    return "expired" if key.expires_unix is not None and key.expires_unix <= time.time() else "active"


@asynccontextmanager
async def _open(settings: Settings) -> AsyncIterator[tuple[Keys, Accounts]]:
    database = await Database.open(settings.effective_database_url)
    try:
        yield Keys(database, settings.api_key), Accounts(database, settings.max_service_accounts)
    finally:
        await database.close()
