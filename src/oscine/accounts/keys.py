# SPDX-License-Identifier: GPL-3.0-or-later
"""API keys: made once, kept as digests.

A secret has 192 random bits, so one round of SHA-256 protects it; salt and stretching serve guessable passwords.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import time
from calendar import timegm
from collections.abc import Callable, Iterable
from typing import Any, Unpack

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from oscine.accounts.addresses import read_networks
from oscine.domain.account import (
    ALL,
    DORMANT_SCOPES,
    OWNER,
    SCOPES,
    Change,
    Key,
    Limits,
    clean_name,
    is_id,
    month_of,
)
from oscine.domain.job import FIRST_PRIORITY, LAST_PRIORITY
from oscine.domain.problems import ActionDenied, KeyInvalid, KeyNotFound, SettingOutOfRange
from oscine.store.database import Database
from oscine.store.tables import KeyRow

_CACHE_S = 2.0
"""How long a key that was found is believed; another process's change to it takes this long at most."""
_CACHE_LENGTH = 10_000
_FIXED = "key_env_"
"""Start of the id of a key that the environment gives."""
_MOST_CREDITS = 10**15
_MOST_AT_ONCE = 10_000
_LAST_SECOND = 253_402_300_799
"""End of the year 9999."""


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
        return self._read(row)

    async def find(self, secret: str) -> Key:
        """The key with that secret. Raises: KeyInvalid, also for one that is disabled or has expired."""
        return self._check_usable(await self._look_up(digest(secret)))

    async def find_by_id(self, key_id: str) -> Key:
        """The key with that id, as it is at this moment. Raises: what find raises."""
        async with self._database.session() as session:
            row = await session.get(KeyRow, key_id)
        if row is None or row.is_revoked or self._is_foreign(row):
            raise KeyInvalid("Invalid API key")
        return self._check_usable(self._read(row))

    def _check_usable(self, key: Key) -> Key:
        if key.is_disabled:
            raise KeyInvalid("This API key is disabled. Enable it, or use another.")
        if key.expires_unix is not None and self._clock() >= key.expires_unix:
            raise KeyInvalid("This API key has expired. Make a new one.")
        return key

    def _is_foreign(self, row: KeyRow) -> bool:
        """Whether the environment gave that key once, and does not any more."""
        return row.id.startswith(_FIXED) and row.digest != self._fixed

    async def _look_up(self, wanted: str) -> Key:
        now = self._clock()
        cached = self._cache.get(wanted)
        if cached is not None and now < cached[0]:
            return cached[1]
        async with self._database.session() as session:
            row = await session.scalar(select(KeyRow).where(KeyRow.digest == wanted, KeyRow.is_revoked.is_(False)))
        if row is None or self._is_foreign(row):
            self._cache.pop(wanted, None)
            raise KeyInvalid("Invalid API key")
        if len(self._cache) >= _CACHE_LENGTH:
            self._cache.clear()
        key = self._read(row)
        self._cache[wanted] = (now + _CACHE_S, key)
        return key

    async def create(
        self,
        name: str,
        scopes: Iterable[str] = (),
        account_id: str = OWNER,
        wallet_micros: int | None = None,
        **limits: Unpack[Limits],
    ) -> tuple[Key, str]:
        """Make a key. Returns it and its secret, which is never to be had again.

        scopes: none means all. wallet_micros: micro-dollars it may spend; None: no limit. Raises: SettingOutOfRange.
        """
        columns = self._check(name=name, scopes=scopes, **limits)
        secret = f"sk_{secrets.token_hex(24)}"
        row = KeyRow(
            id=f"key_{secrets.token_hex(10)}",
            account_id=account_id,
            digest=digest(secret),
            hint=secret[-4:],
            wallet_micros=wallet_micros,
            **columns,
        )
        return self._read(await self._add(row)), secret

    async def edit(self, key_id: str, account_id: str | None = None, **change: Unpack[Change]) -> Key:
        """Make a key different. One that is enabled again has no reason left to be disabled.

        account_id: the account it must belong to; None: any.
        Raises: SettingOutOfRange, KeyNotFound (also for a revoked one), ActionDenied for the environment's.
        """
        columns = self._check(**change)
        if "is_disabled" in change:
            columns |= {"is_disabled": change["is_disabled"], "disable_reason": None}
        return await self._update(key_id, account_id, columns)

    async def top_up(self, key_id: str, micros: int) -> Key:
        """Put money into a key's wallet, whatever is taken out at the same time.

        micros: micro-dollars, at least 1. Raises: SettingOutOfRange (also for a key without a wallet), KeyNotFound,
        ActionDenied.
        """
        if micros < 1:
            raise SettingOutOfRange("A wallet is topped up by more than 0 dollars.", parameter="amount")
        key = await self._update(key_id, None, {"wallet_micros": KeyRow.wallet_micros + micros})
        if key.wallet_micros is None:
            raise SettingOutOfRange(
                f"The key {key_id[:40]} has no wallet: what it may spend is not limited. A key gets a wallet when "
                "it is made: oscine keys create --wallet USD.",
                parameter="key",
            )
        return key

    async def disable_itself(self, key: Key) -> None:
        """Put a key out of use at its holder's wish. Raises: ActionDenied."""
        if not key.may_disable_itself:
            raise ActionDenied("This API key may not disable itself. Ask whoever gave it to you.")
        await self._update(key.id, key.account_id, {"is_disabled": True, "disable_reason": "self_disabled"})

    async def revoke(self, key_id: str, account_id: str | None = None) -> None:
        """Make a key useless for good. Raises: KeyNotFound, ActionDenied."""
        await self._update(key_id, account_id, {"is_revoked": True})

    async def _update(self, key_id: str, account_id: str | None, columns: dict[str, Any]) -> Key:
        if key_id.startswith(_FIXED):
            raise ActionDenied(f"The key {key_id[:40]} is the environment's. It is changed there, with OSCINE_API_KEY.")
        row = None
        if is_id(key_id):
            which = [KeyRow.id == key_id, KeyRow.is_revoked.is_(False)]
            if account_id is not None:
                which.append(KeyRow.account_id == account_id)
            # id = id: an update that changes nothing still finds the key
            found = update(KeyRow).where(*which).values(id=KeyRow.id, **columns).returning(KeyRow)
            async with self._database.session.begin() as session:
                row = await session.scalar(found)
        if row is None:
            raise KeyNotFound(
                f"There is no API key {key_id[:40]!r}, or it was revoked. List the keys to see their ids."
            )
        self._cache.clear()
        return self._read(row)

    def _check(self, **change: Unpack[Change]) -> dict[str, Any]:
        """What of the table a change is about. Raises: SettingOutOfRange."""
        columns: dict[str, Any] = {}
        if "name" in change:
            columns["name"] = clean_name(change["name"])
        if "scopes" in change:
            columns["scopes"] = " ".join(_check_scopes(change["scopes"]))
        if "allowed_ips" in change:
            columns["allowed_ips"] = " ".join(read_networks(change["allowed_ips"]))
        if "may_disable_itself" in change:
            columns["may_disable_itself"] = change["may_disable_itself"]
        soonest = int(self._clock()) + 1
        for name, value, low, high in (
            ("credit_limit", change.get("credit_limit"), 0, _MOST_CREDITS),
            ("concurrency", change.get("concurrency"), 1, _MOST_AT_ONCE),
            ("priority", change.get("priority"), FIRST_PRIORITY, LAST_PRIORITY),
            ("expires_unix", change.get("expires_unix"), soonest, _LAST_SECOND),
        ):
            if value is not None and not low <= value <= high:
                past = " A key cannot expire in the past." if name == "expires_unix" and value < low else ""
                raise SettingOutOfRange(f"{name} is from {low} to {high}; {value} was given.{past}", parameter=name)
            if name in change:
                columns[name] = value
        return columns

    async def _add(self, row: KeyRow) -> KeyRow:
        row.account_id, row.created_unix = row.account_id or OWNER, int(self._clock())
        async with self._database.session.begin() as session:
            session.add(row)
        return row

    async def count(self) -> int:
        """Keys that were made, revoked ones included; those that the environment gives do not count."""
        async with self._database.session() as session:
            made = select(func.count()).select_from(KeyRow).where(KeyRow.id.not_like(f"{_FIXED}%"))
            return await session.scalar(made) or 0

    async def list(self, account_id: str | None = None) -> list[Key]:
        """Oldest first, revoked ones included. account_id: whose; None: everybody's."""
        wanted = select(KeyRow).order_by(KeyRow.created_unix, KeyRow.id)
        if account_id is not None:
            wanted = wanted.where(KeyRow.account_id == account_id)
        async with self._database.session() as session:
            return [self._read(row) for row in await session.scalars(wanted)]

    async def reread(self, key: Key) -> Key:
        """The same key with what it has used up to now."""
        async with self._database.session() as session:
            return self._read(await session.get_one(KeyRow, key.id))

    def resets_unix(self) -> int:
        """When the month ends, and what keys have used of it is nothing again."""
        now = time.gmtime(self._clock())
        return timegm((now.tm_year + now.tm_mon // 12, now.tm_mon % 12 + 1, 1, 0, 0, 0))

    def _read(self, row: KeyRow) -> Key:
        is_current = row.month == month_of(self._clock())
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
            priority=row.priority,
            may_disable_itself=row.may_disable_itself,
            is_disabled=row.is_disabled,
            disable_reason=row.disable_reason,
            is_revoked=row.is_revoked,
            credits_used=row.credits_used if is_current else 0,
            wallet_micros=row.wallet_micros,
        )


def _check_scopes(scopes: Iterable[str]) -> list[str]:
    wanted = frozenset(scopes) or frozenset({ALL})
    for scope in sorted(wanted - {ALL, *SCOPES, *DORMANT_SCOPES}):
        raise SettingOutOfRange(
            f"Unknown scope {scope[:40]!r}. Allowed: {', '.join((ALL, *SCOPES))}, and those of the vendor's that act "
            f"on nothing here: {', '.join(DORMANT_SCOPES)}.",
            parameter="scope",
        )
    return sorted(wanted)
