"""Older versions that a site still answers for, each opened from its archive when it is asked for."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from asylgraf.errors import AsylgrafError
from asylgraf.service.downloads import unpacked
from asylgraf.sparql.endpoint import Endpoint
from asylgraf.sparql.front import reader_of
from asylgraf.sparql.http import App, Receive, Scope, Send, problem
from asylgraf.sparql.pool import Pool
from asylgraf.sparql.sources import Spec
from asylgraf.web.settings import Settings

_MOST: Final = 2
"""How many older versions are kept open."""
_WORKERS: Final = 2
_NAME = re.compile(r"asylgraf-([0-9a-f]{8,64})\.zip")


class Kept:
    """An application that answers about older versions too; `version=` in the address says which."""

    def __init__(self, app: App, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        found = sorted(settings.releases.glob("*.zip")) if settings.releases else []
        self._archives = {match[1]: path for path in found if (match := _NAME.fullmatch(path.name))}
        self._open: OrderedDict[str, asyncio.Task[Endpoint]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the archive of the version asked for, if there is one."""
        version = self._asked(scope)
        reader = reader_of(scope["path"]) if version else None
        if version is None or reader is None:
            await self._app(scope, receive, send)
            if scope["type"] == "lifespan":
                await self._close()
            return
        try:
            endpoint = await self._opened(version)
        except AsylgrafError as mistake:
            await problem(send, mistake, [])
            return
        await endpoint.respond(scope, receive, send, reader)

    def _asked(self, scope: Scope) -> str | None:
        if scope["type"] != "http" or b"version=" not in scope["query_string"]:
            return None
        given = parse_qs(scope["query_string"].decode("latin-1")).get("version", [""])[0]
        return next((v for v in self._archives if len(given) >= 8 and v.startswith(given[: len(v)])), None)

    async def _opened(self, version: str) -> Endpoint:
        if version not in self._open:
            self._open[version] = asyncio.create_task(self._start(version))
        self._open.move_to_end(version)
        while len(self._open) > _MOST:
            _, oldest = self._open.popitem(last=False)
            await _stop(oldest)
        return await asyncio.shield(self._open[version])

    async def _start(self, version: str) -> Endpoint:
        with tempfile.TemporaryDirectory() as folder:
            files = await asyncio.to_thread(unpacked, self._archives[version], Path(folder))
            spec = Spec("only", tuple(map(str, files)), derive="asylgraf.service.derived")
            pool = Pool(spec, replace(self._settings.limits, workers=_WORKERS))
            pool.spawn()
            await pool.start()
        return Endpoint(pool, self._settings.clock, cors=self._settings.cors)

    async def _close(self) -> None:
        for task in self._open.values():
            await _stop(task)
        self._open.clear()


async def _stop(task: asyncio.Task[Endpoint]) -> None:
    try:
        endpoint = await task
    except AsylgrafError:
        return
    await endpoint.pool.stop()
