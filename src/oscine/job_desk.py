# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine jobs list`, `show`, `cancel` and `retry`, beside a running server or without one. Never what was asked for:
that is its caller's."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import click
from rich.markup import escape
from rich.table import Table

from oscine.accounts.keys import Keys
from oscine.accounts.ledger import Ledger
from oscine.domain.account import Key
from oscine.domain.job import STATES, Job, State
from oscine.domain.money import show_usd
from oscine.domain.problems import KeyInvalid
from oscine.jobs.queue import Jobs
from oscine.settings import Settings
from oscine.store.database import Database
from oscine.store.nodes import NOBODY


async def listing(settings: Settings, states: Sequence[State], limit: int) -> Table:
    """Newest first."""
    table = Table("id", "over", "what", "model", "key", "state", "done", "attempts", "queued", "ended", box=None)
    async with _open(settings) as (jobs, _):
        for job in await jobs.list(states=states, limit=limit):
            table.add_row(
                *(job.id, job.dialect, job.kind, escape(job.model_id), job.key_id, job.state),
                *(f"{job.progress:.0%}", str(job.attempts), _time(job.created_ms), _time(job.completed_ms)),
            )
    return table


async def show(settings: Settings, job_id: str) -> Table:
    """All there is to say of one. Raises: JobNotFound."""
    async with _open(settings) as (jobs, _):
        job = await jobs.get(None, job_id)
    table = Table(show_header=False, box=None)
    for name, value in _facts(job).items():
        table.add_row(name, escape(value))
    return table


async def summary(settings: Settings) -> str:
    """How many there are of each state."""
    async with _open(settings) as (jobs, _):
        counted = await jobs.stats()
    return ", ".join(f"{counted[state]} {state}" for state in STATES if state in counted) or "none"


async def cancel(settings: Settings, job_ids: Sequence[str]) -> None:
    """End jobs that have not ended. Raises: JobNotFound, JobEnded for the first one that cannot be."""
    async with _open(settings) as (jobs, _):
        for job_id in job_ids:
            await jobs.cancel(None, job_id)
            click.echo(f"Cancelled {job_id}. Nothing is charged.")


async def retry(settings: Settings, job_ids: Sequence[str]) -> None:
    """Queue jobs again that ended without an output, at the same cost.

    Raises: JobNotFound, JobEnded, KeyInvalid, QuotaExceeded, WalletShort for the first one that cannot be.
    """
    async with _open(settings) as (jobs, keys):
        for job_id in job_ids:
            job = await jobs.get(None, job_id)
            await jobs.retry(await _key_of(job, keys), job_id)
            click.echo(f"Queued {job_id} again. It is done as soon as a server has room.")


async def _key_of(job: Job, keys: Keys) -> Key:
    try:
        return await keys.find_by_id(job.key_id)
    except KeyInvalid as error:
        raise KeyInvalid(
            f"The job's key {job.key_id} cannot be used: it was revoked, is disabled, has expired, or is the one that "
            "OSCINE_API_KEY sets for the server and not here."
        ) from error


def _facts(job: Job) -> dict[str, str]:
    output = job.output
    return {
        "id": job.id,
        "over": job.dialect,
        "what": job.kind,
        "model": job.model_id,
        "account": job.account_id,
        "key": job.key_id,
        "priority": str(job.priority),
        "state": job.state,
        "done": f"{job.progress:.0%}",
        "attempts": str(job.attempts),
        "error": job.error or "",
        "cost": f"{job.cost} credits, {show_usd(job.price_micros)}" + ("" if job.state == "COMPLETED" else " reserved")
        if job.is_open or job.state == "COMPLETED"
        else "nothing",
        "output": f"{output.blob}, {output.media_type}, {output.bytes} bytes, {output.seconds:.1f} s" if output else "",
        "webhook": "" if job.webhook_url is None else f"{job.webhook_mode}; oscine jobs deliveries {job.id}",
        "queued": _time(job.created_ms),
        "begun": _time(job.started_ms),
        "changed": _time(job.updated_ms),
        "ended": _time(job.completed_ms),
        "forgotten": _time(job.expires_ms),
    }


def _time(ms: int | None) -> str:
    return "" if ms is None else f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%d %H:%M:%S}"


@asynccontextmanager
async def _open(settings: Settings) -> AsyncIterator[tuple[Jobs, Keys]]:
    database = await Database.open(settings.effective_database_url)
    try:
        jobs = Jobs(database, Ledger(database, NOBODY), settings.job_max_age_days)
        yield jobs, Keys(database, settings.api_key)
    finally:
        await database.close()
