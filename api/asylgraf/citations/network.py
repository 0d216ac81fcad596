"""A corpus as a network: which document cites which provision, how often."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asylgraf.citations.documents import READABLE, read_document
from asylgraf.citations.outputs import to_ntriples
from asylgraf.citations.records import Citation
from asylgraf.namespaces import ID

if TYPE_CHECKING:
    import networkx as nx


def documents_of(folder: Path) -> list[Path]:
    """Every readable file below a folder, in the order of their paths."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in READABLE)


def cite_files(paths: Sequence[Path], workers: int | None = None) -> Iterator[tuple[Path, list[Citation]]]:
    """The citations of each file, in the order given; several processes when there are several files."""
    count = min(workers or os.cpu_count() or 1, len(paths))
    if count < 2:
        yield from ((path, cite_file(path)) for path in paths)
        return
    # Started anew, not forked: a fork of a process with threads can wait for a lock that nobody holds.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        yield from zip(paths, pool.map(cite_file, paths), strict=True)


def cite_file(path: Path) -> list[Citation]:
    """The citations of one file."""
    from asylgraf.citations import cite

    return cite(read_document(path).text)


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
    """A corpus as GraphML, or as RDF when the file ends in `.nt`."""
    if path.suffix == ".nt":
        lines = (
            line for document, citations in sorted(cited.items()) for line in to_ntriples(citations, document)
        )
        path.write_text("".join(f"{line}\n" for line in lines))
        return
    import networkx as nx

    nx.write_graphml(network(cited), path)
