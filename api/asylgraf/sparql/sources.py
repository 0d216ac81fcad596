"""What an endpoint serves: the law with its two clocks, or plain data sets without."""

from __future__ import annotations

import hashlib
import importlib
import os
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import pyoxigraph as ox

from asylgraf.errors import BadParameter, BrokenFile, NotYetRecorded
from asylgraf.sparql import shelf
from asylgraf.sparql.shelf import Shelf

if TYPE_CHECKING:
    from asylgraf.graph import LawGraph

Day = tuple[str | None, str | None]
"""A snapshot's key: `on` and `known`, each the first day of the span in which nothing changes."""


@dataclass(frozen=True)
class Calendar:
    """The days on which the law changes, and those on which something was recorded."""

    digest: str
    changes: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    timeless: bool = False

    def __hash__(self) -> int:
        return hash(self.digest)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Calendar:
        """The calendar that another process wrote."""
        return cls(**{**told, "changes": tuple(told["changes"]), "records": tuple(told["records"])})

    def to_json(self) -> dict[str, Any]:
        """The calendar as JSON."""
        return asdict(self)

    def key(self, on: date, known: date | None) -> Day:
        """The snapshot that shows that day as it was known then."""
        if self.timeless:
            return None, None
        return self._span(self.changes, on.isoformat()), self._known(known)

    def _known(self, known: date | None) -> str | None:
        if known is None:
            return None
        day = known.isoformat()
        if self.records and day < self.records[0]:
            raise NotYetRecorded(
                f"Asylgraf's first record is of {self.records[0]}; nothing was known on {day}.", where="known"
            )
        return None if not self.records or day >= self.records[-1] else self._span(self.records, day)

    @staticmethod
    def _span(days: Sequence[str], day: str) -> str:
        place = bisect_right(days, day)
        if place:
            return days[place - 1]
        return (date.fromisoformat(days[0]) - timedelta(1)).isoformat() if days else day


class Source(Protocol):
    """Something that gives a store for a day."""

    def calendar(self) -> Calendar:
        """When it changes."""

    def snapshot(self, on: date | None, known: date | None, /) -> ox.Store | Shelf:
        """The store to query on that day."""

    def about(self, case: object, /) -> list[ox.Quad]:
        """What follows in a case, to be queried together with the store of its day."""


@dataclass(frozen=True)
class Spec:
    """Which source to open, as plain values that another process can be told."""

    kind: Literal["law", "only", "files"] = "law"
    """The shipped law with these files, the law of exactly these files, or these files as plain data."""
    files: tuple[str, ...] = ()
    derive: str | None = None
    """A module of the library that derives quads: `examples_in(graph, known)`, `asked_in(graph, case)`."""
    outcomes: tuple[str, ...] = ()
    """Files with what was derived earlier, to be told instead: `last.nq`, and one for each day of record."""
    store: str | None = None
    """A folder with a researcher's own graphs, to be asked together with the law."""
    today: str | None = None
    """The day whose store an earlier run may have kept, to answer from until the law is read."""

    @property
    def is_shipped(self) -> bool:
        """Whether this is what is shipped with what is derived from it, and nothing else."""
        return self.kind == "law" and self.derive is not None and not (self.files or self.store)

    def open(self) -> Source:
        """The source, loaded."""
        if self.kind == "files":
            return Files(self.files)
        law = Law(self.files, only=self.kind == "only", derive=self.derive, outcomes=self.outcomes)
        return Own(law, Path(self.store)) if self.store else law

    def share(self) -> None:
        """Have all that this process opens of the law, and what is forked from it, hold these files too."""
        if self.kind == "law" and self.files:
            from asylgraf.graph import keep_beside

            keep_beside([Path(file) for file in self.files])

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Spec:
        """The description that another process wrote."""
        return cls(**{**told, "files": tuple(told["files"]), "outcomes": tuple(told["outcomes"])})

    def to_json(self) -> dict[str, Any]:
        """The description as JSON."""
        return asdict(self)


