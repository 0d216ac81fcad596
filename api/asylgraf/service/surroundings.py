"""What stands near a thing on a day: the nodes and relations of a drawing, and of the same as a list."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

import networkx as nx
import pyoxigraph as ox

from asylgraf.errors import UnknownThing
from asylgraf.graph.expressions import CASE, NOTHING, And, Expression, Has, Named, Not, OneOf, Or, Within
from asylgraf.graph.history import standing_at
from asylgraf.graph.law import Defined, Law, OnDay, Period
from asylgraf.namespaces import GRAPH, ID, ONTOLOGY, OWL, PROV, RDF, RDFS, short
from asylgraf.service.things import Things

REFERS: Final = ONTOLOGY + "usesInRule"
"""The relation from a provision or condition to what its rule names."""
KIND_TERMS: Final = {
    **{
        name: ONTOLOGY + name
        for name in (
            "Provision",
            "Permit",
            "Consequence",
            "Fact",
            "Judgment",
            "Step",
            "Factor",
            "Source",
            "Binding",
        )
    },
    "LegalInstrument": ONTOLOGY + "LegalInstrument",
    "Actor": ONTOLOGY + "Actor",
    "Graph": ONTOLOGY + "SourceGraph",
}
"""The kinds of a drawing's legend that the ontology names; besides, there are Condition and Term."""
_GROUPS: Final = {
    **dict.fromkeys(("Practice",), "Provision"),
    **dict.fromkeys(("EvidenceStep", "Procedure"), "Step"),
    **dict.fromkeys(("Reading", "SourceGraph"), "Graph"),
    **dict.fromkeys(("Authority", "Board", "Court", "Organisation", "Party", "State"), "Actor"),
    **dict.fromkeys(
        (
            "Act",
            "AmendingAct",
            "Bill",
            "Consolidation",
            "Convention",
            "EuropeanUnionAct",
            "Guidance",
            "Order",
        ),
        "LegalInstrument",
    ),
}
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


@dataclass(frozen=True)
class Near:
    """A thing in a drawing: how many steps away it stands, and from what it was reached by which relation."""

    iri: str
    kind: str
    steps: int
    reached_from: str | None
    relation: str | None
    forward: bool


@dataclass(frozen=True)
class Surroundings:
    """The things near one in the middle, the relations between them, and how many were left out."""

    centre: str
    near: tuple[Near, ...]
    relations: tuple[tuple[str, str, str], ...]
    left_out: int


def day_graph(things: Things, on: date) -> nx.MultiDiGraph[str]:
    """Everything as a graph on a day: what a version in force says is said of its provision."""
    law = things.law
    homes = {v.iri: p for p in law.versions for v in standing_at(law, p, on)}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for subject, relation, object_ in dict.fromkeys((*_stated(things, homes), *_ruled(law, on))):
        if subject != object_:
            graph.add_edge(subject, object_, relation)
    return graph


def surroundings(
    things: Things, graph: nx.MultiDiGraph[str], centre: str, steps: int, most: int = 90
) -> Surroundings:
    """What stands within some steps of a thing, the nearest first."""
    if centre not in graph:
        things.thing(centre)
        return Surroundings(centre, (Near(centre, kind_of(things, centre), 0, None, None, True),), (), 0)
    found = list(_walk(things, graph, centre, steps))
    near = tuple(found[:most])
    shown = {one.iri for one in near}
    relations = tuple(sorted((a, r, b) for a, b, r in graph.edges(keys=True) if a in shown and b in shown))
    return Surroundings(centre, near, relations, len(found) - len(near))


def way(things: Things, graph: nx.MultiDiGraph[str], start: str, goal: str) -> Surroundings:
    """The shortest way from one thing to another, along relations in either direction."""
    try:
        steps = nx.shortest_path(graph.to_undirected(as_view=True), start, goal)
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        raise UnknownThing(f"No relations lead from {short(start)} to {short(goal)}.", where="to") from None
    near = [Near(start, kind_of(things, start), 0, None, None, forward=True)]
    for place, (here, there) in enumerate(pairwise(steps), start=1):
        relation, forward = _between(graph, here, there)
        near.append(Near(there, kind_of(things, there), place, here, relation, forward))
    shown = set(steps)
    relations = tuple(sorted((a, r, b) for a, b, r in graph.edges(keys=True) if a in shown and b in shown))
    return Surroundings(start, tuple(near), relations, 0)


