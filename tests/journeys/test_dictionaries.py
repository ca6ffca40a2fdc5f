# SPDX-License-Identifier: GPL-3.0-or-later
"""Pronunciation dictionaries through the vendor's Python package (elevenlabs 2.78). Source: api-facts §9.2, §15.29."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from elevenlabs import AsyncElevenLabs, ElevenLabs, PronunciationDictionaryVersionLocator
from elevenlabs.core.api_error import ApiError
from elevenlabs.pronunciation_dictionaries import (
    BodyAddAPronunciationDictionaryV1PronunciationDictionariesAddFromRulesPostRulesItem_Alias as AliasRule,
)
from elevenlabs.pronunciation_dictionaries import (
    BodyAddAPronunciationDictionaryV1PronunciationDictionariesAddFromRulesPostRulesItem_Phoneme as PhonemeRule,
)
from elevenlabs.pronunciation_dictionaries.rules import PronunciationDictionaryRule_Alias

from tests.journeys.ear import VOICE
from tests.journeys.test_alignment import check

PHONEMES = "eleven_flash_v2"
"""A model that reads phonemes."""

PLS = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en-US">
  <lexeme>
    <grapheme>tomato</grapheme>
    <grapheme>Tomato</grapheme>
    <phoneme>/tə'meɪtoʊ/</phoneme>
  </lexeme>
  <lexeme>
    <grapheme>UN</grapheme>
    <alias>United Nations</alias>
  </lexeme>
</lexicon>"""


def alias(written: str, said: str, **flags: Any) -> AliasRule:
    return AliasRule(string_to_replace=written, alias=said, **flags)


def phoneme(written: str, sounds: str, alphabet: str = "ipa") -> PhonemeRule:
    return PhonemeRule(string_to_replace=written, phoneme=sounds, alphabet=alphabet)


def locator(dictionary: Any, version_id: str | None = None) -> PronunciationDictionaryVersionLocator:
    return PronunciationDictionaryVersionLocator(pronunciation_dictionary_id=dictionary.id, version_id=version_id)


def speak(client: ElevenLabs, text: str, *locators: Any, **options: Any) -> tuple[bytes, str, str]:
    """Audio, the characters of the alignment and those of the normalized alignment; both alignments are checked."""
    answer = client.text_to_speech.convert_with_timestamps(
        VOICE,
        text=text,
        output_format="pcm_24000",
        seed=1,
        pronunciation_dictionary_locators=list(locators),
        **options,
    )
    audio = base64.b64decode(answer.audio_base_64)
    end_s = len(audio) / 2 / 24000
    return audio, check(answer.alignment, end_s), check(answer.normalized_alignment, end_s)


def refusal(call: Callable[[], Any]) -> tuple[int | None, str, str]:
    with pytest.raises(ApiError) as caught:
        call()
    detail = caught.value.body["detail"]
    return caught.value.status_code, detail["status"], detail["message"]


def test_from_rules(client: ElevenLabs) -> None:
    made = client.pronunciation_dictionaries.create_from_rules(
        name="names",
        description="of places",
        rules=[alias("Thailand", "tie-land"), phoneme("Tomato", "/təˈmeɪtoʊ/")],
        workspace_access="viewer",
    )
    assert (made.name, made.description, made.version_rules_num) == ("names", "of places", 2)
    assert made.permission_on_resource == "admin"
    assert made.created_by
    got = client.pronunciation_dictionaries.get(made.id)
    assert (got.id, got.latest_version_id, got.latest_version_rules_num) == (made.id, made.version_id, 2)
    assert (got.created_by, got.creation_time_unix) == (made.created_by, made.creation_time_unix)
    assert got.archived_time_unix is None
    first, second = got.rules
    assert (first.type, first.string_to_replace, first.alias) == ("alias", "Thailand", "tie-land")
    assert (second.type, second.phoneme, second.alphabet) == ("phoneme", "/təˈmeɪtoʊ/", "ipa")
    assert first.case_sensitive is second.word_boundaries is True