class Law:
    """The shipped graph with further files beside it, or the law of exactly the files named."""

    def __init__(
        self,
        files: Sequence[str] = (),
        *,
        only: bool = False,
        derive: str | None = None,
        outcomes: Sequence[str] = (),
    ) -> None:
        from asylgraf.graph import open_graph

        paths = tuple(Path(file) for file in files)
        self._graph = open_graph(files=paths) if only else open_graph(extra=paths)
        self._deriving: Any = importlib.import_module(derive) if derive else None
        self._told = {
            Path(file).stem: list(ox.parse(path=file, rename_blank_nodes=True)) for file in outcomes
        }
        self._derived = self._examples(None)

    def _examples(self, known: date | None) -> list[ox.Quad]:
        if self._told:
            return self._told.get(known.isoformat() if known else "last", [])
        return self._deriving.examples_in(self._graph, known) if self._deriving else []

    def about(self, case: object) -> list[ox.Quad]:
        """The outcomes of a case and their proofs."""
        if self._deriving is None:
            raise BadParameter("Cases cannot be asked about here.", where="case")
        found: list[ox.Quad] = self._deriving.asked_in(self._graph, case)
        return found

    def calendar(self) -> Calendar:
        """Every day on which some version starts or may start, and every day of a record."""
        return calendar_of(self._graph)

    def snapshot(self, on: date | None, known: date | None) -> ox.Store:
        """The merge of all graphs, and what is in force that day."""
        if on is None:
            raise BadParameter("The law is asked on a day.", where="on")
        more = self._derived if known is None else self._examples(known)
        return self._graph.snapshot(on, known, more)


class Own:
    """The law with a researcher's own graphs beside it, on disk."""

    def __init__(self, law: Law, folder: Path) -> None:
        self._law = law
        self._folder = folder
        self._version = shelf.version(folder)

    def calendar(self) -> Calendar:
        """The days of the law; the version is of both."""
        days = self._law.calendar()
        return replace(days, digest=hashlib.sha256((days.digest + self._version).encode()).hexdigest())

    def snapshot(self, on: date | None, known: date | None) -> Shelf:
        """A store on disk with the law of that day."""
        return shelf.on_day(self._folder, self._law.snapshot(on, known), apart)

    def about(self, _case: object) -> list[ox.Quad]:
        """Nothing: what such a store is given goes to its disk, and nothing of a case may stay there."""
        raise BadParameter("Cases cannot be asked about where there are graphs on disk.", where="case")


def apart(task: Callable[[], None]) -> None:
    """Do something in a process of its own: a store on disk starts threads, and who forks must have none."""
    pid = os.fork()
    if pid == 0:
        try:
            task()
            os._exit(0)
        finally:
            os._exit(1)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
        raise BrokenFile("The graphs on disk cannot be opened.")


def calendar_of(graph: LawGraph) -> Calendar:
    """The days on which a graph's law changes or may change, and those of its records."""
    records = {r.recorded_on for r in graph.records.values() if r.recorded_on}
    # What was known earlier, and nothing replaced since, begins on the same days today.
    others = [known for known in sorted(records)[:-1] if graph.readings(known) - graph.readings()]
    changes = {day for known in (None, *others) for day in graph.change_dates(known)}
    return Calendar(
        graph.digest,
        tuple(sorted(d.isoformat() for d in changes)),
        tuple(sorted(d.isoformat() for d in records)),
    )


class Files:
    """Any RDF as a plain SPARQL data set: triples in the default graph, named graphs under their names."""

    def __init__(self, files: Sequence[str]) -> None:
        self._store = ox.Store()
        digest = hashlib.sha256()
        for file in files:
            digest.update(file.encode() + b"\0" + Path(file).read_bytes())
            self._load(file)
        self._digest = digest.hexdigest()

    def _load(self, file: str) -> None:
        try:
            self._store.bulk_extend(
                ox.parse(path=file, base_iri=Path(file).resolve().as_uri(), rename_blank_nodes=True)
            )
        except (SyntaxError, ValueError) as mistake:
            raise BrokenFile(f"{mistake}.", where=file) from None

    def calendar(self) -> Calendar:
        """No day matters."""
        return Calendar(self._digest, timeless=True)

    def snapshot(self, _on: date | None, _known: date | None) -> ox.Store:
        """All there is."""
        return self._store

    def about(self, _case: object) -> list[ox.Quad]:
        """Nothing: plain data knows no cases."""
        raise BadParameter("Cases cannot be asked about here.", where="case")
