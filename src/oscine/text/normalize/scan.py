# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules, and the one pass from left to right that applies them.

How a text is read:
1. One expression (the cue) finds the next place where any rule could start; all before it is kept as it is.
2. The rules of that place are tried in the order of their table. The first whose pattern matches there and whose
   `say` does not decline (None) decides what is spoken instead of the match; the scan goes on after the match.
3. If none applies, one character is kept and the scan goes on after it.

No rule sees what another one wrote. To keep the cost linear a pattern looks at a bounded stretch only (every
quantifier has a limit), unless it is certain to match whatever it has looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from oscine.text.normalize.spoken import Spoken, SpokenBuilder, verbatim

L = TypeVar("L")
"""What rules know of the language they work for."""

_SIGHT = 80
"""How many characters of the text before the text a rule may look back on."""


@dataclass(frozen=True, slots=True)
class Scene(Generic[L]):
    """What a rule may look at beside its match."""

    text: str
    context: str
    """The end of what was said before the text."""
    locale: L

    def before(self, position: int, count: int = 32) -> str:
        """Up to `count` characters that stand before `position`."""
        if position >= count or not self.context:
            return self.text[max(0, position - count) : position]
        return (self.context + self.text[:position])[-count:]

    def after(self, position: int, count: int = 32) -> str:
        """Up to `count` characters from `position` on."""
        return self.text[position : position + count]

    def word_before(self, position: int) -> str:
        """The word that ends right before `position`, white space aside; "" after any other punctuation."""
        found = _WORD_AT_END.search(self.before(position))
        return found[1] if found else ""


_WORD_AT_END = re.compile(r"(?<![\w.'’-])([\w'’-]{1,30}\.?)\s{0,3}\Z")

Say = Callable[[re.Match[str], Scene[L]], str | None]


@dataclass(frozen=True, slots=True)
class Rule(Generic[L]):
    name: str
    pattern: re.Pattern[str]
    """Tried with `match` at a place that one of the cues names."""
    say: Say[L]
    """What is spoken instead of the match; "" drops it, None declines it."""
    signs: str = ""
    """Characters that a match may start with, as the inside of a character class; not for letters.

    Points and apostrophes are in every sentence: they are cues only before a figure.
    """
    words: str = ""
    """How a word starts, as an alternation, where a match may begin with a letter."""


class Scanner(Generic[L]):
    """A table of rules, ready to run. Cheap to call, costly to make: make one per table."""

    def __init__(self, rules: Iterable[Rule[L]]) -> None:
        self._rules = tuple(rules)
        signs = "".join(rule.signs for rule in self._rules)
        words = "|".join(dict.fromkeys(rule.words for rule in self._rules if rule.words))
        starts = rf"[{signs}](?:(?<![.'’‘])|(?=[0-9]))" + (rf"|\b(?:{words})" if words else "")
        self._cue = re.compile(starts)
        self._word_rules = tuple(rule for rule in self._rules if rule.words)
        self._sign_rules = tuple((rule, re.compile(f"[{rule.signs}]")) for rule in self._rules if rule.signs)
        self._by_sign: dict[str, tuple[Rule[L], ...]] = {
            sign: self._starting_with(sign) for sign in map(chr, range(0x250))
        }

    def scan(self, text: str, context: str, locale: L) -> Spoken:
        """Apply the rules to `text`. context: what was said before, for rules that look back. Cost: O(len(text))."""
        cue = self._cue.search(text)
        if cue is None:
            return verbatim(text)
        scene = Scene(text, context[-_SIGHT:], locale)
        builder = SpokenBuilder(text)
        while cue is not None:
            position = cue.start()
            end = self._apply(scene, builder, position) or position + 1
            cue = self._cue.search(text, end)
        return builder.build()

    def _apply(self, scene: Scene[L], builder: SpokenBuilder, position: int) -> int:
        """Let the first willing rule speak; returns the end of what it took, 0 if none was willing."""
        sign = scene.text[position]
        rules = self._by_sign.get(sign)
        if rules is None:
            rules = self._starting_with(sign)
        for rule in rules:
            found = rule.pattern.match(scene.text, position)
            if found is None or found.end() == position:
                continue
            spoken = rule.say(found, scene)
            if spoken is not None:
                builder.keep(position)
                builder.replace(found.end(), _set_apart(builder.last, spoken, scene.after(found.end(), 1)))
                return found.end()
        return 0

    def _starting_with(self, sign: str) -> tuple[Rule[L], ...]:
        if sign.isalpha() and not any(first.match(sign) for _, first in self._sign_rules):
            return self._word_rules
        return tuple(rule for rule, first in self._sign_rules if first.match(sign))


def _set_apart(left: str, spoken: str, right: str) -> str:
    """Spaces where words would run into their neighbours ("mp3" → "mp three")."""
    if not spoken:
        return spoken
    if _is_spaced(spoken[0]) and _is_spaced(left):
        spoken = " " + spoken
    if _is_spaced(spoken[-1]) and _is_spaced(right):
        spoken += " "
    return spoken


def _is_spaced(character: str) -> bool:
    """Whether it belongs to a word in a script that sets words apart; Chinese and Japanese do not."""
    return character.isalnum() and not "\u2e80" <= character < "\uac00"
