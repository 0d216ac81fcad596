"""A day's store kept on disk from run to run, so that the first questions need not wait for the law.

Only what is shipped is kept, never a user's files or cases, under the hash of all of it and of the program.
A store that is not whole, or that somebody else could have written, is not used.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import stat
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from asylgraf.errors import BadParameter
from asylgraf.resources import cache, data, digest, program, shipped_files
from asylgraf.sparql.sources import Calendar

MOST: Final = 3
"""How many stores are kept, the last used; one takes some 25 MB."""
_IN_USE: Final = 3600.0
"""Seconds after its last use in which a store is left alone, since it may still be read."""
_LIST: Final = "list.json"


@dataclass(frozen=True)
class Ready:
    """The store of a day that an earlier run kept."""

    path: Path
    day: str
    calendar: Calendar

    def open(self) -> ox.Store:
        """The store, to be read."""
        return ox.Store.read_only(str(self.path / "store"))

    def about(self, _case: object) -> list[ox.Quad]:
        """Nothing: whoever asks about a case waits until the law is read, and nothing of it comes here."""
        raise BadParameter("Cases cannot be asked about before the law is read.", where="case")


def folder() -> Path:
    """Where they are kept for this user."""
    return cache("ready-1")


def find(today: date) -> Ready | None:
    """The store of that day, if it was kept and is whole."""
    with contextlib.suppress(OSError, RuntimeError, ValueError, KeyError, TypeError):
        home, key = folder(), _key()
        for path in home.glob(f"{key}-*") if _is_private(home) else ():
            told = json.loads((path / _LIST).read_bytes())
            calendar = Calendar.from_json(told["calendar"])
            day = calendar.key(today, None)[0]
            if path.name == f"{key}-{day}" and told["sums"] == _sums(path / "store"):
                os.utime(path)
                return Ready(path, str(day), calendar)
    return None


def keep(store: ox.Store, calendar: Calendar, day: str) -> None:
    """Keep a store; whoever looks for it sees all of it or nothing."""
    with contextlib.suppress(OSError, RuntimeError):
        home = folder()
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(home)
        path = home / f"{_key()}-{day}"
        if not _is_private(home) or _is_whole(path):
            return
        with tempfile.TemporaryDirectory(dir=home, prefix="part-", ignore_cleanup_errors=True) as part:
            _write(Path(part) / "new", store, calendar)
            shutil.rmtree(path, ignore_errors=True)
            (Path(part) / "new").rename(path)


def _write(path: Path, store: ox.Store, calendar: Calendar) -> None:
    path.mkdir()
    written = ox.Store(str(path / "store"))
    written.bulk_extend(store)
    written.optimize()
    written.flush()
    del written
    told = {"calendar": calendar.to_json(), "sums": _sums(path / "store")}
    (path / _LIST).write_text(json.dumps(told), encoding="utf-8")


def _key() -> str:
    """A hash of what a store follows from: the shipped files, and the program that makes it of them."""
    examples = sorted(data("kb").glob("examples/*.json"))
    told = digest((*shipped_files(), *examples)), program("graph", "reasoner", "service", "sparql")
    return hashlib.sha256(repr((told, ox.__version__)).encode()).hexdigest()[:32]


def _sums(store: Path) -> dict[str, str]:
    """The files of a store and their hashes; the engine's log is none of them."""
    files = sorted(path for path in store.iterdir() if not path.name.startswith("LOG"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _is_whole(path: Path) -> bool:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return bool(json.loads((path / _LIST).read_bytes())["sums"] == _sums(path / "store"))
    return False


def _is_private(home: Path) -> bool:
    """Whether nobody but this user can have written there."""
    found = home.stat()
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _sweep(home: Path) -> None:
    """Remove what was used least lately, and what was left half made."""
    old = time.time() - _IN_USE
    paths = sorted(home.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    whole = [path for path in paths if not path.name.startswith("part-")]
    for path in {*whole[MOST - 1 :], *paths} - {*whole[: MOST - 1]}:
        if path.stat().st_mtime < old:
            shutil.rmtree(path, ignore_errors=True)
