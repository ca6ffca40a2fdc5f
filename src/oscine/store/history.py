# SPDX-License-Identifier: GPL-3.0-or-later
"""What was said: rows of the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select

from oscine.domain.generation import HistoryItem
from oscine.domain.speech import VoiceSettings
from oscine.store.database import Database
from oscine.store.tables import GenerationRow, HistoryRow


def new_row(item: HistoryItem, blob: str) -> HistoryRow:
    """blob: where its audio and alignments are."""
    return HistoryRow(**{**asdict(item), "settings": asdict(item.settings)}, blob=blob)


def _read(row: HistoryRow) -> HistoryItem:
    return HistoryItem(
        id=row.id,
        generation_id=row.generation_id,
        account_id=row.account_id,
        source=row.source,  # type: ignore[arg-type]
        voice_id=row.voice_id,
        voice_name=row.voice_name,
        voice_category=row.voice_category,
        model_id=row.model_id,
        text=row.text,
        settings=VoiceSettings(**row.settings),
        seed=row.seed,
        output_format=row.output_format,
        content_type=row.content_type,
        used_before=row.used_before,
        used_after=row.used_after,
        created_ms=row.created_ms,
        audio_bytes=row.audio_bytes,
    )


class History:
    """Every question names the account; another's items are as good as not there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_generations(self, account_id: str, generation_ids: Sequence[str]) -> dict[str, HistoryItem]:
        """Request id → item, for those that have one."""
        async with self._database.session() as session:
            rows = await session.scalars(
                select(HistoryRow).where(
                    HistoryRow.account_id == account_id, HistoryRow.generation_id.in_(generation_ids)
                )
            )
            return {row.generation_id: _read(row) for row in rows}

    async def states(self, account_id: str, generation_ids: Sequence[str]) -> dict[str, str]:
        """Request id → how far the generation is: reserved, settled or released; for those of the account."""
        async with self._database.session() as session:
            rows = await session.execute(
                select(GenerationRow.id, GenerationRow.state).where(
                    GenerationRow.account_id == account_id, GenerationRow.id.in_(generation_ids)
                )
            )
            return dict(rows.all())
