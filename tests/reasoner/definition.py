"""What an outcome *is*, as a lawyer works: no diagrams, no consolidation, one complete case at a time.

A consequence holds when it follows in every way the unknown could turn out, fails when it follows in none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import prod
from typing import Any

from asylgraf.graph.calendar import Duration, reached
from asylgraf.graph.expressions import And, Expression, Has, Named, Not, OneOf, Or, Within
from asylgraf.graph.law import Defined, Law, OnDay, Period, Version
from asylgraf.namespaces import ONTOLOGY

BARS = ONTOLOGY + "Bars"
Complete = Mapping[str, Any]
"""A case of which everything is known: facts, periods reached (by condition), acts started (by act)."""
Facts = Mapping[str, Any]
"""The facts of a case file."""


@dataclass(frozen=True)
class Day:
    """The law on one day."""

    law: Law
    on: date

    def is_in(self, what: Expression, case: Complete) -> bool:  # noqa: PLR0911
        match what:
            case Named(iri):
                return self._is_named(iri, case)
            case And(parts):
                return all(self.is_in(part, case) for part in parts)
            case Or(parts):
                return any(self.is_in(part, case) for part in parts)
            case Not(part):
                return not self.is_in(part, case)
            case Has(fact, value):
                return bool(case[fact] == value)
            case OneOf(fact, values):
                return case[fact] in values
            case Within(fact, minimum, maximum):
                return (minimum is None or case[fact] >= minimum) and (
                    maximum is None or case[fact] <= maximum
                )

    def _is_named(self, iri: str, case: Complete) -> bool:
        base, _, part = iri.partition("#")
        if part:
            return self.covers(base, case) if part == "case" else self.applies(base, case)
        condition = self.law.conditions.get(iri)
        match condition:
            case None:
                return iri == ONTOLOGY + "Case"
            case Defined(expression=expression):
                return self.is_in(expression, case)
            case OnDay(fact=fact, on_or_after=first, before=end):
                day = date.fromordinal(case[fact])
                return (first is None or day >= first) and (end is None or day < end)
            case Period(start=start, end=None, duration=duration, more=more):
                return reached(date.fromordinal(case[start]), self.on, duration, more)
            case Period():
                return bool(case[iri])

    def governing(self, provision: str, case: Complete) -> Version | None:
        """The newest version that has begun and has the case in its scope."""
        for version in reversed(self.law.versions[provision]):
            begun = version.start.by(self.on)
            if begun is None:
                begun = case[started(version)]
            if begun and (version.scope is None or self._is_named(version.scope, case)):
                return None if version.repeal else version
        return None

    def covers(self, provision: str, case: Complete) -> bool:
        version = self.governing(provision, case)
        return version is not None and self.is_in(version.rule, case)

    def applies(self, provision: str, case: Complete) -> bool:
        version = self.governing(provision, case)
        if version is None or not self.is_in(version.rule, case):
            return False
        return not any(
            self.overrides(other, version, case) and self.applies(other, case) for other in self.law.versions
        )

    def overrides(self, provision: str, version: Version, case: Complete) -> bool:
        other = self.governing(provision, case)
        if other is None or version.provision not in other.overrides:
            return False
        return other.kind != BARS or version.kind in self.law.favourable

    def follows(self, consequence: str, case: Complete) -> bool:
        governing = ((p, self.governing(p, case)) for p in self.law.versions)
        return any(v is not None and v.brings == consequence and self.applies(p, case) for p, v in governing)

    def granted(self, permits: list[str], case: Complete) -> str | None:
        return next((permit for permit in permits if self.follows(permit, case)), None)

    def is_possible(self, case: Complete) -> bool:
        """Whether the background axioms and the calendar allow it."""
        return all(self._is_named(axiom, case) for axiom in self.law.axioms) and self._periods_agree(case)

    def _periods_agree(self, case: Complete) -> bool:
        periods = {iri: c for iri, c in self.law.conditions.items() if isinstance(c, Period) and c.end}
        return all(
            case[shorter] or not case[longer]
            for longer, one in periods.items()
            for shorter, other in periods.items()
            if (one.duration.months, one.more) >= (other.duration.months, other.more)
        )

    def completions(self, facts: Facts, most: int = 10**9) -> Iterator[Complete] | None:
        """Every complete case that is as the facts say, up to values that the law cannot tell apart.

        Nothing where there are more to try than `most`.
        """
        domains = self._domains(facts)
        if prod(map(len, domains.values())) > most:
            return None
        tried = (dict(zip(domains, values, strict=True)) for values in product(*domains.values()))
        return (case for case in tried if self.is_possible(case))

    def _domains(self, facts: Facts) -> dict[str, list[Any]]:
        domains = {fact.iri: self._domain(fact.iri, facts.get(fact.name)) for fact in self.law.facts.values()}
        for iri, condition in self.law.conditions.items():
            if isinstance(condition, Period) and condition.end:
                told = all(facts.get(_name(fact)) is not None for fact in (condition.start, condition.end))
                ends = domains[condition.start], domains[condition.end]
                domains[iri] = _reached_or_not(condition, *ends) if told else [True, False]
        for version in (v for vs in self.law.versions.values() for v in vs):
            if version.start.by(self.on) is None:
                domains[started(version)] = [True, False]
        return domains

    def _domain(self, iri: str, told: object) -> list[Any]:
        fact = self.law.facts[iri]
        if fact.type == "boolean":
            return [True, False] if told is None else [told]
        if fact.type == "enumeration":
            listed = told["in"] if isinstance(told, dict) else [told]
            return [v for v in fact.values if told is None or v.rsplit("/", 1)[-1] in listed]
        lowest, highest = _bounds(told, days=fact.type == "date")
        telling = {v for v in self._telling(iri) if lowest <= v <= highest}
        return sorted(telling | {lowest, highest})

    def _telling(self, iri: str) -> Iterator[int]:
        """Numbers on both sides of every bound that the law draws."""
        yield from range(-1, 7) if self.law.facts[iri].type == "integer" else ()
        for condition in self.law.conditions.values():
            match condition:
                case OnDay(fact=fact, on_or_after=first, before=end) if fact == iri:
                    for day in (first, end):
                        yield from (day.toordinal() + step for step in (-1, 0, 1) if day)
                case Period(start=start, end=None, duration=duration, more=more) if start == iri:
                    yield from self._last_start(duration, more)

    def _last_start(self, duration: Duration, more: bool) -> Iterator[int]:
        day = self.on
        while not reached(day, self.on, duration, more):
            day -= timedelta(days=1)
        yield from (day.toordinal(), day.toordinal() + 1)


def _passes(test: Has | OneOf | Within, case: Complete) -> bool:
    told = case[test.fact]
    match test:
        case Has(_, value):
            return bool(told == value)
        case OneOf(_, values):
            return told in values
        case Within(_, minimum, maximum):
            return (minimum is None or told >= minimum) and (maximum is None or told <= maximum)


def started(version: Version) -> str:
    """One name for all versions of an act that start within the same days."""
    return f"{version.enacted_by} {version.start.earliest} {version.start.latest}"


def _name(fact: str) -> str:
    return fact.rsplit("/", 1)[-1]


def _bounds(told: Any, *, days: bool) -> tuple[int, int]:  # noqa: ANN401
    low, high = (told.get("min"), told.get("max")) if isinstance(told, dict) else (told, told)
    widest = (date.min.toordinal(), date.max.toordinal()) if days else (-(10**9), 10**9)
    return _number(low, widest[0]), _number(high, widest[1])


def _number(end: int | str | None, otherwise: int) -> int:
    if isinstance(end, str):
        return date.fromisoformat(end).toordinal()
    return otherwise if end is None else end


def _reached_or_not(period: Period, starts: list[int], ends: list[int]) -> list[bool]:
    day = date.fromordinal
    return sorted({reached(day(a), day(b), period.duration, period.more) for a in starts for b in ends})
