"""Stores to query: all graphs by name, their merge as default graph, and what was derived for a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import pyoxigraph as ox

from asylgraf.graph.dataset import Dataset
from asylgraf.graph.law import Law, governing
from asylgraf.namespaces import GRAPH, ONTOLOGY

IN_FORCE = ox.NamedNode(GRAPH + "derived/in-force")
VERSION_IN_FORCE = ox.NamedNode(ONTOLOGY + "versionInForce")


def named_graphs(dataset: Dataset, known: date | None = None) -> ox.Store:
    """Every visible graph under its name."""
    store = ox.Store()
    store.bulk_extend(dataset.quads(known))
    return store


def build_snapshot(
    dataset: Dataset, law: Law, on: date, known: date | None, more: Iterable[ox.Quad] = ()
) -> ox.Store:
    """The merge as default graph: a triple that two graphs state stands there once.

    `more` is what was derived elsewhere, each quad in its graph.
    """
    store = named_graphs(dataset, known)
    derived = [ox.Quad(t.subject, t.predicate, t.object, IN_FORCE) for t in in_force(law, on)]
    derived.extend(more)
    store.bulk_extend(derived)
    store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in (*dataset.quads(known), *derived))
    return store


def in_force(law: Law, on: date) -> Iterator[ox.Triple]:
    """A link from each provision to every version that governs, or may govern, some case that day."""
    for provision, versions in law.versions.items():
        for version in (v for v, _ in governing(versions, on) if not v.repeal):
            yield ox.Triple(ox.NamedNode(provision), VERSION_IN_FORCE, ox.NamedNode(version.iri))
