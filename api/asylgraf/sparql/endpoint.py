"""The SPARQL endpoint as a bare ASGI application."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
from collections import Counter
from collections.abc import Coroutine
from contextlib import aclosing
from datetime import date
from typing import Any

from asylgraf.errors import AnswerCutShort, AsylgrafError, BadParameter, TooLargeAnswer, UnknownThing
from asylgraf.sparql.cache import LARGEST, Cache, Kept
from asylgraf.sparql.clock import Clock
from asylgraf.sparql.formats import content_type
from asylgraf.sparql.http import (
    Gone,
    Headers,
    Message,
    Receive,
    Scope,
    Send,
    header,
    problem,
    read,
    until_gone,
    whole,
)
from asylgraf.sparql.pool import Pool
from asylgraf.sparql.protocol import METHODS, Asked, Request, asked
from asylgraf.sparql.sources import Day
from asylgraf.sparql.work import Work

log = logging.getLogger("asylgraf.sparql")

_GRACE = 0.05
"""Seconds before the endpoint looks whether the client is still there."""
_OLD_HTTP = 16 << 20
"""Bytes of an answer to HTTP/1.0, which cannot tell a part from the whole and so gets it in one piece."""
_VARY = (b"vary", b"accept, accept-encoding")
_EXPOSED = b"ETag, Asylgraf-On, Asylgraf-Known, Asylgraf-Version, Asylgraf-Warnings, Retry-After"


class Endpoint:
    """Answers queries; from memory when it can."""

    def __init__(self, pool: Pool, clock: Clock, *, cors: str | None = None) -> None:
        self.pool = pool
        self.cache = Cache(pool.limits.cache)
        self.statuses: Counter[int] = Counter()
        self._clock = clock
        self._midnight = 0.0
        self._expires = b""
        self._common: Headers = [(b"x-content-type-options", b"nosniff")]
        if cors:
            self._common += [
                (b"access-control-allow-origin", cors.encode()),
                (b"access-control-expose-headers", _EXPOSED),
            ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if time.time() >= self._midnight:
            self._new_day()
        raw = (scope["query_string"], header(scope, b"accept"), header(scope, b"accept-encoding"))
        if scope["method"] == "GET" and (kept := self.cache.known(raw)):
            self.cache.hits += 1
            await self._send(scope, send, kept)
            return
        await self._answer(scope, receive, send, raw)

    def _new_day(self) -> None:
        # An answer without `on` is of today, and today ends.
        midnight = self._clock.midnight()
        self._midnight = midnight.timestamp()
        self._expires = midnight.strftime("%a, %d %b %Y %H:%M:%S GMT").encode()
        self.cache.clear()

    async def _answer(self, scope: Scope, receive: Receive, send: Send, raw: tuple[bytes, ...]) -> None:
        began, watched = time.perf_counter(), _Watched(send)
        head = scope["method"] == "HEAD"
        try:
            await self._ask(scope, receive, watched, raw)
        except AsylgrafError as mistake:
            if not watched.started:
                await problem(watched, mistake, self._common, head=head)
            # After the first byte one honest end is left: the connection breaks, so that nothing looks whole.
        except Gone:
            watched.status = 499
        self.statuses[watched.status] += 1
        if log.isEnabledFor(logging.INFO):
            took = round(time.perf_counter() - began, 4)
            log.info(json.dumps({"status": watched.status, "bytes": watched.bytes, "seconds": took}))

    async def _ask(self, scope: Scope, receive: Receive, send: _Watched, raw: tuple[bytes, ...]) -> None:
        if scope["method"] == "OPTIONS":
            await whole(send, 204, self._options(), b"")
            return
        request = await read(scope, receive, self.pool.limits)
        wish = asked(request)
        if wish is None:
            raise BadParameter("There is no query; give one as query=….")
        question = Question(wish, self.pool, self._clock.today())
        if request.method == "GET":
            self.cache.alias(raw, question.key)
        if kept := self.cache.get(question.key):
            self.cache.hits += 1
            await self._send(scope, send, kept)
        elif question.etag in _etags(header(scope, b"if-none-match")):
            await whole(
                send, 304, [(b"etag", question.etag), _VARY, *self._fresh(question), *self._common], b""
            )
        else:
            self.cache.misses += 1
            await _while_there(receive, self._fetch(scope, send, question, request))

    async def _fetch(self, scope: Scope, send: _Watched, question: Question, request: Request) -> None:
        client = scope["client"][0] if scope.get("client") else ""
        work = await self.pool.ask(question.job, client=client, day=question.day)
        headers = self._headers(question, work)
        if not work.whole and scope.get("http_version") == "1.0":
            work.first, work.whole = await _gathered(work), True
        if work.whole:
            kept = Kept(
                [*headers, (b"content-length", str(len(work.first)).encode())], work.first, question.etag
            )
            if not work.head.get("volatile"):
                self.cache.put(question.key, kept)
            await self._send(scope, send, kept)
        elif request.method == "HEAD":
            work.drop()
            await whole(send, 200, headers, b"")
        else:
            await self._stream(send, headers, work, question)

    async def _stream(self, send: _Watched, headers: Headers, work: Work, question: Question) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        parts: list[bytes] | None = [] if not work.head.get("volatile") else None
        size = 0
        async with aclosing(work.chunks()) as chunks:
            async for chunk in chunks:
                size += len(chunk)
                parts = None if parts is None or size > LARGEST else [*parts, chunk]
                await self._push(send, chunk)
        await send({"type": "http.response.body", "body": b""})
        if parts is not None:
            body = b"".join(parts)
            length = (b"content-length", str(len(body)).encode())
            self.cache.put(question.key, Kept([*headers, length], body, question.etag))

    async def _push(self, send: _Watched, chunk: bytes) -> None:
        try:
            async with asyncio.timeout(self.pool.limits.stall_seconds):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        except TimeoutError:
            raise AnswerCutShort("The reader has taken nothing for too long.") from None

    async def _send(self, scope: Scope, send: Send, kept: Kept) -> None:
        if kept.etag in _etags(header(scope, b"if-none-match")):
            headers = [
                h
                for h in kept.headers
                if h[0] not in (b"content-length", b"content-encoding", b"content-type")
            ]
            await whole(send, 304, headers, b"")
        else:
            await whole(send, 200, kept.headers, kept.body, head=scope["method"] == "HEAD")

    def _headers(self, question: Question, work: Work) -> Headers:
        headers: Headers = [
            (b"content-type", content_type(work.head["media"]).encode()),
            _VARY,
            *self._common,
        ]
        if not work.head.get("volatile"):
            headers += [(b"etag", question.etag), *self._fresh(question)]
        else:
            headers.append((b"cache-control", b"no-store"))
        if work.head.get("gzip"):
            headers.append((b"content-encoding", b"gzip"))
        headers += question.headers
        if warnings := work.head.get("warnings"):
            headers.append((b"asylgraf-warnings", json.dumps(warnings[:5]).encode()))
        return headers

    def _fresh(self, question: Question) -> Headers:
        if question.dated:
            return [(b"cache-control", b"public, max-age=3600")]
        left = max(0, int(self._midnight - time.time()))
        return [(b"cache-control", b"public, max-age=%d" % left), (b"expires", self._expires)]

    def _options(self) -> Headers:
        allowed = ", ".join(METHODS).encode()
        extra: Headers = [
            (b"allow", allowed),
            (b"accept-post", b"application/sparql-query, application/x-www-form-urlencoded"),
        ]
        if len(self._common) > 1:
            extra += [
                (b"access-control-allow-methods", allowed),
                (b"access-control-allow-headers", b"accept, content-type, if-none-match"),
                (b"access-control-max-age", b"86400"),
            ]
        return [*extra, *self._common]


class Question:
    """What was asked, on which day, of which graph: all that an answer depends on."""

    def __init__(self, wish: Asked, pool: Pool, today: date) -> None:
        calendar = pool.calendar
        if calendar.timeless and (wish.on or wish.known):
            raise BadParameter("This data set has no clock; ask it without “on” and “known”.")
        if wish.version is not None and (
            len(wish.version) < 8 or not calendar.digest.startswith(wish.version)
        ):
            raise UnknownThing(
                f"This server holds version {calendar.digest[:12]} of the graph, not {wish.version}.",
                "version",
            )
        self.dated = bool(wish.on) or calendar.timeless
        self._on = wish.on or today
        self.day: Day = calendar.key(self._on, wish.known)
        self.job = _job(wish, pool)
        self._version = calendar.digest[:12].encode()
        self.headers = self._clock_headers(wish, timeless=calendar.timeless)
        shown = None if calendar.timeless else (self._on, wish.known)
        self.key = (
            wish.query,
            wish.default,
            wish.named,
            wish.select,
            wish.graph,
            wish.gzip,
            wish.only_lint,
            shown,
        )
        self._digest = calendar.digest
        self._etag = b""

    @property
    def etag(self) -> bytes:
        """A tag that changes when the answer may."""
        if not self._etag:
            *what, _ = self.key
            meaning = repr((what, self.day, self._digest)).encode()
            self._etag = b'W/"' + hashlib.sha256(meaning).hexdigest()[:24].encode() + b'"'
        return self._etag

    def _clock_headers(self, wish: Asked, *, timeless: bool) -> Headers:
        headers: Headers = [(b"asylgraf-version", self._version)]
        if not timeless:
            headers.append((b"asylgraf-on", self._on.isoformat().encode()))
        if wish.known:
            headers.append((b"asylgraf-known", wish.known.isoformat().encode()))
        return headers


def _job(wish: Asked, pool: Pool) -> dict[str, Any]:
    return {
        "query": wish.query,
        "default": wish.default,
        "named": wish.named,
        "select": wish.select,
        "graph": wish.graph,
        "gzip": wish.gzip,
        "depth": pool.limits.depth,
        "lint": True,
        "only": "lint" if wish.only_lint else None,
    }


class _Watched:
    """A `send` that remembers what was sent."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0
        self.bytes = 0

    @property
    def started(self) -> bool:
        """Whether the answer has begun."""
        return self.status != 0

    async def __call__(self, message: Message) -> None:
        """Send it on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.bytes += len(message["body"])
        await self._send(message)


def _etags(written: bytes) -> set[bytes]:
    return {b"W/" + tag.strip().removeprefix(b"W/") for tag in written.split(b",")} if written else set()


async def _gathered(work: Work) -> bytes:
    parts, size = [], 0
    async with aclosing(work.chunks()) as chunks:
        async for chunk in chunks:
            parts.append(chunk)
            size += len(chunk)
            if size > _OLD_HTTP:
                raise TooLargeAnswer("An answer of this length needs HTTP/1.1.")
    return b"".join(parts)


async def _while_there(receive: Receive, answering: Coroutine[Any, Any, None]) -> None:
    """Answer, but stop when the client hangs up: its query is killed."""
    task = asyncio.ensure_future(answering)
    watch: asyncio.Task[None] | None = None
    try:
        done, _ = await asyncio.wait({task}, timeout=_GRACE)
        if not done:
            watch = asyncio.create_task(until_gone(receive))
            await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
            return
        raise Gone
    finally:
        for other in filter(None, (task, watch)):
            if not other.done():
                other.cancel()
                await asyncio.wait({other})
