# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of checks that every request of this dialect goes through.

1. key: who calls (401), from where (403)
2. form: the body is JSON of the documented types (400)
3. scope: may that key call this (403)
4. values: ranges, names, the webhook (400)
5. credits and money (402)
"""

from __future__ import annotations

from typing import cast

from fastapi import Request
from starlette.routing import Match
from starlette.types import Scope as AsgiScope

from oscine.dialects.pixazo.problems import refuse, refuse_schema
from oscine.domain.account import Key, Scope
from oscine.domain.job import WebhookMode
from oscine.domain.problems import KeyMissing, ScopeMissing, SettingOutOfRange
from oscine.http import route
from oscine.http.route import find_key
from oscine.jobs.guard import Guard

KEY_HEADER = "Ocp-Apim-Subscription-Key"


class Route(route.Route):
    dialect = "pixazo"
    refuse = staticmethod(refuse)
    refuse_schema = staticmethod(refuse_schema)

    async def greet(self, request: Request) -> None:
        secret = request.headers.get(KEY_HEADER, "").strip()
        if not secret:
            raise KeyMissing(f"Access denied: there is no subscription key. Send it in the header {KEY_HEADER}.")
        request.state.key = await find_key(request, secret)


class ModelRoute(Route):
    """Any model's address: so that an unknown one is told so."""

    def matches(self, scope: AsgiScope) -> tuple[Match, AsgiScope]:
        if not scope["path"].endswith("-request"):
            return Match.NONE, {}
        return super().matches(scope)


def admit(request: Request, scope: Scope) -> Key:
    """The caller's key, allowed to use this endpoint. Raises: ScopeMissing."""
    key: Key = request.state.key
    if not key.may(scope):
        raise ScopeMissing(f"This subscription key is missing the scope {scope}.")
    return key


async def read_webhook(request: Request) -> tuple[str | None, WebhookMode]:
    """Where the caller wants to be told of what, if anywhere. Raises: WebhookInvalid, SettingOutOfRange."""
    url = request.headers.get("X-Webhook-URL", "").strip() or None
    mode = request.headers.get("X-Webhook-Mode", "terminal").strip().lower()
    if mode not in ("terminal", "sync"):
        raise SettingOutOfRange(
            f"X-Webhook-Mode must be terminal or sync; {mode[:20]!r} was given.", parameter="X-Webhook-Mode"
        )
    if url is not None:
        guard: Guard = request.app.state.guard
        await guard.check(url)
    return url, cast(WebhookMode, mode)
