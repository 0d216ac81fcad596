"""What a researcher's own graphs say: asked of the store through the workers, never part of the release."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import pyoxigraph as ox
from starlette.requests import Request

from asylgraf.errors import BadParameter, LimitReached, UnknownThing
from asylgraf.namespaces import BASE, DCT, PREFIXES, RDFS, SKOS
from asylgraf.sparql.endpoint import Endpoint
from asylgraf.sparql.shelf import graphs
from asylgraf.web.asking import answer_to
from asylgraf.web.site import site_of
from asylgraf.web.view import View

MOST: Final = 20
"""Things of one's own that a search shows."""
ROWS: Final = 1000
"""Statements that a page shows of one thing."""
_NAMES: Final = "skos:prefLabel|rdfs:label|dct:title"
_CALLED: Final = frozenset({SKOS + "prefLabel", RDFS + "label", DCT + "title"})
_PROLOGUE: Final = "".join(f"PREFIX {p}: <{PREFIXES[p]}> " for p in ("skos", "rdfs", "dct"))
_SAID: Final = """SELECT ?relation ?value ?graph ?told {
    VALUES ?graph { %(graphs)s } GRAPH ?graph { %(iri)s ?relation ?value }
    BIND(isIRI(?value) && EXISTS { ?value ?further ?more } AS ?told)
} ORDER BY ?relation ?value LIMIT %(rows)d"""
_TRIPLES: Final = """CONSTRUCT { %(iri)s ?relation ?value . ?value ?further ?more } {
    VALUES ?graph { %(graphs)s } GRAPH ?graph { %(iri)s ?relation ?value
        OPTIONAL { ?value ?further ?more FILTER(isBlank(?value)) } }
}"""
_FOUND: Final = """SELECT ?thing ?text ?name ?graph {
    VALUES (?thing ?graph) { %(places)s } GRAPH ?graph { ?thing ?relation ?text FILTER(isLiteral(?text)) }
    OPTIONAL { ?thing %(names)s ?name }
} ORDER BY ?thing ?name LIMIT %(rows)d"""

Cell = Mapping[str, str]
Place = tuple[int, str, str]
"""The number of a text, the thing that has it, and the graph that says so."""


@dataclass(frozen=True)
class OwnFound:
    """A thing of one's own, the text it was found by, and the graph that says it."""

    iri: str
    name: str
    text: str
    language: str
    graph: str


async def said_of(request: Request, endpoint: Endpoint, view: View, iri: str) -> list[Mapping[str, Cell]]:
    """What one's own graphs say of a thing, with the graph of each; UnknownThing if they say nothing."""
    query = _SAID % {"iri": _written(iri), "graphs": _graphs(request), "rows": ROWS}
    body = (await answer_to(request, endpoint, view, query)).body
    if rows := _rows(body):
        return rows
    raise UnknownThing(f"No graph of your own says anything of <{iri}>.", where="iri")


def name_of(rows: Sequence[Mapping[str, Cell]], language: str) -> tuple[str, str] | None:
    """What a thing is called, in that language if it can be, and the language."""
    named = [row["value"] for row in rows if row["relation"]["value"] in _CALLED]
    named = [value for value in named if value["type"] == "literal"]
    best = min(named, key=lambda value: value.get("xml:lang", language) != language, default=None)
    return None if best is None else (best["value"], best.get("xml:lang", ""))


async def triples_of(request: Request, endpoint: Endpoint, view: View, iri: str, media: str) -> bytes:
    """The same as triples, with what hangs on their blank nodes."""
    query = _TRIPLES % {"iri": _written(iri), "graphs": _graphs(request)}
    return (await answer_to(request, endpoint, view, query, media)).body


async def search_own(request: Request, endpoint: Endpoint, view: View, words: str) -> list[OwnFound] | None:
    """The things whose texts hold the words, best first; nothing where the search reached a limit."""
    store = site_of(request).settings.store
    if store is None:
        return []
    client = request.client.host if request.client else ""
    asked = {"folder": str(store), "words": words, "most": 4 * MOST}
    try:
        told = await endpoint.pool.call("asylgraf.sparql.ownwords:best", asked, client=client)
        places = [(number, thing, graph) for number, thing, graph in cast(list[list[Any]], told)]
        rows = await _texts_of(request, endpoint, view, places) if places else []
    except LimitReached:
        return None
    return _ranked(places, rows)


async def _texts_of(
    request: Request, endpoint: Endpoint, view: View, places: Sequence[Place]
) -> list[Mapping[str, Cell]]:
    """All texts of the things that were found."""
    pairs = dict.fromkeys(f"({ox.NamedNode(thing)} {ox.NamedNode(graph)})" for _, thing, graph in places)
    query = _FOUND % {"places": " ".join(pairs), "names": _NAMES, "rows": 4 * ROWS}
    return _rows((await answer_to(request, endpoint, view, _PROLOGUE + query)).body)


def _ranked(places: Sequence[Place], rows: Iterable[Mapping[str, Cell]]) -> list[OwnFound]:
    """Each thing once, with the text that fits best."""
    from asylgraf.sparql.ownwords import number_of  # its libraries are slow to import

    rank = {place: number for number, place in enumerate(places)}
    found: list[tuple[int, OwnFound]] = []
    for row in rows:
        iri, text, graph = row["thing"]["value"], row["text"], row["graph"]["value"]
        place = rank.get((number_of(text["value"]), iri, graph))
        if place is not None:
            name = row.get("name", text)["value"]
            found.append((place, OwnFound(iri, name, text["value"], text.get("xml:lang", ""), graph)))
    best: dict[str, OwnFound] = {}
    for _, one in sorted(found, key=lambda pair: pair[0]):
        best.setdefault(one.iri, one)
    return list(best.values())[:MOST]


def is_own(value: Cell, told: Cell | None) -> bool:
    """Whether a value is a thing outside the law of which something is said here."""
    return told is not None and told["value"] == "true" and not value["value"].startswith(BASE)


def _graphs(request: Request) -> str:
    store = site_of(request).settings.store
    if store is None:
        raise UnknownThing("This server holds no graphs of your own; asylgraf load adds some.", where="iri")
    return " ".join(str(ox.NamedNode(one.graph)) for one in graphs(store))


def _written(iri: str) -> str:
    try:
        return str(ox.NamedNode(iri))
    except ValueError:
        raise BadParameter(f"“{iri[:80]}” is no IRI; write it whole.", where="iri") from None


def _rows(body: bytes) -> list[Mapping[str, Cell]]:
    found: dict[str, Any] = json.loads(body)
    rows: list[Mapping[str, Cell]] = found["results"]["bindings"]
    return rows
