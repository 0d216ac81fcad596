"""A real server on loopback, and a client that sees every byte."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
import uvicorn
from tests.sparql.made import MADE_UP

from asylgraf.sparql.clock import Clock
from asylgraf.sparql.endpoint import Endpoint
from asylgraf.sparql.front import Front
from asylgraf.sparql.http import Receive, Scope, Send, whole
from asylgraf.sparql.limits import Limits
from asylgraf.sparql.pool import Pool
from asylgraf.sparql.sources import Spec
from asylgraf.web.door import House
from asylgraf.web.wire import wire_to

HERE = Path(__file__).parent
NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def __getitem__(self, name: str) -> str:
        return self.headers[name] or ""


@dataclass
class Client:
    """Someone who asks a running endpoint."""

    port: int

    def send(
        self, method: str, path: str, body: bytes | None = None, /, source: str = "127.0.0.1", **headers: str
    ) -> Answer:
        """One request; header names are written with underscores."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=15, source_address=(source, 0)
        )
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def get(self, query: str, /, **options: str) -> Answer:
        """A query by GET; `on`, `known` and the like go into the address, the rest into headers."""
        asked = {"query": query}
        asked |= {name: options.pop(name) for name in ("on", "known", "version", "lint") if name in options}
        return self.send("GET", "/sparql?" + urlencode(asked), None, **options)

    def post(self, query: str, /, **headers: str) -> Answer:
        """A query as the body."""
        typed = {"content_type": "application/sparql-query", **headers}
        return self.send("POST", "/sparql", query.encode(), **typed)

    def raw(self, source: str = "127.0.0.1") -> socket.socket:
        """A bare connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=15, source_address=(source, 0))


@dataclass
class Server(Client):
    """A running endpoint, in a thread of this process."""

    endpoint: Endpoint
    loop: asyncio.AbstractEventLoop


async def nothing(_scope: Scope, _receive: Receive, send: Send) -> None:
    """The rest of the site."""
    await whole(send, 404, [], b"")


@contextmanager
def serving(spec: Spec, limits: Limits, now: Callable[[], datetime] = lambda: NOON) -> Iterator[Server]:
    """A server on a free port, in a thread of its own."""
    pool = Pool(spec, limits)
    pool.spawn()
    endpoint = Endpoint(pool, Clock(now), cors="*")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            Front(nothing, endpoint),
            http=wire_to(endpoint),
            log_level="critical",
            lifespan="off",
            backlog=2048,
        )
        server = House(config)
        loops: list[asyncio.AbstractEventLoop] = []
        thread = threading.Thread(
            target=asyncio.run, args=(_run(server, endpoint, listening, loops),), daemon=True
        )
        thread.start()
        while not server.started:
            if not thread.is_alive():
                pytest.fail("the server did not start")
            time.sleep(0.01)
        yield Server(listening.getsockname()[1], endpoint, loops[0])
        server.should_exit = True
        thread.join()


async def _run(
    server: uvicorn.Server,
    endpoint: Endpoint,
    listening: socket.socket,
    loops: list[asyncio.AbstractEventLoop],
) -> None:
    loops.append(asyncio.get_running_loop())
    try:
        await endpoint.pool.start()
        await endpoint.pool.warm(endpoint.pool.calendar.key(endpoint.clock.today(), None))
        await server.serve(sockets=[listening])
    finally:
        with suppress(asyncio.CancelledError):
            await endpoint.pool.stop()


@pytest.fixture(scope="session")
def plain() -> Iterator[Server]:
    """A small data set with two named graphs that share a triple."""
    with serving(Spec("files", (str(HERE / "shared.trig"),)), Limits(workers=3, seconds=5)) as server:
        yield server


@pytest.fixture(scope="session")
def law() -> Iterator[Server]:
    """A made-up law with a change in 2015 and a correction in March 2026."""
    with serving(Spec("only", (str(HERE / "law.trig"),)), Limits(workers=3, seconds=5)) as server:
        yield server


def until(holds: Callable[[], bool], seconds: float = 20) -> bool:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.01)
    return holds()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many requests were made up."""
    if MADE_UP:
        told = ", ".join(f"{name}: {number}" for name, number in MADE_UP.items())
        terminalreporter.write_line(f"{MADE_UP.total()} made-up requests ({told})")
