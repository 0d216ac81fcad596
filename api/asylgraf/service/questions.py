"""Questions to the graph of a day, in SPARQL or by the name of a query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Protocol, runtime_checkable

import pyoxigraph as ox

from asylgraf.errors import BadDate, BadQuery
from asylgraf.graph import LawGraph
from asylgraf.service.cases import day_of
from asylgraf.service.derived import snapshot
from asylgraf.sparql.named import find, queries, written
from asylgraf.sparql.rows import Rows, Triples, query

_MOST: Final = 4
_STORES: Final[dict[tuple[str, date, date | None], ox.Store]] = {}


@runtime_checkable
class Askable(Protocol):
    """A graph that answers queries about a day itself."""

    def ask(self, text: str, on: date, known: date | None = None) -> Rows | Triples | bool:
        """The answer to a query about the law of a day."""


def answered(
    text: str, values: Mapping[str, object], on: object, known: object, graph: LawGraph | Askable
) -> Rows | Triples | bool:
    """The answer to a query as written, or to the named one with its values, about the law of a day."""
    if text in queries() or not any(sign in text for sign in "{ \n"):
        return named(text, values, graph, on=on, known=known)
    return _ask(graph, text, on, known)


def named(  # noqa: PLR0913 - the clocks and the page
    name: str,
    values: Mapping[str, object],
    graph: LawGraph | Askable,
    *,
    on: object,
    known: object = None,
    limit: int | None = None,
    offset: int = 0,
) -> Rows:
    """The answer to a named query, or one page of its rows."""
    told = {key: written(value) for key, value in values.items() if value is not None}
    answer = _ask(graph, find(name).bound(told, limit=limit, offset=offset), on, known)
    if not isinstance(answer, Rows):
        raise BadQuery(f"The query “{name}” gives no table.", where=name)
    return answer


def _ask(graph: LawGraph | Askable, text: str, on: object, known: object) -> Rows | Triples | bool:
    day = day_meant(on)
    then = day_of(known, "known")
    return graph.ask(text, day, then) if isinstance(graph, Askable) else query(kept(graph, day, then), text)


def day_meant(on: object) -> date:
    """The day asked about, which nothing stands in for."""
    day = day_of(on, "on")
    if day is None:
        raise BadDate("The graph is asked about a day, such as 2014-06-01.", where="on")
    return day


def kept(graph: LawGraph, on: date, known: date | None) -> ox.Store:
    """A day's store, kept for the next question."""
    key = graph.digest, on, known
    if key not in _STORES:
        while len(_STORES) >= _MOST:
            _STORES.pop(next(iter(_STORES)))
        _STORES[key] = snapshot(graph, on, known)
    return _STORES[key]