def test_from_a_file(client: ElevenLabs) -> None:
    made = client.pronunciation_dictionaries.create_from_file(name="file", file=("my.pls", PLS.encode()))
    assert made.version_rules_num == 3
    rules = client.pronunciation_dictionaries.get(made.id).rules
    assert [rule.string_to_replace for rule in rules] == ["tomato", "Tomato", "UN"]
    assert client.pronunciation_dictionaries.create_from_file(name="none").version_rules_num == 0


def test_download_and_back(client: ElevenLabs, http: httpx.Client) -> None:
    made = client.pronunciation_dictionaries.create_from_rules(
        name="round", rules=[alias("A&B", "a", case_sensitive=False), phoneme("x", "EH1 K S", "cmu-arpabet")]
    )
    written = b"".join(client.pronunciation_dictionaries.download(made.id, made.version_id))
    again = client.pronunciation_dictionaries.create_from_file(name="again", file=written)
    rules = [client.pronunciation_dictionaries.get(d.id).rules for d in (made, again)]
    assert rules[0] == rules[1]
    answer = http.get(f"/v1/pronunciation-dictionaries/{made.id}/{made.version_id}/download")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["content-disposition"] == f'attachment; filename="{made.id}_{made.version_id}.pls"'
    assert answer.content == written


def test_every_change_of_rules_is_a_version(client: ElevenLabs) -> None:
    dictionaries = client.pronunciation_dictionaries
    made = dictionaries.create_from_rules(name="versions", rules=[alias("a", "1"), alias("b", "2")])

    def rule(written: str, said: str) -> PronunciationDictionaryRule_Alias:
        return PronunciationDictionaryRule_Alias(string_to_replace=written, alias=said)

    added = dictionaries.rules.add(made.id, rules=[rule("c", "3"), rule("a", "4")])
    assert (added.id, added.version_rules_num) == (made.id, 3)
    rules = dictionaries.get(made.id).rules
    assert [(r.string_to_replace, r.alias) for r in rules] == [("a", "4"), ("b", "2"), ("c", "3")]
    removed = dictionaries.rules.remove(made.id, rule_strings=["b", "nothing"])
    assert removed.version_rules_num == 2
    replaced = dictionaries.rules.set(made.id, rules=[alias("z", "9")])
    assert replaced.version_rules_num == 1
    versions = [made.version_id, added.version_id, removed.version_id, replaced.version_id]
    assert len(set(versions)) == 4
    assert dictionaries.get(made.id).latest_version_id == replaced.version_id
    sizes = [b"".join(dictionaries.download(made.id, version)).count(b"<lexeme>") for version in versions]
    assert sizes == [2, 3, 2, 1]


def test_names_and_archiving(client: ElevenLabs) -> None:
    dictionaries = client.pronunciation_dictionaries
    made = dictionaries.create_from_rules(name="old", rules=[alias("Qq", "cue")])
    assert dictionaries.update(made.id, name="new").name == "new"
    archived = dictionaries.update(made.id, archived=True)
    assert archived.archived_time_unix
    assert (archived.name, archived.latest_version_id) == ("new", made.version_id)
    listed = dictionaries.list(include_archived=False, page_size=100).pronunciation_dictionaries
    assert made.id not in [entry.id for entry in listed]
    assert "cue" in speak(client, "Qq?", locator(made))[2]
    assert dictionaries.update(made.id, archived=False).archived_time_unix is None


def test_lists_in_pages(client: ElevenLabs) -> None:
    dictionaries = client.pronunciation_dictionaries
    made = {dictionaries.create_from_rules(name=f"page {i}", rules=[]).id for i in range(3)}
    listed: list[Any] = []
    cursor = None
    while True:
        page = dictionaries.list(page_size=2, cursor=cursor, sort="name", sort_direction="ASCENDING")
        assert len(page.pronunciation_dictionaries) <= 2
        listed += page.pronunciation_dictionaries
        if not page.has_more:
            break
        cursor = page.next_cursor
    assert page.next_cursor is None
    assert len({entry.id for entry in listed}) == len(listed)
    assert made <= {entry.id for entry in listed}
    names = [entry.name.lower() for entry in listed]
    assert names == sorted(names)
    newest = dictionaries.list(page_size=100).pronunciation_dictionaries
    times = [entry.creation_time_unix for entry in newest]
    assert times == sorted(times, reverse=True)


