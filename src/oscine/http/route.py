# SPDX-License-Identifier: GPL-3.0-or-later
"""A route of a dialect: how requests are read, and who says what is wrong with them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, ClassVar

import orjson
import structlog
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.routing import Match
from starlette.types import Scope

from oscine.accounts.addresses import is_allowed
from oscine.domain.account import Key
from oscine.domain.problems import AddressDenied, Problem
from oscine.jobs.queue import Jobs
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
    """Says problems in the words of one dialect; the functions behind it only raise. A dialect derives its own."""

    dialect: ClassVar[str]

    def refuse(self, problem: Problem, trace_id: str) -> Response:
        """How a problem is said; with the id that is in the log, too."""
        raise NotImplementedError

    def refuse_schema(self, errors: Sequence[Any]) -> Response:
        """How it is said that a request is not of the documented form. errors: as pydantic lists them."""
        raise NotImplementedError

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Some paths are those of two vendors; doors.Addressed has found out whose is meant."""
        if scope.get("dialect", self.dialect) != self.dialect:
            return Match.NONE, {}
        return super().matches(scope)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            request = StrictRequest(request.scope, request.receive)
            try:
                await self.greet(request)
                return await handle(request)
            except RequestValidationError as error:
                return self.refuse_schema(error.errors())
            except HTTPException as error:
                if isinstance(error.__cause__, Problem):  # the body was refused while it was read
                    return self._say(error.__cause__)
                return self.refuse_schema([{"type": "form_invalid", "loc": ("body",), "msg": str(error.detail)}])
            except Problem as problem:
                return self._say(problem)

        return handler

    async def greet(self, request: Request) -> None:
        """What comes before the request is read any further; nothing, unless a dialect asks for the key first."""

    def _say(self, problem: Problem) -> Response:
        trace_id = secrets.token_hex(16)
        log.info("refused", code=problem.code, trace_id=trace_id, parameter=problem.parameter)
        return self.refuse(problem, trace_id)


def house_of(connection: HTTPConnection) -> House:
    house: House = connection.app.state.house
    return house


def jobs_of(connection: HTTPConnection) -> Jobs:
    jobs: Jobs = connection.app.state.jobs
    return jobs


def bearer_of(connection: HTTPConnection) -> str:
    """What `Authorization: Bearer` holds; empty where there is none."""
    scheme, _, secret = connection.headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def base_url(request: Request) -> str:
    """Where the caller reaches this server, without a slash at the end; links begin with it."""
    return house_of(request).settings.public_url or str(request.base_url).rstrip("/")


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
