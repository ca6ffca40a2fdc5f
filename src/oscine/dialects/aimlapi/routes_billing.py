# SPDX-License-Identifier: GPL-3.0-or-later
"""What the key's wallet holds."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from oscine.dialects.aimlapi import render
from oscine.dialects.aimlapi.gate import Route, admit
from oscine.http.route import house_of

router = APIRouter(route_class=Route, tags=["aimlapi"])


@router.get("/v2/billing")
async def billing(request: Request) -> dict[str, Any]:
    """US dollars left."""
    key = admit(request, "user_read")
    return render.balance(await house_of(request).keys.find_by_id(key.id))
