"""Whether the ontology, and the law of every day made from it, is OWL 2 DL: asked of the OWL API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from asylgraf.errors import DataError
from asylgraf.graph.check.findings import Finding
from asylgraf.graph.consolidated import Consolidation, Live
from asylgraf.graph.expressions import Expression, Within
from asylgraf.graph.java import ENABLE, available, packages
from asylgraf.graph.law import Fact
from asylgraf.graph.lawgraph import LawGraph
from asylgraf.graph.owl import Writer, serialize
from asylgraf.graph.places import Places
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
    """Writes of the law of a day what no earlier day said, and declares every name in it.

    Nothing is lost: OWL 2 DL asks of each axiom here by itself, and that all it names is declared, once.
    """

    def __init__(self, law: Consolidation, seen: set[tuple[str, object]]) -> None:
        super().__init__(law)
        self._seen = seen
        self._told: dict[str, str] = {}

    def write(self) -> None:
        """What is new on the day, and declarations of what it names of old."""
        super().write()
        ends = (end for triple in self.out for end in (triple.subject, triple.object))
        named = {end.value for end in ends if isinstance(end, ox.NamedNode)}
        for iri, kind in self._told.items():
            if iri in named:
                self.say(iri, RDF + "type", OWL + kind)

    def fact(self, fact: Fact) -> None:
        """A fact, unless an earlier day told of it."""
        if self._is_new(fact.iri, fact.values):
            super().fact(fact)
        else:
            self._told[fact.iri] = "ObjectProperty" if fact.values else "DatatypeProperty"
            self._told |= dict.fromkeys(fact.values, "NamedIndividual")

    def data(self, iri: str, datatype: str) -> None:
        """A fact whose values are of a datatype, unless an earlier day told of it."""
        if self._is_new(iri, datatype):
            super().data(iri, datatype)
        else:
            self._told[iri] = "DatatypeProperty"

    def define(self, iri: str, expression: Expression) -> None:
        """A named class of cases, unless an earlier day defined it alike, other bounds aside."""
        if self._is_new(iri, _form(expression)):
            super().define(iri, expression)
        else:
            self._told[iri] = "Class"

    def axiom(self, iri: str, axiom: Expression) -> None:
        """What is so of every case, unless an earlier day said it."""
        if self._is_new(iri, axiom):
            super().axiom(iri, axiom)

    def sources(self, live: Live) -> None:
        """Where the rule of a version comes from, unless an earlier day said it."""
        if self._is_new(live.version.iri, "sources"):
            super().sources(live)

    def _is_new(self, iri: str, said: object) -> bool:
        is_new = (iri, said) not in self._seen
        self._seen.add((iri, said))
        return is_new


def _form(expression: Expression) -> object:
    """What decides whether an expression is OWL 2 DL: of a span of whole numbers, which ends it has."""
    if isinstance(expression, Within):
        return expression.fact, expression.minimum is None, expression.maximum is None
    return expression


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
