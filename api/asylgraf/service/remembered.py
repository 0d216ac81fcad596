"""Triples that follow from the law, kept on disk between runs under the hash of all they follow from.

A file that cannot be read whole is not used; what cannot be kept is derived again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from asylgraf.resources import cache, program

MOST: Final = 16
"""How many sets of triples are kept, the last used."""
_END: Final = b"# whole\n"


def folder() -> Path:
    """Where they are kept for this user."""
    return cache("derived-1")


def key(*meaning: object) -> str:
    """A hash of what triples follow from: what is told, and the program that derives them."""
    return hashlib.sha256(repr((meaning, program("graph", "reasoner", "service"))).encode()).hexdigest()


def load(name: str) -> list[ox.Triple] | None:
    """The triples kept under that name, if they are there and whole."""
    with contextlib.suppress(OSError, RuntimeError, ValueError, SyntaxError):
        path = folder() / f"{name}.nt"
        written = path.read_bytes()
        if written.endswith(_END):
            os.utime(path)
            return [quad.triple for quad in ox.parse(written, format=ox.RdfFormat.N_TRIPLES)]
    return None


def store(name: str, triples: Iterable[ox.Triple]) -> None:
    """Keep triples; a reader sees the whole file or none."""
    with contextlib.suppress(OSError, RuntimeError):
        home = folder()
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=home, suffix=".part", delete=False) as file:
            file.write((ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"") + _END)
        Path(file.name).replace(home / f"{name}.nt")
        for old in sorted(home.glob("*.nt"), key=lambda path: path.stat().st_mtime, reverse=True)[MOST:]:
            old.unlink(missing_ok=True)
