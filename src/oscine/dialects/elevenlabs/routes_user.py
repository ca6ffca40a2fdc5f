# SPDX-License-Identifier: GPL-3.0-or-later
"""Who calls, what is left this month, and what was used when."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from oscine.accounts.usage import Breakdown, Interval, Metric, Question
from oscine.dialects.elevenlabs import render_accounts as render
from oscine.dialects.elevenlabs.gate import Route, admit, house_of, require_owner
from oscine.domain.account import Key
from oscine.domain.problems import NotServed, SettingOutOfRange

router = APIRouter(route_class=Route, tags=["user"])

Milliseconds = Annotated[int, Field(ge=0, le=253_402_300_799_999)]
"""Unix time up to the year 9999."""


@router.get("/v1/user")
async def get_user(request: Request) -> dict[str, Any]:
    """The caller's account, and the credits of the calling key."""
    key = await _fresh_key(request)
    house = house_of(request)
    account = await house.accounts.find(key.account_id)
    return render.user(account, key, house.keys.resets_unix())


@router.get("/v1/user/subscription")
async def get_subscription(request: Request) -> dict[str, Any]:
    """The credits of the calling key."""
    key = await _fresh_key(request)
    return render.extended_subscription(key, house_of(request).keys.resets_unix())


async def _fresh_key(request: Request) -> Key:
    """The calling key with what it has used up to now."""
    key = await admit(request, "user_read")
    return await house_of(request).keys.reread(key)


class Statistics(BaseModel):
    """The query of GET /v1/usage/character-stats; values as the Python client 2.78.0 lists them."""

    start_unix: Milliseconds
    end_unix: Milliseconds
    include_workspace_metrics: bool = False
    breakdown_type: (
        Breakdown
        | Literal[
            "voice_multiplier",
            "groups",
            "all_api_keys",
            "resource",
            "request_queue",
            "region",
            "subresource_id",
            "reporting_workspace_id",
            "has_api_key",
            "request_source",
        ]
    ) = "none"
    aggregation_interval: Interval = "day"
    aggregation_bucket_size: Annotated[int, Field(ge=1, le=10**9)] | None = None
    metric: Metric | Literal["fiat_units_spent", "concurrency", "concurrency_average"] = "credits"

    def read(self, account_id: str) -> Question:
        """In our terms. Raises: NotServed, SettingOutOfRange."""
        breakdown = _served("breakdown_type", self.breakdown_type, get_args(Breakdown))
        if breakdown == "user" and not self.include_workspace_metrics:
            raise SettingOutOfRange(
                "breakdown_type 'user' tells accounts apart, so it needs include_workspace_metrics=true.",
                parameter="breakdown_type",
            )
        return Question(
            account_id=None if self.include_workspace_metrics else account_id,
            start_ms=self.start_unix,
            end_ms=self.end_unix,
            metric=_served("metric", self.metric, get_args(Metric)),
            breakdown=breakdown,
            interval=self.aggregation_bucket_size or self.aggregation_interval,
        )


def _served(name: str, value: str, allowed: tuple[str, ...]) -> Any:
    if value not in allowed:
        raise NotServed(
            f"{name} {value!r} is not counted here. Allowed: {', '.join(allowed)}.",
            parameter=name,
        )
    return value


@router.get("/v1/usage/character-stats")
async def get_character_stats(request: Request, query: Annotated[Statistics, Query()]) -> dict[str, Any]:
    """Usage over time, of the caller's account or of all."""
    key = await admit(request, "user_read")
    if query.include_workspace_metrics:
        require_owner(key)
    return render.usage(await house_of(request).usage.over_time(query.read(key.account_id)))
