"""The SHACL shapes in `ontology/shapes/`: within each source, and across them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from asylgraf.graph.check.findings import Finding, Places, Severity
from asylgraf.graph.lawgraph import LawGraph
from asylgraf.namespaces import RDF, SH
from asylgraf.resources import data

if TYPE_CHECKING:
    import rdflib

WITHIN, ACROSS = "shapes within a source", "shapes across sources"


def misshapen(graph: LawGraph) -> Iterator[Finding]:
    """What does not fit its shape, in each named graph by itself and then in all of them together."""
    places = Places(graph)
    within, across = _shapes("within"), _shapes("across")
    visible = sorted(graph.visible())
    for name in visible:
        for focus, message, severity in _results(_as_rdflib(graph.loaded.graphs.get(name, ())), within):
            yield Finding(WITHIN, severity, message, focus, places.of(focus, name))
    for focus, message, severity in _results(_as_rdflib(graph.quads()), across):
        yield Finding(ACROSS, severity, message, focus, places.of(focus))


def _shapes(folder: str) -> rdflib.Graph:
    import rdflib

    found = rdflib.Graph()
    for path in sorted(Path(data("ontology") / "shapes" / folder).glob("*.ttl")):
        found.parse(path)
    return found


def _as_rdflib(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    import rdflib

    triples = dict.fromkeys(ox.Triple(q.subject, q.predicate, q.object) for q in quads)
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=lines, format="nt")


def _results(graph: rdflib.Graph, shapes: rdflib.Graph) -> list[tuple[str | None, str, Severity]]:
    """Focus, message and severity of each result, in a stable order."""
    import rdflib
    from pyshacl import validate

    _, report, _ = validate(graph, shacl_graph=shapes, advanced=True, meta_shacl=False)
    if not isinstance(report, rdflib.Graph):
        raise TypeError(report)
    sh, kind = rdflib.Namespace(SH), rdflib.URIRef(RDF + "type")
    found: set[tuple[str | None, str, Severity]] = set()
    for result in report.subjects(kind, sh.ValidationResult):
        focus, message = report.value(result, sh.focusNode), report.value(result, sh.resultMessage)
        violated = report.value(result, sh.resultSeverity) == sh.Violation
        named = str(focus) if isinstance(focus, rdflib.URIRef) else None
        found.add((named, " ".join(str(message).split()), "error" if violated else "warning"))
    return sorted(found, key=lambda row: (row[0] or "", row[1]))
