# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rule of a lexicon may be. Everything that is wrong with one is said when it is written, not when it acts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from oscine.domain.lexicon import ALPHABETS, Alias, Pronunciation, Rule
from oscine.domain.problems import PhonemeInvalid, RuleInvalid
from oscine.text.markup import LONGEST_ALIAS
from oscine.text.phonemes import read_arpabet, read_ipa

MOST_RULES = 10_000
LONGEST_GRAPHEME = 100
"""Characters; a match is never cut, so it must fit a segment."""
LONGEST_PHONEME = 200

_WORDLIKE = re.compile(r"[^\W_]")
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text has and XML cannot hold."""


def tidy(rule: Rule, where: str) -> Rule:
    """The rule without needless white space.

    where: how an error names the rule, e.g. "Rule 3". Raises: RuleInvalid, PhonemeInvalid.
    """
    grapheme = _tidy_text(rule.grapheme, "text to replace", LONGEST_GRAPHEME, where)
    if not grapheme:
        raise RuleInvalid(f"{where} has no text to replace. Give 1–{LONGEST_GRAPHEME} characters.", parameter="rules")
    if isinstance(rule.says, Alias):
        return replace(rule, grapheme=grapheme, says=Alias(_tidy_text(rule.says.text, "alias", LONGEST_ALIAS, where)))
    phoneme = _tidy_text(rule.says.phoneme, "phoneme", LONGEST_PHONEME, where)
    if not phoneme.strip("/[] "):
        raise PhonemeInvalid(
            f"{where} has an empty phoneme. Write the sounds, or use an alias rule; an empty alias is not spoken.",
            parameter="rules",
        )
    if rule.says.alphabet not in ALPHABETS:
        raise RuleInvalid(
            f"{where} has the alphabet {rule.says.alphabet[:40]!r}; allowed are {' and '.join(map(repr, ALPHABETS))}.",
            parameter="rules",
        )
    if not _WORDLIKE.search(grapheme):
        raise RuleInvalid(
            f"{where} gives phonemes for text without a letter or digit. Use an alias rule for signs.",
            parameter="rules",
        )
    says = Pronunciation(phoneme, rule.says.alphabet)
    try:
        read_pronunciation(says)
    except PhonemeInvalid as problem:
        raise PhonemeInvalid(f"{where}: {problem.message}", parameter="rules") from None
    return replace(rule, grapheme=grapheme, says=says)


def tidy_all(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """As `tidy`, for rules that are counted from 1. Raises: RuleInvalid, PhonemeInvalid."""
    return tuple(tidy(rule, f"Rule {number}") for number, rule in enumerate(rules, start=1))


def check_count(count: int) -> None:
    """Raises: RuleInvalid for more rules than a dictionary may have."""
    if count > MOST_RULES:
        raise RuleInvalid(
            f"A dictionary may have {MOST_RULES} rules; this one would have {count}. Make several dictionaries: a "
            "request may name three.",
            parameter="rules",
        )


def add(rules: Sequence[Rule], added: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules with others added. One for the same text takes the place of what was there."""
    new = {rule.grapheme: rule for rule in added}
    placed: dict[str, None] = {}
    kept: list[Rule] = []
    for rule in rules:
        if rule.grapheme not in new:
            kept.append(rule)
        elif rule.grapheme not in placed:
            placed[rule.grapheme] = None
            kept.append(new[rule.grapheme])
    return (*kept, *(rule for grapheme, rule in new.items() if grapheme not in placed))


def remove(rules: Sequence[Rule], graphemes: Iterable[str]) -> tuple[Rule, ...]:
    """The rules without those for these texts; texts that no rule has are passed over."""
    gone = {" ".join(grapheme.split()) for grapheme in graphemes}
    return tuple(rule for rule in rules if rule.grapheme not in gone)


@lru_cache(1024)
def read_pronunciation(says: Pronunciation) -> str:
    """IPA. Raises: PhonemeInvalid, which names the first impossible symbol and its place."""
    if says.alphabet == "ipa":
        return read_ipa(says.phoneme)
    return read_arpabet(says.phoneme.strip("/"))


def _tidy_text(text: str, what: str, longest: int, where: str) -> str:
    tidied = " ".join(text.split())
    if len(tidied) > longest:
        raise RuleInvalid(
            f"{where}: its {what} has {len(tidied)} characters; at most {longest} are allowed.", parameter="rules"
        )
    if match := _UNWRITABLE.search(tidied):
        raise RuleInvalid(
            f"{where}: its {what} has a control character (U+{ord(match[0]):04X}). Take it out.", parameter="rules"
        )
    return tidied
