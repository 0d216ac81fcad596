"""What a researcher's own graphs say: asked of the store through the workers, never part of the release."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox
from starlette.requests import Request

from asylgraf.errors import BadParameter, LimitReached, UnknownThing
from asylgraf.namespaces import BASE, PREFIXES
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
_PROLOGUE: Final = "".join(
    f"PREFIX {p}: <{iri}> "
    for p, iri in {**PREFIXES, "text": "https://w3id.org/asylgraf/function/"}.items()
    if p in ("skos", "rdfs", "dct", "text")
)
_SAID: Final = """SELECT ?relation ?value ?graph ?told {
    VALUES ?graph { %(graphs)s } GRAPH ?graph { %(iri)s ?relation ?value }
    BIND(isIRI(?value) && EXISTS { ?value ?further ?more } AS ?told)
} ORDER BY ?relation ?value LIMIT %(rows)d"""
_TRIPLES: Final = """CONSTRUCT { %(iri)s ?relation ?value . ?value ?further ?more } {
    VALUES ?graph { %(graphs)s } GRAPH ?graph { %(iri)s ?relation ?value
        OPTIONAL { ?value ?further ?more FILTER(isBlank(?value)) } }
}"""
_FOUND: Final = """SELECT ?thing ?text ?name ?graph {
    VALUES ?graph { %(graphs)s } GRAPH ?graph { ?thing ?relation ?text }
    FILTER(isIRI(?thing) && isLiteral(?text) && text:matches(?text, %(words)s))
    OPTIONAL { ?thing %(names)s ?name }
} ORDER BY DESC(text:score(?text, %(words)s)) ?thing LIMIT %(rows)d"""

Cell = Mapping[str, str]


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
    _, body = await answer_to(request, endpoint, view, query)
    if rows := _rows(body):
        return rows
    raise UnknownThing(f"No graph of your own says anything of <{iri}>.", where="iri")


async def triples_of(request: Request, endpoint: Endpoint, view: View, iri: str, media: str) -> bytes:
    """The same as triples, with what hangs on their blank nodes."""
    query = _TRIPLES % {"iri": _written(iri), "graphs": _graphs(request)}
    _, body = await answer_to(request, endpoint, view, query, media)
    return body


async def search_own(request: Request, endpoint: Endpoint, view: View, words: str) -> list[OwnFound] | None:
    """The things whose texts hold the words, best first; nothing where the search reached a limit."""
    if site_of(request).settings.store is None:
        return []
    query = _PROLOGUE + _FOUND % {
        "graphs": _graphs(request),
        "words": str(ox.Literal(words)),
        "names": _NAMES,
        "rows": 4 * MOST,
    }
    try:
        _, body = await answer_to(request, endpoint, view, query)
    except LimitReached:
        return None
    found: dict[str, OwnFound] = {}
    for row in _rows(body):
        iri, text = row["thing"]["value"], row["text"]
        name = row["name"]["value"] if "name" in row else text["value"]
        one = OwnFound(iri, name, text["value"], text.get("xml:lang", ""), row["graph"]["value"])
        found.setdefault(iri, one)
    return list(found.values())[:MOST]


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
