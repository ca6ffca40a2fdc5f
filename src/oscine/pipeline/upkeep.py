# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes on beside the requests: saying that this process lives, cleaning up after those that do not, and keeping
the history within its limits. Several processes on one database may all do it."""

from __future__ import annotations

import asyncio
import math
import time

import structlog

from oscine.accounts.ledger import Ledger
from oscine.accounts.tokens import Tokens
from oscine.domain.problems import describe_failure
from oscine.pipeline.forget import DAY_S, purge, sweep
from oscine.settings import Settings
from oscine.store.blobs import Blobs
from oscine.store.history import History
from oscine.store.nodes import BEAT_S, Nodes

log = structlog.get_logger(__name__)

PURGE_S = 300.0
"""How often expired tokens are forgotten and the history is brought within its limits."""


async def keep_up(nodes: Nodes, ledger: Ledger) -> None:
    """Until cancelled. A database that is away for a while costs a line in the log, no more."""
    while True:
        await asyncio.sleep(BEAT_S)
        try:
            await nodes.beat()
            released = await ledger.sweep(await nodes.dead())
        except Exception as error:
            log.warning("upkeep.failed", failure=describe_failure(error))
            continue
        if released:
            log.warning("reservations.released", count=released)


async def tidy(history: History, blobs: Blobs, tokens: Tokens, settings: Settings) -> None:
    """Until cancelled: purge expired tokens and the history, and once a day sweep the blobs that no row knows."""
    days = settings.history_max_age_days
    swept = -math.inf
    while True:
        await asyncio.sleep(PURGE_S)
        now = time.time()
        try:
            await tokens.purge()
            purged = await purge(
                history,
                blobs,
                now=now,
                max_age_s=None if days is None else days * DAY_S,
                max_bytes=settings.history_max_bytes,
            )
            if purged:
                log.info("history.purged", count=purged)
            if now - swept >= DAY_S:
                if lost := await sweep(history, blobs, now=now):
                    log.warning("blobs.swept", count=lost)
                swept = now
        except Exception as error:
            log.warning("upkeep.failed", failure=describe_failure(error))
