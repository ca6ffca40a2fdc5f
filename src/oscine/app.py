# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts the dialects at the door of the house."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.middleware.cors import CORSMiddleware

from oscine import __version__, doors, media
from oscine.dialects import aimlapi, elevenlabs, openai, pixazo
from oscine.domain.problems import Problem
from oscine.engines.stage import Stage
from oscine.jobs.courier import open_webhooks
from oscine.jobs.webhooks import Webhooks
from oscine.observe import METRICS_TYPE
from oscine.pipeline.house import House, open_house
from oscine.settings import Settings
from oscine.works import open_jobs

_DIALECTS = (elevenlabs, openai, aimlapi, pixazo)


def build_app(
    settings: Settings,
    stage: Stage,
    announce: Callable[[House], Awaitable[None]],
    give_up: Callable[[Problem], None],
) -> FastAPI:
    """The ASGI application. The house opens with its lifespan, before the first connection is taken.

    stage: may have begun already. announce: called once the house is open. give_up: called where it cannot be opened;
    is to stop the server.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as exits:
            try:
                house = await exits.enter_async_context(open_house(settings, stage))
            except Problem as problem:  # raised further, its words would drown in a traceback
                give_up(problem)
            else:
                app.state.house = house
                telling = open_webhooks(house.database, settings, app.state.words)
                courier, app.state.guard = await exits.enter_async_context(telling)
                app.state.jobs, dispatcher = await exits.enter_async_context(open_jobs(house))
                app.state.dispatcher = dispatcher
                app.state.jobs.listeners.append(courier.hear)
                await announce(house)
                # Not waited for: it takes as long to import as all the rest, and callers can be served without it.
                opening = asyncio.create_task(dispatcher.open())
                exits.callback(opening.cancel)
            yield
            app.state.house = None

    app = FastAPI(
        title="Oscine",
        version=__version__,
        description="Self-hosted audio generation over the APIs you know.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.house = None
    app.state.words = {}
    for dialect in _DIALECTS:
        dialect.mount(app)
    app.include_router(media.router)
    _mount_operations(app)
    app.add_middleware(doors.BodyLimit, max_bytes=settings.max_body_bytes)
    app.add_middleware(doors.Addressed)
    app.add_middleware(doors.TidyPath)
    app.add_middleware(doors.Observed)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
            allow_headers=["*"],
            expose_headers=sorted({name for dialect in _DIALECTS for name in dialect.EXPOSED_HEADERS}),
            max_age=600,
        )
    return app


def _mount_operations(app: FastAPI) -> None:
    @app.get("/health", tags=["operations"])
    async def health() -> dict[str, str]:
        """The process is up."""
        return {"status": "ok", "version": __version__}

    @app.get("/ready", tags=["operations"])
    async def ready(request: Request) -> JSONResponse:
        """The workers are warm: speech can be had now."""
        house: House | None = request.app.state.house
        is_ready = house is not None and house.stage.is_ready
        return JSONResponse({"ready": is_ready}, 200 if is_ready else 503)

    @app.get("/metrics", tags=["operations"])
    async def metrics(request: Request) -> Response:
        """Prometheus metrics."""
        house: House = request.app.state.house
        house.metrics.show_jobs(await request.app.state.jobs.stats(), request.app.state.dispatcher.running)
        house.metrics.show_deliveries(await Webhooks(house.database).stats())
        return Response(house.metrics.render(), media_type=METRICS_TYPE)
