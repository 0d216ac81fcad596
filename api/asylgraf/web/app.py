"""The site as one ASGI application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from typing import Final

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from asylgraf.errors import LimitReached
from asylgraf.sparql.endpoint import Endpoint
from asylgraf.sparql.front import Front
from asylgraf.web.endpoint import open_endpoint, start
from asylgraf.web.guard import Guard
from asylgraf.web.heads import Heads
from asylgraf.web.kept import Archives, Kept
from asylgraf.web.mistakes import answer_mistake, handle_mistakes
from asylgraf.web.settings import Settings
from asylgraf.web.site import HOME, Site
from asylgraf.web.wall import Wall

__all__ = ["Settings", "create_app"]

ROUTES: Final = (
    "health",
    "home",
    "search",
    "own",
    "facts",
    "assess",
    "compare",
    "reasoning",
    "query",
    "drawing",
    "citations",
    "resolve",
    "sparql",
    "data",
    "things",
)


def create_app(settings: Settings | None = None, endpoint: Endpoint | None = None) -> FastAPI:
    """The site, ready to run; the graph is loaded when it starts, or earlier by an endpoint opened before."""
    settings = settings or Settings()
    app = pages(settings, endpoint or open_endpoint(settings))
    if not app.state.archives:
        app.add_middleware(Front, endpoint=app.state.endpoint)
    app.add_middleware(Wall)
    app.add_middleware(Guard, settings=settings)
    return app


def pages(settings: Settings, endpoint: Endpoint) -> FastAPI:
    """The pages, which something stands before that guards them; with archives, the endpoint too."""
    app = FastAPI(
        title="Asylgraf",
        description="Danish asylum law as a graph that can be asked. Not legal advice.",
        docs_url=None,
        redoc_url=None,
        lifespan=_running,
    )
    app.state.site = Site(settings)
    app.state.endpoint = endpoint
    app.state.archives = Archives(settings)
    app.state.routes = []
    app.mount("/static", StaticFiles(directory=HOME / "static"), name="static")
    for name in ROUTES:
        router = import_module(f"asylgraf.web.routes.{name}").router
        app.include_router(router)
        app.state.routes += router.routes
    handle_mistakes(app)
    app.add_middleware(Heads)
    if app.state.archives:
        app.add_middleware(Kept, endpoint=endpoint, archives=app.state.archives, settings=settings)
    app.add_middleware(Wall, tell=answer_mistake)
    return app


@asynccontextmanager
async def _running(app: FastAPI) -> AsyncIterator[None]:
    endpoint: Endpoint = app.state.endpoint
    await start(endpoint)
    app.state.loading = asyncio.create_task(_load(app.state.site, endpoint))
    yield
    await app.state.loading
    await app.state.archives.close()
    await endpoint.pool.stop()


async def _load(site: Site, endpoint: Endpoint) -> None:
    """Load what the pages and cases need; programs are answered meanwhile."""
    await asyncio.to_thread(site.graph.law)
    for module in ("asylgraf.service.reasoning", "asylgraf.web.case_page"):
        with suppress(LimitReached):  # whoever asks first waits for it
            await endpoint.pool.prepare(module, site.today().isoformat())
