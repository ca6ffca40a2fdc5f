# SPDX-License-Identifier: GPL-3.0-or-later
"""The AI/ML API, as far as it is audio.

schema*.py what is sent, routes_*.py where it arrives, render.py what goes back, problems.py what it says when it
cannot. gate.py holds the order of checks that every route shares.
"""

from __future__ import annotations

from fastapi import FastAPI

from oscine.dialects.aimlapi import routes_billing, routes_generate, routes_speech
from oscine.dialects.aimlapi.render import EXPOSED_HEADERS

__all__ = ["EXPOSED_HEADERS", "mount"]


def mount(app: FastAPI) -> None:
    """Put the dialect's routes on the server, at the vendor's own paths."""
    for routes in (routes_speech, routes_generate, routes_billing):
        app.include_router(routes.router)
