"""A researcher's own graphs on disk, beside the law: checked, added in a stream, opened by each worker.

A folder holds `own/`, the store of those graphs and their merge; `words.db`, an index of their words;
`graphs.json`, what was added and when to believe it; `terms.json`, what it speaks in; and `days/`, a store
for each day that is being asked about: hard links to `own/`, and the law.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from asylgraf.errors import BadParameter, BrokenFile, UnknownThing
from asylgraf.namespaces import BASE, GRAPH, XSD
from asylgraf.sparql.terms import Terms

if TYPE_CHECKING:
    from asylgraf.sparql.ownwords import Said

OWN: Final = GRAPH + "own/"
"""Where a graph has its name that a file does not name."""
_LIST: Final = "graphs.json"
_TERMS: Final = "terms.json"


@dataclass(frozen=True)
class Added:
    """A graph that was added: its name, its triples, its file and the checksum of that."""

    graph: str
    triples: int
    file: str
    sha256: str


@dataclass(frozen=True)
class Shelf:
    """A store on disk that whoever asks it opens anew."""

    path: Path
    folder: Path
    """Where the researcher's own graphs are kept."""
    law: ox.Store = field(repr=False)
    """The law in it, in memory."""
    _lock: IO[str] = field(repr=False)
    """Held for as long as the store is asked."""

    @property
    def terms(self) -> Terms:
        """What the researcher's own graphs speak in."""
        return Terms.together(_terms(self.folder).values())

    def open(self) -> ox.Store:
        """The store, to be read."""
        return ox.Store.read_only(str(self.path))


def graphs(folder: Path) -> list[Added]:
    """The graphs that a folder holds."""
    try:
        return [Added(**one) for one in json.loads((folder / _LIST).read_text(encoding="utf-8"))]
    except FileNotFoundError:
        raise UnknownThing("There are no graphs here; asylgraf load adds some.", where=str(folder)) from None


def version(folder: Path) -> str:
    """A fingerprint of all that the folder holds."""
    return hashlib.sha256(json.dumps([asdict(one) for one in graphs(folder)]).encode()).hexdigest()


def add(
    folder: Path,
    files: Sequence[Path],
    *,
    graph: str | None = None,
    replace: bool = False,
    known: Iterable[str] = (),
) -> list[Added]:
    """Add the graphs of files to a folder; nothing is added if a file cannot be read to its end.

    A file without names of graphs becomes the graph named, or one named for the file. Compounds in its texts
    are found by their parts where these stand alone in them, or in the texts that are `known`.
    """
    from asylgraf.sparql import ownwords  # slow to import, and who only reads the store does not need it

    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder, fcntl.LOCK_EX):
        held = graphs(folder) if (folder / _LIST).is_file() else []
        terms = _terms(folder)
        found = [one for file in files for one in _checked(file, _home(file, graph), terms)]
        _refuse_repeats(found, {one.graph for one in held}, replace=replace)
        store = ox.Store(str(folder / "own"))
        names = {one.graph for one in found}
        for name in names:
            _remove(store, ox.NamedNode(name))
        for file in files:
            store.bulk_extend(_twice(_quads(file, _home(file, graph))))
        store.optimize()
        store.flush()
        ownwords.forget(folder, names)
        ownwords.add(folder, lambda: chain.from_iterable(_said(f, _home(f, graph)) for f in files), known)
        kept = [one for one in held if one.graph not in names]
        told = [asdict(one) for one in sorted([*kept, *found], key=lambda one: one.graph)]
        spoken = {name: one.to_json() for name, one in sorted(terms.items())}
        (folder / _TERMS).write_text(json.dumps(spoken, indent=1), encoding="utf-8")
        (folder / _LIST).write_text(json.dumps(told, indent=1), encoding="utf-8")
    return found