def _between(graph: nx.MultiDiGraph[str], here: str, there: str) -> tuple[str, bool]:
    """One relation that joins two neighbours, and whether it leads from the first."""
    return min((relation, forward) for other, relation, forward in _neighbours(graph, here) if other == there)


def kind_of(things: Things, iri: str) -> str:
    """The kind of a thing as the legend groups it."""
    kinds = [short(kind) for kind in things.values(iri, RDF + "type") if kind.startswith(ONTOLOGY)]
    for kind in (_GROUPS.get(kind, kind) for kind in kinds):
        if kind in KIND_TERMS:
            return kind
    if iri in things.law.conditions or iri in things.law.axioms:
        return "Condition"
    if iri in things.law.consequences:
        return "Consequence"
    return "Graph" if iri.startswith(GRAPH) else "Term"


def _walk(things: Things, graph: nx.MultiDiGraph[str], centre: str, steps: int) -> Iterator[Near]:
    seen, waiting = {centre}, deque([Near(centre, kind_of(things, centre), 0, None, None, forward=True)])
    while waiting:
        here = waiting.popleft()
        yield here
        if here.steps == steps:
            continue
        for other, relation, forward in _neighbours(graph, here.iri):
            if other not in seen:
                seen.add(other)
                waiting.append(
                    Near(other, kind_of(things, other), here.steps + 1, here.iri, relation, forward)
                )


def _neighbours(graph: nx.MultiDiGraph[str], iri: str) -> Iterator[tuple[str, str, bool]]:
    """The neighbours, in a stable order: relations from the thing first."""
    yield from sorted((other, relation, True) for _, other, relation in graph.out_edges(iri, keys=True))
    yield from sorted((other, relation, False) for other, _, relation in graph.in_edges(iri, keys=True))


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
            for name in _named(version.rule):
                yield provision, REFERS, name
    for iri, condition in law.conditions.items():
        match condition:
            case Defined(expression=expression):
                yield from ((iri, REFERS, name) for name in _named(expression))
            case OnDay(fact=fact):
                yield iri, REFERS, fact
            case Period(start=start, end=end):
                yield from ((iri, REFERS, fact) for fact in (start, end) if fact)


def _named(expression: Expression) -> Iterator[str]:
    match expression:
        case Named(iri):
            if iri not in (CASE, NOTHING):
                yield iri.partition("#")[0]
        case And(parts) | Or(parts):
            for part in parts:
                yield from _named(part)
        case Not(part):
            yield from _named(part)
        case Has(fact=fact) | OneOf(fact=fact) | Within(fact=fact):
            yield fact


def graphml(things: Things, found: Surroundings, language: str) -> str:
    """The drawing as GraphML, for Gephi, yEd and other programs that draw."""
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in found.near:
        drawn.add_node(node.iri, label=things.names.text(node.iri, language), kind=node.kind)
    for start, relation, end in found.relations:
        drawn.add_edge(start, end, relation, label=things.names.text(relation, language))
    return "\n".join(nx.generate_graphml(drawn))


def surroundings_json(things: Things, found: Surroundings, language: str) -> dict[str, Any]:
    """The drawing as programs read it."""
    names = things.names
    return {
        "centre": found.centre,
        "nodes": [
            {"iri": n.iri, "name": names.text(n.iri, language), "kind": n.kind, "steps": n.steps}
            for n in found.near
        ],
        "edges": [
            {"from": a, "relation": r, "name": names.text(r, language), "to": b}
            for a, r, b in found.relations
        ],
        "leftOut": found.left_out,
    }


__all__ = ["Near", "Surroundings", "day_graph", "kind_of", "surroundings", "surroundings_json", "way"]
