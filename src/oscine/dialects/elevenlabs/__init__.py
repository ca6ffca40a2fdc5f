# SPDX-License-Identifier: GPL-3.0-or-later
"""The ElevenLabs API over HTTP and WebSockets.

schema.py what is sent, routes_*.py where it arrives, render.py what goes back, problems.py what it says when it
cannot. gate.py holds the order of checks that every route shares.
"""

from __future__ import annotations

from fastapi import FastAPI

from oscine.dialects.elevenlabs import (
    routes_dictionaries,
    routes_history,
    routes_keys,
    routes_live,
    routes_models,
    routes_music,
    routes_sound,
    routes_speech,
    routes_tokens,
    routes_user,
    routes_voices,
)
from oscine.dialects.elevenlabs.render import EXPOSED_HEADERS

__all__ = ["EXPOSED_HEADERS", "mount"]


def mount(app: FastAPI) -> None:
    """Put the dialect's routes on the server, at the vendor's own paths."""
    for routes in (
        *(routes_speech, routes_live, routes_sound, routes_music, routes_models, routes_voices, routes_dictionaries),
        *(routes_history, routes_user, routes_keys, routes_tokens),
    ):
        app.include_router(routes.router)