def on_day(
    folder: Path, law: ox.Store, do: Callable[[Callable[[], None]], None] = lambda task: task()
) -> Shelf:
    """The folder's graphs and the law of a day in one store; `do` does the writing, perhaps elsewhere."""
    days = folder / "days"
    days.mkdir(exist_ok=True)
    _sweep(days)
    path = Path(tempfile.mkdtemp(dir=days))
    lock = (path / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    do(lambda: _write(folder, path / "store", law))
    return Shelf(path / "store", folder, law, lock)


def _write(folder: Path, path: Path, law: ox.Store) -> None:
    with _locked(folder, fcntl.LOCK_SH):
        ox.Store.read_only(str(folder / "own")).backup(str(path))
    store = ox.Store(str(path))
    store.bulk_extend(law)
    store.flush()


def _home(file: Path, graph: str | None) -> ox.NamedNode:
    stem = file.name.removesuffix(".gz").rpartition(".")[0]
    try:
        return ox.NamedNode(graph or OWN + stem)
    except ValueError:
        raise BadParameter(
            f"“{graph or stem}” names no graph; give one with --graph.", where=str(file)
        ) from None


def _quads(file: Path, home: ox.NamedNode) -> Iterator[ox.Quad]:
    form = ox.RdfFormat.from_extension(file.name.removesuffix(".gz").rpartition(".")[2])
    if form is None:
        raise BrokenFile("The name of the file does not say which RDF it is.", where=str(file))
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as data:
            for quad in ox.parse(
                cast(IO[bytes], data), format=form, base_iri=home.value, rename_blank_nodes=True
            ):
                named = isinstance(quad.graph_name, ox.NamedNode)
                yield quad if named else ox.Quad(quad.subject, quad.predicate, quad.object, home)
    except SyntaxError as mistake:
        raise BrokenFile(f"{mistake.msg}.", where=f"{file}:{mistake.lineno or 1}") from None
    except (OSError, EOFError, ValueError) as mistake:
        raise BrokenFile(f"The file cannot be read: {mistake}.", where=str(file)) from None


def _said(file: Path, home: ox.NamedNode) -> Iterator[Said]:
    """The texts of a file, in whatever language, and who says them; a thing without a name has none."""
    from asylgraf.sparql.ownwords import Said

    for quad in _quads(file, home):
        text, thing, graph = quad.object, quad.subject, quad.graph_name
        if isinstance(text, ox.Literal) and (text.language or text.datatype.value == XSD + "string"):
            name = thing.value if isinstance(thing, ox.NamedNode) else ""
            yield Said(text.value, name, cast(ox.NamedNode, graph).value)


def _terms(folder: Path) -> dict[str, Terms]:
    """What each graph speaks in."""
    file = folder / _TERMS
    told = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {name: Terms.from_json(one) for name, one in told.items()}


def _checked(file: Path, home: ox.NamedNode, terms: dict[str, Terms]) -> Iterator[Added]:
    """The graphs of a file that was read to its end; what they speak in is put among the terms."""
    sizes: Counter[str] = Counter()
    for quad in _quads(file, home):
        name = cast(ox.NamedNode, quad.graph_name).value
        if name not in sizes:
            terms[name] = Terms()
        sizes[name] += 1
        terms[name].see(quad)
    for name in sizes:
        if name.startswith(BASE) and not name.startswith(OWN):
            said = f"<{name}> is a name of Asylgraf's own; whoever speaks here needs another."
            raise BadParameter(said, where=str(file))
    with file.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()
    yield from (Added(name, size, file.name, digest) for name, size in sorted(sizes.items()))


def _refuse_repeats(found: Sequence[Added], held: set[str], *, replace: bool) -> None:
    for name, number in Counter(one.graph for one in found).items():
        if number > 1:
            raise BadParameter(f"The graph <{name}> stands in {number} of the files.", where="graph")
        if name in held and not replace:
            raise BadParameter(
                f"The graph <{name}> is there already; --replace puts this in its place.", where="graph"
            )


def _twice(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Each quad in its graph and in the merge."""
    for quad in quads:
        yield quad
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _remove(store: ox.Store, graph: ox.NamedNode) -> None:
    """Take a graph out, and out of the merge what no other graph says."""
    if not store.contains_named_graph(graph):
        return
    for quad in store.quads_for_pattern(None, None, None, graph):
        said = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        others = {one.graph_name for one in said} - {graph, ox.DefaultGraph()}
        if not others:
            store.remove(ox.Quad(quad.subject, quad.predicate, quad.object))
    store.remove_graph(graph)


def _sweep(days: Path) -> None:
    """Remove the stores of days that nobody asks about any more."""
    for path in days.iterdir():
        try:
            with (path / "lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)
        except OSError:
            continue


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, how)
        yield
