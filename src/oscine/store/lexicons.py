# SPDX-License-Identifier: GPL-3.0-or-later
"""Pronunciation dictionaries: each change of the rules makes a new version, and versions never change.

Every question names the account; another's dictionaries are as good as not there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import Select, func, insert, select, tuple_, update

from oscine.domain.lexicon import Alias, Dictionary, Lexicon, Locator, Pronunciation, Rule
from oscine.domain.problems import CursorInvalid, DictionaryNotFound
from oscine.store.database import Database
from oscine.store.tables import DictionaryRow, DictionaryVersionRow

Sort = Literal["created", "name"]

_KEPT_RULES = 100_000
"""Rules that are kept in memory once they were read; a version counts for `_LEAST` at least."""
_LEAST = 50


class Lexicons:
    def __init__(self, database: Database, new_id: Callable[[], str], clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._new_id = new_id
        self._clock = clock
        self._kept: dict[str, Lexicon] = {}

    async def create(
        self, account_id: str, created_by: str, name: str, description: str | None, rules: Sequence[Rule]
    ) -> Dictionary:
        """Make a dictionary with its first version. created_by: id of a key."""
        row = DictionaryRow(
            id=self._new_id(),
            account_id=account_id,
            name=name,
            description=description,
            created_by=created_by,
            created_unix=int(self._clock()),
            archived_unix=None,
            latest_version_id=self._new_id(),
        )
        async with self._database.session.begin() as session:
            session.add(row)
            await session.flush()
            await session.execute(self._new_version(row.id, row.latest_version_id, 1, rules))
        return _read(row, len(rules))

    async def get(self, account_id: str, dictionary_id: str) -> Dictionary:
        """Raises: DictionaryNotFound."""
        wanted = _of_account(account_id).where(DictionaryRow.id == dictionary_id)
        async with self._database.session() as session:
            found = (await session.execute(wanted)).first() if _is_id(dictionary_id) else None
        if found is None:
            raise DictionaryNotFound(
                f"A pronunciation dictionary with the id {dictionary_id[:40]!r} was not found.",
                parameter="pronunciation_dictionary_id",
            )
        return _read(found[0], found[1])

    async def list(
        self,
        account_id: str,
        *,
        sort: Sort = "created",
        is_descending: bool = True,
        with_archived: bool = True,
        after: str | None = None,
        limit: int,
    ) -> list[Dictionary]:
        """At most `limit` of the account's dictionaries, in order.

        after: id of the last one that is known already. Raises: CursorInvalid.
        """
        rank = func.lower(DictionaryRow.name) if sort == "name" else DictionaryRow.created_unix
        wanted = _of_account(account_id)
        if not with_archived:
            wanted = wanted.where(DictionaryRow.archived_unix.is_(None))
        async with self._database.session() as session:
            if after is not None:
                mine = (DictionaryRow.account_id == account_id, DictionaryRow.id == after)
                last = (
                    (await session.execute(select(rank, DictionaryRow.id).where(*mine))).first()
                    if _is_id(after)
                    else None
                )
                if last is None:
                    raise CursorInvalid(
                        f"The cursor {after[:40]!r} belongs to no page. Send back the next_cursor of the page before.",
                        parameter="cursor",
                    )
                place = tuple_(rank, DictionaryRow.id)
                wanted = wanted.where(place < tuple(last) if is_descending else place > tuple(last))
            order = (rank.desc(), DictionaryRow.id.desc()) if is_descending else (rank, DictionaryRow.id)
            return [_read(found[0], found[1]) for found in await session.execute(wanted.order_by(*order).limit(limit))]

    async def change(
        self, account_id: str, dictionary_id: str, *, name: str | None = None, is_archived: bool | None = None
    ) -> Dictionary:
        """Rename, archive or bring back; None: as it is. Makes no version. Raises: DictionaryNotFound."""
        values: dict[str, Any] = {} if name is None else {"name": name}
        if is_archived is not None:
            # Archived once more it keeps its time.
            values["archived_unix"] = (
                func.coalesce(DictionaryRow.archived_unix, int(self._clock())) if is_archived else None
            )
        await self.get(account_id, dictionary_id)
        if values:
            async with self._database.session.begin() as session:
                await session.execute(update(DictionaryRow).where(DictionaryRow.id == dictionary_id).values(values))
        return await self.get(account_id, dictionary_id)

    async def revise(
        self, account_id: str, dictionary_id: str, edit: Callable[[tuple[Rule, ...]], Sequence[Rule]]
    ) -> Dictionary:
        """Make a new version from the latest. Of changes at the same time none is lost.

        edit: gives the new rules for the old ones; may be called again. Raises: DictionaryNotFound, what edit raises.
        """
        while True:
            dictionary = await self.get(account_id, dictionary_id)
            lexicon = await self.find(account_id, Locator(dictionary_id, dictionary.version_id))
            rules = edit(lexicon.rules)
            version_id = self._new_id()
            async with self._database.session.begin() as session:
                # A write first: it waits for others, and fails where one of them was faster.
                moved = await session.execute(
                    update(DictionaryRow)
                    .where(DictionaryRow.id == dictionary_id, DictionaryRow.latest_version_id == lexicon.version_id)
                    .values(latest_version_id=version_id)
                    .returning(DictionaryRow.id)
                )
                if not moved.all():
                    continue
                number = await session.scalar(
                    select(DictionaryVersionRow.number).where(DictionaryVersionRow.id == lexicon.version_id)
                )
                await session.execute(self._new_version(dictionary_id, version_id, (number or 0) + 1, rules))
            return replace(dictionary, version_id=version_id, rules_count=len(rules))

    async def find(self, account_id: str, locator: Locator) -> Lexicon:
        """The rules of a version. Raises: DictionaryNotFound."""
        entry = await self.get(account_id, locator.dictionary_id)
        version_id = locator.version_id or entry.version_id
        kept = self._kept.get(version_id)
        if kept is not None and kept.id == entry.id:
            return kept
        wanted = select(DictionaryVersionRow.rules).where(
            DictionaryVersionRow.id == version_id, DictionaryVersionRow.dictionary_id == entry.id
        )
        async with self._database.session() as session:
            found = (await session.execute(wanted)).first() if _is_id(version_id) else None
        if found is None:
            raise DictionaryNotFound(
                f"The pronunciation dictionary {entry.id!r} has no version {version_id[:40]!r}. Leave the version_id "
                "out to have the latest.",
                parameter="version_id",
            )
        return self._keep(Lexicon(entry.id, version_id, tuple(map(_read_rule, found[0]))))

    async def find_all(self, account_id: str, locators: Iterable[Locator]) -> tuple[Lexicon, ...]:
        """In the order of `locators`. Raises: DictionaryNotFound."""
        return tuple([await self.find(account_id, locator) for locator in locators])

    def _keep(self, lexicon: Lexicon) -> Lexicon:
        self._kept[lexicon.version_id] = lexicon
        while sum(max(len(kept.rules), _LEAST) for kept in self._kept.values()) > _KEPT_RULES:
            del self._kept[next(iter(self._kept))]
        return lexicon

    def _new_version(self, dictionary_id: str, version_id: str, number: int, rules: Sequence[Rule]) -> Any:
        return insert(DictionaryVersionRow).values(
            id=version_id,
            dictionary_id=dictionary_id,
            number=number,
            rules=[_write_rule(rule) for rule in rules],
            rules_count=len(rules),
            created_unix=int(self._clock()),
        )


def _of_account(account_id: str) -> Select[DictionaryRow, int]:
    version = DictionaryVersionRow
    return (
        select(DictionaryRow, version.rules_count)
        .join(version, version.id == DictionaryRow.latest_version_id)
        .where(DictionaryRow.account_id == account_id)
    )


def _read(row: DictionaryRow, rules_count: int) -> Dictionary:
    return Dictionary(
        id=row.id,
        name=row.name,
        description=row.description,
        created_by=row.created_by,
        created_unix=row.created_unix,
        archived_unix=row.archived_unix,
        version_id=row.latest_version_id,
        rules_count=rules_count,
    )


def _write_rule(rule: Rule) -> dict[str, Any]:
    says = rule.says
    return {
        "grapheme": rule.grapheme,
        **({"alias": says.text} if isinstance(says, Alias) else {"phoneme": says.phoneme, "alphabet": says.alphabet}),
        "case_sensitive": rule.case_sensitive,
        "word_boundaries": rule.word_boundaries,
    }


def _read_rule(stored: dict[str, Any]) -> Rule:
    says = Alias(stored["alias"]) if "alias" in stored else Pronunciation(stored["phoneme"], stored["alphabet"])
    return Rule(stored["grapheme"], says, stored["case_sensitive"], stored["word_boundaries"])


def _is_id(given: str) -> bool:
    """Whether it may be one of ours; not every database takes every character."""
    return given.isascii() and given.isalnum()
