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
from asylgraf.sparql.front import Front
from asylgraf.sparql.http import App, Message, Receive, Scope, header, read
from asylgraf.sparql.pool import Pool
from asylgraf.sparql.protocol import FORM
from asylgraf.sparql.sources import Spec
from asylgraf.web.settings import Settings

_MOST: Final = 2
"""How many older versions are kept open."""
_WORKERS: Final = 2
_SHORTEST: Final = 8
"""Characters of a version that are enough to mean it."""
_NAME = re.compile(r"asylgraf-([0-9a-f]{8,64})\.zip")


class Archives:
    """The archives of older versions, and an endpoint for each that is open."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        found = sorted(settings.releases.glob("*.zip")) if settings.releases else []
        self._files = {match[1]: path for path in found if (match := _NAME.fullmatch(path.name))}
        self._open: OrderedDict[str, asyncio.Task[Endpoint]] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._files)

    async def endpoint(self, asked: str | None) -> Endpoint | None:
        """The endpoint of the version asked for; nothing if there is no archive of it."""
        if not asked or len(asked) < _SHORTEST:
            return None
        version = next((name for name in self._files if name.startswith(asked[: len(name)])), None)
        return await self._opened(version) if version else None

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
            files, outcomes = await asyncio.to_thread(unpacked, self._files[version], Path(folder))
            told = tuple(map(str, files)), "asylgraf.service.derived", tuple(map(str, outcomes))
            pool = Pool(Spec("only", *told), replace(self._settings.limits, workers=_WORKERS))
            pool.spawn()
            await pool.start()
        return Endpoint(pool, self._settings.clock, cors=self._settings.cors)

    async def close(self) -> None:
        """Let every version go."""
        for task in self._open.values():
            await _stop(task)
        self._open.clear()


async def _stop(task: asyncio.Task[Endpoint]) -> None:
    try:
        endpoint = await task
    except AsylgrafError:
        return
    await endpoint.pool.stop()


class Kept(Front):
    """The front of a site with older versions: `version`, in the address or a form, says which answers."""

    def __init__(self, app: App, endpoint: Endpoint, archives: Archives, settings: Settings) -> None:
        super().__init__(app, endpoint)
        self._archives = archives
        self._limits = settings.limits

    async def _answering(self, scope: Scope, receive: Receive) -> tuple[Endpoint, Receive]:
        """The endpoint of the version asked for; where there is no archive of it, that of the site."""
        asked, receive = await self._asked(scope, receive)
        return await self._archives.endpoint(asked) or self._endpoint, receive

    async def _asked(self, scope: Scope, receive: Receive) -> tuple[str | None, Receive]:
        """The version that a request names, and the request to be read again."""
        fields = scope["query_string"]
        if scope["method"] == "POST" and header(scope, b"content-type").startswith(FORM.encode()):
            body = (await read(scope, receive, self._limits)).body
            fields, receive = fields + b"&" + body, _again(body, receive)
        if b"version=" not in fields:
            return None, receive
        return parse_qs(fields.decode("latin-1")).get("version", [None])[0], receive


def _again(body: bytes, receive: Receive) -> Receive:
    """A body that was read, to be read once more; after it, whatever comes."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def read_again() -> Message:
        return left.pop() if left else await receive()

    return read_again
