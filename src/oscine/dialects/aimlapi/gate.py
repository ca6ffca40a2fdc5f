# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of checks that every request of this dialect goes through.

1. key: who calls (401), from where (403)
2. form: the body is JSON of the documented types (400)
3. scope: may that key call this (403)
4. values: ranges, names (400, 404), in the route and in the pipeline
5. place, credits and money: 429, 403
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fastapi import Request, Response

from oscine.dialects.aimlapi.problems import refuse, refuse_schema
from oscine.domain.account import Key, Scope
from oscine.domain.problems import KeyMissing, Problem, ScopeMissing
from oscine.http import route
from oscine.http.route import bearer_of, find_key

_CLIENT_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}", re.ASCII)


class Route(route.Route):
    dialect = "aimlapi"

    def refuse(self, problem: Problem, trace_id: str) -> Response:
        return refuse(problem, trace_id, self.path)

    def refuse_schema(self, errors: Sequence[Any]) -> Response:
        return refuse_schema(errors, secrets.token_hex(16), self.path)

    async def greet(self, request: Request) -> None:
        secret = bearer_of(request)
        if not secret:
            raise KeyMissing("Send it in the header 'Authorization: Bearer <YOUR_AIMLAPI_KEY>'.")
        request.state.key = await find_key(request, secret)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            response = await handle(request)
            response.headers.setdefault("x-inference-id", secrets.token_hex(16))
            given = request.headers.get("x-client-request-id", "")
            if _CLIENT_ID.fullmatch(given):  # the caller's own name for the request; api-facts §12.1
                response.headers["x-client-request-id"] = given
            return response

        return handler


def admit(request: Request, scope: Scope) -> Key:
    """The caller's key, allowed to use this endpoint. Raises: ScopeMissing."""
    key: Key = request.state.key
    if not key.may(scope):
        raise ScopeMissing(f"This API key is missing the scope {scope}.")
    return key
