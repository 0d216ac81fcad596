"""A corpus as a network: which document cites which provision, how often."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from asylgraf.citations.atlas import ALIENS_ACT
from asylgraf.citations.documents import READABLE, Document, read_document
from asylgraf.citations.forms import Units, written
from asylgraf.citations.outputs import to_ntriples
from asylgraf.citations.records import Citation
from asylgraf.errors import AsylgrafError, BadRequest
from asylgraf.namespaces import ID

if TYPE_CHECKING:
    import networkx as nx

Result = TypeVar("Result")

NETWORKS: Final = (".graphml", ".nt")
"""Endings of the files that a network is written to."""
_LITTLE: Final = 2 << 20
"""Bytes that one process has read before a second one has started."""


def documents_of(folder: Path) -> list[Path]:
    """Every readable file below a folder, in the order of their paths; BadRequest if there is none."""
    if not folder.is_dir():
        raise BadRequest("There is no such folder.", where=str(folder))
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in READABLE)
    if not found:
        kinds = ", ".join(sorted(READABLE))
        raise BadRequest(
            f"The folder holds no document; expected files that end in {kinds}.", where=str(folder)
        )
    return found


@dataclass(frozen=True)
class Tolerant(Generic[Result]):
    """A task of which one file that cannot be read does not end the others: its mistake is the result."""

    task: Callable[[Path], Result]

    def __call__(self, path: Path) -> Result | AsylgrafError:
        """What the task gives for a file, or why it gives nothing."""
        try:
            return self.task(path)
        except AsylgrafError as mistake:
            return mistake


def each_file(
    task: Callable[[Path], Result], paths: Sequence[Path], workers: int | None = None
) -> Iterator[Result]:
    """What a task gives for each file, in the order given; by several processes where that is quicker."""
    count = min(workers or _worthwhile(paths), len(paths))
    if count < 2:
        yield from map(task, paths)
        return
    # Started anew, not forked: a fork of a process with threads can wait for a lock that nobody holds.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        yield from pool.map(task, paths, chunksize=max(1, min(16, len(paths) // (4 * count))))


def _worthwhile(paths: Sequence[Path]) -> int:
    """How many processes to read files with: one where starting more takes longer than reading."""
    much = sum(path.stat().st_size for path in paths if path.is_file()) > _LITTLE
    return (os.cpu_count() or 1) if much else 1


def cite_files(paths: Sequence[Path], workers: int | None = None) -> Iterator[tuple[Path, list[Citation]]]:
    """The citations of each file, in the order given."""
    yield from zip(paths, each_file(Citing(), paths, workers), strict=True)


@dataclass(frozen=True)
class Citing:
    """How the citations of files are to be read: act of sections that name none, day of the law."""

    base: str = ALIENS_ACT
    on: date | None = None

    def __call__(self, path: Path) -> list[Citation]:
        """The citations of one file."""
        from asylgraf.citations import cite

        return cite(read_document(path).text, base=self.base, on=self.on)


@dataclass(frozen=True)
class Asked:
    """How the citations of files are to be read and written."""

    form: str
    base: str
    on: date | None = None
    units: Units = "code-points"
    named: bool = True
    """Whether each answer names its file."""

    def __call__(self, path: Path) -> str:
        """The citations of a file, written out."""
        return self.answer(read_document(path), str(path))

    def answer(self, document: Document, source: str) -> str:
        """The citations of a document, written out."""
        from asylgraf.citations import cite

        found = cite(document.text, base=self.base, on=self.on)
        return "".join(written(self.form, document, found, source if self.named else None, self.units))


def targets(citation: Citation) -> tuple[str, ...]:
    """What a citation counts for: every member of a range, else its one target."""
    if not citation.meaning.linked or citation.iri is None:
        return ()
    return tuple(ID + member for member in citation.meaning.members) or (citation.iri,)


def counts(cited: Mapping[str, Iterable[Citation]]) -> Counter[str]:
    """How often each target is cited in a corpus."""
    return Counter(
        target for citations in cited.values() for citation in citations for target in targets(citation)
    )


def network(cited: Mapping[str, Iterable[Citation]]) -> nx.DiGraph[Any]:
    """Documents and what they cite; edges carry how often and how surely, targets how often in all."""
    import networkx as nx

    graph: nx.DiGraph[Any] = nx.DiGraph()
    for document, citations in sorted(cited.items()):
        graph.add_node(document, kind="document")
        for citation in citations:
            for target in targets(citation):
                graph.add_node(target, kind="target")
                weight = graph.get_edge_data(document, target, {"weight": 0})["weight"]
                graph.add_edge(document, target, weight=weight + 1, status=str(citation.status))
    for target, count in counts(cited).items():
        graph.nodes[target]["cited"] = count
    return graph


def write_network(cited: Mapping[str, Sequence[Citation]], path: Path) -> None:
    """A corpus as GraphML, or as RDF when the file ends in `.nt`; BadRequest if it cannot be written."""
    if path.suffix not in NETWORKS:
        raise BadRequest("A network is written to a file that ends in .graphml or .nt.", where=str(path))
    try:
        if path.suffix == ".nt":
            lines = (line for document in sorted(cited) for line in to_ntriples(cited[document], document))
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            return
        import networkx as nx

        nx.write_graphml(network(cited), path)
    except OSError as mistake:
        raise BadRequest(f"The network cannot be written: {mistake.strerror}.", where=str(path)) from None
