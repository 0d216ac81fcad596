"""HTTP on the wire: a request whose head is too long or too slow is refused before it costs memory."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD: Final = 64 << 10
"""Bytes of a request line and headers."""
HEAD_SECONDS: Final = 10.0
"""How long they may take to arrive."""

_REFUSAL: Final = "HTTP/1.1 {}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Wire(HttpToolsProtocol):
    """The parser of uvicorn with the two limits that it lacks."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._size = 0
        self._in_head = True
        self._timer: asyncio.TimerHandle | None = None
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
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

    def on_message_begin(self) -> None:
        """A request begins."""
        self._expect_head()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head = False
        self._stop_timer()
        super().on_headers_complete()

    def _is_overlong(self) -> bool:
        return self._in_head and self._size >= LONGEST_HEAD

    def _expect_head(self) -> None:
        self._stop_timer()
        self._size, self._in_head = 0, True
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
