# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine jobs …`: what was queued, and who was told of it."""

from __future__ import annotations

import click

from oscine.domain.job import STATES, State
from oscine.settings import load_settings
from oscine.terminal import print_table, run


@click.group()
def jobs() -> None:
    """See what was queued and who was told of it, beside a running server or without one."""


@jobs.command("list")
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Only those; may be repeated.")
@click.option("--limit", type=click.IntRange(1, 1000), default=100, show_default=True, help="How many at most.")
def list_jobs(states: tuple[State, ...], limit: int) -> None:
    """List queued work, newest first, and count it by state."""
    from oscine import job_desk

    settings = load_settings()
    print_table(run(job_desk.listing(settings, states, limit)))
    click.echo(run(job_desk.summary(settings)), err=True)


@jobs.command("show")
@click.argument("job_id", metavar="JOB")
def show_job(job_id: str) -> None:
    """Show all about JOB but what was asked for: state, attempts, error, cost, output, times (UTC)."""
    from oscine import job_desk

    print_table(run(job_desk.show(load_settings(), job_id)))


@jobs.command("cancel")
@click.argument("job_ids", metavar="JOB...", nargs=-1, required=True)
def cancel_jobs(job_ids: tuple[str, ...]) -> None:
    """End jobs that are queued or under way. Nothing is charged; a running server stops work on them within seconds."""
    from oscine import job_desk

    run(job_desk.cancel(load_settings(), job_ids))


@jobs.command("retry")
@click.argument("job_ids", metavar="JOB...", nargs=-1, required=True)
def retry_jobs(job_ids: tuple[str, ...]) -> None:
    """Queue jobs again that are FAILED, ERROR or CANCELLED, at the same cost and under the same id."""
    from oscine import job_desk

    run(job_desk.retry(load_settings(), job_ids))


@jobs.command("deliveries")
@click.argument("job_id", metavar="[JOB]", required=False)
@click.option("--failed", "is_failed", is_flag=True, help="Only those that are not tried any more.")
@click.option("--attempts-of", metavar="DELIVERY", help="All attempts at one delivery instead.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="How many at most.")
def list_deliveries(job_id: str | None, is_failed: bool, attempts_of: str | None, limit: int) -> None:
    """List what webhooks were told or are to be told, newest first: of all jobs, or of JOB."""
    from oscine import webhook_desk

    settings = load_settings()
    if attempts_of is not None:
        print_table(run(webhook_desk.attempts(settings, attempts_of)))
    else:
        print_table(run(webhook_desk.deliveries(settings, job_id, is_failed, limit)))


@jobs.command("redeliver")
@click.argument("delivery_ids", metavar="DELIVERY...", nargs=-1, required=True)
def redeliver(delivery_ids: tuple[str, ...]) -> None:
    """Send deliveries again, also those that arrived, word for word under their old ids.

    Each is then tried for a day, as at first.
    """
    from oscine import webhook_desk

    run(webhook_desk.redeliver(load_settings(), delivery_ids))
