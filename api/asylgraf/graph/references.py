"""Whether all that the law of a day mentions is there, is of its kind, and goes round in no circle."""

from __future__ import annotations

from collections.abc import Mapping

from asylgraf.errors import BrokenLaw, CyclicLaw
from asylgraf.graph.expressions import CASE, NOTHING, Expression, Has, OneOf, Within, names, tests
from asylgraf.graph.law import Defined, Fact, Law, Period
from asylgraf.namespaces import short


def check_references(law: Law, classes: Mapping[str, Expression]) -> None:
    """An error for a class or fact that is not there, a test that does not fit its fact, and a circle."""
    for condition in law.conditions.values():
        if not isinstance(condition, Defined):
            dates = (condition.start, condition.end) if isinstance(condition, Period) else (condition.fact,)
            for fact in filter(None, dates):
                _check_type(law, fact, ("date",), condition.iri)
    for iri, expression in classes.items():
        for name in names(expression):
            if name not in classes and name not in (CASE, NOTHING):
                raise BrokenLaw(f"It refers to <{short(name)}>, which is not in the graph.", where=short(iri))
        for test in tests(expression):
            _check_test(law, test, iri)
    _check_acyclic(classes)


def _check_test(law: Law, test: Has | OneOf | Within, where: str) -> None:
    if "#" in test.fact:
        return  # written by consolidation: a period reached, a version begun
    if isinstance(test, Within):
        _check_type(law, test.fact, ("integer", "date"), where)
    elif isinstance(test, Has) and isinstance(test.value, bool):
        _check_type(law, test.fact, ("boolean",), where)
    else:
        fact = _check_type(law, test.fact, ("enumeration",), where)
        for value in (str(test.value),) if isinstance(test, Has) else test.values:
            if value not in fact.values:
                raise BrokenLaw(f"<{short(value)}> is no value of {fact.name}.", where=short(where))


def _check_type(law: Law, iri: str, types: tuple[str, ...], where: str) -> Fact:
    fact = law.facts.get(iri)
    if fact is None:
        raise BrokenLaw(f"It asks for <{short(iri)}>, which is no fact in the graph.", where=short(where))
    if fact.type not in types:
        raise BrokenLaw(f"It tests {fact.name}, a fact of type {fact.type}, as another.", where=short(where))
    return fact


def _check_acyclic(classes: Mapping[str, Expression]) -> None:
    done: set[str] = set()
    for start in classes:
        path: list[str] = []
        _visit(start, classes, path, done)


def _visit(iri: str, classes: Mapping[str, Expression], path: list[str], done: set[str]) -> None:
    if iri in done or iri in (CASE, NOTHING):
        return
    if iri in path:
        circle = " → ".join(short(step) for step in [*path[path.index(iri) :], iri])
        raise CyclicLaw(f"These refer to each other in a circle: {circle}.", where=short(iri))
    path.append(iri)
    for name in names(classes[iri]):
        _visit(name, classes, path, done)
    path.pop()
    done.add(iri)
