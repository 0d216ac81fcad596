"""Where in the files things stand, so that a mistake is told with its file and line."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from asylgraf.errors import DataError
from asylgraf.graph.dataset import Dataset
from asylgraf.namespaces import BASE, GRAPH, ID, ONTOLOGY


def focus(mistake: DataError) -> str | None:
    """The thing an error names: its place is written short, as below `id/` or `ontology/`."""
    where = mistake.where
    if where is None or " " in where:
        return None
    if where.startswith(BASE):
        return where
    return (ONTOLOGY if where[:1].isupper() and "/" not in where else ID) + where


class Places:
    """Where in the files the things of the graph are described."""

    def __init__(self, graph: Dataset) -> None:
        self.files = graph.loaded.files

    def of(self, iri: str | None, graph: str | None = None) -> str | None:
        """The file and line on which a thing's description begins, best in the file of the named graph."""
        if iri is None:
            return str(self.files[graph]) if graph in self.files else None
        home = self.files.get(graph or "")
        places = self._lines.get(iri) or self._lines.get(iri.partition("#")[0], {})
        path = home if home in places else next(iter(places), home)
        return f"{path}:{places[path]}" if path in places else str(path) if path else None

    @cached_property
    def _lines(self) -> dict[str, dict[Path, int]]:
        """For each address, the first line in each file that begins with it."""
        found: dict[str, dict[Path, int]] = {}
        for path in dict.fromkeys(self.files.values()):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                iri = _subject(line)
                for name in (iri, iri.partition("#")[0]) if iri else ():
                    found.setdefault(name, {}).setdefault(path, number)
        return found


def _subject(line: str) -> str | None:
    """The address a line begins with, as the files write it."""
    text = line.strip()
    if text.startswith("asyl:"):
        return ONTOLOGY + text.split()[0].removeprefix("asyl:")
    if not text.startswith("<") or ">" not in text:
        return None
    written = text[1 : text.index(">")]
    if written.startswith("../graph/"):
        return GRAPH + written.removeprefix("../graph/")
    return written if "://" in written else ID + written
