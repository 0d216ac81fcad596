"""Coverage in time: on every day, one version of a provision governs each case it has a version for.

The law of a day is put together so that a newer version takes the cases in its scope and its predecessor
keeps the rest. That only works when the order of versions is known, when two that begin on one day share no
case, and when each governs some case. Here it is tried out, case by case, with every value that a scope can
tell apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, islice, product

from asylgraf.errors import DataError
from asylgraf.graph.check.findings import Finding
from asylgraf.graph.consolidated import Consolidation, Live
from asylgraf.graph.expressions import CASE, NOTHING, And, Expression, Has, Named, Not, OneOf, Or, Within
from asylgraf.graph.law import Version
from asylgraf.graph.lawgraph import LawGraph
from asylgraf.graph.places import Places
from asylgraf.namespaces import short

NAME = "coverage in time"
MOST_CASES = 20_000
OTHER = "another value"
Values = Mapping[str, bool | str | int]


def uncovered(graph: LawGraph) -> Iterator[Finding]:
    """Versions whose order cannot be told, that share cases with another, or that never govern any."""
    places = Places(graph)
    try:
        law = graph.law()
        days = {day: graph.consolidated(day) for day in graph.change_dates()}
    except DataError:
        return  # the law of every day is a step of its own
    for versions in law.versions.values():
        yield from _unordered(versions, days, places)
    governing: set[str] = set()
    for day, consolidation in days.items():
        for lives in consolidation.live.values():
            yield from _doubly_governed(day, lives, consolidation, places)
            governing |= {one.version.iri for one in lives if _some(one.governs, consolidation)}
    for version in (v for vs in law.versions.values() for v in vs if not v.repeal):
        if version.iri not in governing:
            yield Finding(
                NAME, "error", "This version governs no case on any day.", version.iri, places.of(version.iri)
            )


def _unordered(
    versions: Sequence[Version], days: Mapping[date, Consolidation], places: Places
) -> Iterator[Finding]:
    """Pairs of which the graph cannot say which is newer, although some case may be in the scope of both."""
    for one, other in combinations(versions, 2):
        meet = one.start.earliest <= other.start.latest and other.start.earliest <= one.start.latest
        if meet and _share_a_case(one, other, days[other.start.latest]):
            yield Finding(
                NAME,
                "error",
                f"It cannot be told whether this version or <{short(other.iri)}> is the newer, and both "
                "have cases in common.",
                one.iri,
                places.of(one.iri),
            )


def _share_a_case(one: Version, other: Version, law: Consolidation) -> bool:
    scopes = [Named(version.scope) for version in (one, other) if version.scope]
    return _some(And(tuple(scopes)), law)


def _doubly_governed(
    day: date, lives: Sequence[Live], law: Consolidation, places: Places
) -> Iterator[Finding]:
    for one, other in combinations(lives, 2):
        if _some(And((one.governs, other.governs)), law):
            yield Finding(
                NAME,
                "error",
                f"On {day} some case is governed both by this version and by <{short(other.version.iri)}>.",
                one.version.iri,
                places.of(one.version.iri),
            )


def _some(expression: Expression, law: Consolidation) -> bool:
    """Whether some case is in the class; with more to try than can be tried, it is taken to be so."""
    cases = list(islice(_cases(expression, law), MOST_CASES + 1))
    return len(cases) > MOST_CASES or any(is_in(values, expression, law) for values in cases)


def _cases(expression: Expression, law: Consolidation) -> Iterator[Values]:
    """Every case that the expression can tell apart from others."""
    telling: dict[str, set[bool | str | int]] = {}
    for fact, values in _telling(expression, law):
        telling.setdefault(fact, set()).update(values)
    names = sorted(telling)
    for chosen in product(*(sorted(telling[name], key=repr) for name in names)):
        yield dict(zip(names, chosen, strict=True))


def _telling(expression: Expression, law: Consolidation) -> Iterator[tuple[str, set[bool | str | int]]]:
    """Each fact the expression asks for, with values it tells apart."""
    for test in _tests(expression, law):
        match test:
            case Has(fact, value):
                yield fact, {True, False} if isinstance(value, bool) else {value, OTHER}
            case OneOf(fact, values):
                yield fact, {*values, OTHER}
            case Within(fact, minimum, maximum):
                edges = [edge for edge in (minimum, maximum) if edge is not None]
                yield fact, {edge + step for edge in edges for step in (-1, 0, 1)}


def _tests(expression: Expression, law: Consolidation) -> Iterator[Has | OneOf | Within]:
    match expression:
        case Named(iri):
            if iri not in (CASE, NOTHING):
                yield from _tests(law.classes[iri], law)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _tests(part, law)
        case Not(part):
            yield from _tests(part, law)
        case _:
            yield expression


def is_in(values: Values, expression: Expression, law: Consolidation) -> bool:
    """Whether a case of which everything is known is in the class."""
    match expression:
        case Named(iri):
            return iri != NOTHING and (iri == CASE or is_in(values, law.classes[iri], law))
        case And(parts):
            return all(is_in(values, part, law) for part in parts)
        case Or(parts):
            return any(is_in(values, part, law) for part in parts)
        case Not(part):
            return not is_in(values, part, law)
        case _:
            return _passes(values, expression)


def _passes(values: Values, test: Has | OneOf | Within) -> bool:
    match test:
        case Has(fact, value):
            return values[fact] == value
        case OneOf(fact, several):
            return values[fact] in several
        case Within(fact, minimum, maximum):
            number = int(values[fact])
            return (minimum is None or number >= minimum) and (maximum is None or number <= maximum)
