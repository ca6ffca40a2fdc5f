# SPDX-License-Identifier: GPL-3.0-or-later
"""API keys: made once, kept as digests.

A secret has 192 random bits, so one round of SHA-256 protects it; salt and stretching serve guessable passwords.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import time
from collections.abc import Callable, Iterable

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from oscine.domain.account import ALL, OWNER, SCOPES, Key
from oscine.domain.problems import KeyInvalid, SettingOutOfRange
from oscine.store.database import Database
from oscine.store.tables import KeyRow

_CACHE_S = 2.0
"""How long a key that was found is believed; a revoked key works this much longer at most."""
_CACHE_LENGTH = 10_000
_FIXED = "key_env_"
"""Start of the id of a key that the environment gives."""


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

    async def open(self) -> None:
        """Make sure that the fixed key has its row: what it does is counted and kept like any other's."""
        if self._fixed is not None:
            await self._ensure(_FIXED + self._fixed[:16], "environment", self._fixed)

    async def command_line(self) -> Key:
        """The key of whoever sits at this machine. No secret leads to it."""
        return await self._ensure("key_env_command_line", "command line", "none")

    async def _ensure(self, key_id: str, name: str, wanted_digest: str) -> Key:
        async with self._database.session() as session:
            row = await session.get(KeyRow, key_id)
        if row is None:
            with contextlib.suppress(IntegrityError):  # another process may be faster
                row = await self._add(KeyRow(id=key_id, name=name, digest=wanted_digest, hint="", scopes=ALL))
            async with self._database.session() as session:
                row = await session.get_one(KeyRow, key_id)
        return _read(row)

    async def find(self, secret: str) -> Key:
        """The key with that secret. Raises: KeyInvalid, also for one that is disabled or has expired."""
        key = await self._look_up(digest(secret))
        if key.is_disabled:
            raise KeyInvalid("This API key is disabled. Enable it, or use another.")
        if key.expires_unix is not None and self._clock() >= key.expires_unix:
            raise KeyInvalid("This API key has expired. Make a new one.")
        return key

    async def _look_up(self, wanted: str) -> Key:
        now = self._clock()
        cached = self._cache.get(wanted)
        if cached is not None and now < cached[0]:
            return cached[1]
        async with self._database.session() as session:
            row = await session.scalar(select(KeyRow).where(KeyRow.digest == wanted, KeyRow.is_revoked.is_(False)))
        is_foreign = row is not None and row.id.startswith(_FIXED) and wanted != self._fixed
        if row is None or is_foreign:  # a key that the environment gave once is none of ours
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
        row = await self._add(
            KeyRow(
                id=f"key_{secrets.token_hex(10)}",
                name=name,
                digest=digest(secret),
                hint=secret[-4:],
                scopes=" ".join(sorted(wanted)),
                credit_limit=credit_limit,
            )
        )
        return _read(row), secret

    async def _add(self, row: KeyRow) -> KeyRow:
        row.account_id, row.created_unix = row.account_id or OWNER, int(self._clock())
        row.credits_used, row.month = 0, ""
        row.allowed_ips, row.is_disabled, row.is_revoked = row.allowed_ips or "", False, False
        async with self._database.session.begin() as session:
            session.add(row)
        return row

    async def count(self) -> int:
        """Keys that were made, revoked ones included; those that the environment gives do not count."""
        async with self._database.session() as session:
            made = select(func.count()).select_from(KeyRow).where(KeyRow.id.not_like(f"{_FIXED}%"))
            return await session.scalar(made) or 0

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
        account_id=row.account_id,
        name=row.name,
        hint=row.hint,
        digest=row.digest,
        scopes=frozenset(row.scopes.split()),
        credit_limit=row.credit_limit,
        created_unix=row.created_unix,
        expires_unix=row.expires_unix,
        allowed_ips=tuple(row.allowed_ips.split()),
        concurrency=row.concurrency,
        is_disabled=row.is_disabled,
        disable_reason=row.disable_reason,
        is_revoked=row.is_revoked,
        credits_used=row.credits_used,
    )
