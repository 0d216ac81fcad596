"""The whole graph: every file loaded, and what of it had been recorded by a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox

from asylgraf.errors import NotYetRecorded
from asylgraf.graph.files import CATALOGUE, Loaded
from asylgraf.graph.index import Index
from asylgraf.namespaces import ONTOLOGY

RECORDED_ON, REPLACES = ONTOLOGY + "recordedOn", ONTOLOGY + "replaces"
READING = ONTOLOGY + "Reading"


@dataclass(frozen=True)
class Record:
    """When this graph recorded a named graph, and which graphs that replaced."""

    graph: str
    recorded_on: date | None
    replaces: frozenset[str]
    reading: bool


@dataclass(frozen=True)
class Dataset:
    """The ontology and the knowledge base as loaded: named graphs, each of one speaker, one record date."""

    loaded: Loaded
    records: dict[str, Record] = field(repr=False)

    @property
    def digest(self) -> str:
        """A hash of every byte that was loaded."""
        return self.loaded.digest

    def first_record(self) -> date | None:
        """The first day on which anything was recorded."""
        return min((r.recorded_on for r in self.records.values() if r.recorded_on), default=None)

    def visible(self, known: date | None = None) -> frozenset[str]:
        """The named graphs recorded by that day and not replaced by then; by default those not replaced."""
        first = self.first_record()
        if known and first and known < first:
            raise NotYetRecorded(
                f"Asylgraf's first record is of {first}; nothing was known on {known}.", where="known"
            )
        recorded = {r.graph: r for r in self.records.values() if _by(r.recorded_on, known)}
        replaced = {name for r in recorded.values() for name in r.replaces}
        described = {name for name in self.loaded.files if name not in self.records}
        return frozenset((recorded.keys() | described) - replaced)

    def readings(self, known: date | None = None) -> frozenset[str]:
        """The visible graphs that hold Asylgraf's own reading of the law."""
        return frozenset(
            name for name in self.visible(known) if name in self.records and self.records[name].reading
        )

    def quads(self, known: date | None = None) -> Iterator[ox.Quad]:
        """The quads of the visible graphs, and the descriptions of all graphs."""
        return self._of(self.visible(known) | {CATALOGUE.value})

    def _of(self, graphs: frozenset[str]) -> Iterator[ox.Quad]:
        return (quad for name, quads in self.loaded.graphs.items() if name in graphs for quad in quads)

    def reading_index(self, known: date | None = None) -> Index:
        """What the ontology and Asylgraf's readings say: all that the law of a day is made of."""
        return Index(
            self._of(self.readings(known) | {g for g in self.loaded.graphs if g.startswith(ONTOLOGY)})
        )


def records_of(loaded: Loaded) -> dict[str, Record]:
    """The record of each named graph that the files describe."""
    catalogue = Index(loaded.graphs[CATALOGUE.value])
    return {name: _record(catalogue, name) for name in loaded.files if catalogue.value(name, RECORDED_ON)}


def _record(catalogue: Index, name: str) -> Record:
    day = catalogue.text(name, RECORDED_ON)
    replaces = frozenset(catalogue.texts(name, REPLACES))
    return Record(name, date.fromisoformat(day) if day else None, replaces, catalogue.is_a(name, READING))


def _by(recorded: date | None, known: date | None) -> bool:
    return known is None or recorded is None or recorded <= known
