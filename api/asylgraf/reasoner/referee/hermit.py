"""HermiT run as a program of its own: an ontology in, the hierarchy of its classes out."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from asylgraf.errors import RefereeFailed
from asylgraf.graph.java import executable, hermit
from asylgraf.graph.owl import serialize
from asylgraf.namespaces import OWL

NOTHING, THING = OWL + "Nothing", OWL + "Thing"
_BELOW = re.compile(r"^SubClassOf\( (\S+) (\S+) \)$", re.MULTILINE)
_SAME = re.compile(r"^EquivalentClasses\( (.*) \)$", re.MULTILINE)


@dataclass
class Hierarchy:
    """Which class lies below which, as HermiT found it."""

    direct: dict[str, set[str]] = field(default_factory=dict)

    def add(self, lower: str, upper: str) -> None:
        """One class lies below another."""
        self.direct.setdefault(lower, set()).add(upper)

    def above(self, iri: str) -> frozenset[str]:
        """Every class that the class lies below, itself included."""
        seen, todo = {iri}, [iri]
        while todo:
            for upper in self.direct.get(todo.pop(), set()) - seen:
                seen.add(upper)
                todo.append(upper)
        return frozenset(seen)

    def is_impossible(self, iri: str) -> bool:
        """Whether nothing can be in the class."""
        return NOTHING in self.above(iri)

    def impossible(self) -> frozenset[str]:
        """Every class that nothing can be in, save owl:Nothing itself."""
        return frozenset(iri for iri in self.direct if self.is_impossible(iri)) - {NOTHING}


def classify(triples: Iterable[ox.Triple], memory: str = "3000M", deadline: float = 3600) -> Hierarchy:
    """The hierarchy of an ontology; whatever HermiT does not say in full is an error."""
    with TemporaryDirectory(prefix="asylgraf-referee-") as folder:
        source, answer = Path(folder) / "law.owl", Path(folder) / "hierarchy.ofn"
        source.write_bytes(serialize(triples))
        _run(source, answer, memory, deadline)
        text = answer.read_text(encoding="utf-8") if answer.exists() else ""
    return read_hierarchy(text)


def read_hierarchy(text: str) -> Hierarchy:
    """The hierarchy in HermiT's own words."""
    found = Hierarchy()
    for lower, upper in _BELOW.findall(text):
        found.add(_plain(lower), _plain(upper))
    for listed in _SAME.findall(text):
        same = [_plain(name) for name in listed.split()]
        for one in same:
            for other in same:
                found.add(one, other)
    if not found.direct:
        raise RefereeFailed("HermiT named no class at all.")
    return found


def _plain(name: str) -> str:
    return name.strip("<>").replace("owl:", OWL, 1) if name.startswith("owl:") else name.strip("<>")


def _run(source: Path, answer: Path, memory: str, deadline: float) -> None:
    classpath = os.pathsep.join(map(str, hermit()))
    command = [str(executable()), f"-Xmx{memory}", "-cp", classpath]
    command += ["org.semanticweb.HermiT.cli.CommandLine", "-N", "-c", f"--output={answer}", source.as_uri()]
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, timeout=deadline, check=False
        )
    except subprocess.TimeoutExpired:
        raise RefereeFailed(f"HermiT gave no answer within {deadline:.0f} seconds.") from None
    if done.returncode or "Exception" in done.stderr:
        raise RefereeFailed(f"HermiT stopped: {(done.stderr or done.stdout).strip()[:400]}")
