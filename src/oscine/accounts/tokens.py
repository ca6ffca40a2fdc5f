# SPDX-License-Identifier: GPL-3.0-or-later
"""Single-use tokens: for whoever may speak once but must not hold a key, such as a page in a browser.

A token stands for the key that made it, for one call, for a quarter of an hour. Kept as digests, as keys are. Spending
one is a single statement, so that of any number of callers, in this process or another, one gets through.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Literal, cast

from sqlalchemy import Connection, Table, delete, insert

from oscine.accounts.keys import Keys, digest
from oscine.domain.account import Key
from oscine.domain.problems import TokenInvalid
from oscine.store.database import Database
from oscine.store.tables import TokenRow

TokenKind = Literal["tts_websocket"]
"""What a token opens; the word is the vendor's."""

LIFETIME_S = 900
"""Source: reference/api-facts.md §9.4."""

_TOKENS = cast(Table, TokenRow.__table__)


class Tokens:
    """All single-use tokens of this server."""

    def __init__(self, database: Database, keys: Keys, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    async def create(self, key: Key, kind: TokenKind) -> str:
        """A new token that stands for `key`; it is never to be had again."""
        secret = f"sutkn_{secrets.token_hex(24)}"
        row = {
            "digest": digest(secret),
            "kind": kind,
            "key_id": key.id,
            "expires_ms": int((self._clock() + LIFETIME_S) * 1000),
        }
        await self._database.transact(lambda connection: connection.execute(insert(_TOKENS), row))
        return secret

    async def spend(self, secret: str, kind: TokenKind) -> Key:
        """The key that the token stands for, as it is now. From here on the token is useless.

        A token of another kind is left as it is.
        Raises: TokenInvalid; KeyInvalid when the key has been disabled or revoked, or has expired.
        """
        spent = (
            delete(_TOKENS)
            .where(_TOKENS.c.digest == digest(secret), _TOKENS.c.kind == kind, _TOKENS.c.expires_ms > self._now_ms())
            .returning(_TOKENS.c.key_id)
        )
        key_id: str | None = await self._database.transact(lambda connection: connection.scalar(spent))
        if key_id is None:
            raise TokenInvalid(
                f"This single-use token is unknown, spent or expired. A token of the kind {kind} works once, within "
                f"{LIFETIME_S // 60} minutes; make a new one."
            )
        return await self._keys.find_by_id(key_id)

    async def purge(self) -> int:
        """Forget the tokens that expired unspent. Returns how many."""
        expired = delete(_TOKENS).where(_TOKENS.c.expires_ms <= self._now_ms())

        def work(connection: Connection) -> int:
            return connection.execute(expired).rowcount

        return await self._database.transact(work)

    def _now_ms(self) -> int:
        return int(self._clock() * 1000)
