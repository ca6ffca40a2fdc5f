# SPDX-License-Identifier: GPL-3.0-or-later
"""Pronunciation dictionaries: rules are checked as they come in, whatever they come in as, and kept.

What takes time with thousands of rules is done on two threads of its own, so that neither speech nor other requests
wait for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from oscine.domain.account import Key
from oscine.domain.lexicon import Dictionary, Locator, Rule
from oscine.pipeline.house import House
from oscine.text.pls import read_pls, write_pls
from oscine.text.rules import add, check_count, remove, tidy_all

_desk = ThreadPoolExecutor(2, "lexicons")

T = TypeVar("T")


async def create(house: House, key: Key, name: str, description: str | None, rules: Sequence[Rule]) -> Dictionary:
    """Raises: RuleInvalid, PhonemeInvalid."""
    return await house.lexicons.create(key.account_id, key.id, name, description, await _check(rules))


async def create_from_pls(house: House, key: Key, name: str, description: str | None, data: bytes | None) -> Dictionary:
    """data: a PLS file; None makes an empty dictionary. Raises: LexiconInvalid, RuleInvalid, PhonemeInvalid."""
    rules = await _apart(lambda: read_pls(data)) if data is not None else ()
    return await house.lexicons.create(key.account_id, key.id, name, description, rules)


async def set_rules(house: House, key: Key, dictionary_id: str, rules: Sequence[Rule]) -> Dictionary:
    """Put rules in the place of all that there were. Raises: DictionaryNotFound, RuleInvalid, PhonemeInvalid."""
    await house.lexicons.get(key.account_id, dictionary_id)
    checked = await _check(rules)
    return await house.lexicons.revise(key.account_id, dictionary_id, lambda _: checked)


async def add_rules(house: House, key: Key, dictionary_id: str, rules: Sequence[Rule]) -> Dictionary:
    """Add rules; those for a text that has one take its place. Raises: as set_rules."""
    await house.lexicons.get(key.account_id, dictionary_id)
    checked = await _check(rules)

    def edit(old: tuple[Rule, ...]) -> tuple[Rule, ...]:
        new = add(old, checked)
        check_count(len(new))
        return new

    return await house.lexicons.revise(key.account_id, dictionary_id, edit)


async def remove_rules(house: House, key: Key, dictionary_id: str, graphemes: Sequence[str]) -> Dictionary:
    """Take out the rules for these texts. Raises: DictionaryNotFound."""
    return await house.lexicons.revise(key.account_id, dictionary_id, lambda old: remove(old, graphemes))


async def export(house: House, key: Key, locator: Locator) -> str:
    """A version as PLS. Raises: DictionaryNotFound."""
    lexicon = await house.lexicons.find(key.account_id, locator)
    return await _apart(lambda: write_pls(lexicon.rules))


async def _check(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    check_count(len(rules))
    return await _apart(lambda: tidy_all(rules))


async def _apart(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_desk, work)
