# SPDX-License-Identifier: GPL-3.0-or-later
"""Who calls, and on whose account."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypedDict, get_args

from oscine.domain.job import USUAL_PRIORITY
from oscine.domain.problems import SettingOutOfRange

Scope = Literal[
    "text_to_speech",
    "sound_generation",
    "music_generation",
    "models_read",
    "voices_read",
    "voices_write",
    "speech_history_read",
    "speech_history_write",
    "pronunciation_dictionaries_read",
    "pronunciation_dictionaries_write",
    "user_read",
    "workspace_read",
    "service_account_write",
    "zero_retention",
]
SCOPES: tuple[str, ...] = get_args(Scope)
"""What a key can be limited to; names as the vendor's (reference/api-facts.md §9.5), but for `zero_retention`: it
allows enable_logging=false, which the vendor decides by contract."""

DORMANT_SCOPES: tuple[str, ...] = tuple(
    """
    add_voice_from_voice_library agents_architect audio_isolation audio_native_read audio_native_write audit_log_read
    convai_read convai_write conversation_privacy_manage copy_resources_cross_workspace create_instant_voice_clone
    create_professional_voice_clone create_user_api_key dubbing_read dubbing_write flows forced_alignment
    group_members_manage image_video_generation models_write projects_read projects_write
    publish_voice_to_voice_library share_voice_externally speech_to_speech speech_to_text
    synthid_detector templates terms_of_service_accept user_write voice_collections_read voice_collections_write
    voice_generation webhooks_write workspace_analytics_full_read workspace_members_invite workspace_members_read
    workspace_members_remove workspace_write
    """.split()
)
"""The vendor's other scopes (Python client 2.78.0, permission_type.py): a key may hold them, nothing here asks for
them yet."""

ALL = "all"

OWNER = "owner"
"""The account that is there from the start; its keys may manage the others."""

_LONGEST_NAME = 100


class Limits(TypedDict, total=False):
    """What a key may have besides its name and scopes; what is absent is not limited."""

    credit_limit: int | None
    expires_unix: int | None
    allowed_ips: Iterable[str]
    concurrency: int | None
    may_disable_itself: bool
    priority: int


class Change(Limits, total=False):
    """What is to be different about a key; what is absent stays."""

    name: str
    scopes: Iterable[str]
    is_disabled: bool


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
    may_disable_itself: bool = True
    """Whether whoever holds the secret may put the key out of use."""
    priority: int = USUAL_PRIORITY
    """Of its jobs: 1 comes first, 9 last."""
    is_disabled: bool = False
    disable_reason: str | None = None
    is_revoked: bool = False
    credits_used: int = 0
    """Of the current month, when the key was read."""
    wallet_micros: int | None = None
    """Micro-dollars it may still spend, when the key was read; None: no limit."""
    digest: str = ""
    """SHA-256 of the secret, hexadecimal."""

    def may(self, scope: Scope) -> bool:
        return ALL in self.scopes or scope in self.scopes


def clean_name(name: str) -> str:
    """The name of an account or key, without spaces around it. Raises: SettingOutOfRange."""
    cleaned = name.strip()
    if not 1 <= len(cleaned) <= _LONGEST_NAME or not cleaned.isprintable():
        raise SettingOutOfRange(
            f"A name has 1 to {_LONGEST_NAME} printable characters on one line; {len(cleaned)} were given.",
            parameter="name",
        )
    return cleaned


def is_id(text: str) -> bool:
    """Whether it can be the id of a key or an account; what cannot is not looked up."""
    return text.isascii() and text.isidentifier()


def month_of(unix: float) -> str:
    """The calendar month (UTC) that credits are counted in, as YYYY-MM."""
    return time.strftime("%Y-%m", time.gmtime(unix))
