"""Cases as people send them: the shape of a case file, checked, and the answer to it."""

from __future__ import annotations

import json
import reprlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rapidfuzz import process

from asylgraf.errors import BadCase, UnknownThing, WrongValue
from asylgraf.graph import LawGraph
from asylgraf.namespaces import local
from asylgraf.reasoner import Assessment, Outcome, assess
from asylgraf.reasoner.case import parse_day

KEYS = ("facts", "on", "known", "presume")
TOLD = ("title", "story", "source")
"""What an example says beside the case; it does not change the answer."""


@dataclass(frozen=True)
class CaseFile:
    """A case with the day of decision, the day of knowledge and the way to presume."""

    facts: Mapping[str, object]
    on: date
    known: date | None
    presume: str

    def to_json(self) -> dict[str, object]:
        """The case in the shape of a case file."""
        known = self.known.isoformat() if self.known else None
        return {"facts": dict(self.facts), "on": self.on.isoformat(), "known": known, "presume": self.presume}


def read_case_file(path: Path, today: date) -> CaseFile:
    """The case in a JSON file, or for `-` on the standard input; `today` is for a case without a day."""
    where = "standard input" if str(path) == "-" else str(path)
    try:
        raw = json.loads(sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as mistake:
        place = f"{where}:{mistake.lineno}:{mistake.colno}"
        raise BadCase(f"This is not JSON: {mistake.msg}.", where=place) from None
    except UnicodeDecodeError as mistake:
        raise BadCase(f"This is not text in UTF-8, from byte {mistake.start} on.", where=where) from None
    except RecursionError:
        raise BadCase("This is JSON too deep to be a case.", where=where) from None
    except OSError as mistake:
        raise BadCase(f"The file cannot be read: {mistake.strerror}.", where=where) from None
    return case_of(raw, today)


def json_of(sent: bytes) -> object:
    """What was sent, if it is JSON."""
    try:
        return json.loads(sent)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as mistake:
        raise BadCase(f"This is not JSON: {mistake}.", where="body") from None


def case_of(raw: object, today: date | None = None) -> CaseFile:
    """The case in what a caller sent; an unknown key is an error with the nearest names.

    `today` stands in for a day of decision that it does not give; without either, that is an error.
    """
    if not isinstance(raw, Mapping):
        raise BadCase('A case is an object such as {"facts": {…}, "on": "2024-05-01"}.', where="body")
    for key in raw:
        if key not in KEYS and key not in TOLD:
            near = process.extractOne(str(key), KEYS)
            raise BadCase(f"“{key}” is no part of a case; did you mean {near[0]}?", where=str(key))
    facts = raw.get("facts", {})
    if not isinstance(facts, Mapping):
        raise WrongValue("The facts are an object from names to values.", where="facts")
    on, known = day_of(raw.get("on"), "on") or today, day_of(raw.get("known"), "known")
    if on is None:
        raise BadCase("The day of decision is missing; expected one such as 2024-05-01.", where="on")
    presume = raw.get("presume")
    return CaseFile(facts, on, known, "none" if presume is None else _written(presume))


def day_of(raw: object, where: str) -> date | None:
    """A day as a caller wrote it, or nothing."""
    if raw is None or isinstance(raw, date):
        return raw
    return parse_day(_written(raw), where)


def _written(raw: object) -> str:
    """The text that a caller wrote, or for anything else what it looks like."""
    return raw if isinstance(raw, str) else reprlib.repr(raw)


def answer(graph: LawGraph, case: CaseFile) -> Assessment:
    """Every consequence of the case on its day."""
    law = graph.consolidated(case.on, case.known)
    return assess(law, case.facts, case.presume, release(graph))


def release(graph: LawGraph) -> str:
    """Which program and which data answered: the version and the first digits of the data's hash."""
    return f"{program_version()}+{graph.digest[:12]}"


@cache
def program_version() -> str:
    """The version of the program as installed."""
    try:
        return version("asylgraf")
    except PackageNotFoundError:
        return "checkout"


def outcome_of(found: Assessment, consequence: str) -> Outcome:
    """The outcome of a consequence by its address or the end of it; UnknownThing names the nearest."""
    by_name = {
        name: o for o in found.outcomes for name in (o.rule.consequence.iri, local(o.rule.consequence.iri))
    }
    if consequence not in by_name:
        near = process.extract(consequence, [local(o.rule.consequence.iri) for o in found.outcomes], limit=3)
        names = ", ".join(name for name, _, _ in near)
        raise UnknownThing(
            f"No consequence is called “{consequence}”; near it: {names}.", where="consequence"
        )
    return by_name[consequence]
