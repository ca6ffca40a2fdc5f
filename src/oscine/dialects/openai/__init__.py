# SPDX-License-Identifier: GPL-3.0-or-later
"""OpenAI's speech API.

schema.py what is sent, routes.py where it arrives, render.py what goes back, problems.py what it says when it cannot.
gate.py holds the order of checks that every route shares.
"""

from __future__ import annotations

from fastapi import FastAPI

from oscine.dialects.openai import routes
from oscine.dialects.openai.render import EXPOSED_HEADERS

__all__ = ["EXPOSED_HEADERS", "mount"]


def mount(app: FastAPI) -> None:
    """Put the dialect's routes on the server, at the vendor's own paths."""
    app.include_router(routes.router)
