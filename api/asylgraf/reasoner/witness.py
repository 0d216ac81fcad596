"""The smallest case in which something holds: the shortest answer to atoms, as the facts of a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TypeGuard

from asylgraf.graph.calendar import FIRST, LAST
from asylgraf.graph.law import Fact
from asylgraf.namespaces import local
from asylgraf.reasoner.atoms import AtLeast, Atom, Is, Yes
from asylgraf.reasoner.case import Interval
from asylgraf.reasoner.days import between, days_of
from asylgraf.reasoner.diagrams import Diagram, Diagrams, branches

_ATTEMPTS = 8
Term = tuple[tuple[int, bool], ...]
"""Answers to atoms: atom number and whether it is true."""


class Search:
    """Looks for small cases; what nobody raises is presumed, and days lie before the day of decision."""

    def __init__(self, diagrams: Diagrams, days: Sequence[date]) -> None:
        self._diagrams = diagrams
        self._bdd = diagrams.bdd
        self._law = diagrams.law
        self._days_asked = sorted(day.toordinal() for day in days)
        facts = self._law.law.facts
        self._presumed = {
            f"a{number}": fact.presumption.value
            for number, atom in enumerate(diagrams.atoms)
            if isinstance(atom, Yes) and (fact := facts.get(atom.fact)) and fact.presumption
        }
        self._happened = {
            f"a{diagrams.number[happened]}": True
            for fact in facts.values()
            if fact.type == "date" and (happened := Yes(fact.companion or "")) in diagrams.number
        }
        """Where a day is given, what it is the day of has happened."""
        self._later: dict[int, set[str]] = {}

    def cases(self, wanted: Diagram, axioms: Diagram) -> Iterator[dict[str, object]]:
        """The facts of small cases in which, under the axioms, the diagram is true; the smallest first."""
        possible = wanted & axioms
        if possible == self._bdd.false:
            return
        sufficient = ~axioms | wanted
        past = [(self._before(day, possible), self._happened) for day in self._days_asked]
        for likely, given in (*past, (possible, {})):
            if self._told(given, likely) != self._bdd.false:
                yield from islice(self._within(sufficient, likely, given), _ATTEMPTS)

    def _before(self, day: int, possible: Diagram) -> Diagram:
        """The cases of a diagram of which all days have passed by then."""
        if day not in self._later:
            atoms = enumerate(self._diagrams.atoms)
            self._later[day] = {f"a{n}" for n, atom in atoms if self._is_day(atom) and atom.bound > day}
        return possible & self._bdd.cube(dict.fromkeys(self._later[day] & self._bdd.support(possible), False))

    def _told(self, answers: dict[str, bool], diagram: Diagram) -> Diagram:
        """The diagram with these answers filled in."""
        return self._bdd.let(answers, diagram) if answers else diagram

    def _is_day(self, atom: Atom) -> TypeGuard[AtLeast]:
        fact = self._law.law.facts.get(atom.fact)
        return isinstance(atom, AtLeast) and fact is not None and fact.type == "date"

    def _within(
        self, sufficient: Diagram, possible: Diagram, given: dict[str, bool]
    ) -> Iterator[dict[str, object]]:
        """Terms beside what is given or presumed, each as facts together with what of the given it needs."""
        presumed = self._not_raised(self._told(given, possible))
        sufficient, possible = (self._told(presumed, diagram) for diagram in (sufficient, possible))
        shortest = Shortest(self._bdd, self._told(given, sufficient))
        left = self._told(given, possible)
        while (term := shortest.term(left)) is not None:
            facts = self._facts((*term, *self._needed(self._told(_by_name(term), sufficient), given)))
            if facts is not None:
                yield facts
            left &= ~self._bdd.cube(_by_name(term))

    def _not_raised(self, possible: Diagram) -> dict[str, bool]:
        """What can be presumed: all but the fewest presumed facts that must be otherwise."""
        path = Nearest(self._presumed).path(possible)
        return {name: v for name, v in self._presumed.items() if path.get(name, v) is v}

    def _needed(self, sufficient: Diagram, given: dict[str, bool]) -> Term:
        """The fewest of what is given without which the term is not enough."""
        kept = dict(given)
        for name in given:
            rest = {other: value for other, value in kept.items() if other != name}
            if self._told(rest, sufficient) == self._bdd.true:
                kept = rest
        return tuple((int(name[1:]), value) for name, value in kept.items())

    def _facts(self, term: Term) -> dict[str, object] | None:
        """The term as the facts of a case, or nothing when no days satisfy it."""
        answers = {self._diagrams.atoms[number]: value for number, value in term}
        days = self._days(answers)
        if days is None:
            return None
        facts = self._law.law.facts
        by_fact: dict[str, dict[Atom, bool]] = {}
        for atom, value in answers.items():
            if atom.fact in facts and facts[atom.fact].type != "date":
                by_fact.setdefault(atom.fact, {})[atom] = value
        found = {facts[iri].name: _value(facts[iri], those) for iri, those in by_fact.items()}
        told = {facts[facts[iri].companion or iri].name for iri in days}
        dated = {facts[iri].name: date.fromordinal(day).isoformat() for iri, day in days.items()}
        return {name: value for name, value in found.items() if name not in told or value is not True} | dated

    def _days(self, answers: dict[Atom, bool]) -> dict[str, int] | None:
        """A day for each date the answers are about: before the first day asked about, if that can be."""
        dates = {a.fact: Interval(FIRST, LAST, days=True) for a in answers if self._is_day(a)}
        found = (days_of(answers, self._law.periods, dates, latest) for latest in self._days_asked)
        return next((days for days in found if days is not None), None)


def _by_name(term: Term) -> dict[str, bool]:
    return {f"a{number}": value for number, value in term}


def _value(fact: Fact, answers: dict[Atom, bool]) -> object:
    """A value of a fact, in the shape of a case file, that agrees with the answers about it."""
    if fact.type == "boolean":
        return next(iter(answers.values()))
    if fact.type == "integer":
        low, high = between(fact.iri, answers)
        return low if any(answers.values()) else high
    chosen = [a.value for a, value in answers.items() if isinstance(a, Is) and value]
    left = [value for value in fact.values if answers.get(Is(fact.iri, value)) is not False]
    return local(chosen[0]) if chosen else {"in": [local(value) for value in left]}


class Shortest:
    """The shortest term that makes a diagram true, among those that leave another possible."""

    def __init__(self, bdd: Diagram, wanted: Diagram) -> None:
        self._bdd = bdd
        self._wanted = wanted
        self._found: dict[tuple[Diagram, Diagram], Term | None] = {}

    def term(self, possible: Diagram) -> Term | None:
        """The answers, or nothing when there are none."""
        elsewhere = self._bdd.support(possible) - self._bdd.support(self._wanted)
        return self._shortest(self._wanted, self._bdd.exist(elsewhere, possible))

    def _shortest(self, wanted: Diagram, possible: Diagram) -> Term | None:
        if self._bdd.false in (wanted, possible):
            return None
        if wanted == self._bdd.true:
            return ()
        key = wanted, possible
        if key not in self._found:
            self._found[key] = self._search(wanted, possible)
        return self._found[key]

    def _search(self, wanted: Diagram, possible: Diagram) -> Term | None:
        level = min(wanted.level, possible.level)
        (low, high), (left, right) = (_split(diagram, level) for diagram in (wanted, possible))
        found = [self._shortest(low & high, left | right)]
        if low != high:
            number = int(wanted.var[1:])
            for value, side, rest in ((False, low, left), (True, high, right)):
                term = self._shortest(side, rest)
                found.append(None if term is None else ((number, value), *term))
        return min(
            (term for term in found if term is not None), key=lambda term: (len(term), term), default=None
        )


def _split(diagram: Diagram, level: int) -> tuple[Diagram, Diagram]:
    return branches(diagram) if diagram.level == level else (diagram, diagram)


class Nearest:
    """The way to truth through a diagram that departs least from what is presumed."""

    def __init__(self, presumed: dict[str, bool]) -> None:
        self._presumed = presumed
        self._found: dict[Diagram, tuple[int, dict[str, bool]] | None] = {}

    def path(self, diagram: Diagram) -> dict[str, bool]:
        """The answers on that way, by atom name."""
        found = self._path(diagram)
        return found[1] if found else {}

    def _path(self, diagram: Diagram) -> tuple[int, dict[str, bool]] | None:
        if diagram.var is None:
            return (0, {}) if diagram == diagram.bdd.true else None
        if diagram not in self._found:
            self._found[diagram] = min(self._ways(diagram), key=lambda way: way[0], default=None)
        return self._found[diagram]

    def _ways(self, diagram: Diagram) -> Iterator[tuple[int, dict[str, bool]]]:
        for value, side in zip((False, True), branches(diagram), strict=True):
            rest = self._path(side)
            if rest is not None:
                departs = self._presumed.get(diagram.var, value) is not value
                yield rest[0] + departs, {diagram.var: value, **rest[1]}
