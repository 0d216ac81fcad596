"""Users who ask an endpoint one query after another, with as little work of their own as can be."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote, urlsplit

Query = Callable[[], str]


@dataclass(frozen=True)
class Window:
    """What was measured in one window: answers a second, and milliseconds."""

    per_second: float
    median: float
    slowest: float
    """The time within which 99 of 100 answers came."""

    def __str__(self) -> str:
        return f"{self.per_second:9.1f}/s  p50 {self.median:8.2f} ms  p99 {self.slowest:8.2f} ms"


class User(asyncio.Protocol):
    """One connection, kept open."""

    def __init__(self, address: str, query: Query, end: float) -> None:
        parts = urlsplit(address)
        self._head, self._rest = f"GET {parts.path}?query=".encode(), _rest(parts.netloc)
        self._query, self._end = query, end
        self._began = 0.0
        self._parts: list[bytes] = []
        self._left = -1
        self.times: list[float] = []
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask the first query."""
        self._transport = cast(asyncio.Transport, transport)
        self._ask()

    def _ask(self) -> None:
        self._began, self._left, self._parts = time.perf_counter(), -1, []
        if self._began < self._end:
            self._transport.write(self._head + quote(self._query()).encode() + self._rest)
        else:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        """Count an answer when it is whole."""
        body = self._begun(data) if self._left < 0 else data
        if body is None:
            return
        if self._left:
            self._left -= len(body)
            whole = self._left == 0
        else:  # chunked: the last chunk is empty
            whole = body.endswith(b"0\r\n\r\n")
        if whole:
            self.times.append(time.perf_counter() - self._began)
            self._ask()

    def _begun(self, data: bytes) -> bytes | None:
        """The beginning of the body; nothing while the head is not whole."""
        self._parts.append(data)
        head, ended, body = b"".join(self._parts).partition(b"\r\n\r\n")
        if not ended:
            return None
        head = head.lower()
        if not head.startswith(b"http/1.1 200"):
            self.done.set_exception(SystemExit(f"not answered: {head[:200]!r}"))
        _, found, length = head.partition(b"content-length:")
        self._left = int(length.split(b"\r\n")[0]) if found else 0
        return body

    def connection_lost(self, _: Exception | None) -> None:
        """The end."""
        if not self.done.done():
            self.done.set_result(None)


def _rest(host: str) -> bytes:
    return f" HTTP/1.1\r\nHost: {host}\r\nAccept: application/sparql-results+json\r\n\r\n".encode()


async def window(address: str, users: int, query: Query, seconds: float) -> Window:
    """So many users for so many seconds."""
    began = time.perf_counter()
    loop, parts = asyncio.get_running_loop(), urlsplit(address)
    host, port = parts.hostname or "", parts.port or 80

    def user() -> User:
        return User(address, query, began + seconds)

    people = [(await loop.create_connection(user, host, port))[1] for _ in range(users)]
    await asyncio.gather(*(person.done for person in people))
    times = sorted(time for person in people for time in person.times)
    took = time.perf_counter() - began
    return Window(len(times) / took, 1000 * times[len(times) // 2], 1000 * times[int(len(times) * 0.99)])


def middle(windows: list[Window]) -> Window:
    """The median of each measurement."""
    return Window(*(statistics.median(getattr(w, name) for w in windows) for name in vars(windows[0])))