def test_aliases_are_spoken_and_both_alignments_are_right(client: ElevenLabs) -> None:
    text = "The UN met in <b>Thailand</b> for $5."
    plain, _, _ = speak(client, text)
    made = client.pronunciation_dictionaries.create_from_rules(
        name="aliases", rules=[alias("UN", "United Nations of 3 km"), alias("Thailand", "tie-land")]
    )
    audio, written, spoken = speak(client, text, locator(made, made.version_id))
    assert written == text
    assert spoken == "The United Nations of three kilometers met in tie-land for five dollars."
    assert len(audio) > len(plain) * 1.2


def test_phonemes_act_in_the_models_that_read_them(client: ElevenLabs) -> None:
    """Source: reference/api-facts.md §6, §9.2."""
    made = client.pronunciation_dictionaries.create_from_rules(
        name="phonemes", rules=[phoneme("Madison", "/bəˈnɑːnəbəˈnɑːnə/"), phoneme("tea", "K AO1 F IY0", "cmu-arpabet")]
    )
    for text in ("Mr. Madison spoke.", "A cup of tea."):
        plain, written, spoken = speak(client, text, locator(made), model_id="eleven_multilingual_v2")
        assert plain == speak(client, text, model_id="eleven_multilingual_v2")[0]
        audio, written, spoken_too = speak(client, text, locator(made), model_id=PHONEMES)
        assert (written, spoken_too) == (text, spoken)
        assert audio != speak(client, text, model_id=PHONEMES)[0]


def test_rules_sound_like_what_they_stand_for(client: ElevenLabs) -> None:
    """An alias like the same words written, phonemes like the same phonemes in a tag."""
    made = client.pronunciation_dictionaries.create_from_rules(
        name="sounds", rules=[alias("UN", "United Nations"), phoneme("Madison", "/bəˈnɑːnə/")]
    )
    tag = '<phoneme alphabet="ipa" ph="bəˈnɑːnə">Madison</phoneme>'
    for short, long in (("The UN met.", "The United Nations met."), ("Mr. Madison spoke.", f"Mr. {tag} spoke.")):
        heard, _, _ = speak(client, short, locator(made), model_id=PHONEMES)
        assert heard == speak(client, long, model_id=PHONEMES)[0]


def test_phonemes_inside_a_word(client: ElevenLabs) -> None:
    rule = PhonemeRule(string_to_replace="Thai", phoneme="taɪ", alphabet="ipa", word_boundaries=False)
    made = client.pronunciation_dictionaries.create_from_rules(name="inside", rules=[rule])
    assert speak(client, "In Thailand.", locator(made), model_id=PHONEMES)[1:] == ("In Thailand.", "In Thailand.")


def test_all_four_methods_keep_to_a_dictionary(client: ElevenLabs) -> None:
    made = client.pronunciation_dictionaries.create_from_rules(name="all", rules=[alias("UN", "United Nations")])
    speech = client.text_to_speech
    given: dict[str, Any] = {
        "text": "The UN met.",
        "output_format": "pcm_24000",
        "seed": 1,
        "pronunciation_dictionary_locators": [locator(made)],
    }
    whole = b"".join(speech.convert(VOICE, **given))
    assert b"".join(speech.stream(VOICE, **given)) == whole
    assert base64.b64decode(speech.convert_with_timestamps(VOICE, **given).audio_base_64) == whole
    pieces = list(speech.stream_with_timestamps(VOICE, **given))
    assert b"".join(base64.b64decode(piece.audio_base_64) for piece in pieces) == whole
    assert b"".join(speech.convert(VOICE, **{**given, "pronunciation_dictionary_locators": []})) != whole


