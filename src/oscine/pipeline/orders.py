# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests as JSON: what a job keeps of them until it is done, on whichever process."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import TypeAdapter

from oscine.domain.composition import MusicRequest
from oscine.domain.sound import SoundRequest
from oscine.domain.speech import Drawn, SpeechRequest

Request = SpeechRequest | SoundRequest | MusicRequest
R = TypeVar("R", SpeechRequest, SoundRequest, MusicRequest)

_ADAPTERS: dict[type, TypeAdapter[Any]] = {
    kind: TypeAdapter(kind) for kind in (SpeechRequest, SoundRequest, MusicRequest)
}


def pack(request: Request) -> dict[str, Any]:
    """The request with a seed, drawn where it has none: done twice it shall sound the same."""
    is_drawn = request.seed is None
    seeded = replace(request, seed=secrets.randbits(31)) if is_drawn else request
    return {"request": _ADAPTERS[type(request)].dump_python(seeded, mode="json"), "is_drawn": is_drawn}


def unpack(kind: type[R], packed: dict[str, Any]) -> R:
    """Raises: pydantic.ValidationError for what was not packed from that kind."""
    request: R = _ADAPTERS[kind].validate_python(packed["request"])
    seed = request.seed
    return replace(request, seed=Drawn(seed)) if packed["is_drawn"] and seed is not None else request
