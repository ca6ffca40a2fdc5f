# SPDX-License-Identifier: GPL-3.0-or-later
"""What was said: rows of the history. Whoever removes a row removes its blobs afterwards (pipeline/forget.py)."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Insert, Select, delete, func, insert, select, tuple_

from oscine.domain.generation import HistoryItem
from oscine.domain.problems import CursorInvalid, HistoryItemNotFound
from oscine.domain.speech import VoiceSettings
from oscine.store.database import Database
from oscine.store.tables import AccountRow, GenerationRow, HistoryRow

Moment = tuple[int, str]
"""Place of an item in time: created_ms, id."""

_BATCH = 200


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which items are wanted; None: whichever."""

    voice_id: str | None = None
    model_id: str | None = None
    source: str | None = None
    since_unix: int | None = None
    before_unix: int | None = None
    search: str | None = None
    """Part of the text or of the voice's name, in any case of letters."""


def insertion(item: HistoryItem) -> Insert:
    """The statement that makes an item part of the history.

    A character that databases do not take (U+0000) becomes U+FFFD.
    """
    values = {**asdict(item), "settings": asdict(item.settings), "text": item.text.replace("\0", "\ufffd")}
    return insert(HistoryRow).values(values)


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
        blob=row.blob,
    )


class History:
    """Every question names the account; another's items are as good as not there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, account_id: str, item_id: str) -> HistoryItem:
        """Raises: HistoryItemNotFound."""
        return (await self.get_all(account_id, [item_id]))[0]

    async def get_all(self, account_id: str, item_ids: Sequence[str]) -> list[HistoryItem]:
        """In the order of `item_ids`. Raises: HistoryItemNotFound."""
        async with self._database.session() as session:
            wanted = select(HistoryRow).where(
                HistoryRow.account_id == account_id, HistoryRow.id.in_(filter(_is_id, item_ids))
            )
            found = {row.id: _read(row) for row in await session.scalars(wanted)}
        for item_id in item_ids:
            if item_id not in found:
                raise _missing(item_id)
        return [found[item_id] for item_id in item_ids]

    async def page(
        self, account_id: str, wanted: HistoryFilter, *, after: str | None, is_descending: bool, limit: int
    ) -> list[HistoryItem]:
        """At most `limit` items in order of time.

        after: id of the last one that is known already; what is made meanwhile moves no later page.
        Raises: CursorInvalid.
        """
        place = tuple_(HistoryRow.created_ms, HistoryRow.id)
        query = _matching(account_id, wanted)
        async with self._database.session() as session:
            if after is not None:
                mine = (HistoryRow.account_id == account_id, HistoryRow.id == after)
                known = select(HistoryRow.created_ms, HistoryRow.id).where(*mine)
                last = (await session.execute(known)).first() if _is_id(after) else None
                if last is None:
                    raise CursorInvalid(
                        f"There is no history item {after[:40]!r} to start after; it may have been deleted. Begin "
                        "again with the first page.",
                        parameter="start_after_history_item_id",
                    )
                query = query.where(place < tuple(last) if is_descending else place > tuple(last))
            order = [column.desc() if is_descending else column for column in (HistoryRow.created_ms, HistoryRow.id)]
            return [_read(row) for row in await session.scalars(query.order_by(*order).limit(limit))]

    async def add(self, item: Insert) -> None:
        """Of a generation that is settled."""
        async with self._database.session.begin() as session:
            await session.execute(item)

    async def remove(self, account_id: str, item_id: str) -> str:
        """Forget an item; returns where its blobs are. Of several at once one succeeds. Raises: HistoryItemNotFound."""
        if not _is_id(item_id):
            raise _missing(item_id)
        async with self._database.session.begin() as session:
            blob = await session.scalar(
                delete(HistoryRow)
                .where(HistoryRow.account_id == account_id, HistoryRow.id == item_id)
                .returning(HistoryRow.blob)
            )
        if blob is None:
            raise _missing(item_id)
        return str(blob)

    async def last_too_many(self, max_bytes: int) -> Moment | None:
        """The newest item, of all accounts, that no longer fits when the newer ones take their part of `max_bytes`.

        It does not depend on what is removed of the older ones, so that several processes may ask at once.
        """
        async with self._database.session() as session:
            if (await session.scalar(select(func.sum(HistoryRow.audio_bytes))) or 0) <= max_bytes:
                return None
            order = (HistoryRow.created_ms.desc(), HistoryRow.id.desc())
            taken = func.sum(HistoryRow.audio_bytes).over(order_by=order, rows=(None, 0)).label("taken")
            newest_first = select(HistoryRow.created_ms, HistoryRow.id, taken).subquery()
            found = await session.execute(
                select(newest_first.c.created_ms, newest_first.c.id)
                .where(newest_first.c.taken > max_bytes)
                .order_by(newest_first.c.created_ms.desc(), newest_first.c.id.desc())
                .limit(1)
            )
            row = found.first()
            return (row[0], row[1]) if row else None

    async def remove_until(self, last: Moment) -> list[str]:
        """Forget some of the items, of all accounts, up to that one; returns where their blobs are.

        To be called until it returns nothing. Other processes may do the same.
        """
        async with self._database.session() as session:
            accounts = (await session.scalars(select(AccountRow.id))).all()
        for account_id in accounts:
            old = (
                select(HistoryRow.id)
                .where(
                    HistoryRow.account_id == account_id,
                    tuple_(HistoryRow.created_ms, HistoryRow.id) <= last,
                )
                .order_by(HistoryRow.created_ms, HistoryRow.id)
                .limit(_BATCH)
                .with_for_update(skip_locked=True)
            )
            async with self._database.session.begin() as session:
                removed = await session.scalars(
                    delete(HistoryRow).where(HistoryRow.id.in_(old)).returning(HistoryRow.blob)
                )
                if blobs := list(removed):
                    return blobs
        return []

    async def without_row(self, item_ids: Set[str]) -> Set[str]:
        """Those of the ids that no account has."""
        async with self._database.session() as session:
            found = await session.scalars(select(HistoryRow.id).where(HistoryRow.id.in_(item_ids)))
            return item_ids - set(found)

    async def of_generations(self, account_id: str, generation_ids: Sequence[str]) -> dict[str, HistoryItem]:
        """Request id → item, for those that have one."""
        async with self._database.session() as session:
            rows = await session.scalars(
                select(HistoryRow).where(
                    HistoryRow.account_id == account_id, HistoryRow.generation_id.in_(filter(_is_id, generation_ids))
                )
            )
            return {row.generation_id: _read(row) for row in rows}

    async def states(self, account_id: str, generation_ids: Sequence[str]) -> dict[str, str]:
        """Request id → how far the generation is: reserved, settled or released; for those of the account."""
        async with self._database.session() as session:
            rows = await session.execute(
                select(GenerationRow.id, GenerationRow.state).where(
                    GenerationRow.account_id == account_id, GenerationRow.id.in_(filter(_is_id, generation_ids))
                )
            )
            return dict(rows.all())


def _matching(account_id: str, wanted: HistoryFilter) -> Select[Any]:
    row = HistoryRow
    tests: list[ColumnElement[bool]] = [row.account_id == account_id]
    tests += [
        column == value
        for column, value in (
            (row.voice_id, wanted.voice_id),
            (row.model_id, wanted.model_id),
            (row.source, wanted.source),
        )
        if value is not None
    ]
    if wanted.since_unix is not None:
        tests.append(row.created_ms >= wanted.since_unix * 1000)
    if wanted.before_unix is not None:
        tests.append(row.created_ms < wanted.before_unix * 1000)
    if wanted.search is not None:
        part = wanted.search.lower()
        tests.append(
            func.lower(row.text).contains(part, autoescape=True)
            | func.lower(row.voice_name).contains(part, autoescape=True)
        )
    return select(row).where(*tests)


def _missing(item_id: str) -> HistoryItemNotFound:
    return HistoryItemNotFound(
        f"A history item with ID {item_id[:40]!r} was not found on the server.", parameter="history_item_id"
    )


def _is_id(given: str) -> bool:
    """Whether it may be one of ours; not every database takes every character."""
    return given.isascii() and given.isalnum()
