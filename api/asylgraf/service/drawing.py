"""A drawing: things chosen from the graph of a day, the relations between them, what stands in what."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from typing import Final

import networkx as nx

from asylgraf.errors import UnknownThing
from asylgraf.namespaces import ONTOLOGY, short
from asylgraf.service.kinds import kind_of
from asylgraf.service.names import in_order
from asylgraf.service.things import Things

DayGraph = nx.MultiDiGraph
PART_OF: Final = ONTOLOGY + "partOf"
WHAT: Final = ("around", "law", "all")
"""What can be drawn: what stands around a thing, what cites what in the law, or everything."""
_LEGAL: Final = frozenset({"Provision", "LegalInstrument", "Judgment"})
_OPEN: Final = frozenset({"LegalInstrument", "Chapter"})
"""What is drawn open until it is shut."""
_MOST: Final = {"around": 90, "law": 600, "all": 2500}
_MORE: Final = 120
"""How many further neighbours appear when a thing is opened."""
_WAYS: Final = 200
"""How many ways of the same length are looked at; one through provisions and judgments is preferred."""


@dataclass(frozen=True)
class Wish:
    """What to draw.

    `opened` and `shut` are things opened and shut by hand; `grouped`: a thing stands in the box of what it is
    part of.
    """

    centre: str
    what: str = "around"
    to: str | None = None
    steps: int = 1
    opened: tuple[str, ...] = ()
    shut: frozenset[str] = frozenset()
    kinds_out: frozenset[str] = frozenset()
    relations_out: frozenset[str] = frozenset()
    grouped: bool = False
    most: int | None = None


@dataclass(frozen=True)
class Node:
    """A thing in a drawing: how many steps away it stands, from what it was reached and by which relation.

    `wave` counts the things opened before it appeared.
    """

    iri: str
    kind: str
    steps: int
    reached_from: str | None = None
    relation: str | None = None
    forward: bool = True
    wave: int = 0


@dataclass(frozen=True)
class Drawing:
    """The things drawn, the relations between them, what each stands in, and how many were left out."""

    wish: Wish
    nodes: tuple[Node, ...]
    relations: tuple[tuple[str, str, str], ...]
    inside: dict[str, str]
    left_out: int = 0

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kind of each thing drawn."""
        return {node.iri: node.kind for node in self.nodes}

    @property
    def way(self) -> tuple[tuple[str, str, str], ...]:
        """The statements that lead from the first thing to the last, when a way was asked for."""
        steps = (node for node in self.nodes if self.wish.to and node.reached_from and node.relation)
        return tuple(
            (node.reached_from or "", node.relation or "", node.iri)
            if node.forward
            else (node.iri, node.relation or "", node.reached_from or "")
            for node in steps
        )


def draw(things: Things, graph: DayGraph[str], wish: Wish) -> Drawing:
    """What the wish asks for; UnknownThing if nothing is known of its things."""
    for iri in (wish.centre, *wish.opened):
        if iri not in graph:
            things.thing(iri)
    kept = _without(graph, wish)
    if wish.to is not None:
        return _drawn(things, kept, wish, list(_way(kept, wish.centre, wish.to)))
    if wish.what == "law":
        kept = _of_law(things, kept, wish)
    if wish.centre not in kept:
        kept = _alone(things, wish.centre)
    found = list(_walk(kept, wish.centre, wish.steps if wish.what == "around" else None))
    if wish.what != "around":
        found += _rest(kept, found)
    return _drawn(things, kept, wish, found)


def _drawn(things: Things, kept: DayGraph[str], wish: Wish, found: list[Node]) -> Drawing:
    most = min(wish.most or _MOST[wish.what], _MOST["all"])
    nodes = found[:most]
    if wish.what == "around" and wish.to is None:
        nodes += _opened(kept, wish, nodes)
    shown = {node.iri for node in nodes}
    inside = dict(_inside(things, shown)) if wish.grouped or wish.what == "law" else {}
    edges = kept.out_edges(shown, keys=True)
    relations = sorted((a, r, b) for a, b, r in edges if b in shown and not _holds(inside, a, b))
    left_out = {node.iri for node in found} - shown
    if wish.what == "around" and wish.to is None:
        left_out |= {n for iri in wish.opened if iri in kept for n, _, _ in _neighbours(kept, iri)} - shown
    return Drawing(wish, tuple(nodes), tuple(relations), inside, len(left_out))


def _without(graph: DayGraph[str], wish: Wish) -> DayGraph[str]:
    """The graph without the kinds and relations left out; what was asked for by name stays."""
    if not wish.kinds_out and not wish.relations_out:
        return graph
    asked = {wish.centre, wish.to, *wish.opened}
    kept: DayGraph[str] = nx.MultiDiGraph()
    stays = ((n, d) for n, d in graph.nodes(data=True) if n in asked or d["kind"] not in wish.kinds_out)
    kept.add_nodes_from(stays)
    edges = ((a, b, r) for a, b, r in graph.edges(keys=True) if a in kept and b in kept)
    kept.add_edges_from(edge for edge in edges if edge[2] not in wish.relations_out)
    return kept


def _alone(things: Things, iri: str) -> DayGraph[str]:
    """A thing that has no relations on the day."""
    graph: DayGraph[str] = nx.MultiDiGraph()
    graph.add_node(iri, kind=kind_of(things, iri))
    return graph


