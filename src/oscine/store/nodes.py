# SPDX-License-Identifier: GPL-3.0-or-later
"""The processes that share the database, and which of them are gone."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import delete, select, update

from oscine.store.database import Database
from oscine.store.tables import GenerationRow, NodeRow

BEAT_S = 2.0
"""How often a process says that it lives."""
DEAD_AFTER_S = 10.0
"""Silence after which it counts as gone. The clocks of the machines must agree better than that."""
NOBODY = ""
"""In the place of a process, for what belongs to none and outlives all."""


class Nodes:
    def __init__(self, database: Database, node_id: str, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self.node_id = node_id
        self._clock = clock

    async def beat(self) -> None:
        """Say that this process lives."""
        now = int(self._clock())
        async with self._database.session.begin() as session:
            seen = await session.scalar(
                update(NodeRow).where(NodeRow.id == self.node_id).values(seen_unix=now).returning(NodeRow.id)
            )
            if seen is None:
                session.add(NodeRow(id=self.node_id, seen_unix=now))

    async def alive(self) -> list[str]:
        """Processes that have been heard of lately, this one included."""
        async with self._database.session() as session:
            heard = await session.scalars(select(NodeRow.id).where(NodeRow.seen_unix >= self._clock() - DEAD_AFTER_S))
            return [*heard]

    async def dead(self) -> list[str]:
        """Processes that have open work and have not been heard of for a while."""
        alive = select(NodeRow.id).where(NodeRow.seen_unix >= self._clock() - DEAD_AFTER_S)
        async with self._database.session.begin() as session:
            await session.execute(delete(NodeRow).where(NodeRow.id.not_in(alive), NodeRow.id != self.node_id))
            found = await session.scalars(
                select(GenerationRow.node_id)
                .where(
                    GenerationRow.state == "reserved",
                    GenerationRow.node_id != NOBODY,
                    GenerationRow.node_id.not_in(alive),
                )
                .distinct()
            )
            return [node_id for node_id in found if node_id != self.node_id]

    async def leave(self) -> None:
        """This process ends in order: what it still had open is nobody's work any more."""
        async with self._database.session.begin() as session:
            await session.execute(delete(NodeRow).where(NodeRow.id == self.node_id))
