# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from oscine.domain.account import OWNER, Key
from oscine.domain.audio import FORMATS
from oscine.domain.lexicon import Alias, Locator, Rule
from oscine.domain.problems import DictionaryNotFound, LexiconInvalid, PhonemeInvalid, RuleInvalid
from oscine.domain.speech import SpeechRequest
from oscine.pipeline import lexicons
from oscine.pipeline.house import House
from oscine.pipeline.speech import Performance
from oscine.text.rules import MOST_RULES

KEY = Key("key", "key", "", frozenset({"all"}), None, 0)
UN = Rule("UN", Alias("United Nations"))
REQUEST = SpeechRequest("The UN met.", "JBFqnCBsd6RMkjVDRZzb", "eleven_multilingual_v2", FORMATS["pcm_16000"])


async def test_rules_come_in_tidy_and_go_out_as_they_are(tone_house: House) -> None:
    made = await lexicons.create(tone_house, KEY, "a", None, [Rule(" UN ", Alias("United\nNations"))])
    assert made.created_by == KEY.id
    written = await lexicons.export(tone_house, KEY, Locator(made.id, made.version_id))
    again = await lexicons.create_from_pls(tone_house, KEY, "b", None, written.encode())
    assert (await tone_house.lexicons.find(OWNER, Locator(again.id))).rules == (UN,)
    assert (await lexicons.create_from_pls(tone_house, KEY, "c", None, None)).rules_count == 0


async def test_what_is_wrong_is_not_kept(tone_house: House) -> None:
    made = await lexicons.create(tone_house, KEY, "a", None, [UN])
    empty = [Rule("", Alias("x"))]
    for call in (
        lexicons.create(tone_house, KEY, "b", None, empty),
        lexicons.set_rules(tone_house, KEY, made.id, empty),
        lexicons.add_rules(tone_house, KEY, made.id, empty),
        lexicons.create(tone_house, KEY, "b", None, [UN] * (MOST_RULES + 1)),
    ):
        with pytest.raises(RuleInvalid):
            await call
    with pytest.raises(LexiconInvalid):
        await lexicons.create_from_pls(tone_house, KEY, "b", None, b"")
    assert await tone_house.lexicons.list(OWNER, limit=9) == [made]


async def test_a_dictionary_grows_up_to_its_bound(tone_house: House) -> None:
    many = [Rule(f"word{i}", Alias("x")) for i in range(MOST_RULES)]
    made = await lexicons.create(tone_house, KEY, "a", None, many)
    with pytest.raises(RuleInvalid, match="would have 10001"):
        await lexicons.add_rules(tone_house, KEY, made.id, [UN])
    await lexicons.remove_rules(tone_house, KEY, made.id, ["word0"])
    assert (await lexicons.add_rules(tone_house, KEY, made.id, [UN])).rules_count == MOST_RULES


async def test_additions_at_the_same_time(tone_house: House) -> None:
    made = await lexicons.create(tone_house, KEY, "a", None, [])
    added = ([Rule(f"word{i}", Alias("x"))] for i in range(12))
    await asyncio.gather(*(lexicons.add_rules(tone_house, KEY, made.id, rules) for rules in added))
    assert (await tone_house.lexicons.get(OWNER, made.id)).rules_count == 12


async def test_a_request_keeps_to_its_dictionaries(tone_house: House) -> None:
    made = await lexicons.create(tone_house, KEY, "a", None, [UN])

    async def spoken(*locators: Locator) -> str:
        performance = await Performance.prepare(tone_house, KEY, replace(REQUEST, dictionaries=locators))
        return "".join(segment.text for segment in performance._utterance)

    assert await spoken() == "The UN met."
    assert await spoken(Locator(made.id)) == "The United Nations met."
    await lexicons.set_rules(tone_house, KEY, made.id, [])
    assert await spoken(Locator(made.id)) == "The UN met."
    assert await spoken(Locator(made.id, made.version_id)) == "The United Nations met."
    with pytest.raises(DictionaryNotFound):
        await spoken(Locator("nobody"))


async def test_a_request_with_other_rules_is_another_request(tone_house: House) -> None:
    """Free repeats are for the same words said in the same way (reference/api-facts.md §6)."""
    made = await lexicons.create(tone_house, KEY, "a", None, [UN])

    async def fingerprint(*locators: Locator) -> str | None:
        return (await Performance.prepare(tone_house, KEY, replace(REQUEST, dictionaries=locators)))._fingerprint()

    first = await fingerprint(Locator(made.id))
    assert first == await fingerprint(Locator(made.id, made.version_id))
    await lexicons.add_rules(tone_house, KEY, made.id, [Rule("x", Alias("y"))])
    assert len({first, await fingerprint(), await fingerprint(Locator(made.id))}) == 3


async def test_impossible_sounds_are_refused_when_the_rule_is_written(tone_house: House) -> None:
    data = b"<lexicon><lexeme><grapheme>x</grapheme><phoneme>6</phoneme></lexeme></lexicon>"
    with pytest.raises(PhonemeInvalid, match="The lexeme in line 1: '6'"):
        await lexicons.create_from_pls(tone_house, KEY, "b", None, data)
