# SPDX-License-Identifier: GPL-3.0-or-later
"""The voices as one account has them: the catalogue's, with the settings that the account stored."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import asdict, replace

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from oscine.domain.speech import VoiceSettings
from oscine.domain.voice import Voice
from oscine.store.database import Database
from oscine.store.tables import VoiceSettingsRow
from oscine.voices.catalogue import Catalogue

_CACHE_S = 2.0
"""How long another process's change may go unnoticed."""
_CACHE_LENGTH = 10_000


class Shelf:
    def __init__(self, catalogue: Catalogue, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._catalogue = catalogue
        self._database = database
        self._clock = clock
        self._cache: dict[str, tuple[float, dict[str, VoiceSettings]]] = {}

    async def find(self, account_id: str, voice_id: str) -> Voice:
        """Raises: VoiceNotFound."""
        return (await self._dressed(account_id, [self._catalogue.find(voice_id)]))[0]

    async def all(self, account_id: str) -> list[Voice]:
        """Those of today first."""
        return await self._dressed(account_id, list(self._catalogue))

    async def store_settings(self, account_id: str, voice_id: str, settings: VoiceSettings) -> None:
        """What requests of the account get with this voice from now on. Raises: VoiceNotFound."""
        self._catalogue.find(voice_id)
        values = {"account_id": account_id, "voice_id": voice_id, "settings": asdict(settings)}
        with contextlib.suppress(IntegrityError):  # it has been stored before
            async with self._database.session.begin() as session:
                await session.execute(insert(VoiceSettingsRow).values(values))
        async with self._database.session.begin() as session:
            mine = (VoiceSettingsRow.account_id == account_id, VoiceSettingsRow.voice_id == voice_id)
            await session.execute(update(VoiceSettingsRow).where(*mine).values(values))
        self._cache.pop(account_id, None)

    async def _dressed(self, account_id: str, voices: list[Voice]) -> list[Voice]:
        stored = await self._settings(account_id)
        return [replace(voice, settings=stored.get(voice.id, voice.settings)) for voice in voices]

    async def _settings(self, account_id: str) -> dict[str, VoiceSettings]:
        """Voice id → settings, of those that the account changed."""
        until, settings = self._cache.get(account_id, (0.0, {}))
        if self._clock() < until:
            return settings
        async with self._database.session() as session:
            rows = await session.scalars(select(VoiceSettingsRow).where(VoiceSettingsRow.account_id == account_id))
            settings = {row.voice_id: VoiceSettings(**row.settings) for row in rows}
        if len(self._cache) >= _CACHE_LENGTH:
            self._cache.clear()
        self._cache[account_id] = (self._clock() + _CACHE_S, settings)
        return settings
