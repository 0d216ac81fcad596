"""What every page knows: its language, the day asked about, and how to link so that both are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request

from asylgraf.errors import AsylgrafError
from asylgraf.namespaces import BASE, ID
from asylgraf.service.cases import day_of
from asylgraf.web.negotiation import LANGUAGES, language_of

KEPT = ("lang", "on", "known")
"""What the address of a page carries on to every link."""
_DAYS = ("today", "asked_on", "known")


@dataclass(frozen=True)
class View:
    """One request for a page."""

    path: str
    language: str
    today: date
    asked_on: date | None
    known: date | None
    kept: dict[str, str]
    query: tuple[tuple[str, str], ...] = ()

    @property
    def on(self) -> date:
        """The day asked about, or today."""
        return self.asked_on or self.today

    @property
    def other_language(self) -> str:
        """The language the page can be changed to."""
        return "da" if self.language == "en" else "en"

    def to_json(self) -> dict[str, Any]:
        """The view as another process can be told it."""
        told = asdict(self)
        return {**told, **{name: told[name] and told[name].isoformat() for name in _DAYS}}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> View:
        """The view that another process wrote."""
        days = {name: told[name] and date.fromisoformat(told[name]) for name in _DAYS}
        return cls(**{**told, **days, "query": tuple(map(tuple, told["query"]))})

    def href(self, target: str, **changes: str | None) -> str:
        """A link to an address of ours (below this site) or a path, keeping language and day."""
        if not target.startswith((BASE, "/")):
            return target if target.startswith(("https://", "http://")) else "#"
        path, _, fragment = (target[len(BASE) - 1 :] if target.startswith(BASE) else target).partition("#")
        query = _asked({**self.kept, **changes}) if changes else self._kept
        return _quoted(path) + query + (f"#{quote(fragment)}" if fragment else "")

    @cached_property
    def _kept(self) -> str:
        return _asked(self.kept)

    def here(self, **changes: str | None) -> str:
        """A link to this page with something changed."""
        others = {name: value for name, value in self.query if name not in KEPT}
        return self.href(self.path, **{**others, **changes})


@lru_cache(1 << 13)
def _quoted(path: str) -> str:
    return quote(path, safe="/:@!$&'()*+,;=~-._%")


def _asked(query: Mapping[str, str | None]) -> str:
    said = {name: value for name, value in query.items() if value}
    return "?" + urlencode(said, safe="/,:") if said else ""


def brief(iri: str) -> str:
    """The short address of a thing, as parameters hold it: dk/aliens-act/7, ontology/Permit."""
    return iri.removeprefix(ID) if iri.startswith(ID) else iri.removeprefix(BASE)


def view_of(request: Request, today: date) -> View:
    """The view a request asks for; a parameter that cannot be read is an error that names it."""
    query = request.query_params
    return View(
        path=request.url.path,
        language=language_of(request, query.get("lang")),
        today=today,
        asked_on=day_of(query.get("on") or None, "on"),
        known=day_of(query.get("known") or None, "known"),
        kept={name: query[name] for name in KEPT if query.get(name)},
        query=tuple(query.items()),
    )


def plain_view(request: Request, today: date) -> View:
    """The view of a page that must appear whatever the address says: that of a mistake."""
    try:
        return view_of(request, today)
    except AsylgrafError:
        asked = request.query_params.get("lang")
        kept = {"lang": asked} if asked in LANGUAGES else {}
        language = language_of(request, asked if kept else None)
        return View(request.url.path, language, today, None, None, kept)
