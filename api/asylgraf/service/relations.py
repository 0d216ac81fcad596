"""The graph of a day: every thing and every relation, as a drawing needs them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import networkx as nx
import pyoxigraph as ox

from asylgraf.graph.expressions import CASE, NOTHING, And, Expression, Has, Named, Not, OneOf, Or, Within
from asylgraf.graph.history import standing_at
from asylgraf.graph.law import Defined, Law, OnDay, Period
from asylgraf.namespaces import GRAPH, ID, ONTOLOGY, OWL, PROV, RDF, RDFS
from asylgraf.service.kinds import kind_of
from asylgraf.service.things import Things

REFERS: Final = ONTOLOGY + "usesInRule"
"""The relation from a provision or condition to what its rule names."""
_LEFT_OUT: Final = frozenset(
    {
        *(RDF + "type", RDF + "first", RDF + "rest", RDFS + "isDefinedBy", RDFS + "domain", RDFS + "range"),
        *(RDFS + "seeAlso", OWL + "equivalentClass", OWL + "versionIRI", PROV + "wasDerivedFrom"),
        *(
            ONTOLOGY + name
            for name in ("level", "standing", "startStanding", "factKind", "topic", "datatype")
        ),
        *(
            ONTOLOGY + name
            for name in ("effect", "consequence", "versionOf", "speaker", "continues", "outlineOf")
        ),
    }
)


def day_graph(things: Things, on: date) -> nx.MultiDiGraph[str]:
    """Everything as a graph on a day, with kinds; what a version in force says is said of its provision."""
    law = things.law
    homes = {v.iri: p for p in law.versions for v in standing_at(law, p, on)}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for subject, relation, object_ in dict.fromkeys((*_stated(things, homes), *_ruled(law, on))):
        if subject != object_:
            graph.add_edge(subject, object_, relation)
    for iri, node in graph.nodes(data=True):
        node["kind"] = kind_of(things, iri)
    return graph


def _stated(things: Things, homes: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for quad in things.everything():
        subject, object_ = quad.subject, quad.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(object_, ox.NamedNode):
            continue
        if quad.predicate.value in _LEFT_OUT or not object_.value.startswith((ID, ONTOLOGY, GRAPH)):
            continue
        ends = _end(subject.value, homes), _end(object_.value, homes)
        if ends[0] and ends[1]:
            yield ends[0], quad.predicate.value, ends[1]


def _end(iri: str, homes: dict[str, str]) -> str | None:
    """The node that stands for an address: a version's provision, and nothing for one not in force."""
    base = iri.partition("#")[0]
    if "/v/" in base:
        return homes.get(base)
    return base if base.startswith((ID, ONTOLOGY, GRAPH)) else None


def _ruled(law: Law, on: date) -> Iterator[tuple[str, str, str]]:
    """From each provision in force and each condition to what its rule names."""
    for provision in law.versions:
        for version in standing_at(law, provision, on):
            for name in named_in(version.rule):
                yield provision, REFERS, name
    for iri, condition in law.conditions.items():
        match condition:
            case Defined(expression=expression):
                yield from ((iri, REFERS, name) for name in named_in(expression))
            case OnDay(fact=fact):
                yield iri, REFERS, fact
            case Period(start=start, end=end):
                yield from ((iri, REFERS, fact) for fact in (start, end) if fact)


def named_in(expression: Expression) -> Iterator[str]:
    """The conditions, provisions and facts that a rule names."""
    match expression:
        case Named(iri):
            if iri not in (CASE, NOTHING):
                yield iri.partition("#")[0]
        case And(parts) | Or(parts):
            for part in parts:
                yield from named_in(part)
        case Not(part):
            yield from named_in(part)
        case Has(fact=fact) | OneOf(fact=fact) | Within(fact=fact):
            yield fact
