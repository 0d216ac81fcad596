"""A case: what is known of one person, read from the shape of a case file."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rapidfuzz import process

from asylgraf.errors import BadDate, ContradictoryFacts, UnknownFact, WrongValue
from asylgraf.graph.calendar import FIRST, LAST
from asylgraf.graph.law import Fact, Law

Presume = Literal["none", "standard"]
SMALLEST, GREATEST = -(10**9), 10**9
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Choice:
    """What a boolean or enumerated fact may be: one value is known, several are partly known."""

    values: frozenset[bool] | frozenset[str]


TRUTHS = {truth: Choice(frozenset({truth})) for truth in (True, False)}
"""What a boolean fact may be when it is known."""


@dataclass(frozen=True)
class Interval:
    """What a number or a day (as its ordinal) may be, both ends included."""

    lowest: int
    highest: int
    days: bool


Value = Choice | Interval


@dataclass(frozen=True)
class Case:
    """The facts given, by address; the facts named but left unknown; the facts presumed."""

    given: Mapping[str, Value]
    unknown: frozenset[str]
    presumed: Mapping[str, Value]

    def value(self, fact: str) -> Value | None:
        """What is known of a fact, given or presumed."""
        return self.given.get(fact) or self.presumed.get(fact)


def read_case(law: Law, facts: Mapping[str, object], presume: str = "none") -> Case:
    """The case of a case file's `facts`; names are the facts' local names.

    Raises UnknownFact, WrongValue, BadDate or ContradictoryFacts, each naming the field.
    """
    if presume not in ("none", "standard"):
        raise WrongValue(f"“{presume}” is no way to presume; expected none or standard.", where="presume")
    by_name = law.by_name
    given: dict[str, Value] = {}
    unknown: set[str] = set()
    for name, raw in facts.items():
        fact = by_name.get(name) or _nobody_asks(name, by_name)
        value = _read(fact, raw)
        if value is None:
            unknown.add(fact.iri)
        else:
            given[fact.iri] = value
    _with_companions(law, given)
    presumed = presumptions(law, {*given, *unknown}) if presume == "standard" else {}
    return Case(given, frozenset(unknown), presumed)


def _nobody_asks(name: str, by_name: Mapping[str, Fact]) -> Fact:
    close = process.extract(name, list(by_name), limit=3, score_cutoff=60) if len(name) > 2 else []
    near = [match for match, _, _ in close]
    hint = f" Did you mean {', '.join(near)}?" if near else " The command “asylgraf facts” lists all."
    raise UnknownFact(f"No provision asks for a fact “{name}”.{hint}", where=f"facts.{name}")


def _with_companions(law: Law, given: dict[str, Value]) -> None:
    """A date that is given is the date of something that happened."""
    for iri in [iri for iri in given if law.facts[iri].companion]:
        companion = law.facts[iri].companion or ""
        happened = given.setdefault(companion, TRUTHS[True])
        if happened == TRUTHS[False]:
            name, other = law.facts[iri].name, law.facts[companion].name
            raise ContradictoryFacts(
                f"A day is given for {name}, but {other} is false.", where=f"facts.{name}"
            )


def presumptions(law: Law, told: Container[str] = ()) -> dict[str, Value]:
    """What is presumed of the facts that nobody told, or told to be unknown."""
    return {iri: TRUTHS[value] for iri, value in law.presumed if iri not in told}


def _read(fact: Fact, raw: object) -> Value | None:
    if raw is None:
        return None
    if fact.type in ("boolean", "enumeration"):
        return _choice(fact, raw)
    return _interval(fact, raw)


def _choice(fact: Fact, raw: object) -> Choice | None:
    if isinstance(raw, bool) and fact.type == "boolean":
        return TRUTHS[raw]
    listed = _only(fact, raw, {"in"}).get("in") if isinstance(raw, Mapping) else [raw]
    if not isinstance(listed, list) or not listed:
        raise _wrong(fact, raw)
    if fact.type == "boolean":
        if not all(isinstance(value, bool) for value in listed):
            raise _wrong(fact, raw)
        truths = frozenset(bool(value) for value in listed)
        return Choice(truths) if len(truths) == 1 else None
    by_name = {iri.rsplit("/", 1)[-1]: iri for iri in fact.values}
    if not all(isinstance(value, str) and value in by_name for value in listed):
        raise _wrong(fact, raw)
    chosen = frozenset(by_name[str(value)] for value in listed)
    return Choice(chosen) if len(chosen) < len(fact.values) else None


def _interval(fact: Fact, raw: object) -> Interval | None:
    if not isinstance(raw, Mapping):
        exact = _number(fact, raw, raw)
        return Interval(exact, exact, fact.type == "date")
    ends = _only(fact, raw, {"min", "max"})
    widest = (FIRST, LAST) if fact.type == "date" else (SMALLEST, GREATEST)
    low, high = (
        widest[k] if ends.get(end) is None else _number(fact, ends[end], raw)
        for k, end in enumerate(("min", "max"))
    )
    if low > high:
        raise WrongValue(f"The least value of {fact.name} is above the greatest.", where=f"facts.{fact.name}")
    return None if (low, high) == widest else Interval(low, high, fact.type == "date")


def _only(fact: Fact, raw: Mapping[object, object], keys: set[str]) -> dict[str, object]:
    if not raw or not all(isinstance(key, str) and key in keys for key in raw):
        raise _wrong(fact, dict(raw))
    return {str(key): value for key, value in raw.items()}


def _number(fact: Fact, value: object, raw: object) -> int:
    if fact.type == "date":
        return _day(fact, value, raw).toordinal()
    if isinstance(value, bool) or not isinstance(value, int) or not SMALLEST <= value <= GREATEST:
        raise _wrong(fact, raw)
    return value


def _day(fact: Fact, value: object, raw: object) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise _wrong(fact, raw)
    return parse_day(value, f"facts.{fact.name}")


def parse_day(text: str, where: str) -> date:
    """A day written as in 2024-05-01; anything else is an error that names the field."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else _no_day(text, where)
    except ValueError:
        return _no_day(text, where)


def _no_day(text: str, where: str) -> date:
    raise BadDate(f"“{text[:40]}” is no date; expected one such as 2024-05-01.", where=where)


def _wrong(fact: Fact, raw: object) -> WrongValue:
    names = [value.rsplit("/", 1)[-1] for value in fact.values]
    expected = {
        "boolean": "true, false or null",
        "integer": 'a whole number, {"min": …, "max": …} or null',
        "date": 'a date such as "2024-05-01", {"min": …, "max": …} or null',
        "enumeration": f'one of {", ".join(names)}, {{"in": […]}} or null',
    }[fact.type]
    return WrongValue(
        f"{fact.name} cannot be {reprlib.repr(raw)[:60]}; expected {expected}.", where=f"facts.{fact.name}"
    )
