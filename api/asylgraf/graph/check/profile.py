"""Whether the ontology, and the law of every day made from it, is OWL 2 DL: asked of the OWL API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from asylgraf.errors import DataError
from asylgraf.graph.check.findings import Finding, Places
from asylgraf.graph.java import ENABLE, available, packages
from asylgraf.graph.lawgraph import LawGraph
from asylgraf.graph.owl import ontology, serialize
from asylgraf.namespaces import ONTOLOGY

NAME = "OWL 2 DL"


def outside_owl_dl(graph: LawGraph, *, java: bool | None = None) -> Iterator[Finding]:
    """What the OWL API's profile checker reports for the ontology and for the law of each change date."""
    if java is False or (java is None and not available()):
        why = "it was not asked for" if java is False else f"enable it with {ENABLE}"
        yield Finding(NAME, "skipped", f"Membership in OWL 2 DL was not checked: {why}.")
        return
    places = Places(graph)
    for name, triples in _ontologies(graph):
        for violation in violations(triples):
            yield Finding(NAME, "error", f"In {name}: {violation}", None, places.of(None, name))


def _ontologies(graph: LawGraph) -> Iterator[tuple[str, Iterable[ox.Triple]]]:
    yield "the ontology", ontology_triples(graph)
    try:
        days = {day: graph.consolidated(day) for day in graph.change_dates()}
    except DataError:
        return  # the law of every day is a step of its own
    for day, law in days.items():
        yield f"the law of {day}", ontology(law)


def ontology_triples(graph: LawGraph) -> list[ox.Triple]:
    """What the modules of the ontology say, merged."""
    modules = (quads for name, quads in graph.loaded.graphs.items() if name.startswith(ONTOLOGY))
    return list(
        dict.fromkeys(
            ox.Triple(quad.subject, quad.predicate, quad.object) for quads in modules for quad in quads
        )
    )


def violations(triples: Iterable[ox.Triple]) -> list[str]:
    """What keeps an ontology out of OWL 2 DL, each in a sentence of the OWL API's."""
    api = packages().owlapi
    manager = api.apibinding.OWLManager.createOWLOntologyManager()
    source = api.io.StringDocumentSource(serialize(triples).decode())
    report = api.profiles.OWL2DLProfile().checkOntology(manager.loadOntologyFromOntologyDocument(source))
    return sorted({str(violation.toString()) for violation in report.getViolations()})
