# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients send about pronunciation dictionaries. Shapes: reference/api-facts.md §9.2."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from oscine.domain.lexicon import Alias, Pronunciation, Rule
from oscine.domain.problems import SettingOutOfRange

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
Description = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
Access = Literal["admin", "editor", "commenter", "viewer"]

_DIRECTIONS = {"asc": False, "ascending": False, "desc": True, "descending": True}


class _RuleBody(BaseModel):
    string_to_replace: str
    case_sensitive: bool | None = None
    word_boundaries: bool | None = None

    def _rule(self, says: Alias | Pronunciation) -> Rule:
        return Rule(self.string_to_replace, says, self.case_sensitive is not False, self.word_boundaries is not False)


class AliasRuleBody(_RuleBody):
    type: Literal["alias"]
    alias: str

    def read(self) -> Rule:
        return self._rule(Alias(self.alias))


class PhonemeRuleBody(_RuleBody):
    type: Literal["phoneme"]
    phoneme: str
    alphabet: str

    def read(self) -> Rule:
        """In our terms; an alphabet that there is not is found where rules are checked."""
        return self._rule(Pronunciation(self.phoneme, self.alphabet.strip().lower()))  # type: ignore[arg-type]


class RulesBody(BaseModel):
    rules: list[Annotated[AliasRuleBody | PhonemeRuleBody, Field(discriminator="type")]]

    def read(self) -> list[Rule]:
        return [rule.read() for rule in self.rules]


class NewDictionaryBody(RulesBody):
    name: Name
    description: Description | None = None
    workspace_access: Access | None = None


class RemovalBody(BaseModel):
    rule_strings: list[str]


class ChangeBody(BaseModel):
    archived: bool | None = None
    name: Name | None = None


class Listing(BaseModel):
    """The query of the list."""

    cursor: str | None = None
    page_size: int = Field(30, ge=1, le=100)
    sort: Literal["creation_time_unix", "name"] | None = "creation_time_unix"
    sort_direction: str | None = "DESCENDING"
    include_archived: bool = True

    def is_descending(self) -> bool:
        """Raises: SettingOutOfRange."""
        wanted = (self.sort_direction or "descending").lower()
        if wanted not in _DIRECTIONS:
            raise SettingOutOfRange(
                f"sort_direction must be 'ascending' or 'descending'; {wanted[:40]!r} was given.",
                parameter="sort_direction",
            )
        return _DIRECTIONS[wanted]
