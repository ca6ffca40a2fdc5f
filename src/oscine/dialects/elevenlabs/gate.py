# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of checks that every request of this dialect goes through.

1. form: path, query and body are of the documented types (422, before anyone asks for a key)
2. key: who calls (401), from where (403), and may that key call this (401 missing_permissions, 403)
3. values: ranges, formats, names (400, 404), in the route and in the pipeline
4. place and credits: 429, 401 quota_exceeded
Source: reference/api-facts.md §1 (observed order), §5.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Coroutine
from typing import Any

import orjson
import structlog
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from oscine.accounts.addresses import is_allowed
from oscine.dialects.elevenlabs.problems import refuse, refuse_schema
from oscine.domain.account import OWNER, Key, Scope
from oscine.domain.problems import (
    ActionDenied,
    AddressDenied,
    AuthorizationHeaderInvalid,
    KeyMissing,
    Problem,
    ScopeMissing,
)
from oscine.pipeline.house import House

log = structlog.get_logger(__name__)


class StrictRequest(Request):
    """Reads JSON as the standard has it: no NaN, no lone surrogates, no bottomless nesting."""

    async def json(self) -> Any:
        try:
            return orjson.loads(await self.body())
        except orjson.JSONDecodeError as error:
            raise json.JSONDecodeError(error.msg, "", error.pos) from None


class Route(APIRoute):
    """A route that says its problems in this dialect; the functions behind it only raise."""

    refuse = staticmethod(refuse)
    """How it says them."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await handle(StrictRequest(request.scope, request.receive))
            except RequestValidationError as error:
                return refuse_schema(error.errors())
            except HTTPException as error:  # a form that is none
                return refuse_schema([{"type": "form_invalid", "loc": ("body",), "msg": str(error.detail)}])
            except Problem as problem:
                trace_id = secrets.token_hex(16)
                log.info("refused", code=problem.code, trace_id=trace_id, parameter=problem.parameter)
                return self.refuse(problem, trace_id)

        return handler


def house_of(connection: HTTPConnection) -> House:
    house: House = connection.app.state.house
    return house


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


async def find_key(connection: HTTPConnection, secret: str) -> Key:
    """The key with that secret, used from where it may be used. Raises: KeyInvalid, AddressDenied."""
    key = await house_of(connection).keys.find(secret)
    address = connection.client.host if connection.client else None
    if not is_allowed(address, key.allowed_ips):
        raise AddressDenied(
            f"This API key may not be used from the address {str(address)[:45]}. Call from one of its allowed "
            "addresses, or have this one added to them."
        )
    return key


def require(key: Key, scope: Scope) -> None:
    """Raises: ScopeMissing, in the vendor's words (reference/api-facts.md §5.4)."""
    if not key.may(scope):
        raise ScopeMissing(f"The API key you used is missing the permission {scope} to execute this operation.")


def require_owner(key: Key) -> None:
    """Raises: ActionDenied."""
    if key.account_id != OWNER:
        raise ActionDenied("Only API keys of the owner's account may do this; this one belongs to a service account.")
