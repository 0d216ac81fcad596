"""What was asked, on which day, of which graph: all that an answer depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

from asylgraf.errors import BadParameter, UnknownThing
from asylgraf.sparql.http import Headers
from asylgraf.sparql.named import examples
from asylgraf.sparql.protocol import Asked, Request
from asylgraf.sparql.sources import Calendar, Day

Reader = Callable[[Request], Asked]
"""How an address reads what is asked of it."""


class Question:
    """A wish with its days resolved."""

    def __init__(self, wish: Asked, calendar: Calendar, today: date) -> None:
        _check(wish, calendar)
        on = wish.on or today
        self.wish = wish
        self.dated = bool(wish.on) or calendar.timeless
        self.day: Day = calendar.key(on, wish.known)
        self.key = (wish, None if calendar.timeless else on)
        self.headers = _clock_headers(wish, calendar, on)
        self._digest = calendar.digest
        self._timeless = calendar.timeless
        self._etag = b""

    @property
    def etag(self) -> bytes:
        """A tag that changes when the answer may."""
        if not self._etag:
            meaning = repr((*vars(self.wish).values(), self.day, self._digest)).encode()
            self._etag = b'W/"' + hashlib.blake2b(meaning, digest_size=12).hexdigest().encode() + b'"'
        return self._etag

    def job(self, depth: int) -> dict[str, Any]:
        """The question as a worker is told it."""
        wish = self.wish
        job: dict[str, Any] = {
            "task": wish.task,
            "query": wish.query,
            "default": wish.default,
            "named": wish.named,
            "select": wish.select,
            "graph": wish.graph,
            "gzip": wish.gzip,
            "depth": depth,
        }
        if wish.task in ("description", "graph"):
            job |= {"about": wish.about, "version": self._digest[:12]}
            job["examples"] = {} if self._timeless else examples()
        return job


def _check(wish: Asked, calendar: Calendar) -> None:
    if calendar.timeless and (wish.on or wish.known):
        raise BadParameter("This data set has no clock; ask it without “on” and “known”.")
    if wish.version is not None and (len(wish.version) < 8 or not calendar.digest.startswith(wish.version)):
        said = f"This server holds version {calendar.digest[:12]} of the graph, not {wish.version}."
        raise UnknownThing(said, where="version")


def _clock_headers(wish: Asked, calendar: Calendar, on: date) -> Headers:
    headers: Headers = [(b"asylgraf-version", calendar.digest[:12].encode())]
    if not calendar.timeless:
        headers.append((b"asylgraf-on", on.isoformat().encode()))
    if wish.known:
        headers.append((b"asylgraf-known", wish.known.isoformat().encode()))
    return headers
