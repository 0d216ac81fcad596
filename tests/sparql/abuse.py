"""Clients who mean harm, all at once, and one who asks politely meanwhile."""

from __future__ import annotations

import http.client
import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Self

from tests.sparql.conftest import Answer, Client
from tests.sparql.made import ABUSE, PREFIX, SMALL

GIANT = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
LONG = PREFIX + "SELECT * { ?a e:cites ?b . ?c e:decided ?d } LIMIT 100000"
BOMBS = (b"X-A: " + b"b" * 200_000, b"X-A: b\r\n" * 20_000, b"X-A: b\r\n" * 9_000 + b"\r\n")
"""Headers that are too much."""
_GET = b"GET /sparql HTTP/1.1\r\nHost: localhost\r\n"


def posted(query: str, headers: str = "") -> bytes:
    """A request as it goes over the wire."""
    head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n{headers}"
    return f"{head}Content-Length: {len(query.encode())}\r\n\r\n{query}".encode()


class Polite:
    """Another client, from another address, who asks something small all the while."""

    def __init__(self, server: Client) -> None:
        self.answers: list[Answer] = []
        self.times: list[float] = []
        self._server, self._stop = server, threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def _ask(self) -> None:
        number = 0
        while not self._stop.is_set():
            number += 1
            began = time.perf_counter()
            self.answers.append(self._server.post(f"{SMALL} # {number}", source="127.0.0.2"))
            self.times.append(time.perf_counter() - began)
            time.sleep(0.02)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


@dataclass
class Mob:
    """Everything at once: heavy queries, slow and vanishing readers, half requests, bombs, crowds."""

    server: Client
    statuses: set[int] = field(default_factory=set)
    done: dict[str, int] = field(default_factory=dict)

    def rage(self, seconds: float) -> None:
        """Do harm for so long, and wait until the last has finished."""
        end = time.monotonic() + seconds
        works = [
            self._heavy,
            self._heavy,
            self._slow,
            self._vanishing,
            self._halves,
            self._bombs,
            self._crowd,
        ]
        threads = [threading.Thread(target=self._again, args=(work, end)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _again(self, work: Callable[[int], None], end: float) -> None:
        for number in itertools.count():
            if time.monotonic() >= end:
                return
            with suppress(OSError, http.client.HTTPException):
                work(number)
            self.done[work.__name__] = self.done.get(work.__name__, 0) + 1

    def _heavy(self, number: int) -> None:
        queries = [GIANT, *(query for query, _ in ABUSE.values())]
        self.statuses.add(self.server.post(f"{queries[number % len(queries)]} # {number}").status)

    def _slow(self, number: int) -> None:
        """A reader who takes a little, and leaves."""
        with self._connection() as reader:
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 14)
            reader.sendall(posted(f"{LONG} # {number}"))
            for _ in range(10):
                reader.recv(1 << 12)
                time.sleep(0.05)

    def _vanishing(self, number: int) -> None:
        with self._connection() as client:
            client.sendall(posted(f"{ABUSE['a product counted'][0]} # {number}"))
            time.sleep(0.1)

    def _halves(self, _: int) -> None:
        with ExitStack() as open_:
            for half in (b"", _GET, posted(SMALL)[:-5], b"\0\r\n\r\n", b"POST /sparql HTTP/1.1\r\n") * 4:
                open_.enter_context(self._connection()).sendall(half)
            time.sleep(0.3)

    def _bombs(self, number: int) -> None:
        with self._connection() as client:
            client.sendall(_GET + BOMBS[number % len(BOMBS)])
            client.recv(100)

    def _crowd(self, number: int) -> None:
        """A thousand connections, each with a query."""
        with crowd(self.server, 1000) as clients:
            for client in clients:
                client.sendall(posted(f"{SMALL} # {number}"))
            for client in clients[::50]:
                self.statuses.add(int(client.recv(100)[9:12]))

    def _connection(self) -> socket.socket:
        return self.server.raw()


@contextmanager
def crowd(server: Client, size: int) -> Iterator[list[socket.socket]]:
    """So many connections of one client, all open."""
    with ExitStack() as open_:
        yield [open_.enter_context(server.raw()) for _ in range(size)]
