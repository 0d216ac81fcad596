"""A drawing as programs read it, and as GraphML."""

from __future__ import annotations

from datetime import date
from typing import Any

import networkx as nx

from asylgraf.graph.history import standing_at
from asylgraf.namespaces import DCT, ONTOLOGY, SKOS
from asylgraf.service.drawing import Drawing, Node
from asylgraf.service.kinds import kind_of
from asylgraf.service.things import Things

Json = dict[str, Any]
LONGEST = 280
"""Characters of what is told of one thing."""


def drawing_json(things: Things, found: Drawing, on: date, language: str) -> Json:
    """The things and relations of a drawing, with their names in a language."""
    names = things.names
    around = sorted(set(found.inside.values()) - set(found.kinds))
    return {
        "centre": found.wish.centre,
        "what": found.wish.what,
        "nodes": [_node(things, node, on, language) for node in found.nodes],
        "edges": [
            {"from": a, "relation": r, "name": names.text(r, language), "to": b}
            for a, r, b in found.relations
        ],
        "groups": [_group(things, iri, language) for iri in around],
        "inside": found.inside,
        "way": [" ".join(names.text(iri, language) for iri in statement) + "." for statement in found.way],
        "leftOut": found.left_out,
    }


def _group(things: Things, iri: str, language: str) -> Json:
    return {
        "iri": iri,
        "name": things.titled(iri, language),
        "short": things.names.text(iri, language),
        "kind": kind_of(things, iri),
    }


def _node(things: Things, node: Node, on: date, language: str) -> Json:
    return {
        "iri": node.iri,
        "name": things.names.text(node.iri, language),
        "kind": node.kind,
        "steps": node.steps,
        "from": node.reached_from,
        "relation": node.relation,
        "forward": node.forward,
        "wave": node.wave,
        "parts": len(things.contents(node.iri)),
        "about": about(things, node.iri, on, language),
    }


def about(things: Things, iri: str, on: date, language: str) -> str | None:
    """The thing in a sentence or two: a provision by what it says that day."""
    said = [version.summary for version in standing_at(things.law, iri, on) if version.summary]
    texts = (things.texts(iri, name) for name in (SKOS + "definition", ONTOLOGY + "summary", DCT + "title"))
    for labels in (*said, *filter(None, texts)):
        found = labels.get(language) or next(iter(labels.values()))
        return found if len(found) <= LONGEST else found[:LONGEST].rpartition(" ")[0] + " …"
    return None


def graphml(things: Things, found: Drawing, language: str) -> str:
    """The drawing as GraphML, for Gephi, yEd and other programs that draw."""
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in found.nodes:
        within = {"inside": found.inside[node.iri]} if node.iri in found.inside else {}
        drawn.add_node(node.iri, label=things.names.text(node.iri, language), kind=node.kind, **within)
    for start, relation, end in found.relations:
        drawn.add_edge(start, end, relation, label=things.names.text(relation, language))
    return "\n".join(nx.generate_graphml(drawn))
