# SPDX-License-Identifier: GPL-3.0-or-later
"""Who calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Scope = Literal["text_to_speech", "models_read", "voices_read"]
SCOPES: tuple[str, ...] = get_args(Scope)
"""What a key can be limited to; names as the vendor's (reference/api-facts.md §9.5)."""

ALL = "all"


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
    is_revoked: bool = False
    credits_used: int = 0
    """Of the current month."""

    def may(self, scope: Scope) -> bool:
        return ALL in self.scopes or scope in self.scopes
