"""What stands between a request and the pages: the Host header, sizes, and headers for safety."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from asylgraf.errors import AsylgrafError, RequestTooLarge, UnknownHost
from asylgraf.sparql.http import problem
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
_ALWAYS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "geolocation=(), camera=(), microphone=()",
}


class Guard:
    """Refuses what is not meant for this site, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._hosts = settings.hosts
        self._cors = settings.cors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        safe = self._safely(send)
        try:
            self._check(scope["path"], Headers(scope=scope))
        except AsylgrafError as mistake:
            await problem(safe, mistake, [])
            return
        await self._app(scope, receive, safe)

    def _check(self, path: str, headers: Headers) -> None:
        host = headers.get("host", "").lower()
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        if name not in self._hosts:
            raise UnknownHost(
                f"This site has another name than “{name[:80]}”; --allow-host adds names.",
                where="Host",
            )
        length = headers.get("content-length", "0")
        largest = LARGEST_TEXT if path in _TEXTS else LARGEST
        if length.isdigit() and int(length) > largest:
            raise RequestTooLarge(f"The request is longer than {largest} bytes.")

    def _safely(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
                if self._cors:
                    headers.setdefault("access-control-allow-origin", self._cors)
            await send(message)

        return sending
