# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import asyncio
from itertools import count

import pytest

from oscine.domain.account import OWNER
from oscine.domain.lexicon import Alias, Dictionary, Locator, Pronunciation, Rule
from oscine.domain.problems import CursorInvalid, DictionaryNotFound, RuleInvalid
from oscine.store import lexicons as module
from oscine.store.database import Database
from oscine.store.lexicons import Lexicons, Sort
from oscine.store.tables import AccountRow

RULES = (
    Rule("Thailand", Alias("tie-land")),
    Rule("tomato", Pronunciation("/təˈmeɪtoʊ/", "ipa"), case_sensitive=False, word_boundaries=False),
)


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def lexicons(database: Database, clock: Clock) -> Lexicons:
    numbers = count(1)
    return Lexicons(database, lambda: f"id{next(numbers):03}", clock)


async def make(lexicons: Lexicons, name: str = "names", rules: tuple[Rule, ...] = RULES) -> Dictionary:
    return await lexicons.create(OWNER, "key", name, None, rules)


async def test_what_is_made_is_there(lexicons: Lexicons, database: Database) -> None:
    made = await lexicons.create(OWNER, "key", "names", "of people", RULES)
    assert made == Dictionary("id001", "names", "of people", "key", 1_700_000_000, None, "id002", 2)
    for opened in (lexicons, Lexicons(database, str)):
        assert await opened.get(OWNER, made.id) == made
        lexicon = await opened.find(OWNER, Locator(made.id))
        assert (lexicon.id, lexicon.version_id, lexicon.rules) == (made.id, made.version_id, RULES)


async def test_a_dictionary_may_be_empty(lexicons: Lexicons) -> None:
    made = await make(lexicons, rules=())
    assert made.rules_count == 0
    assert (await lexicons.find(OWNER, Locator(made.id))).rules == ()


async def test_every_revision_is_a_version_and_versions_stay(lexicons: Lexicons) -> None:
    """Source: reference/api-facts.md §9.2."""
    made = await make(lexicons)
    revised = await lexicons.revise(OWNER, made.id, lambda rules: rules[:1])
    assert revised.version_id != made.version_id
    assert revised.rules_count == 1
    assert await lexicons.get(OWNER, made.id) == revised
    assert (await lexicons.find(OWNER, Locator(made.id, made.version_id))).rules == RULES
    assert (await lexicons.find(OWNER, Locator(made.id))).rules == RULES[:1]


async def test_of_changes_at_the_same_time_none_is_lost(lexicons: Lexicons, database: Database) -> None:
    made = await make(lexicons, rules=())
    numbers = count()
    others = Lexicons(database, lambda: f"other{next(numbers)}")

    async def add(opened: Lexicons, word: str) -> Dictionary:
        return await opened.revise(OWNER, made.id, lambda rules: (*rules, Rule(word, Alias(word))))

    revised = await asyncio.gather(*(add((lexicons, others)[i % 2], f"w{i}") for i in range(24)))
    assert len({dictionary.version_id for dictionary in revised}) == 24
    rules = (await lexicons.find(OWNER, Locator(made.id))).rules
    assert sorted(rule.grapheme for rule in rules) == sorted(f"w{i}" for i in range(24))


async def test_a_revision_that_fails_changes_nothing(lexicons: Lexicons) -> None:
    made = await make(lexicons)

    def refuse(_: object) -> tuple[Rule, ...]:
        raise RuleInvalid("no")

    with pytest.raises(RuleInvalid):
        await lexicons.revise(OWNER, made.id, refuse)
    assert await lexicons.get(OWNER, made.id) == made


async def test_names_and_archiving(lexicons: Lexicons, clock: Clock) -> None:
    made = await make(lexicons)
    assert await lexicons.change(OWNER, made.id) == made
    assert (await lexicons.change(OWNER, made.id, name="other")).name == "other"
    archived = await lexicons.change(OWNER, made.id, is_archived=True)
    assert (archived.name, archived.archived_unix, archived.version_id) == ("other", 1_700_000_000, made.version_id)
    clock.now += 10
    assert (await lexicons.change(OWNER, made.id, is_archived=True)).archived_unix == 1_700_000_000
    assert (await lexicons.find(OWNER, Locator(made.id))).rules == RULES
    assert (await lexicons.change(OWNER, made.id, is_archived=False)).archived_unix is None


