"""Pairs of cases that differ in one condition of a rule and in the outcome, as for MC/DC coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tests.referee.drawn import Drawer, Facts

from asylgraf.errors import ContradictoryFacts
from asylgraf.graph.calendar import FIRST, LAST, latest_start
from asylgraf.graph.expressions import Named
from asylgraf.graph.law import Fact, Period
from asylgraf.reasoner.assessment import know
from asylgraf.reasoner.atoms import Atom
from asylgraf.reasoner.case import read_case
from asylgraf.reasoner.compiled import compiled
from asylgraf.reasoner.diagrams import Diagram

TRIES = 12


@dataclass(frozen=True)
class Pair:
    """Two cases that say the same but for one fact; the rule is met in the first and not in the second."""

    rule: str
    condition: Atom
    met: Facts
    missed: Facts


class Pairing:
    """Finds the pairs for the rules of one day."""

    def __init__(self, drawer: Drawer) -> None:
        self._drawer = drawer
        self._law, self._diagrams, self._bdd = drawer.law, drawer.diagrams, drawer.diagrams.bdd
        self._program = compiled(drawer.law)
        self._unanswerable = {
            f"a{number}" for number, atom in enumerate(self._diagrams.atoms) if atom.fact in self._law.starts
        }

    def conditions(self, rule: str) -> list[int]:
        """The atoms that a rule depends on and that somebody can answer."""
        support = self._bdd.support(self._diagrams.of(Named(rule))) - self._unanswerable
        return sorted(int(name[1:]) for name in support)

    def pair(self, rule: str, number: int) -> Pair | None:
        """A pair for one condition of a rule; nothing where other facts always settle it too."""
        whole = self._bdd.support(self._diagrams.of(Named(rule)))
        joined = self._unanswerable | self._joined(number)
        for left_out in (self._unanswerable, joined):
            for told in (whole - left_out, set[str]()):
                for wanted in self._deciding(rule, number, left_out):
                    found = (self._tried(rule, number, wanted, told) for _ in range(TRIES))
                    pair = next((one for one in found if one), None)
                    if pair:
                        return pair
        return None

    def _joined(self, number: int) -> set[str]:
        """The atoms that axioms join to this one, and the days of what it says has happened."""
        name, fact = f"a{number}", self._diagrams.atoms[number].fact
        beside = {n for atoms, _, _ in self._diagrams.components if name in atoms for n in atoms}
        days = {iri for iri, one in self._law.law.facts.items() if one.companion == fact}
        days |= {iri for iri, p in self._law.periods.items() if {p.start, p.end} & days}
        dated = {f"a{n}" for n, atom in enumerate(self._diagrams.atoms) if atom.fact in days}
        return (beside | dated) - {name}

    def _deciding(self, rule: str, number: int, left_out: set[str]) -> Iterator[Diagram]:
        """Where the answer to one atom decides the rule, whatever is left out: yes meets it, or no does."""
        whole, name = self._diagrams.of(Named(rule)), f"a{number}"
        axioms = self._drawer.axioms_of(whole)
        sure = [self._bdd.forall(left_out, ~axioms | side) for side in (whole, ~whole)]
        possible = self._bdd.exist(left_out, axioms)
        both_can_be = self._given(possible, name, True) & self._given(possible, name, False)
        for meets in (True, False):
            wanted = self._given(sure[0], name, meets) & self._given(sure[1], name, not meets) & both_can_be
            if wanted != self._bdd.false:
                yield wanted

    def _given(self, diagram: Diagram, name: str, value: bool) -> Diagram:
        return self._bdd.let({name: value}, diagram)

    def _tried(self, rule: str, number: int, wanted: Diagram, told: set[str]) -> Pair | None:
        answers = self._drawer.answers_for(wanted, told)
        for value in (True, False):
            facts = self._drawer.facts({**answers, number: value})
            for other in self._others(facts, number) if facts is not None else ():
                first, second = (self._value(rule, case) for case in (facts or {}, other))
                if (first, second) == (True, False):
                    return Pair(rule, self._diagrams.atoms[number], facts or {}, other)
                if (first, second) == (False, True):
                    return Pair(rule, self._diagrams.atoms[number], other, facts or {})
        return None

    def _value(self, rule: str, facts: Facts) -> bool | None:
        try:
            knowledge, _ = know(self._program, read_case(self._law.law, facts))
        except ContradictoryFacts:
            return None
        return knowledge.of(rule)

    def _others(self, facts: Facts, number: int) -> Iterator[Facts]:
        """The case with another value of a fact that the atom is about."""
        name = self._diagrams.atoms[number].fact
        period = self._law.periods.get(name)
        for iri in (period.start, period.end or "") if period else (name,):
            fact = self._law.law.facts[iri]
            for value in self._values(facts, fact, period):
                if value != facts.get(fact.name):
                    yield facts | {fact.name: value}

    def _values(self, facts: Facts, fact: Fact, period: Period | None) -> Sequence[object]:
        if period is None:
            return self._drawer.values(fact)
        start, end = (self._law.law.facts[iri].name for iri in (period.start, period.end or ""))
        if fact.name == end:
            turning = period.duration.after(date.fromisoformat(facts[start])).toordinal()
        else:
            turning = latest_start(date.fromisoformat(facts[end]), period.duration, period.more) or FIRST
        days = (turning + step for step in (-1, 0, 1))
        return [str(date.fromordinal(day)) for day in days if FIRST <= day <= LAST]
