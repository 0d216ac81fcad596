"""Addresses of answers that can be cited: the query, its two days and the version of the graph."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

SHOWN = 12
"""Characters of a version that name it."""


@dataclass(frozen=True)
class Cited:
    """An answer as one cites it."""

    query: str
    on: date
    known: date | None
    version: str
    title: str = ""

    def address(self, site: str) -> str:
        """The address that gives the same rows for as long as a server keeps that version."""
        days = {"on": self.on.isoformat(), **({"known": self.known.isoformat()} if self.known else {})}
        return f"{site}/sparql?{urlencode({'query': self.query, **days, 'version': self.version[:SHOWN]})}"

    def text(self, site: str) -> str:
        """What to write in a footnote."""
        known = f" as recorded by {self.known}" if self.known else ""
        said = f"“{self.title}” " if self.title else ""
        version = f"Asylgraf, version {self.version[:SHOWN]}"
        return f"{version}. {said}The law of {self.on}{known}. {self.address(site)}"
