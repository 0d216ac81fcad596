"""The linker's tables, kept on disk between runs so that the first answer comes at once."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Final

from asylgraf.citations.knowledge import Judgment, Knowledge, knowledge_of
from asylgraf.resources import data

_FORMAT: Final = "5"
"""Changes with the shape of the tables."""


@cache
def shipped_knowledge() -> Knowledge:
    """What the shipped graph knows about citations."""
    kept = _kept_file()
    if kept is not None and (known := _read(kept)) is not None:
        return known
    from asylgraf.graph import open_graph

    known = knowledge_of(open_graph().store)
    if kept is not None:
        _keep(known, kept)
    return known


def _kept_file() -> Path | None:
    """Where the tables of just these files are kept; none where the machine keeps nothing for the user."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 a home may be missing
    if home.startswith("~"):
        return None
    return Path(home) / "asylgraf" / f"citations-{_fingerprint()}.json"


def _fingerprint() -> str:
    """A hash of the names, sizes and times of every data file."""
    seen = hashlib.sha256(_FORMAT.encode())
    for folder in (data("ontology"), data("kb")):
        for place, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                about = os.stat(os.path.join(place, name))  # noqa: PTH116, PTH118 hundreds of files on each start
                seen.update(f"{place}/{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return seen.hexdigest()[:24]


def _read(kept: Path) -> Knowledge | None:
    try:
        tables = json.loads(kept.read_bytes())
    except (OSError, ValueError):
        return None
    judgments = [
        Judgment(**{**found, "identifiers": [tuple(pair) for pair in found["identifiers"]]})
        for found in tables.pop("judgments")
    ]
    return Knowledge(**tables, judgments=judgments)


def _keep(known: Knowledge, kept: Path) -> None:
    """Write the tables whole or not at all; a machine that keeps nothing is no mistake."""
    draft = kept.with_suffix(f".{os.getpid()}")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        for older in kept.parent.glob("citations-*.json"):
            older.unlink(missing_ok=True)
        draft.write_text(json.dumps(asdict(known), ensure_ascii=False, separators=(",", ":")))
        draft.replace(kept)
    except OSError:
        return
