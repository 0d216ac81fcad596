"""What stands between a request and the pages: the Host header, sizes, and headers for safety."""

from __future__ import annotations

from collections.abc import Awaitable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from asylgraf.errors import AsylgrafError, RequestTooLarge, UnknownHost
from asylgraf.sparql.http import header, problem
from asylgraf.web.settings import Settings

LARGEST = 2 << 20
"""Bytes of the largest request."""
LARGEST_TEXT = 10 << 20
"""Bytes of the largest text to find citations in."""
_TEXTS = ("/citations", "/cite")
_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
POLICY = "; ".join(f"{what} {where}" for what, where in _SOURCES.items())
_GRIPS = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
EDITOR_POLICY = POLICY.replace("style-src 'self'", f"style-src 'self' {_GRIPS}")
"""The policy of the query page: besides, the one style that the editor gives the grips of its tables."""
_ALWAYS = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(), camera=(), microphone=()"),
)


class Guard:
    """Refuses what is not meant for this site, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._hosts = settings.hosts
        cors = settings.cors
        self._always = (*_ALWAYS, *([(b"access-control-allow-origin", cors.encode())] if cors else ()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        safe = self._safely(send)
        try:
            self._check(scope)
        except AsylgrafError as mistake:
            await problem(safe, mistake, [])
            return
        await self._app(scope, receive, safe)

    def _check(self, scope: Scope) -> None:
        host = header(scope, b"host").decode("latin-1").lower()
        name, _, port = host.rpartition(":")
        name = name if port.isdigit() else host
        if name not in self._hosts:
            raise UnknownHost(
                f"This site has another name than “{name[:80]}”; --allow-host adds names.",
                where="Host",
            )
        length = header(scope, b"content-length")
        largest = LARGEST_TEXT if scope["path"] in _TEXTS else LARGEST
        if length.isdigit() and int(length) > largest:
            raise RequestTooLarge(f"The request is longer than {largest} bytes.")

    def _safely(self, send: Send) -> Send:
        def sending(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                said = message["headers"] = list(message.get("headers", ()))
                names = {name for name, _ in said}
                said += [pair for pair in self._always if pair[0] not in names]
            return send(message)

        return sending
