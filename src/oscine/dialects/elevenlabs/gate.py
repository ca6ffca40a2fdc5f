# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of checks that every request of this dialect goes through.

1. form: path, query and body are of the documented types (422, before anyone asks for a key)
2. key: who calls (401), from where (403), and may that key call this (401 missing_permissions, 403)
3. values: ranges, formats, names (400, 404), in the route and in the pipeline
4. place and credits: 429, 401 quota_exceeded
Source: reference/api-facts.md §1 (observed order), §5.
"""

from __future__ import annotations

from fastapi import Request

from oscine.dialects.elevenlabs.problems import refuse, refuse_schema
from oscine.domain.account import OWNER, Key, Scope
from oscine.domain.problems import ActionDenied, AuthorizationHeaderInvalid, KeyMissing, ScopeMissing
from oscine.http import route
from oscine.http.route import find_key, house_of

__all__ = ["Route", "admit", "admit_owner", "find_key", "house_of", "identify", "require", "require_owner"]


class Route(route.Route):
    dialect = "elevenlabs"
    refuse = staticmethod(refuse)
    refuse_schema = staticmethod(refuse_schema)


async def admit(request: Request, scope: Scope) -> Key:
    """The caller's key, allowed to use this endpoint. Raises: what identify and require raise."""
    key = await identify(request)
    require(key, scope)
    return key


async def admit_owner(request: Request, scope: Scope) -> Key:
    """A key that may see and change what belongs to other accounts. Raises: what admit raises; ActionDenied."""
    key = await admit(request, scope)
    require_owner(key)
    return key


async def identify(request: Request) -> Key:
    """The caller's key, used from where it may be used.

    Raises: KeyMissing, KeyInvalid, AuthorizationHeaderInvalid, AddressDenied.
    """
    secret = request.headers.get("xi-api-key", "").strip()
    if not secret:
        if request.headers.get("authorization"):
            raise AuthorizationHeaderInvalid("The API key belongs in the header 'xi-api-key', not in 'Authorization'.")
        raise KeyMissing("Neither authorization header nor xi-api-key received, please provide one.")
    return await find_key(request, secret)


def require(key: Key, scope: Scope) -> None:
    """Raises: ScopeMissing, in the vendor's words (reference/api-facts.md §5.4)."""
    if not key.may(scope):
        raise ScopeMissing(f"The API key you used is missing the permission {scope} to execute this operation.")


def require_owner(key: Key) -> None:
    """Raises: ActionDenied."""
    if key.account_id != OWNER:
        raise ActionDenied("Only API keys of the owner's account may do this; this one belongs to a service account.")