def test_versions_and_the_order_of_dictionaries(client: ElevenLabs) -> None:
    dictionaries = client.pronunciation_dictionaries
    first = dictionaries.create_from_rules(name="first", rules=[alias("Qq", "one")])
    second = dictionaries.create_from_rules(name="second", rules=[alias("Qq", "two"), alias("Zz", "three")])
    dictionaries.rules.set(first.id, rules=[alias("Qq", "four")])
    assert speak(client, "Qq Zz.", locator(first), locator(second))[2] == "four three."
    assert speak(client, "Qq Zz.", locator(second), locator(first))[2] == "two three."
    assert speak(client, "Qq Zz.", locator(first, first.version_id))[2] == "one Zz."


def test_refusals(client: ElevenLabs) -> None:
    """Source: reference/api-facts.md §5.3 (codes); the vendor's own texts are unknown (§14)."""
    dictionaries = client.pronunciation_dictionaries
    made = dictionaries.create_from_rules(name="mine", rules=[alias("a", "b")])
    missing = (404, "pronunciation_dictionary_not_found")
    assert refusal(lambda: dictionaries.get("nobody"))[:2] == missing
    assert refusal(lambda: dictionaries.update("nobody", name="x"))[:2] == missing
    assert refusal(lambda: dictionaries.rules.set("nobody", rules=[]))[:2] == missing
    assert refusal(lambda: dictionaries.rules.add("nobody", rules=[]))[:2] == missing
    assert refusal(lambda: dictionaries.rules.remove("nobody", rule_strings=[]))[:2] == missing
    assert refusal(lambda: b"".join(dictionaries.download(made.id, "nobody")))[:2] == missing
    nobody = PronunciationDictionaryVersionLocator(pronunciation_dictionary_id="nobody")
    assert refusal(lambda: speak(client, "Hello.", nobody))[:2] == missing
    assert refusal(lambda: speak(client, "Hello.", locator(made, "nobody")))[:2] == missing
    assert refusal(lambda: speak(client, "Hello.", *[locator(made)] * 4))[:2] == (400, "invalid_parameters")
    wrong = refusal(lambda: dictionaries.create_from_rules(name="x", rules=[alias("a", "b"), phoneme("c", "6")]))
    assert wrong[:2] == (400, "invalid_phoneme")
    assert "Rule 2: '6'" in wrong[2]
    wrong = refusal(lambda: dictionaries.rules.add(made.id, rules=[alias(" ", "b")]))
    assert wrong[:2] == (400, "invalid_pronunciation_rule")
    wrong = refusal(lambda: dictionaries.create_from_file(name="x", file=b"<lexicon>"))
    assert wrong[:2] == (400, "invalid_pronunciation_dictionary")
    assert refusal(lambda: dictionaries.list(sort_direction="up"))[:2] == (400, "invalid_parameters")
    assert refusal(lambda: dictionaries.list(cursor="nobody"))[:2] == (400, "invalid_cursor")


def test_what_is_asked_for_and_not_done_is_said(http: httpx.Client) -> None:
    """There is no sharing within a workspace (COVERAGE.md)."""
    for answer in (
        http.post(
            "/v1/pronunciation-dictionaries/add-from-rules",
            json={"name": "x", "rules": [], "workspace_access": "editor"},
        ),
        http.post(
            "/v1/pronunciation-dictionaries/add-from-file", data={"name": "x", "workspace_access": "editor"}, files={}
        ),
    ):
        assert answer.status_code == 200, answer.text
        assert answer.headers["oscine-ignored"] == "workspace_access"


async def test_the_asynchronous_client(async_client: AsyncElevenLabs) -> None:
    dictionaries = async_client.pronunciation_dictionaries
    made = await dictionaries.create_from_file(name="async", file=("my.pls", PLS))
    assert made.version_rules_num == 3
    added = await dictionaries.rules.add(
        made.id, rules=[PronunciationDictionaryRule_Alias(string_to_replace="x", alias="y")]
    )
    assert added.version_rules_num == 4
    assert (await dictionaries.get(made.id)).latest_version_id == added.version_id
    assert b"".join([piece async for piece in dictionaries.download(made.id, added.version_id)]).count(b"<lexeme>") == 4
