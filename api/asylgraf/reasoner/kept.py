"""Compiled laws kept on disk between runs, under the hash of what was compiled.

A file holds plain numbers and names as JSON; one that does not fit the law it is named for is not used. What
cannot be written or read is compiled again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from asylgraf.graph.consolidated import Consolidation

FORM = 2
"""Counts the forms that files have had; another form is another folder."""
MOST = 64
"""How many compiled laws are kept, the last used."""


def folder() -> Path:
    """Where compiled laws are kept for this user."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "asylgraf" / f"compiled-{FORM}"


def key(law: Consolidation) -> str:
    """A hash of everything the diagrams are made of."""
    values = {iri: fact.values for iri, fact in law.law.facts.items() if fact.values}
    order = [outcome.iri for outcome in law.outcomes]
    meaning = repr((law.classes, law.background, values, order, sorted(law.periods)))
    return hashlib.sha256(meaning.encode()).hexdigest()


def load(name: str) -> dict[str, Any] | None:
    """What is kept under that name, if anything that can be read."""
    try:
        path = folder() / f"{name}.json"
        found = json.loads(path.read_bytes())
        os.utime(path)
    except (OSError, RuntimeError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def store(name: str, parts: dict[str, Any]) -> None:
    """Keep the parts; a reader sees the whole file or none."""
    with contextlib.suppress(OSError, RuntimeError):
        home = folder()
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=home, suffix=".part", delete=False) as file:
            file.write(json.dumps(parts, separators=(",", ":")))
        Path(file.name).replace(home / f"{name}.json")
        _forget_oldest(home)


def _forget_oldest(home: Path) -> None:
    by_age = sorted(home.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in by_age[MOST:]:
        path.unlink(missing_ok=True)


def sound(rows: Sequence[Sequence[int]], atoms: int) -> bool:
    """Whether rows are diagrams: each leads to earlier rows only, and asks about an atom there is."""
    first, rest = rows[:2], rows[2:]
    return [list(row) for row in first] == [[-1, 0, 0], [-1, 1, 1]] and all(
        len(row) == 3 and 0 <= row[0] < atoms and 0 <= row[1] < place and 0 <= row[2] < place
        for place, row in enumerate(rest, start=2)
    )


def plain(atom: Any) -> list[object]:  # noqa: ANN401 -- one of the kinds of atoms
    """An atom as its kind and parts."""
    return [type(atom).__name__, *astuple(atom)]