async def test_anothers_dictionary_is_as_good_as_not_there(lexicons: Lexicons, database: Database) -> None:
    async with database.session.begin() as session:
        session.add(AccountRow(id="other", name="other", created_unix=0))
    made = await make(lexicons)
    await lexicons.find(OWNER, Locator(made.id))
    messages = set()
    for account, dictionary_id in (("other", made.id), (OWNER, "id999"), (OWNER, "a\x00b"), (OWNER, "")):
        for call in (
            lexicons.get(account, dictionary_id),
            lexicons.change(account, dictionary_id, name="x"),
            lexicons.revise(account, dictionary_id, lambda rules: rules),
            lexicons.find(account, Locator(dictionary_id)),
            lexicons.find(account, Locator(dictionary_id, made.version_id)),
        ):
            with pytest.raises(DictionaryNotFound) as caught:
                await call
            messages.add(caught.value.message.replace(repr(dictionary_id), "'ID'"))
    assert messages == {"A pronunciation dictionary with the id 'ID' was not found."}
    assert await lexicons.list("other", limit=10) == []
    assert (await lexicons.get(OWNER, made.id)).name == "names"


async def test_versions_belong_to_their_dictionary(lexicons: Lexicons) -> None:
    first, second = await make(lexicons), await make(lexicons)
    for version_id in (second.version_id, "id999", "a\x00b"):
        with pytest.raises(DictionaryNotFound, match=f"'{first.id}' has no version '"):
            await lexicons.find(OWNER, Locator(first.id, version_id))


@pytest.mark.parametrize(
    ("sort", "is_descending", "names"),
    [
        ("created", True, ["B", "c", "a", "d"]),
        ("created", False, ["d", "a", "c", "B"]),
        ("name", False, ["a", "B", "c", "d"]),
        ("name", True, ["d", "c", "B", "a"]),
    ],
)
async def test_lists_in_pages(
    lexicons: Lexicons, clock: Clock, sort: Sort, is_descending: bool, names: list[str]
) -> None:
    for name in ("d", "a", "c", "B"):
        clock.now += 0 if name == "c" else 1  # two of one second
        await make(lexicons, name)
    listed: list[Dictionary] = []
    for _ in range(len(names) + 1):
        after = listed[-1].id if listed else None
        listed += await lexicons.list(OWNER, sort=sort, is_descending=is_descending, after=after, limit=1)
    assert [dictionary.name for dictionary in listed] == names
    assert await lexicons.list(OWNER, sort=sort, is_descending=is_descending, limit=9) == listed


async def test_lists_without_the_archived(lexicons: Lexicons) -> None:
    made = [await make(lexicons, name) for name in ("a", "b", "c")]
    await lexicons.change(OWNER, made[1].id, is_archived=True)
    listed = await lexicons.list(OWNER, sort="name", is_descending=False, with_archived=False, limit=9)
    assert [dictionary.name for dictionary in listed] == ["a", "c"]
    listed = await lexicons.list(
        OWNER, sort="name", is_descending=False, with_archived=False, after=made[1].id, limit=9
    )
    assert [dictionary.name for dictionary in listed] == ["c"]


async def test_a_cursor_that_is_none(lexicons: Lexicons) -> None:
    for cursor in ("id999", "a\x00b"):
        with pytest.raises(CursorInvalid):
            await lexicons.list(OWNER, after=cursor, limit=1)


async def test_several_are_found_in_order(lexicons: Lexicons) -> None:
    first, second = await make(lexicons), await make(lexicons, rules=RULES[:1])
    found = await lexicons.find_all(OWNER, (Locator(second.id), Locator(first.id, first.version_id)))
    assert [lexicon.id for lexicon in found] == [second.id, first.id]
    assert await lexicons.find_all(OWNER, ()) == ()


async def test_versions_are_kept_up_to_a_bound(lexicons: Lexicons, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT_RULES", 100)
    first, second = await make(lexicons), await make(lexicons, rules=RULES[:1])
    kept = await lexicons.find(OWNER, Locator(first.id))
    assert await lexicons.find(OWNER, Locator(first.id)) is kept
    await lexicons.find(OWNER, Locator(second.id))
    assert await lexicons.find(OWNER, Locator(first.id)) is kept
    await make(lexicons)
    await lexicons.find(OWNER, Locator((await make(lexicons)).id))
    again = await lexicons.find(OWNER, Locator(first.id))
    assert again is not kept
    assert again.rules == kept.rules
