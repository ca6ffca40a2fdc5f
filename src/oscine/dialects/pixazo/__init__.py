# SPDX-License-Identifier: GPL-3.0-or-later
"""Pixazo's gateway: requests are queued, polled, and told of by webhooks.

schema.py what is sent, routes.py where it arrives, render.py what goes back and what webhooks tell, problems.py what it
says when it cannot. gate.py holds the order of checks that every route shares.
"""

from __future__ import annotations

from fastapi import FastAPI

from oscine.dialects.pixazo import render, routes
from oscine.dialects.pixazo.render import EXPOSED_HEADERS

__all__ = ["EXPOSED_HEADERS", "mount"]


def mount(app: FastAPI) -> None:
    """Put the dialect's routes on the server, at the vendor's own paths, and its words into webhooks."""
    app.include_router(routes.router)
    app.state.words["pixazo"] = lambda job: render.event(job, app.state.house.links)
