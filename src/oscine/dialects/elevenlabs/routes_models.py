# SPDX-License-Identifier: GPL-3.0-or-later
"""GET /v1/models: what is really served."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from oscine.dialects.elevenlabs import render
from oscine.dialects.elevenlabs.gate import Route, admit, house_of

router = APIRouter(route_class=Route, tags=["models"])


@router.get("/v1/models")
async def list_models(request: Request) -> list[dict[str, Any]]:
    """All models, each with the languages that a running engine speaks."""
    await admit(request, "models_read")
    profiles = house_of(request).profiles
    return [render.model(entry, profiles.languages(entry)) for entry in profiles]
