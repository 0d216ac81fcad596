"""Receipts: what was asked and answered, under which data and program, so that anyone can run it again.

A receipt is the caller's file; nothing of it is kept here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asylgraf.errors import BrokenReceipt
from asylgraf.graph import LawGraph
from asylgraf.reasoner import assessment_json
from asylgraf.service.cases import CaseFile, answer, case_of, program_version

Json = dict[str, Any]
_PARTS = ("program", "data", "case", "answer")


@dataclass(frozen=True)
class Verification:
    """What running a receipt again showed."""

    intact: bool
    """Whether its parts are still those that were hashed."""
    same_program: bool
    same_data: bool
    differences: tuple[str, ...]
    """A sentence for each part of the answer that is now another."""

    @property
    def holds(self) -> bool:
        """Whether the receipt is intact and the answer is the same today."""
        return self.intact and not self.differences

    def to_json(self) -> Json:
        """The verification for programs."""
        return {
            "holds": self.holds,
            "intact": self.intact,
            "sameProgram": self.same_program,
            "sameData": self.same_data,
            "differences": list(self.differences),
        }


def receipt(graph: LawGraph, case: CaseFile) -> Json:
    """The case, its answer, the version of the program and the hash of ontology and kb; all of it hashed."""
    parts: Json = {
        "program": program_version(),
        "data": graph.digest,
        "case": case.to_json(),
        "answer": assessment_json(answer(graph, case)),
    }
    return parts | {"hash": _hash(parts)}


def read_receipt(path: Path) -> Json:
    """The receipt in a JSON file."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as mistake:
        where = f"{path}:{mistake.lineno}:{mistake.colno}"
        raise BrokenReceipt(f"This is not JSON: {mistake.msg}.", where=where) from None
    except UnicodeDecodeError:
        raise BrokenReceipt("The file is not text in UTF-8.", where=str(path)) from None
    except OSError as mistake:
        raise BrokenReceipt(f"The file cannot be read: {mistake.strerror}.", where=str(path)) from None
    return checked(raw, str(path))


def checked(raw: object, where: str) -> Json:
    """The receipt, if it has the parts of one."""
    if not isinstance(raw, dict) or not {*_PARTS, "hash"} <= raw.keys():
        raise BrokenReceipt(f"A receipt has {', '.join(_PARTS)} and hash.", where=where)
    outcomes = raw["answer"].get("outcomes") if isinstance(raw["answer"], dict) else None
    if not isinstance(outcomes, list) or not all(_names_consequence(one) for one in outcomes):
        raise BrokenReceipt("The answer of a receipt lists outcomes.", where=where)
    return raw


def _names_consequence(outcome: object) -> bool:
    return isinstance(outcome, dict) and isinstance(outcome.get("consequence"), str)


def verify(graph: LawGraph, found: Mapping[str, Any]) -> Verification:
    """Run the case of a receipt again, and compare."""
    now = receipt(graph, case_of(found["case"]))
    return Verification(
        intact=found["hash"] == _hash({part: found[part] for part in _PARTS}),
        same_program=found["program"] == now["program"],
        same_data=found["data"] == now["data"],
        differences=tuple(_differences(found["answer"], now["answer"])),
    )


def _differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for part in ("on", "known", "presume", "grants"):
        if then.get(part) != now[part]:
            yield f"“{part}” was {then.get(part)!r} and is {now[part]!r}."
    before, after = (
        {one["consequence"]: one for one in one_of.get("outcomes", ())} for one_of in (then, now)
    )
    for consequence in sorted(before.keys() | after.keys()):
        old, new = before.get(consequence), after.get(consequence)
        if old is None or new is None:
            yield f"<{consequence}> is {'new' if old is None else 'gone'}."
        elif old != new:
            parts = ", ".join(sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key)))
            yield f"<{consequence}>: {old.get('outcome')} then, {new['outcome']} now; {parts} differ."


def _hash(parts: Mapping[str, Any]) -> str:
    written = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
