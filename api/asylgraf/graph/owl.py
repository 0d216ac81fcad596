"""The law of a day written as an OWL 2 DL ontology: what a description-logic reasoner or Protégé reads.

Facts are functional and every case has a value for each. A date is the ordinal of its day, since OWL 2 has no
`xsd:date`; dates of versions are annotations.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pyoxigraph as ox

from asylgraf.graph.consolidated import Consolidation, Live
from asylgraf.graph.expressions import CASE, And, Expression, Has, Named, Not, OneOf, Or, Within
from asylgraf.graph.law import Fact, Labels
from asylgraf.namespaces import BASE, DCT, ONTOLOGY, OWL, RDF, RDFS, SKOS, XSD

_ANNOTATIONS = (
    SKOS + "prefLabel",
    DCT + "source",
    ONTOLOGY + "enactedBy",
    ONTOLOGY + "inForceFrom",
    ONTOLOGY + "standing",
    ONTOLOGY + "reason",
)


def ontology_iri(on: date) -> str:
    """The address of the ontology of a day."""
    return f"{BASE}ontology/law-of/{on.isoformat()}"


def ontology(law: Consolidation) -> list[ox.Triple]:
    """The law of a day as OWL: all declared, nothing imported."""
    writer = Writer(law)
    writer.write()
    return writer.out


class Writer:
    """Writes one ontology; class expressions become blank nodes."""

    def __init__(self, law: Consolidation) -> None:
        self.law = law
        self.out: list[ox.Triple] = []

    def write(self) -> None:
        """Everything the law of the day says."""
        self._header()
        for fact in self.law.law.facts.values():
            self.fact(fact)
        for name in (*self.law.periods, *self.law.starts):
            self.data(name, "boolean")
        for iri, expression in self.law.classes.items():
            self.define(iri, expression)
        for iri, axiom in self.law.background.items():
            self.axiom(iri, axiom)
        for lives in self.law.live.values():
            for live in lives:
                self.sources(live)

    def say(
        self, subject: str | ox.BlankNode, predicate: str, value: str | ox.BlankNode | ox.Literal
    ) -> None:
        """Add a triple; text stands for an address."""
        start = ox.NamedNode(subject) if isinstance(subject, str) else subject
        end = ox.NamedNode(value) if isinstance(value, str) else value
        self.out.append(ox.Triple(start, ox.NamedNode(predicate), end))

    def _header(self) -> None:
        self.say(ontology_iri(self.law.on), RDF + "type", OWL + "Ontology")
        self.say(CASE, RDF + "type", OWL + "Class")
        for property_ in _ANNOTATIONS:
            self.say(property_, RDF + "type", OWL + "AnnotationProperty")

    def fact(self, fact: Fact) -> None:
        """A fact: what values it has, and its name."""
        if fact.type == "enumeration":
            self._enumeration(fact)
        else:
            self.data(fact.iri, "boolean" if fact.type == "boolean" else "integer")
        self._labels(fact.iri, fact.label)

    def data(self, iri: str, datatype: str) -> None:
        """A fact whose values are of a datatype; every case has exactly one."""
        self.say(iri, RDF + "type", OWL + "DatatypeProperty")
        self._functional(iri, XSD + datatype)

    def _functional(self, iri: str, values: str | ox.BlankNode) -> None:
        self.say(iri, RDF + "type", OWL + "FunctionalProperty")
        self.say(iri, RDFS + "domain", CASE)
        self.say(iri, RDFS + "range", values)
        self.say(CASE, RDFS + "subClassOf", self._restriction(iri, "someValuesFrom", values))

    def _enumeration(self, fact: Fact) -> None:
        self.say(fact.iri, RDF + "type", OWL + "ObjectProperty")
        for value in fact.values:
            self.say(value, RDF + "type", OWL + "NamedIndividual")
        self._functional(fact.iri, self._one_of(fact.values))
        if len(fact.values) > 1:
            different = ox.BlankNode()
            self.say(different, RDF + "type", OWL + "AllDifferent")
            self.say(different, OWL + "distinctMembers", self._list(fact.values))

    def define(self, iri: str, expression: Expression) -> None:
        """A named class of cases."""
        self.say(iri, RDF + "type", OWL + "Class")
        self.say(iri, OWL + "equivalentClass", self._definition(expression))
        self._labels(iri, self.law.law.labels.get(iri.partition("#")[0], {}))

    def below(self, iri: str, expression: Expression) -> None:
        """A named class of which only that it lies within the expression is said."""
        self.say(iri, RDF + "type", OWL + "Class")
        for part in (Named(CASE), *_conjuncts(expression)):
            self.say(iri, RDFS + "subClassOf", self._node(part))

    def axiom(self, iri: str, axiom: Expression) -> None:
        """What is so of every case."""
        self.say(CASE, RDFS + "subClassOf", self._node(axiom))
        for language, text in (self.law.law.axioms[iri].reason if iri in self.law.law.axioms else {}).items():
            self.say(iri, ONTOLOGY + "reason", ox.Literal(text, language=language))

    def sources(self, live: Live) -> None:
        """Where the rule of a version comes from."""
        version, rule = live.version, live.version.iri + "#rule"
        self.say(rule, DCT + "source", version.graph)
        self.say(rule, ONTOLOGY + "enactedBy", version.enacted_by)
        self.say(rule, ONTOLOGY + "inForceFrom", ox.Literal(version.start.latest.isoformat()))
        self.say(rule, ONTOLOGY + "standing", ox.Literal(version.standing.name))

    def _labels(self, iri: str, labels: Labels) -> None:
        for language, text in sorted(labels.items()):
            self.say(iri, SKOS + "prefLabel", ox.Literal(text, language=language))

    def _definition(self, expression: Expression) -> str | ox.BlankNode:
        if isinstance(expression, Named):
            return expression.iri
        return self._boolean("intersectionOf", (Named(CASE), *_conjuncts(expression)))

    def _node(self, expression: Expression) -> str | ox.BlankNode:
        match expression:
            case Named(iri):
                return iri
            case And(parts):
                return self._boolean("intersectionOf", parts)
            case Or(parts):
                return self._boolean("unionOf", parts)
            case Not(part):
                complement = self._blank("Class")
                self.say(complement, OWL + "complementOf", self._node(part))
                return complement
            case _:
                return self._of_fact(expression)

    def _boolean(self, operator: str, parts: Iterable[Expression]) -> ox.BlankNode:
        node = self._blank("Class")
        self.say(node, OWL + operator, self._list([self._node(part) for part in parts]))
        return node

    def _of_fact(self, expression: Has | OneOf | Within) -> ox.BlankNode:
        match expression:
            case Has(fact, value):
                shown = value if isinstance(value, str) else ox.Literal(value)
                return self._restriction(fact, "hasValue", shown)
            case OneOf(fact, values):
                return self._restriction(fact, "someValuesFrom", self._one_of(values))
            case Within(fact, minimum, maximum):
                return self._restriction(fact, "someValuesFrom", self.span(minimum, maximum))

    def _restriction(self, fact: str, kind: str, value: str | ox.BlankNode | ox.Literal) -> ox.BlankNode:
        node = self._blank("Restriction")
        self.say(node, OWL + "onProperty", fact)
        self.say(node, OWL + kind, value)
        return node

    def _one_of(self, values: Iterable[str]) -> ox.BlankNode:
        node = self._blank("Class")
        self.say(node, OWL + "oneOf", self._list(list(values)))
        return node

    def span(self, minimum: int | None, maximum: int | None) -> ox.BlankNode:
        """The whole numbers between two bounds, both included."""
        facets: list[str | ox.BlankNode] = []
        for name, bound in (("minInclusive", minimum), ("maxInclusive", maximum)):
            if bound is not None:
                facet = ox.BlankNode()
                self.say(facet, XSD + name, ox.Literal(str(bound), datatype=ox.NamedNode(XSD + "integer")))
                facets.append(facet)
        node = ox.BlankNode()
        self.say(node, RDF + "type", RDFS + "Datatype")
        self.say(node, OWL + "onDatatype", XSD + "integer")
        self.say(node, OWL + "withRestrictions", self._list(facets))
        return node

    def _blank(self, kind: str) -> ox.BlankNode:
        node = ox.BlankNode()
        self.say(node, RDF + "type", OWL + kind)
        return node

    def _list(self, members: Iterable[str | ox.BlankNode]) -> str | ox.BlankNode:
        head: str | ox.BlankNode = RDF + "nil"
        for member in reversed(list(members)):
            cell = ox.BlankNode()
            self.say(cell, RDF + "first", member)
            self.say(cell, RDF + "rest", head)
            head = cell
        return head


def _conjuncts(expression: Expression) -> tuple[Expression, ...]:
    return expression.parts if isinstance(expression, And) else (expression,)


def serialize(triples: Iterable[ox.Triple], form: ox.RdfFormat = ox.RdfFormat.RDF_XML) -> bytes:
    """The triples as text in an RDF format."""
    prefixes = {"asyl": ONTOLOGY, "owl": OWL, "rdfs": RDFS, "skos": SKOS, "xsd": XSD}
    return ox.serialize(triples, format=form, prefixes=prefixes) or b""
