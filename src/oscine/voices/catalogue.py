# SPDX-License-Identifier: GPL-3.0-or-later
"""The voices of this server, read from the tables beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from oscine.domain.problems import VoiceNotFound
from oscine.domain.voice import Timbre, Voice

_TABLES = {"premade.toml": False, "legacy.toml": True}
"""File → whether its voices are legacy. In the order in which voices are listed."""
_CREATED_UNIX = {False: 1718150400, True: 1672876800}
"""12 June 2024 and 5 January 2023: clients sort by it, nothing else does."""
_ALIASES = {
    "santa": "knrPHWnBmmDHMoiMeP3l",
    "sarah (bella)": "EXAVITQu4vr4xnSDxMaL",
    "old george": "Yko7PKHZNXotIFUBG7I9",
}
"""Other names that people know voices by, folded; where a name stands twice it means the voice of today."""


class Catalogue:
    """All voices, those of today first."""

    def __init__(self) -> None:
        voices = [voice for table, is_legacy in _TABLES.items() for voice in _read(table, is_legacy)]
        self._by_id = {voice.id: voice for voice in voices}
        self._by_name = {voice.name.casefold(): voice for voice in reversed(voices)}
        self._by_name.update({alias: self._by_id[voice_id] for alias, voice_id in _ALIASES.items()})

    def __iter__(self) -> Iterator[Voice]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def find(self, voice_id: str) -> Voice:
        """The voice of that id, legacy or not.

        Raises: VoiceNotFound, in the vendor's words (reference/api-facts.md §5.4).
        """
        voice = self._by_id.get(voice_id)
        if voice is None:
            raise VoiceNotFound(
                f"A voice with the voice_id {_cut(voice_id)!r} was not found. The list of voices has their ids.",
                parameter="voice_id",
            )
        return voice

    def by_name(self, name: str) -> Voice:
        """The voice of that name, in any case of letters.

        Raises: VoiceNotFound.
        """
        voice = self._by_name.get(name.strip().casefold())
        if voice is None:
            raise VoiceNotFound(
                f"A voice with the name {_cut(name)!r} was not found. The list of voices has their names.",
                parameter="voice",
            )
        return voice

    def by_id_or_name(self, wanted: str) -> Voice:
        """Raises: VoiceNotFound."""
        return self._by_id.get(wanted) or self.by_name(wanted)


def _cut(text: str) -> str:
    return text[:40]


def _read(table: str, is_legacy: bool) -> Iterator[Voice]:
    rows: list[dict[str, Any]] = tomllib.loads(files(__package__).joinpath(table).read_text(encoding="utf-8"))["voice"]
    for row in rows:
        yield Voice(
            id=row["id"],
            name=row["name"],
            gender=row["gender"],
            age=row["age"],
            accent=row["accent"],
            language="en",
            description=row["description"],
            use_case=row["use_case"],
            descriptive=row["descriptive"],
            is_legacy=is_legacy,
            created_unix=_CREATED_UNIX[is_legacy],
            timbres={engine: Timbre(**timbre) for engine, timbre in row["timbres"].items()},
        )
