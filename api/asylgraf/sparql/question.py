"""What was asked, on which day, of which graph: all that an answer depends on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from asylgraf.errors import BadParameter, UnknownThing
from asylgraf.sparql.frames import Job
from asylgraf.sparql.http import Headers
from asylgraf.sparql.named import examples
from asylgraf.sparql.protocol import Asked, Manner, Request
from asylgraf.sparql.sources import Calendar, Day

_DIGEST = 20
"""Bytes of a tag: nobody can find two questions that have the same."""

Reader = Callable[[Request], Asked]
"""How an address reads what is asked of it."""


class Question:
    """A query with the days and the graph that it is asked of."""

    __slots__ = ("_etag", "query", "setting")

    def __init__(self, asked: Asked, calendar: Calendar, today: date) -> None:
        self.query, manner = asked
        make = _setting.__wrapped__ if manner.default or manner.named else _setting
        self.setting: Setting = make(manner, calendar, today)
        self._etag = b""

    @property
    def day(self) -> Day:
        """The snapshot that answers."""
        return self.setting.day

    @property
    def etag(self) -> bytes:
        """A tag that changes when the answer may; an answer is remembered by it."""
        if not self._etag:
            self._etag = self.setting.etag(self.query)
        return self._etag

    def job(self, depth: int) -> Job:
        """The question as a worker is told it."""
        return Job(self.setting.told(depth), self.query.encode())


@dataclass(frozen=True, eq=False)
class Setting:
    """What all questions have in common that are asked in one manner on one day."""

    manner: Manner
    day: Day
    dated: bool
    headers: Headers
    digest: str
    timeless: bool
    _jobs: dict[int, bytes] = field(default_factory=dict)

    @cached_property
    def _tag(self) -> hashlib.blake2b:
        return hashlib.blake2b(repr((*self.manner, self.day, self.digest)).encode(), digest_size=_DIGEST)

    def etag(self, query: str) -> bytes:
        """The tag of that query's answer."""
        tag = self._tag.copy()
        tag.update(query.encode())
        return b'W/"' + tag.hexdigest().encode() + b'"'

    def told(self, depth: int) -> bytes:
        """How the question is asked, for a worker."""
        if depth not in self._jobs:
            self._jobs[depth] = _told(self, depth)
        return self._jobs[depth]


@lru_cache(maxsize=256)
def _setting(manner: Manner, calendar: Calendar, today: date) -> Setting:
    _check(manner, calendar)
    on = manner.on or today
    return Setting(
        manner,
        calendar.key(on, manner.known),
        bool(manner.on) or calendar.timeless,
        _clock_headers(manner, calendar, on),
        calendar.digest,
        calendar.timeless,
    )


def _told(setting: Setting, depth: int) -> bytes:
    manner = setting.manner
    job: dict[str, Any] = {
        "task": manner.task,
        "default": manner.default,
        "named": manner.named,
        "select": manner.select,
        "graph": manner.graph,
        "gzip": manner.gzip,
        "depth": depth,
    }
    if manner.task in ("description", "graph"):
        job |= {"about": manner.about, "version": setting.digest[:12]}
        job["examples"] = {} if setting.timeless else examples()
    return json.dumps(job).encode()


def _check(manner: Manner, calendar: Calendar) -> None:
    if calendar.timeless and (manner.on or manner.known):
        raise BadParameter("This data set has no clock; ask it without “on” and “known”.")
    if manner.version is not None and (
        len(manner.version) < 8 or not calendar.digest.startswith(manner.version)
    ):
        said = f"This server holds version {calendar.digest[:12]} of the graph, not {manner.version}."
        raise UnknownThing(said, where="version")


def _clock_headers(manner: Manner, calendar: Calendar, on: date) -> Headers:
    headers: Headers = [(b"asylgraf-version", calendar.digest[:12].encode())]
    if not calendar.timeless:
        headers.append((b"asylgraf-on", on.isoformat().encode()))
    if manner.known:
        headers.append((b"asylgraf-known", manner.known.isoformat().encode()))
    return headers
