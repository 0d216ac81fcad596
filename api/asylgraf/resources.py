"""Where the data folders lie, inside the package or at the root of a checkout; and what is in them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

_PROGRAM = Path(__file__).parent


def data(folder: str) -> Path:
    """The data folder of that name: `ontology`, `kb` or `queries`."""
    packaged = Path(str(files("asylgraf"))) / "data" / folder
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / folder


def shipped_files() -> tuple[Path, ...]:
    """Every RDF file of the ontology and the knowledge base, in a stable order."""
    modules = sorted(data("ontology").glob("*.ttl"))
    return (*modules, *sorted(data("kb").rglob("*.trig")))


def digest(paths: Iterable[Path]) -> str:
    """A hash of the names and of every byte of files."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def program(*parts: str) -> tuple[tuple[str, int, int], ...]:
    """What tells one state of these parts of the program from another: each file's name, size and time."""
    paths = [path for part in parts for path in (_PROGRAM / part).glob("*.py")]
    return tuple((path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(paths))


def cache(folder: str) -> Path:
    """Where this user's programs keep what they can make again."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "asylgraf" / folder
