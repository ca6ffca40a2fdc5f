# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients send about service accounts and their keys.

Source: reference/api-facts.md §9.5; Python client 2.78.0.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field

from oscine.accounts import addresses
from oscine.domain.account import ALL, DORMANT_SCOPES, SCOPES, Change, Limits
from oscine.domain.problems import NotServed


def _known(scope: str) -> str:
    if scope not in SCOPES and scope not in DORMANT_SCOPES:
        raise ValueError(f"no such permission; those that act on this server are {', '.join(SCOPES)}")
    return scope


Permissions = Annotated[list[Annotated[str, AfterValidator(_known)]], Field(min_length=1)]
Credits = Annotated[int, Field(ge=0, le=10**15)]
Addresses = Annotated[list[str], Field(min_length=1, max_length=addresses.MOST)]
Concurrency = Annotated[int, Field(ge=1, le=10_000)]
Seconds = Annotated[int, Field(ge=0, le=253_402_300_799)]
"""Unix time up to the year 9999."""

Keep = Literal["no_update"]
Clear = Literal["clear"]


class ServiceAccountBody(BaseModel):
    name: str
    default_sharing_groups: list[dict[str, Any]] | None = None

    def read(self) -> str:
        """The name. Raises: NotServed."""
        _refuse_served_nowhere({"default_sharing_groups": self.default_sharing_groups or None})
        return self.name


class KeyBody(BaseModel):
    """A new key."""

    name: str
    permissions: Permissions | Literal["all"]
    character_limit: Credits | None = None
    allowed_ips: Addresses | None = None
    third_party_disable_allowed: bool | None = None
    tts_concurrency_limit: Concurrency | None = None
    dubbing_concurrency_limit: int | None = None
    music_concurrency_limit: int | None = None
    expires_at_unix: Seconds | None = None

    def read(self) -> tuple[list[str], Limits]:
        """Scopes and limits. Raises: NotServed."""
        _refuse_served_nowhere(
            {
                "dubbing_concurrency_limit": self.dubbing_concurrency_limit,
                "music_concurrency_limit": self.music_concurrency_limit,
            }
        )
        limits = Limits(
            credit_limit=self.character_limit,
            expires_unix=self.expires_at_unix,
            allowed_ips=self.allowed_ips or (),
            concurrency=self.tts_concurrency_limit,
            may_disable_itself=self.third_party_disable_allowed is not False,
        )
        return _scopes(self.permissions), limits


class KeyChangeBody(BaseModel):
    """What is to be different; `no_update` and what is absent stay."""

    is_enabled: bool | Keep = "no_update"
    name: str | None = None
    permissions: Permissions | Literal["all", "no_update"] = "no_update"
    character_limit: Credits | Clear | Keep | None = "no_update"
    allowed_ips: Addresses | Clear | Keep = "no_update"
    third_party_disable_allowed: bool | Clear | Keep = "no_update"
    tts_concurrency_limit: Concurrency | Clear | Keep = "no_update"
    dubbing_concurrency_limit: int | Clear | Keep = "no_update"
    music_concurrency_limit: int | Clear | Keep = "no_update"
    expires_at_unix: Seconds | Clear | Keep = "no_update"

    def read(self) -> Change:
        """Raises: NotServed."""
        for name in ("dubbing_concurrency_limit", "music_concurrency_limit"):
            _refuse_served_nowhere({name: value if isinstance(value := getattr(self, name), int) else None})
        change = Change()
        if self.is_enabled != "no_update":
            change["is_disabled"] = not self.is_enabled
        if self.name is not None:
            change["name"] = self.name
        if self.permissions != "no_update":
            change["scopes"] = _scopes(self.permissions)
        if self.character_limit not in {"no_update", None}:  # null is the vendor's other word for it
            change["credit_limit"] = _number(self.character_limit)
        if self.allowed_ips != "no_update":
            change["allowed_ips"] = () if self.allowed_ips == "clear" else self.allowed_ips
        if self.third_party_disable_allowed != "no_update":
            change["may_disable_itself"] = self.third_party_disable_allowed is not False
        if self.tts_concurrency_limit != "no_update":
            change["concurrency"] = _number(self.tts_concurrency_limit)
        if self.expires_at_unix != "no_update":
            change["expires_unix"] = _number(self.expires_at_unix)
        return change


def _scopes(permissions: list[str] | str) -> list[str]:
    return [ALL] if isinstance(permissions, str) else permissions


def _number(value: int | str | None) -> int | None:
    """None for `clear`."""
    return value if isinstance(value, int) else None


def _refuse_served_nowhere(given: dict[str, object]) -> None:
    for name, value in given.items():
        if value is not None:
            raise NotServed(f"{name} has nothing to act on in this version. Leave it out.", parameter=name)
