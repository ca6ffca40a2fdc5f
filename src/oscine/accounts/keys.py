# SPDX-License-Identifier: GPL-3.0-or-later
"""API keys: made once, kept as digests.

A secret has 192 random bits, so one round of SHA-256 protects it; salt and stretching serve guessable passwords.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Iterable

from sqlalchemy import func, select, update

from oscine.domain.account import ALL, SCOPES, Key
from oscine.domain.problems import KeyInvalid, SettingOutOfRange
from oscine.store.database import Database
from oscine.store.tables import KeyRow

_CACHE_S = 2.0
"""How long a key that was found is believed; a revoked key works this much longer at most."""
_CACHE_LENGTH = 10_000
_FIXED_ID = "key_environment"


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class Keys:
    """All keys of this server."""

    def __init__(self, database: Database, fixed_secret: str | None, clock: Callable[[], float] = time.time) -> None:
        """fixed_secret: a key that exists besides those in the database, unlimited (OSCINE_API_KEY)."""
        self._database = database
        self._clock = clock
        self._cache: dict[str, tuple[float, Key]] = {}
        self._fixed = digest(fixed_secret) if fixed_secret else None

    async def find(self, secret: str) -> Key:
        """The key with that secret. Raises: KeyInvalid."""
        wanted = digest(secret)
        if self._fixed is not None and hmac.compare_digest(wanted, self._fixed):
            return Key(_FIXED_ID, "environment", "", frozenset({ALL}), None, 0)
        now = self._clock()
        cached = self._cache.get(wanted)
        if cached is not None and now < cached[0]:
            return cached[1]
        async with self._database.session() as session:
            row = await session.scalar(select(KeyRow).where(KeyRow.digest == wanted, KeyRow.is_revoked.is_(False)))
        if row is None:
            self._cache.pop(wanted, None)
            raise KeyInvalid("Invalid API key")
        if len(self._cache) >= _CACHE_LENGTH:
            self._cache.clear()
        key = _read(row)
        self._cache[wanted] = (now + _CACHE_S, key)
        return key

    async def create(self, name: str, scopes: Iterable[str] = (), credit_limit: int | None = None) -> tuple[Key, str]:
        """Make a key. Returns it and its secret, which is never to be had again.

        scopes: none means all. Raises: SettingOutOfRange for an unknown scope or a negative limit.
        """
        wanted = frozenset(scopes) or frozenset({ALL})
        unknown = wanted - {ALL, *SCOPES}
        if unknown:
            raise SettingOutOfRange(
                f"Unknown scope {sorted(unknown)[0][:40]!r}. Allowed: {', '.join((ALL, *SCOPES))}.", parameter="scope"
            )
        if credit_limit is not None and credit_limit < 0:
            raise SettingOutOfRange(f"A credit limit of {credit_limit} is below 0.", parameter="credit_limit")
        secret = f"sk_{secrets.token_hex(24)}"
        row = KeyRow(
            id=f"key_{secrets.token_hex(10)}",
            name=name,
            digest=digest(secret),
            hint=secret[-4:],
            scopes=" ".join(sorted(wanted)),
            credit_limit=credit_limit,
            credits_used=0,
            month="",
            created_unix=int(self._clock()),
            is_revoked=False,
        )
        async with self._database.session.begin() as session:
            session.add(row)
        return _read(row), secret

    async def count(self) -> int:
        """Keys in the database, revoked ones included."""
        async with self._database.session() as session:
            return await session.scalar(select(func.count()).select_from(KeyRow)) or 0

    async def list(self) -> list[Key]:
        """Oldest first, revoked ones included."""
        async with self._database.session() as session:
            rows = await session.scalars(select(KeyRow).order_by(KeyRow.created_unix, KeyRow.id))
            return [_read(row) for row in rows]

    async def revoke(self, key_id: str) -> bool:
        """Make a key useless for good. Returns False where there is no such key."""
        async with self._database.session.begin() as session:
            result = await session.execute(
                update(KeyRow).where(KeyRow.id == key_id).values(is_revoked=True).returning(KeyRow.id)
            )
            return result.first() is not None


def _read(row: KeyRow) -> Key:
    return Key(
        id=row.id,
        name=row.name,
        hint=row.hint,
        scopes=frozenset(row.scopes.split()),
        credit_limit=row.credit_limit,
        created_unix=row.created_unix,
        is_revoked=row.is_revoked,
        credits_used=row.credits_used,
    )
