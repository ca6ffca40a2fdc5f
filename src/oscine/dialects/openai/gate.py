# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of checks that every request of this dialect goes through.

1. key: who calls (401), from where (403)
2. form: the body is JSON of the documented types (400)
3. scope: may that key call this (403)
4. values: ranges, names (400, 404), in the route and in the pipeline
5. place and credits: 429, 503
"""

from __future__ import annotations

from fastapi import Request

from oscine.dialects.openai.problems import refuse, refuse_schema
from oscine.domain.account import Key, Scope
from oscine.domain.problems import KeyMissing, ScopeMissing
from oscine.http import route
from oscine.http.route import bearer_of, find_key


class Route(route.Route):
    dialect = "openai"
    refuse = staticmethod(refuse)
    refuse_schema = staticmethod(refuse_schema)

    async def greet(self, request: Request) -> None:
        secret = bearer_of(request)
        if not secret:
            raise KeyMissing("You didn't provide an API key. Send it in the header 'Authorization: Bearer YOUR_KEY'.")
        request.state.key = await find_key(request, secret)


def admit(request: Request, scope: Scope) -> Key:
    """The caller's key, allowed to use this endpoint. Raises: ScopeMissing."""
    key: Key = request.state.key
    if not key.may(scope):
        raise ScopeMissing(f"You have insufficient permissions for this operation. Missing scopes: {scope}.")
    return key
