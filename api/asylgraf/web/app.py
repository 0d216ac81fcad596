"""The site as one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Final

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from asylgraf.sparql.pool import Pool
from asylgraf.sparql.sources import Spec
from asylgraf.web.guard import Guard
from asylgraf.web.mistakes import handle_mistakes
from asylgraf.web.settings import Settings
from asylgraf.web.site import HOME, Site

__all__ = ["Settings", "create_app"]

ROUTES: Final = ("health", "home", "search", "facts", "things")


def create_app(settings: Settings | None = None) -> FastAPI:
    """The site, ready to run; the graph is loaded when it starts."""
    settings = settings or Settings()
    app = FastAPI(
        title="Asylgraf",
        description="Danish asylum law as a graph that can be asked. Not legal advice.",
        docs_url=None,
        redoc_url=None,
        lifespan=_running,
    )
    app.state.site = Site(settings)
    app.state.pool = Pool(Spec(files=tuple(map(str, settings.extra))), settings.limits)
    app.mount("/static", StaticFiles(directory=HOME / "static"), name="static")
    for name in ROUTES:
        app.include_router(import_module(f"asylgraf.web.routes.{name}").router)
    handle_mistakes(app)
    app.add_middleware(Guard, settings=settings)
    return app


@asynccontextmanager
async def _running(app: FastAPI) -> AsyncIterator[None]:
    pool: Pool = app.state.pool
    pool.spawn()
    app.state.site.graph.law()  # loaded here while the pool loads its own
    await pool.start()
    yield
    await pool.stop()
