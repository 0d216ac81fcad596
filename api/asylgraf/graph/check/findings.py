"""What a check finds, and where in the files it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from asylgraf.graph.lawgraph import LawGraph
from asylgraf.namespaces import GRAPH, ID, ONTOLOGY, short

Severity = Literal["error", "warning", "skipped"]


@dataclass(frozen=True)
class Finding:
    """One thing found: which check found it, what it is about, where that stands, and a sentence."""

    check: str
    severity: Severity
    message: str
    focus: str | None = None
    where: str | None = None

    @property
    def is_fault(self) -> bool:
        """Whether something is wrong; a check that was skipped is not."""
        return self.severity != "skipped"

    def __str__(self) -> str:
        place = " ".join(
            part for part in (self.where, f"<{short(self.focus)}>" if self.focus else "") if part
        )
        return f"{place or self.check}: {self.severity}: {self.message}"

    def to_json(self) -> Mapping[str, str | None]:
        """The finding as plain values."""
        return {
            "check": self.check,
            "severity": self.severity,
            "message": self.message,
            "focus": self.focus,
            "where": self.where,
        }


class Places:
    """Where in the files the things of the graph are described."""

    def __init__(self, graph: LawGraph) -> None:
        self.files = graph.loaded.files

    def of(self, iri: str | None, graph: str | None = None) -> str | None:
        """The file and line on which a thing's description begins, best in the file of the named graph."""
        if iri is None:
            return str(self.files[graph]) if graph in self.files else None
        home = self.files.get(graph or "")
        places = self._lines.get(iri.partition("#")[0], {})
        path = home if home in places else next(iter(places), home)
        return f"{path}:{places[path]}" if path in places else str(path) if path else None

    @cached_property
    def _lines(self) -> dict[str, dict[Path, int]]:
        """For each address, the first line in each file that begins with it."""
        found: dict[str, dict[Path, int]] = {}
        for path in dict.fromkeys(self.files.values()):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                iri = _subject(line)
                if iri:
                    found.setdefault(iri, {}).setdefault(path, number)
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
    return written.partition("#")[0] if "://" in written else ID + written.partition("#")[0]
