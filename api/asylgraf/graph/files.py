"""Reading the RDF files of the ontology and the knowledge base, with the place of every mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from asylgraf.errors import BrokenFile, DataError
from asylgraf.namespaces import GRAPH, ONTOLOGY
from asylgraf.resources import digest

CATALOGUE = ox.NamedNode(GRAPH + "catalogue")
"""The graph of what stands outside every graph of a file: the descriptions of the graphs themselves."""


@dataclass(frozen=True)
class Loaded:
    """What the files say: the quads and the file of each named graph, and a hash of all bytes read."""

    graphs: dict[str, tuple[ox.Quad, ...]]
    files: dict[str, Path]
    digest: str


def load(paths: Iterable[Path]) -> Loaded:
    """Read files; each Turtle file is one graph named for its module, each TriG file holds its own graphs."""
    graphs: dict[str, list[ox.Quad]] = {CATALOGUE.value: []}
    files: dict[str, Path] = {}
    paths = tuple(paths)
    for path in paths:
        for name, quad in read(path):
            if name != CATALOGUE.value and files.setdefault(name, path) != path:
                raise DataError(f"The graph <{name}> stands also in {files[name]}.", where=str(path))
            graphs.setdefault(name, []).append(quad)
    return Loaded({name: tuple(quads) for name, quads in graphs.items()}, files, _digest(paths))


def _digest(paths: Iterable[Path]) -> str:
    try:
        return digest(paths)
    except OSError as mistake:
        raise BrokenFile(
            f"The file cannot be read: {mistake.strerror}.", where=str(mistake.filename)
        ) from None


def read(path: Path) -> Iterator[tuple[str, ox.Quad]]:
    """The quads of one file, each with its graph's name; blank nodes get fresh names."""
    turtle = path.suffix == ".ttl"
    home = ox.NamedNode(ONTOLOGY + path.stem) if turtle else CATALOGUE
    form = ox.RdfFormat.TURTLE if turtle else ox.RdfFormat.TRIG
    try:
        for quad in ox.parse(path=str(path), format=form, rename_blank_nodes=True):
            named = quad.graph_name if isinstance(quad.graph_name, ox.NamedNode) else home
            yield named.value, ox.Quad(quad.subject, quad.predicate, quad.object, named)
    except SyntaxError as mistake:
        raise BrokenFile(
            f"{_plain(mistake)}.", where=f"{path}:{mistake.lineno or 1}:{mistake.offset or 1}"
        ) from None
    except (OSError, UnicodeDecodeError, ValueError) as mistake:
        raise BrokenFile(f"The file cannot be read: {mistake}.", where=str(path)) from None


def _plain(mistake: SyntaxError) -> str:
    return str(mistake.msg).partition(": ")[2].rstrip(".") or "This is not RDF"