def _way(graph: DayGraph[str], start: str, goal: str) -> Iterator[Node]:
    """The shortest way from one thing to another, along relations in either direction."""

    def order(way: list[str]) -> tuple[int, list[str]]:
        return sum(graph.nodes[iri]["kind"] not in _LEGAL for iri in way), way

    try:
        ways = nx.all_shortest_paths(graph.to_undirected(as_view=True), start, goal)
        steps = min(islice(ways, _WAYS), key=order)
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        raise UnknownThing(f"No relations lead from {short(start)} to {short(goal)}.", where="to") from None
    yield Node(start, graph.nodes[start]["kind"], 0)
    for place, (here, there) in enumerate(pairwise(steps), start=1):
        relation, forward = min((r, f) for other, r, f in _neighbours(graph, here) if other == there)
        yield Node(there, graph.nodes[there]["kind"], place, here, relation, forward)


def _walk(graph: DayGraph[str], start: str, steps: int | None, first: int = 0) -> Iterator[Node]:
    """The things within some steps, the nearest first."""
    seen, waiting = {start}, deque([Node(start, graph.nodes[start]["kind"], first)])
    while waiting:
        here = waiting.popleft()
        yield here
        if here.steps == steps:
            continue
        for node in _beyond(graph, here.iri, here.steps + 1):
            if node.iri not in seen:
                seen.add(node.iri)
                waiting.append(node)


def _beyond(graph: DayGraph[str], iri: str, steps: int, wave: int = 0) -> Iterator[Node]:
    for other, relation, forward in _neighbours(graph, iri):
        yield Node(other, graph.nodes[other]["kind"], steps, iri, relation, forward, wave)


def _neighbours(graph: DayGraph[str], iri: str) -> Iterator[tuple[str, str, bool]]:
    """The neighbours as people count, relations from the thing first; sorted once for each graph."""
    known = graph.graph.setdefault("neighbours", {})
    if iri not in known:
        after = [(other, relation, True) for _, other, relation in graph.out_edges(iri, keys=True)]
        before = [(other, relation, False) for other, _, relation in graph.in_edges(iri, keys=True)]
        known[iri] = (*sorted(after, key=_as_people_count), *sorted(before, key=_as_people_count))
    yield from known[iri]


def _as_people_count(neighbour: tuple[str, str, bool]) -> tuple[object, str]:
    other, relation, _ = neighbour
    return in_order(other), relation


def _opened(graph: DayGraph[str], wish: Wish, nodes: list[Node]) -> list[Node]:
    """What appears around each thing opened, in the order in which they were opened."""
    found: dict[str, Node] = {}
    steps = {node.iri: node.steps for node in nodes}
    for wave, iri in enumerate(wish.opened, start=1):
        if iri not in graph:
            continue
        if iri not in steps:
            found[iri] = Node(iri, graph.nodes[iri]["kind"], 1, None, wave=wave)
            steps[iri] = 1
        fresh = {n.iri: n for n in _beyond(graph, iri, steps[iri] + 1, wave) if n.iri not in steps}
        for node in list(fresh.values())[:_MORE]:
            found[node.iri] = node
            steps[node.iri] = node.steps
    return list(found.values())


def _rest(graph: DayGraph[str], found: Iterable[Node]) -> Iterator[Node]:
    """What no relations lead to from the first thing, the best connected first."""
    seen = {node.iri for node in found}
    for iri in sorted(set(graph) - seen, key=lambda one: (-graph.degree(one), one)):
        if iri not in seen:
            island = list(_walk(graph, iri, None, first=1))
            seen |= {node.iri for node in island}
            yield from island


def _inside(things: Things, shown: set[str]) -> Iterator[tuple[str, str]]:
    """What each thing shown is part of, and so on outwards."""
    todo = sorted(shown, key=in_order)
    seen: set[str] = set()
    for iri in todo:
        for inner, outer in pairwise([iri, *reversed(things.nesting(iri))]):
            if inner not in seen and outer.partition("/v/")[0] == outer:
                seen.add(inner)
                yield inner, outer


def _holds(inside: dict[str, str], one: str, other: str) -> bool:
    """Whether one of the two stands in the other, so that the box says what a relation would."""
    return one in _outwards(inside, other) or other in _outwards(inside, one)


def _outwards(inside: dict[str, str], iri: str) -> Iterator[str]:
    while iri in inside:
        iri = inside[iri]
        yield iri


def _of_law(things: Things, graph: DayGraph[str], wish: Wish) -> DayGraph[str]:
    """Provisions, instruments, judgments and what relates them; a thing not open stands for its parts."""
    legal = {n for n, data in graph.nodes(data=True) if data["kind"] in _LEGAL}
    open_too = {wish.centre, *things.nesting(wish.centre), *wish.opened}
    stands_for = {iri: _standing_for(things, graph, wish, open_too, iri) for iri in sorted(legal)}
    drawn: DayGraph[str] = nx.MultiDiGraph()
    for a, b, relation in graph.edges(keys=True):
        if relation != PART_OF and a in legal and b in legal and stands_for[a] != stands_for[b]:
            drawn.add_edge(stands_for[a], stands_for[b], relation)
    drawn.add_nodes_from(stands_for[iri] for iri in legal if wish.centre in (iri, *things.path(iri)))
    for iri, node in drawn.nodes(data=True):
        node["kind"] = kind_of(things, iri)
    return drawn


def _standing_for(things: Things, graph: DayGraph[str], wish: Wish, open_too: set[str], iri: str) -> str:
    """The outermost thing not open that the thing is part of, or itself."""
    for outer in things.nesting(iri):
        is_open = outer in graph and graph.nodes[outer]["kind"] in _OPEN
        if outer in wish.shut or not (is_open or outer in open_too):
            return outer
    return iri
