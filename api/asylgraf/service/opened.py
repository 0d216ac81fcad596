"""The graph as a program opens it: the law, and the ways to ask it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from asylgraf.graph import LawGraph, open_graph
from asylgraf.service.backend import RemoteLaw, access_from
from asylgraf.service.cases import day_of
from asylgraf.service.questions import answered, day_meant, kept
from asylgraf.sparql.elsewhere import rdflib_dataset
from asylgraf.sparql.remote import Remote
from asylgraf.sparql.rows import Rows, Triples, query
from asylgraf.sparql.shelf import Shelf, graphs, on_day

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True, eq=False)
class Opened(LawGraph):
    """The ontology and the law, ready to be asked."""

    backend: RemoteLaw | None = field(default=None, repr=False)
    """The store that answers queries instead of this process; cases are assessed here all the same."""
    folder: Path | None = None
    """A folder with graphs of one's own, which queries see beside the law."""

    def query(
        self, text: str, *, on: date | str, known: date | str | None = None, **values: object
    ) -> Rows | Triples | bool:
        """The answer to a SPARQL query, or to a named query with its values, about the law of a day."""
        return answered(text, values, on, known, self)

    def ask(self, text: str, on: date, known: date | None = None) -> Rows | Triples | bool:
        """The answer to a query, from this process or from the store elsewhere."""
        return self.backend.ask(text, on, known) if self.backend else query(self._store(on, known), text)

    def _store(self, on: date, known: date | None) -> ox.Store | Shelf:
        if self.folder is None:
            return kept(self, on, known)
        if (on, known) not in self._shelves:
            self._shelves.clear()  # each holds a copy of the law on disk
            self._shelves[on, known] = on_day(self.folder, kept(self, on, known))
        return self._shelves[on, known]

    @cached_property
    def _shelves(self) -> dict[tuple[date, date | None], Shelf]:
        return {}

    def dataset(self, *, on: date | str, known: date | str | None = None) -> rdflib.Dataset:
        """All graphs and their merge with what is in force that day, for programs that use rdflib."""
        store = self._store(day_meant(on), day_of(known, "known"))
        return rdflib_dataset(store.open() if isinstance(store, Shelf) else store)


def opened(extra: Sequence[Path] = (), backend: str | None = None, store: Path | str | None = None) -> Opened:
    """The shipped graph, with further files or graphs on disk beside it, or asked in a store elsewhere."""
    folder = Path(store) if store else None
    access = None if folder else access_from(os.environ, backend)
    if access is None and folder is None and not extra:
        return _shipped()
    graph = open_graph(extra)
    if folder is not None:
        graphs(folder)
    return Opened(graph.loaded, graph.records, RemoteLaw(Remote(access), graph) if access else None, folder)


@cache
def _shipped() -> Opened:
    graph = open_graph()
    return Opened(graph.loaded, graph.records)
