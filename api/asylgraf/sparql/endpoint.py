"""The SPARQL endpoint as a bare ASGI application."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from datetime import date
from typing import Any

from asylgraf.errors import AnswerCutShort, AsylgrafError, TooLargeAnswer
from asylgraf.sparql.cache import LARGEST, Cache, Kept
from asylgraf.sparql.clock import Clock
from asylgraf.sparql.formats import content_type
from asylgraf.sparql.http import (
    Gone,
    Headers,
    Receive,
    Scope,
    Send,
    Watched,
    header,
    headers_of,
    problem,
    read,
    until_gone,
    whole,
)
from asylgraf.sparql.pool import Pool
from asylgraf.sparql.protocol import METHODS, asked
from asylgraf.sparql.question import Question, Reader
from asylgraf.sparql.work import Work

log = logging.getLogger("asylgraf.sparql")

_GRACE = 0.05
"""Seconds before the endpoint looks whether the client is still there."""
_OLD_HTTP = 16 << 20
"""Bytes of an answer to HTTP/1.0, which cannot tell a part from the whole and so gets it in one piece."""
_VARY = (b"vary", b"accept, accept-encoding")
_EXPOSED = b"ETag, Asylgraf-On, Asylgraf-Known, Asylgraf-Version, Asylgraf-Warnings, Retry-After"
_POSTED = b"application/sparql-query, application/x-www-form-urlencoded"


REPEATS = "asylgraf.repeats"
"""Where a request is marked that has the same answer until the memory is cleared, whoever asks."""


class Endpoint:
    """Answers queries; from memory when it can."""

    def __init__(self, pool: Pool, clock: Clock, *, cors: str | None = None) -> None:
        self.pool = pool
        self.clock = clock
        self.cache = Cache(pool.limits.cache)
        self.statuses: Counter[int] = Counter()
        self._midnight = 0.0
        self._today = date.min
        self._expires = b""
        self._common: Headers = [(b"x-content-type-options", b"nosniff")]
        if cors:
            self._common += [
                (b"access-control-allow-origin", cors.encode()),
                (b"access-control-expose-headers", _EXPOSED),
            ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request of the SPARQL protocol."""
        await self.respond(scope, receive, send, asked)

    async def respond(self, scope: Scope, receive: Receive, send: Send, reader: Reader) -> None:
        """Answer one request of an address that reads its questions that way."""
        self.turn_page()
        given = headers_of(scope)
        raw = (
            scope["path"].encode(),
            scope["query_string"],
            given.get(b"host", b""),
            given.get(b"accept", b""),
            given.get(b"accept-encoding", b""),
        )
        if scope["method"] == "GET" and (kept := self.cache.known(raw)):
            self.cache.hits += 1
            self.statuses[200] += 1
            scope[REPEATS] = True
            await self._send(scope, send, kept)
        else:
            await self._guarded(scope, send, lambda watched: self._ask(scope, receive, watched, reader, raw))

    def turn_page(self) -> None:
        """Begin a new day if the last one is over: an answer without `on` is of today, and today ends."""
        if self.clock.seconds() < self._midnight:
            return
        midnight = self.clock.midnight()
        self._midnight = midnight.timestamp()
        self._today = self.clock.today()
        self._expires = midnight.strftime("%a, %d %b %Y %H:%M:%S GMT").encode()
        self.cache.clear()

    async def _guarded(
        self, scope: Scope, send: Send, answering: Callable[[Watched], Coroutine[Any, Any, None]]
    ) -> None:
        began, watched = time.perf_counter(), Watched.over(send)
        try:
            await answering(watched)
        except AsylgrafError as mistake:
            if not watched.started:
                await problem(watched, mistake, self._common, head=scope["method"] == "HEAD")
            # After the first byte one honest end is left: the connection breaks, so that nothing looks whole.
        except Gone:
            watched.status = 499
        finally:
            self.statuses[watched.status or 500] += 1
        if log.isEnabledFor(logging.INFO):
            took = round(time.perf_counter() - began, 4)
            log.info(json.dumps({"status": watched.status, "bytes": watched.bytes, "seconds": took}))

    async def _ask(
        self, scope: Scope, receive: Receive, send: Watched, reader: Reader, raw: tuple[bytes, ...]
    ) -> None:
        if scope["method"] == "OPTIONS":
            await whole(send, 204, self._options(), b"")
            return
        request = await read(scope, receive, self.pool.limits)
        question = Question(reader(request), self.pool.calendar, self._today)
        if request.method == "GET":
            self.cache.alias(raw, question.etag)
        if kept := self.cache.get(question.etag):
            self.cache.hits += 1
            await self._send(scope, send, kept)
        elif _has(scope, question.etag):
            same = [(b"etag", question.etag), _VARY, *self._fresh(question), *self._common]
            await whole(send, 304, same, b"")
        else:
            self.cache.misses += 1
            await _while_there(receive, self._fetch(scope, send, question))

    async def _fetch(self, scope: Scope, send: Watched, question: Question) -> None:
        client = scope["client"][0] if scope.get("client") else ""
        job = question.job(self.pool.limits.depth)
        work = await self.pool.ask(job, client=client, day=question.day)
        headers = self._headers(question, work)
        if not work.whole and scope.get("http_version") == "1.0":
            work.first, work.whole = await _gathered(work), True
        if work.whole:
            kept = self._keep(question, work, headers, work.first)
            await self._send(scope, send, kept)
        elif scope["method"] == "HEAD":
            work.drop()
            await whole(send, 200, headers, b"")
        else:
            await self._stream(send, headers, work, question)

    def _keep(self, question: Question, work: Work, headers: Headers, body: bytes) -> Kept:
        kept = Kept((*headers, (b"content-length", b"%d" % len(body))), body, question.etag)
        if not work.head.volatile:
            self.cache.put(question.etag, kept)
        return kept

    async def _stream(self, send: Watched, headers: Headers, work: Work, question: Question) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        parts: list[bytes] | None = []
        size = 0
        async with aclosing(work.chunks()) as chunks:
            async for chunk in chunks:
                size += len(chunk)
                if parts is not None:
                    parts.append(chunk)
                    parts = None if size > LARGEST else parts
                await self._push(send, chunk)
        await send({"type": "http.response.body", "body": b""})
        if parts is not None:
            self._keep(question, work, headers, b"".join(parts))

    async def _push(self, send: Watched, chunk: bytes) -> None:
        try:
            async with asyncio.timeout(self.pool.limits.stall_seconds):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        except TimeoutError:
            raise AnswerCutShort("The reader has taken nothing for too long.") from None

    async def _send(self, scope: Scope, send: Send, kept: Kept) -> None:
        if _has(scope, kept.etag):
            headers = [h for h in kept.headers if not h[0].startswith(b"content-")]
            await whole(send, 304, headers, b"")
        else:
            await whole(send, 200, kept.headers, kept.body, head=scope["method"] == "HEAD")

    def _headers(self, question: Question, work: Work) -> Headers:
        head, setting = work.head, question.setting
        headers: Headers = [
            (b"content-type", content_type(head.media).encode()),
            _VARY,
            *self._common,
        ]
        if head.volatile:
            headers.append((b"cache-control", b"no-store"))
        else:
            headers += [(b"etag", question.etag), *self._fresh(question)]
        if head.gzip:
            headers.append((b"content-encoding", b"gzip"))
        headers += setting.headers
        if head.warnings:
            headers.append((b"asylgraf-warnings", json.dumps(head.warnings[:5]).encode()))
        return headers

    def _fresh(self, question: Question) -> Headers:
        if question.setting.dated:
            return [(b"cache-control", b"public, max-age=3600")]
        return [(b"cache-control", b"public"), (b"expires", self._expires)]

    def _options(self) -> Headers:
        allowed = ", ".join(METHODS).encode()
        extra: Headers = [(b"allow", allowed), (b"accept-post", _POSTED)]
        if len(self._common) > 1:
            extra += [
                (b"access-control-allow-methods", allowed),
                (b"access-control-allow-headers", b"accept, content-type, if-none-match"),
                (b"access-control-max-age", b"86400"),
            ]
        return [*extra, *self._common]


