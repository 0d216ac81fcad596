"""HTTP on the wire: a head that is too long or slow is refused early, a known request is answered unread."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from asylgraf.sparql.endpoint import REPEATS, Endpoint
from asylgraf.sparql.repeats import Repeats
from asylgraf.web.saying import Saying

LONGEST_HEAD: Final = 64 << 10
"""Bytes of a request line and headers."""
HEAD_SECONDS: Final = 10.0
"""How long they may take to arrive."""

_REFUSAL: Final = "HTTP/1.1 {}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Wire(HttpToolsProtocol):
    """The parser of uvicorn with the two limits that it lacks, and a memory of requests."""

    repeats: ClassVar[Repeats | None] = None
    crowd: ClassVar[Crowd | None] = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request, if this client has not too many connections already."""
        self._counted = _peer(transport) if self.crowd else ""
        self._timer: asyncio.TimerHandle | None = None
        if self.crowd and not self.crowd.join(self._counted):
            self.transport = transport  # nothing else is made ready: a thousand of these come at once
            self._refuse("503 Service Unavailable\r\nretry-after: 5")
            return
        super().connection_made(transport)
        self._size = 0
        self._in_head = True
        self._unread = 0
        """Requests that have begun and are not read to their end."""
        self._asked = b""
        self._saying: Saying | None = None
        self._expect_rest()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_timer()
        if self.crowd:
            self.crowd.leave(self._counted)
        super().connection_lost(exc)
        self._unset_keepalive_if_required()
        self._let_go(self.cycle)
        self.cycle = self.parser = self._saying = None  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """Answer a request that was answered before, or else read it."""
        if self.transport.is_closing():
            return
        self._asked = data if self._is_free() and _is_one(data) else b""
        if not self._asked or not self._repeat(data):
            self._read(data)

    def _is_free(self) -> bool:
        """Whether nothing of a request or of an answer is under way."""
        cycle: Any = self.cycle
        answered: bool = cycle is None or cycle.response_complete
        return answered and not self._unread and not self.pipeline and not self.flow.write_paused

    def _repeat(self, data: bytes) -> bool:
        answer = self.repeats.answer(data, self._date()) if self.repeats else None
        if answer is None or self.transport.is_closing():
            return False
        self._stop_timer()
        self._unset_keepalive_if_required()
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )
        self.transport.write(answer)
        return True

    def _date(self) -> bytes:
        headers: list[tuple[bytes, bytes]] = self.server_state.default_headers
        return headers[0][1] if headers else b"-"

    def _read(self, data: bytes) -> None:
        """Read on, unless the head has become too long."""
        if not self._in_head:
            super().data_received(data)
            return
        room = LONGEST_HEAD - self._size
        super().data_received(data[:room])
        self._size += len(data[:room])
        if self._is_overlong():
            self._refuse("431 Request Header Fields Too Large")
        elif len(data) > room:
            super().data_received(data[room:])
        if self._waits_for_rest():
            self._expect_rest()

    def on_message_begin(self) -> None:
        """A request begins."""
        self._unread += 1
        self._size, self._in_head = 0, True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head = False
        self._stop_timer()
        super().on_headers_complete()
        if self.cycle is not None:
            self._saying = Saying(self.cycle, self.transport)
            self.cycle.send = self._saying  # type: ignore[assignment, method-assign]

    def on_message_complete(self) -> None:
        """The request is whole."""
        self._unread -= 1
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The answer is given; if it will be the same until the memory is cleared, it is remembered."""
        said = self._saying.said if self._saying else None
        if self._asked and not self._unread and said:
            self._remember(self._asked, said)
        self._asked, self._saying, cycle = b"", None, self.cycle
        super().on_response_complete()
        self._let_go(cycle)

    @staticmethod
    def _let_go(cycle: RequestResponseCycle | None) -> None:
        """Break the ring of a request and what is said to it: it goes now, not when the collector looks.

        Connections by the thousand leave so much else that looking through it keeps everyone waiting.
        """
        if cycle is not None:
            vars(cycle).pop("send", None)

    def _remember(self, asked: bytes, said: bytes) -> None:
        cycle: Any = self.cycle
        if self.repeats and cycle.keep_alive and cycle.scope.get(REPEATS):
            self.repeats.keep(asked, said, self._date())

    def _is_overlong(self) -> bool:
        return self._in_head and self._size >= LONGEST_HEAD

    def _waits_for_rest(self) -> bool:
        return self._in_head and bool(self._unread) and self._timer is None

    def _expect_rest(self) -> None:
        """Give the head its time to arrive; one that comes in a piece, as most do, needs none."""
        self._timer = self.loop.call_later(HEAD_SECONDS, self._refuse, "408 Request Timeout")

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, status: str) -> None:
        transport: Any = self.transport
        if not transport.is_closing():
            transport.write(_REFUSAL.format(status).encode())
            transport.close()


class Crowd:
    """The connections of each client; a proxy speaks for many, and is trusted to know its own."""

    def __init__(self, limit: int, trusted: str = "") -> None:
        self._limit = limit
        self._trusted = {address.strip() for address in trusted.split(",")}
        self._open: Counter[str] = Counter()

    def join(self, client: str) -> bool:
        """Count one more; false if that is too many."""
        self._open[client] += 1
        return self._open[client] <= self._limit or bool({client, "*"} & self._trusted)

    def is_full(self, client: str) -> bool:
        """Whether that client has as many as it may."""
        return self._open[client] >= self._limit and not {client, "*"} & self._trusted

    def leave(self, client: str) -> None:
        """Count one less."""
        self._open[client] -= 1
        if not self._open[client]:
            del self._open[client]


def _peer(transport: asyncio.Transport) -> str:
    """The address from which a connection comes."""
    found = transport.get_extra_info("peername")
    return str(found[0]) if isinstance(found, tuple) else ""


def _is_one(data: bytes) -> bool:
    """Whether this is one whole request without a body, and nothing else."""
    return data.startswith(b"GET ") and data.find(b"\r\n\r\n") == len(data) - 4


def wire_to(endpoint: Endpoint, trusted: str = "") -> type[Wire]:
    """The parser for a server of that endpoint; `trusted` are the addresses of its proxies."""
    crowd = Crowd(endpoint.pool.limits.connections, trusted)
    return type("Wire", (Wire,), {"repeats": Repeats(endpoint), "crowd": crowd})
