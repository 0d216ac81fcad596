"""The endpoint of a site; light to import, so that its graph loads while the pages are still imported."""

from __future__ import annotations

import gc
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from asylgraf.errors import UnknownThing
from asylgraf.sparql.endpoint import Endpoint
from asylgraf.sparql.front import Front
from asylgraf.sparql.http import Headers, Receive, Scope, Send, problem, whole
from asylgraf.sparql.metrics import health, measured
from asylgraf.sparql.pool import Pool
from asylgraf.sparql.sources import Spec
from asylgraf.web.settings import Settings

_SELDOM: Final = (5_000, 4, 20)
"""After how many new objects the collector looks at the young, and after how many looks at the older.

Nobody is answered while it looks: a look at five times as many took a tenth of a second.
"""


def open_endpoint(settings: Settings, *, early: bool = False) -> Endpoint:
    """The endpoint of a site; its graph begins to load at once, in a process of its own.

    With `early` it answers meanwhile from what an earlier run kept, and keeps the same for the next.
    """
    files = tuple(str(path) for path in settings.extra)
    store = str(settings.store) if settings.store else None
    today = settings.clock.today().isoformat() if early else None
    spec = Spec("law", files, derive="asylgraf.service.derived", store=store, today=today)
    pool = Pool(spec, settings.limits)
    pool.spawn()
    return Endpoint(pool, settings.clock, cors=settings.cors)


async def start(endpoint: Endpoint) -> None:
    """Wait until the endpoint can answer about today."""
    await endpoint.pool.start()
    await endpoint.pool.warm(endpoint.pool.calendar.key(endpoint.clock.today(), None))


def settle() -> None:
    """Keep what is loaded out of the way of the collector: looking through it takes longer than an answer."""
    gc.freeze()
    gc.set_threshold(*_SELDOM)


def open_dataset(files: Sequence[Path], settings: Settings) -> Endpoint:
    """An endpoint for any RDF files, with the plain meaning of a SPARQL data set and without the law."""
    pool = Pool(Spec("files", tuple(str(path) for path in files)), settings.limits)
    pool.spawn()
    return Endpoint(pool, settings.clock, cors=settings.cors)


class Bare:
    """An application that is an endpoint and nothing else."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._front = Front(_nothing, endpoint)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Start, answer, stop."""
        if scope["type"] != "lifespan":
            tell = {"/health": self._health, "/metrics": self._metrics}.get(scope["path"])
            await (tell(send) if tell else self._front(scope, receive, send))
            return
        await receive()
        await start(self._endpoint)
        settle()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._endpoint.pool.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _health(self, send: Send) -> None:
        told = health(self._endpoint)
        body = json.dumps(told).encode()
        await whole(send, 200 if told["status"] == "ok" else 503, _told(b"application/json", body), body)

    async def _metrics(self, send: Send) -> None:
        body = measured(self._endpoint)
        await whole(send, 200, _told(b"text/plain; version=0.0.4; charset=utf-8", body), body)


def _told(media: bytes, body: bytes) -> Headers:
    return [
        (b"content-type", media),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]


async def _nothing(_scope: Scope, _receive: Receive, send: Send) -> None:
    await problem(send, UnknownThing("There is nothing at this address; queries go to /sparql."), [])
