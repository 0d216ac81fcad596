"""The data set a query names: FROM and its protocol twins, as a set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from asylgraf.errors import BadParameter


@dataclass(frozen=True)
class Chosen:
    """A store, and which of its graphs the query sees; nothing chosen means all."""

    store: ox.Store
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
    named: list[ox.NamedNode | ox.BlankNode] | None = None


def choose(store: ox.Store, default: Sequence[str], named: Sequence[str]) -> Chosen:
    """The data set of those graphs. A triple that two of them state counts once."""
    if not default and not named:
        return Chosen(store)
    names = [node(name) for name in dict.fromkeys(named)]
    graphs = [node(name) for name in dict.fromkeys(default)]
    if len(graphs) < 2:
        return Chosen(store, [*graphs], [*names])
    return Chosen(_merged(store, graphs, names), [ox.DefaultGraph()], [*names])


def _merged(store: ox.Store, graphs: Sequence[ox.NamedNode], names: Sequence[ox.NamedNode]) -> ox.Store:
    # The engine repeats a triple once for each FROM that states it; a default graph of its own does not.
    merged = ox.Store()
    for graph in graphs:
        quads = store.quads_for_pattern(None, None, None, graph)
        merged.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    for name in names:
        merged.bulk_extend(store.quads_for_pattern(None, None, None, name))
    return merged


def node(iri: str, where: str | None = None) -> ox.NamedNode:
    """The address of a graph."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise BadParameter(f"“{iri}” is no IRI of a graph.", where=where) from None
