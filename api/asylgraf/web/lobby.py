"""The site from its first moment: programs are answered while the pages are still being imported."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from asylgraf.sparql.endpoint import Endpoint
from asylgraf.sparql.front import Front
from asylgraf.sparql.http import App, Receive, Scope, Send
from asylgraf.web.endpoint import settle, start
from asylgraf.web.guard import Guard
from asylgraf.web.settings import Settings
from asylgraf.web.wall import Wall

if TYPE_CHECKING:
    from fastapi import FastAPI


def site(settings: Settings, endpoint: Endpoint) -> App:
    """The endpoint, and behind it the pages as soon as they are there."""
    return Guard(Wall(Lobby(settings, endpoint)), settings)


class Lobby:
    """Answers what the endpoint can; who wants a page waits the moment until there are any."""

    def __init__(self, settings: Settings, endpoint: Endpoint) -> None:
        self._settings = settings
        self._endpoint = endpoint
        self._running = AsyncExitStack()
        # What is asked of an older version is answered by its archive, which the pages know.
        self._front: App = self._page if settings.releases else Front(self._page, endpoint)
        self._pages: asyncio.Task[App] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Start, answer, stop."""
        if scope["type"] != "lifespan":
            await self._front(scope, receive, send)
            return
        await receive()
        await start(self._endpoint)
        self._pages = asyncio.create_task(self._open())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await asyncio.wait([self._pages])
        await self._running.aclose()
        await self._endpoint.pool.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._pages is not None:
            await (await asyncio.shield(self._pages))(scope, receive, send)

    async def _open(self) -> App:
        """The pages, imported beside the answers."""
        app = await asyncio.to_thread(_imported, self._settings, self._endpoint)
        await self._running.enter_async_context(app.router.lifespan_context(app))
        app.state.loading.add_done_callback(lambda _: settle())
        return app


def _imported(settings: Settings, endpoint: Endpoint) -> FastAPI:
    from asylgraf.web.app import pages  # slow to import: the endpoint answers meanwhile

    return pages(settings, endpoint)
