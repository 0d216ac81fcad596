"""The SHACL shapes in `ontology/shapes/`: within each source, and across them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from asylgraf.graph.check.findings import Finding, Severity
from asylgraf.graph.lawgraph import LawGraph
from asylgraf.graph.places import Places
from asylgraf.namespaces import RDF, RDFS, SH, XSD
from asylgraf.resources import data

if TYPE_CHECKING:
    import rdflib

WITHIN, ACROSS = "shapes within a source", "shapes across sources"
TYPE, SUBCLASS = RDF + "type", RDFS + "subClassOf"
TEXT = XSD + "string"
TARGETS = tuple(SH + kind for kind in ("targetClass", "targetSubjectsOf"))
Result = tuple[str | None, str, Severity]
"""Focus, message and severity."""


def misshapen(graph: LawGraph) -> Iterator[Finding]:
    """What does not fit its shape, in each named graph by itself and then in all of them together."""
    places = Places(graph)
    within, across = _shapes("within"), _shapes("across")
    aims = _aims(within)
    for name in sorted(graph.visible()):
        quads = graph.loaded.graphs.get(name, ())
        for focus, message, severity in _results(quads, within) if _is_aimed_at(quads, aims) else ():
            yield Finding(WITHIN, severity, message, focus, places.of(focus, name))
    for focus, message, severity in _results(graph.quads(), across):
        yield Finding(ACROSS, severity, message, focus, places.of(focus))


def _shapes(folder: str) -> rdflib.Graph:
    import rdflib

    found = rdflib.Graph()
    for path in sorted(Path(data("ontology") / "shapes" / folder).glob("*.ttl")):
        found.parse(path)
    return found


def _aims(shapes: rdflib.Graph) -> frozenset[str]:
    """The classes and properties by which shapes choose what they look at."""
    return frozenset(str(aim) for _, kind, aim in shapes if str(kind) in TARGETS)


def _is_aimed_at(quads: Iterable[ox.Quad], aims: frozenset[str]) -> bool:
    """Whether a graph can hold anything the shapes look at; one with subclasses of its own always can."""
    return any(
        quad.predicate.value in aims
        or quad.predicate.value == SUBCLASS
        or (quad.predicate.value == TYPE and getattr(quad.object, "value", None) in aims)
        for quad in quads
    )


def _as_rdflib(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph()
    for quad in quads:
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


@cache
def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Node:
    """A term as rdflib knows it; plain text has no datatype there."""
    import rdflib

    match term:
        case ox.NamedNode(value=iri):
            return rdflib.URIRef(iri)
        case ox.BlankNode(value=name):
            return rdflib.BNode(name)
        case ox.Literal(value=text, language=str(language)):
            return rdflib.Literal(text, lang=language)
        case ox.Literal(value=text, datatype=kind):
            return rdflib.Literal(text, datatype=None if kind.value == TEXT else rdflib.URIRef(kind.value))
        case _:
            raise TypeError(term)


def _results(quads: Iterable[ox.Quad], shapes: rdflib.Graph) -> list[Result]:
    """Each result of asking a graph by the shapes, in a stable order."""
    import rdflib
    from pyshacl import validate

    graph = _as_rdflib(quads)
    _, report, _ = validate(graph, shacl_graph=shapes, advanced=True, inplace=True)
    if not isinstance(report, rdflib.Graph):
        raise TypeError(report)
    sh, kind = rdflib.Namespace(SH), rdflib.URIRef(RDF + "type")
    found: set[Result] = set()
    for result in report.subjects(kind, sh.ValidationResult):
        focus, message = report.value(result, sh.focusNode), report.value(result, sh.resultMessage)
        violated = report.value(result, sh.resultSeverity) == sh.Violation
        named = str(focus) if isinstance(focus, rdflib.URIRef) else None
        found.add((named, " ".join(str(message).split()), "error" if violated else "warning"))
    return sorted(found, key=lambda row: (row[0] or "", row[1]))
