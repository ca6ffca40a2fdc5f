# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes on beside the requests: saying that this process lives, and cleaning up after those that do not."""

from __future__ import annotations

import asyncio

import structlog

from oscine.accounts.ledger import Ledger
from oscine.domain.problems import describe_failure
from oscine.store.nodes import BEAT_S, Nodes

log = structlog.get_logger(__name__)


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
