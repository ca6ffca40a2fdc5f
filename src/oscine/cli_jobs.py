# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine jobs …`: what was queued, and who was told of it."""

from __future__ import annotations

import click

from oscine.settings import load_settings
from oscine.terminal import print_table, run


@click.group()
def jobs() -> None:
    """See what was queued and who was told of it, beside a running server or without one."""


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
