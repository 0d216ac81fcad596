"""The graph as files to keep: the sources byte for byte, all graphs, and their merge."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from asylgraf.errors import DataError
from asylgraf.graph import LawGraph
from asylgraf.namespaces import PREFIXES
from asylgraf.resources import data, shipped_files
from asylgraf.service.derived import examples_in
from asylgraf.sparql.sources import calendar_of

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive, so that the same files make the same archive."""
_DERIVED = "derived/examples/"
_ABOUT = """Asylgraf, version {version}

The RDF files of Asylgraf as they were served under this version, in the order in which they are read.
Code: Apache-2.0. Data: CC BY 4.0.

In derived/ lie the example cases with the outcomes that the program of then gave them, as known on each day
of record and last of all.

`asylgraf serve --releases FOLDER`, with this archive in the folder, answers `version={version}` from it.
"""


@dataclass(frozen=True)
class Download:
    """One file to keep."""

    name: str
    media: str
    meaning: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """The checksum of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


def downloads(graph: LawGraph, extra: Sequence[Path] = ()) -> dict[str, Download]:
    """The files of a graph, by name; the same version makes the same bytes."""
    stem = f"asylgraf-{graph.digest[:12]}"
    quads = list(_named_blanks(graph.quads()))
    merged = dict.fromkeys(ox.Triple(q.subject, q.predicate, q.object) for q in quads)
    prefixes = {name: iri for name, iri in PREFIXES.items() if not iri.endswith(("/id/", "/dk/"))}
    trig = ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes) or b""
    triples = ox.serialize(merged, format=ox.RdfFormat.N_TRIPLES) or b""
    files = (
        Download(f"{stem}.zip", "application/zip", "The source files, byte for byte", archive(graph, extra)),
        Download(f"{stem}.trig", "application/trig", "Every named graph, in TriG", trig),
        Download(f"{stem}.nt", "application/n-triples", "Every statement once, in N-Triples", triples),
    )
    return {file.name: file for file in files}


def archive(graph: LawGraph, extra: Sequence[Path] = ()) -> bytes:
    """The source files of a graph, in the order in which they are read: its version can be had from them."""
    written, digest = io.BytesIO(), hashlib.sha256()
    with zipfile.ZipFile(written, "w") as packed:
        _write(packed, "README", _ABOUT.format(version=graph.digest[:12]).encode())
        for name, path in _sources(extra):
            content = path.read_bytes()
            digest.update(path.name.encode() + b"\0" + content)
            _write(packed, name, content)
        for name, content in _outcomes(graph):
            _write(packed, name, content)
    if digest.hexdigest() != graph.digest:
        raise DataError("The files have changed since they were read; start again to give them out.")
    return written.getvalue()


def archives(folder: Path) -> list[Download]:
    """The archives in a folder."""
    return [
        Download(path.name, "application/zip", "The source files of another version", path.read_bytes())
        for path in sorted(folder.glob("asylgraf-*.zip"))
    ]


def _outcomes(graph: LawGraph) -> Iterator[tuple[str, bytes]]:
    """The example cases and what follows in them, as known on each day of record and last of all."""
    for written in (*calendar_of(graph).records[:-1], None):
        quads = _named_blanks(examples_in(graph, date.fromisoformat(written) if written else None))
        told = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
        yield f"{_DERIVED}{written or 'last'}.nq", b"".join(sorted(told.splitlines(keepends=True)))


def unpacked(path: Path, folder: Path) -> tuple[list[Path], list[Path]]:
    """The RDF files of an archive in the order in which they are read, and the outcomes of its examples."""
    found: list[Path] = []
    outcomes: list[Path] = []
    with zipfile.ZipFile(path) as packed:
        for number, name in enumerate(packed.namelist()):
            if name.endswith((".ttl", ".trig", ".nq")):
                home = folder / f"{number:04}"
                home.mkdir(parents=True)
                (home / Path(name).name).write_bytes(packed.read(name))
                (outcomes if name.startswith(_DERIVED) else found).append(home / Path(name).name)
    return found, outcomes


def _sources(extra: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    homes = {folder: Path(str(data(folder))) for folder in ("ontology", "kb")}
    for path in shipped_files():
        folder, home = next((f, h) for f, h in homes.items() if path.is_relative_to(h))
        yield f"{folder}/{path.relative_to(home).as_posix()}", path
    yield from ((f"extra/{number:03}/{path.name}", path) for number, path in enumerate(extra))


def _write(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    packed.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)


def _named_blanks(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads with blank nodes named by the order in which they come: each reading gives the same names."""
    names: dict[object, ox.BlankNode] = {}

    def named(term: Term) -> Term:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term, ox.BlankNode(f"b{len(names)}"))
        return term

    for quad in quads:
        subject, object_ = named(quad.subject), named(quad.object)
        if not isinstance(subject, ox.Literal):
            yield ox.Quad(subject, quad.predicate, object_, quad.graph_name)