def _has(scope: Scope, etag: bytes) -> bool:
    """Whether the client says that it has the answer with that tag."""
    written = header(scope, b"if-none-match")
    return bool(written) and etag in {b"W/" + tag.strip().removeprefix(b"W/") for tag in written.split(b",")}


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
    watch = _Watch(receive)
    try:
        await answering
    except asyncio.CancelledError:
        if watch.hung_up:
            raise Gone from None
        raise
    finally:
        watch.end()


class _Watch:
    """Cancels the task that made it when the client hangs up; begins to look only after a moment."""

    def __init__(self, receive: Receive) -> None:
        self.hung_up = False
        self._receive = receive
        self._task = asyncio.current_task()
        self._look: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(_GRACE, self._begin)

    def _begin(self) -> None:
        self._look = asyncio.get_running_loop().create_task(until_gone(self._receive))
        self._look.add_done_callback(self._seen)

    def _seen(self, look: asyncio.Task[None]) -> None:
        if not look.cancelled() and self._task is not None:
            self.hung_up = True
            self._task.cancel()

    def end(self) -> None:
        """Look no more."""
        self._timer.cancel()
        if self._look is not None:
            self._look.remove_done_callback(self._seen)
            self._look.cancel()
        if self.hung_up and self._task is not None:
            self._task.uncancel()
