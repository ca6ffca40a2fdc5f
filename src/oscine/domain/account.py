# SPDX-License-Identifier: GPL-3.0-or-later
"""Who calls, and on whose account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Scope = Literal[
    "text_to_speech",
    "models_read",
    "voices_read",
    "voices_write",
    "speech_history_read",
    "speech_history_write",
    "pronunciation_dictionaries_read",
    "pronunciation_dictionaries_write",
    "user_read",
    "workspace_read",
    "workspace_write",
    "service_account_write",
    "zero_retention",
]
SCOPES: tuple[str, ...] = get_args(Scope)
"""What a key can be limited to; names as the vendor's (reference/api-facts.md §9.5), but for `zero_retention`: it
allows enable_logging=false, which the vendor decides by contract."""

ALL = "all"

OWNER = "owner"
"""The account that is there from the start; its keys may manage the others."""


@dataclass(frozen=True, slots=True)
class Account:
    id: str
    name: str
    created_unix: int


@dataclass(frozen=True, slots=True)
class Key:
    id: str
    name: str
    hint: str
    """Last characters of the secret."""
    scopes: frozenset[str]
    """Holds `all` for a key without limits."""
    credit_limit: int | None
    """Credits per calendar month; None: no limit."""
    created_unix: int
    account_id: str = OWNER
    expires_unix: int | None = None
    """The key works before this second; None: for ever."""
    allowed_ips: tuple[str, ...] = ()
    """Addresses and networks (CIDR) it may be used from; empty: all."""
    concurrency: int | None = None
    """Generations at once; None: as the server's settings have it."""
    is_disabled: bool = False
    disable_reason: str | None = None
    is_revoked: bool = False
    credits_used: int = 0
    """Of the current month."""
    digest: str = ""
    """SHA-256 of the secret, hexadecimal."""

    def may(self, scope: Scope) -> bool:
        return ALL in self.scopes or scope in self.scopes
