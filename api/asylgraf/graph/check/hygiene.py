"""What must never be in the graph, asked by the queries in `queries/hygiene/`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from asylgraf.errors import DataError
from asylgraf.graph.check.findings import Finding
from asylgraf.graph.lawgraph import LawGraph
from asylgraf.graph.places import Places
from asylgraf.resources import data


def unclean(graph: LawGraph) -> Iterator[Finding]:
    """What each hygiene query finds on the newest day."""
    store, places = _newest(graph), Places(graph)
    for path in sorted((data("queries") / "hygiene").glob("*.rq")):
        yield from _found(store, path, places)


def _newest(graph: LawGraph) -> ox.Store:
    """The graph on its last change date; where its law cannot be read, another step says why."""
    try:
        return graph.snapshot(graph.change_dates()[-1])
    except (DataError, IndexError):
        store = ox.Store()
        store.bulk_extend(graph.quads())
        store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in graph.quads())
        return store


def _found(store: ox.Store, path: Path, places: Places) -> Iterator[Finding]:
    rows = store.query(path.read_text(encoding="utf-8"))
    if not isinstance(rows, ox.QuerySolutions):
        return
    for focus, message in sorted((_text(row["focus"]), _text(row["message"])) for row in rows):
        yield Finding(path.stem.replace("_", " "), "error", message, focus, places.of(focus))


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else str(term)
