"""What an application says, on its way to the wire: a short answer goes out in one piece, head and body."""

from __future__ import annotations

import asyncio
from typing import Final, cast

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from asylgraf.sparql.http import Message, Send

_STATUS: Final = {200: b"HTTP/1.1 200 OK\r\n", 400: b"HTTP/1.1 400 Bad Request\r\n"}
"""The statuses of answers that programs get by the thousand; uvicorn writes the others."""


class Saying:
    """The `send` of one request. As ASGI has it, nothing is sent before the body begins.

    What is no short, whole answer of known length goes through uvicorn's own `send`.
    """

    def __init__(self, cycle: RequestResponseCycle, transport: asyncio.Transport) -> None:
        self._cycle = cycle
        self._send = cast(Send, cycle.send)
        self._transport = transport
        self._start: Message | None = None
        self.said: bytes | None = None
        """The whole answer, if it went out in one piece."""

    async def __call__(self, message: Message) -> None:
        """Take a message of the application."""
        if message["type"] == "http.response.start" and not self._cycle.response_started:
            self._start = message
            return
        start, self._start = self._start, None
        if start is None or message["type"] != "http.response.body":
            await self._send(message)
        elif (answer := self._whole(start, message)) is None:
            await self._send(start)
            await self._send(message)
        else:
            self._say(answer)

    def _whole(self, start: Message, message: Message) -> bytes | None:
        """The bytes of an answer in one piece; nothing where more has to be minded than is here."""
        cycle, body, status = self._cycle, message.get("body", b""), _STATUS.get(start["status"])
        if status is None or not cycle.keep_alive or cycle.scope["method"] == "HEAD":
            return None
        if message.get("more_body") or cycle.disconnected or cycle.flow.write_paused:
            return None
        headers = [*cycle.default_headers, *start["headers"]]
        if (b"content-length", b"%d" % len(body)) not in headers or _names_connection(headers):
            return None
        lines = [b"%b: %b\r\n" % pair for pair in headers]
        head = b"".join((status, *lines, b"\r\n"))
        # A line for each header and none more: no value can have smuggled in another.
        whole = head.count(b"\n") == head.count(b"\r") == len(lines) + 2 and b"\0" not in head
        return head + body if whole else None

    def _say(self, answer: bytes) -> None:
        cycle, self.said = self._cycle, answer
        cycle.response_started = cycle.response_complete = True
        cycle.waiting_for_100_continue = False
        self._transport.write(answer)
        cycle.message_event.set()
        cycle.on_response()


def _names_connection(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(name in (b"connection", b"transfer-encoding") for name, _ in headers)
