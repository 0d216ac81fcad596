"""Compiled laws kept on disk between runs, under the hash of what was compiled.

A file holds plain numbers and names as JSON; one that does not fit the law it is named for is not used. What
cannot be written or read is compiled again.

The bounds that a law draws on a date or number are told by their places, from the lowest: two days whose
laws differ only in how long ago a period began, and draw their bounds in the same order, are one file.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import And, Expression, Named, Not, Or, Within
from asylgraf.reasoner.atoms import AtLeast, Atom, Is, Yes, atoms

Bounds = Mapping[str, Sequence[int]]
FORM = 3
"""Counts the forms that files have had; another form is another folder."""
MOST = 128
"""How many compiled laws are kept, the last used."""


def folder() -> Path:
    """Where compiled laws are kept for this user."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "asylgraf" / f"compiled-{FORM}"


def bounds(law: Consolidation) -> Bounds:
    """By fact, the bounds that the law draws on it, from the lowest."""
    found: dict[str, set[int]] = {}
    for expression in (*law.classes.values(), *law.background.values()):
        for atom in atoms(expression):
            if isinstance(atom, AtLeast):
                found.setdefault(atom.fact, set()).add(atom.bound)
    return {fact: sorted(drawn) for fact, drawn in found.items()}


def key(law: Consolidation, drawn: Bounds) -> str:
    """A hash of everything the diagrams are made of, with the places of bounds for the bounds."""
    values = {iri: fact.values for iri, fact in law.law.facts.items() if fact.values}
    order = [outcome.iri for outcome in law.outcomes]
    classes, background = (
        {iri: _placed(expression, drawn) for iri, expression in named.items()}
        for named in (law.classes, law.background)
    )
    meaning = repr((classes, background, values, order, sorted(law.periods)))
    return hashlib.sha256(meaning.encode()).hexdigest()


def _placed(expression: Expression, drawn: Bounds) -> object:
    """The expression with the places of bounds for the bounds."""
    match expression:
        case And(parts) | Or(parts):
            return type(expression).__name__, [_placed(part, drawn) for part in parts]
        case Not(part):
            return "Not", _placed(part, drawn)
        case Within(fact, minimum, maximum):
            low, high = (None if b is None else drawn[fact].index(b) for b in _ends(minimum, maximum))
            return "Within", fact, low, high
        case Named(iri):
            return iri
        case _:
            return expression


def _ends(minimum: int | None, maximum: int | None) -> tuple[int | None, int | None]:
    """The bounds of the atoms that a range is made of."""
    return minimum, None if maximum is None else maximum + 1


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


def plain(atom: Atom, drawn: Bounds) -> list[object]:
    """An atom as its kind and parts; a bound as its place."""
    match atom:
        case Yes(fact):
            return ["Yes", fact]
        case Is(fact, value):
            return ["Is", fact, value]
        case AtLeast(fact, bound):
            return ["AtLeast", fact, drawn[fact].index(bound)]


def atom_of(parts: Sequence[Any], drawn: Bounds) -> Atom:
    """The atom that was written so; a ValueError or its like for what is none of this law."""
    match parts:
        case ["Yes", str(fact)]:
            return Yes(fact)
        case ["Is", str(fact), str(value)]:
            return Is(fact, value)
        case ["AtLeast", str(fact), int(place)] if place >= 0:
            return AtLeast(fact, drawn[fact][place])
    raise ValueError(parts)
