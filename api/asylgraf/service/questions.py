"""Questions to the graph of a day, in SPARQL or by the name of a query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import pyoxigraph as ox

from asylgraf.errors import BadDate
from asylgraf.graph import LawGraph
from asylgraf.service.cases import day_of
from asylgraf.service.derived import snapshot
from asylgraf.sparql.named import find, queries
from asylgraf.sparql.rows import Rows, Triples, query

_MOST: Final = 4
_STORES: Final[dict[tuple[str, date, date | None], ox.Store]] = {}


def answered(
    text: str, values: Mapping[str, str], on: object, known: object, graph: LawGraph
) -> Rows | Triples | bool:
    """The answer to a query as written, or to the named one with its values, about the law of a day."""
    day = day_of(on, "on")
    if day is None:
        raise BadDate("The graph is asked about a day, such as 2014-06-01.", where="on")
    if text in queries() or not any(sign in text for sign in "{ \n"):
        return find(text).run(_kept(graph, day, day_of(known, "known")), values)
    return query(_kept(graph, day, day_of(known, "known")), text)


def _kept(graph: LawGraph, on: date, known: date | None) -> ox.Store:
    """A day's store, kept for the next question."""
    key = graph.digest, on, known
    if key not in _STORES:
        while len(_STORES) >= _MOST:
            _STORES.pop(next(iter(_STORES)))
        _STORES[key] = snapshot(graph, on, known)
    return _STORES[key]
