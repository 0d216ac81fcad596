"""What the referee says of cases: each case is a class, and so is each consequence and its complement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from asylgraf.graph.calendar import reached
from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import Expression, Has, Named, Not, OneOf, Within, both
from asylgraf.graph.law import Period
from asylgraf.graph.owl import Writer
from asylgraf.reasoner.case import Case, Interval, Value
from asylgraf.reasoner.referee import canaries
from asylgraf.reasoner.referee.hermit import Hierarchy, classify

_CASE, _NOT = "urn:asylgraf:case:", "urn:asylgraf:not:"


@dataclass(frozen=True)
class Judgement:
    """What HermiT entails of one case: nothing at all where no case can be like it."""

    possible: bool
    values: Mapping[str, bool | None]


class Thirds(Writer):
    """Writes the law for HermiT with every number n as 3n, and the bounds of ranges between those.

    HermiT 1.3.8 loses entailments where a bound of one range equals a bound of another: with *at least 7* as
    a class, *exactly 7* is not found below it. With the numbers three apart no bounds
    meet, and what follows is the same.
    """

    def span(self, minimum: int | None, maximum: int | None) -> ox.BlankNode:
        """The numbers between the bounds, in thirds."""
        return super().span(
            None if minimum is None else 3 * minimum - 1, None if maximum is None else 3 * maximum + 1
        )


def questions(law: Consolidation) -> tuple[str, ...]:
    """The classes worth asking about: every consequence, and who is granted what."""
    granted = (name for name in law.classes if name.endswith("#granted"))
    return (*(outcome.iri for outcome in law.outcomes), *granted)


def judge(law: Consolidation, cases: Sequence[Case], classes: Sequence[str]) -> list[Judgement]:
    """HermiT's judgement of each case for each of the classes, all in one run."""
    found = classify(_ontology(law, cases, classes))
    canaries.check(found)
    return [_judgement(found, number, classes) for number in range(len(cases))]


def _ontology(law: Consolidation, cases: Sequence[Case], classes: Sequence[str]) -> list[ox.Triple]:
    writer = Thirds(law)
    writer.write()
    canaries.write(writer)
    for iri in classes:
        writer.define(_NOT + iri, Not(Named(iri)))
    for number, case in enumerate(cases):
        writer.below(f"{_CASE}{number}", both(*_facts(law, case)))
    return writer.out


def _judgement(found: Hierarchy, number: int, classes: Sequence[str]) -> Judgement:
    above = found.above(f"{_CASE}{number}")
    if found.is_impossible(f"{_CASE}{number}"):
        return Judgement(possible=False, values={})
    return Judgement(
        possible=True,
        values={iri: True if iri in above else False if _NOT + iri in above else None for iri in classes},
    )


def _facts(law: Consolidation, case: Case) -> Iterator[Expression]:
    """What the case says, as class expressions; periods between two dates are counted on the calendar."""
    values = {**case.presumed, **case.given}
    for fact, value in values.items():
        yield _expression(fact, value)
    for name, period in law.periods.items():
        counted = _counted(period, values)
        if counted is not None:
            yield Has(name, value=counted)


def _expression(fact: str, value: Value) -> Expression:
    if isinstance(value, Interval):
        return Within(fact, value.lowest, value.highest)
    if len(value.values) == 1:
        (only,) = value.values
        return Has(fact, bool(only) if isinstance(only, bool) else str(only))
    return OneOf(fact, tuple(sorted(str(v) for v in value.values)))


def _counted(period: Period, values: Mapping[str, Value]) -> bool | None:
    start, end = values.get(period.start), values.get(period.end or "")
    if not isinstance(start, Interval) or not isinstance(end, Interval):
        return None
    outer = (start.lowest, end.highest), (start.highest, end.lowest)
    most, least = (
        reached(date.fromordinal(a), date.fromordinal(b), period.duration, period.more) for a, b in outer
    )
    return most if most == least else None
