"""Bare ASGI: reading a request within limits, sending answers and problems."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

from asylgraf.errors import AsylgrafError, LimitReached, RequestTooLarge, RequestTooSlow, TooBusy, WrongMethod
from asylgraf.sparql.limits import Limits
from asylgraf.sparql.protocol import METHODS, Request

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_READ = "asylgraf.headers"
"""Where a request keeps its headers once they are read."""


class Gone(Exception):
    """The client has hung up."""


def header(scope: Scope, name: bytes) -> bytes:
    """A header's value; several of one name are joined, as HTTP says."""
    return headers_of(scope).get(name, b"")


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    """All headers by their names, read once for each request."""
    found: dict[bytes, bytes] | None = scope.get(_READ)
    if found is None:
        given = scope["headers"]
        found = dict(given)
        if len(found) != len(given):
            found = {name: b",".join([value for key, value in given if key == name]) for name in found}
        scope[_READ] = found
    return found


async def read(scope: Scope, receive: Receive, limits: Limits) -> Request:
    """The request with its body."""
    body = await _body(scope, receive, limits) if scope["method"] == "POST" else b""
    if len(scope["query_string"]) > limits.request:
        raise RequestTooLarge(f"The address is longer than {limits.request} bytes.")

    given = headers_of(scope)

    def text(name: bytes) -> str:
        return str(given.get(name, b""), "latin-1")

    return Request(
        scope["method"],
        scope["query_string"],
        text(b"content-type"),
        text(b"content-encoding").strip().lower(),
        text(b"accept"),
        text(b"accept-encoding"),
        body,
        f"{scope.get('scheme', 'http')}://{text(b'host')}",
    )


async def _body(scope: Scope, receive: Receive, limits: Limits) -> bytes:
    announced = header(scope, b"content-length")
    if announced.isdigit() and int(announced) > limits.request:
        raise RequestTooLarge(f"The request is longer than {limits.request} bytes.")
    try:
        async with asyncio.timeout(limits.request_seconds):
            return await _parts(receive, limits.request)
    except TimeoutError:
        raise RequestTooSlow(
            f"The request took longer than {limits.request_seconds:g} seconds to arrive."
        ) from None


async def _parts(receive: Receive, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        part = message.get("body", b"")
        size += len(part)
        if size > limit:
            raise RequestTooLarge(f"The request is longer than {limit} bytes.")
        parts.append(part)
        if not message.get("more_body"):
            return parts[0] if len(parts) == 1 else b"".join(parts)


async def whole(
    send: Send, status: int, headers: Sequence[tuple[bytes, bytes]], body: bytes, *, head: bool = False
) -> None:
    """Send an answer in one piece."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else body})


async def problem(send: Send, mistake: AsylgrafError, headers: Headers, *, head: bool = False) -> None:
    """Send a mistake as `application/problem+json`."""
    body = json.dumps(mistake.problem(), ensure_ascii=False).encode()
    own: Headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if isinstance(mistake, WrongMethod):
        own.append((b"allow", ", ".join(METHODS).encode()))
    if isinstance(mistake, TooBusy) or (isinstance(mistake, LimitReached) and mistake.status == 503):
        own.append((b"retry-after", b"5"))
    if mistake.status in (408, 413):
        own.append((b"connection", b"close"))
    await whole(send, mistake.status, [*own, *headers], body, head=head)


class Watched:
    """A `send` that remembers what was sent."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0
        self.bytes = 0

    @classmethod
    def over(cls, send: Send) -> Watched:
        """That `send`, watched; once is enough."""
        return send if isinstance(send, cls) else cls(send)

    @property
    def started(self) -> bool:
        """Whether the answer has begun."""
        return self.status != 0

    def __call__(self, message: Message) -> Awaitable[None]:
        """Send it on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.bytes += len(message.get("body", b""))
        return self._send(message)


async def until_gone(receive: Receive) -> None:
    """Wait until the client hangs up."""
    while (await receive())["type"] != "http.disconnect":
        pass
