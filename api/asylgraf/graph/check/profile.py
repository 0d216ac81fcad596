"""Whether the ontology, and the law of every day made from it, is OWL 2 DL: asked of the OWL API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from asylgraf.errors import DataError
from asylgraf.graph.check.findings import Finding, Places
from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import Expression
from asylgraf.graph.java import ENABLE, available, packages
from asylgraf.graph.lawgraph import LawGraph
from asylgraf.graph.owl import Writer, serialize
from asylgraf.namespaces import ONTOLOGY, OWL, RDF

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
    seen: set[tuple[str, object]] = set()
    for day, law in days.items():
        writer = News(law, seen)
        writer.write()
        yield f"the law of {day}", writer.out


class News(Writer):
    """Writes the law of a day as OWL; what an earlier day said in the same words is only declared.

    Nothing is lost: OWL 2 DL asks of each axiom here by itself, and that all it names is declared.
    """

    def __init__(self, law: Consolidation, seen: set[tuple[str, object]]) -> None:
        super().__init__(law)
        self._seen = seen

    def data(self, iri: str, datatype: str) -> None:
        """A fact whose values are of a datatype."""
        if self._is_new(iri, datatype):
            super().data(iri, datatype)
        else:
            self.say(iri, RDF + "type", OWL + "DatatypeProperty")

    def define(self, iri: str, expression: Expression) -> None:
        """A named class of cases."""
        if self._is_new(iri, expression):
            super().define(iri, expression)
        else:
            self.say(iri, RDF + "type", OWL + "Class")

    def _is_new(self, iri: str, said: object) -> bool:
        is_new = (iri, said) not in self._seen
        self._seen.add((iri, said))
        return is_new


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
