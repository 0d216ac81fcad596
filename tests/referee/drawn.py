"""Cases drawn by chance: along a way through the rules, so that they can be, and then partly forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, reduce
from random import Random
from typing import Any

from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import Named
from asylgraf.graph.law import Fact
from asylgraf.namespaces import local
from asylgraf.reasoner.atoms import AtLeast, Yes
from asylgraf.reasoner.case import GREATEST, SMALLEST
from asylgraf.reasoner.days import between, days_of
from asylgraf.reasoner.diagrams import Diagram, Diagrams, branches

Facts = dict[str, Any]
Answers = dict[int, bool]
KNOWN = (0.3, 0.6, 0.8, 0.95)
"""How much of a case is known, from case to case."""
CARELESS = 0.03
"""The share of cases drawn without a thought for what cannot be."""


def rules_of(law: Consolidation) -> tuple[str, ...]:
    """For each version alive on the day, the class of the cases in which it applies."""
    return tuple(sorted(iri + "#applies" for iri in law.by_version))


class Drawer:
    """Draws cases for the law of one day; the same seed draws the same cases."""

    def __init__(self, law: Consolidation, seed: int, diagrams: Diagrams | None = None) -> None:
        self.law = law
        self.diagrams = diagrams or Diagrams(law)
        self._bdd = self.diagrams.bdd
        self.chance = Random(seed)  # noqa: S311
        self._reached: dict[Diagram, Diagram] = {}

    def cases(self, count: int) -> list[Facts]:
        """Partial cases around the rules of the day: some meet one, some miss it by a fact."""
        rules = rules_of(self.law)
        return [self.case(rules[k % len(rules)]) for k in range(count)]

    def case(self, rule: str) -> Facts:
        """One case: complete first, then one fact made otherwise, then a part of it forgotten."""
        answers = self.complete(self.diagrams.of(Named(rule)))
        facts = self.facts(answers) or self.facts(self.complete(self._bdd.true)) or {}
        facts = self._without_days_of_what_did_not_happen(self._other_days() | facts)
        if self.chance.random() < 0.5:
            facts = self._otherwise(facts)
        if self.chance.random() < CARELESS:
            facts |= {fact.name: self.chance.random() < 0.5 for fact in self._joined}
        return self._without_days_of_what_did_not_happen(self._forgotten(facts))

    def complete(self, wanted: Diagram) -> Answers:
        """Answers in the diagram, where there is a case in it, and to everything else but days."""
        found: Answers = {}
        touched = self._bdd.support(wanted)
        self._walk(self._possible(wanted), found)
        for atoms, _, axiom in self.diagrams.components:
            if not atoms & touched:
                self._walk(axiom, found)
        others = {n for n, atom in enumerate(self.diagrams.atoms) if atom.fact in self._told_freely}
        return found | {n: self.chance.random() < 0.5 for n in sorted(others - found.keys())}

    @cached_property
    def _told_freely(self) -> set[str]:
        """The facts that any answer goes with: all but days, which the calendar joins."""
        return {iri for iri, fact in self.law.law.facts.items() if fact.type != "date"}

    def answers_for(self, wanted: Diagram, names: Iterable[str]) -> Answers:
        """Answers that make the diagram true, and one to each of these atoms besides."""
        found: Answers = {}
        self._walk(wanted, found)
        others = sorted({int(name[1:]) for name in names} - found.keys())
        return found | {number: self.chance.random() < 0.5 for number in others}

    def _possible(self, wanted: Diagram) -> Diagram:
        if wanted not in self._reached:
            self._reached[wanted] = wanted & self.axioms_of(wanted)
        return self._reached[wanted]

    def axioms_of(self, diagram: Diagram) -> Diagram:
        """The background axioms that touch a diagram."""
        support = self._bdd.support(diagram)
        near = (axiom for atoms, _, axiom in self.diagrams.components if atoms & support)
        return reduce(lambda a, b: a & b, near, self._bdd.true)

    def _walk(self, diagram: Diagram, found: Answers) -> None:
        """Take a way to where the diagram is true, if it ever is, and note the answers on it."""
        while diagram not in (self._bdd.true, self._bdd.false):
            number = int(diagram.var[1:])
            ways = [(v, side) for v, side in enumerate(branches(diagram)) if side != self._bdd.false]
            value, diagram = self.chance.choice(ways)
            found[number] = bool(value)

    def facts(self, answers: Mapping[int, bool]) -> Facts | None:
        """The answers as the facts of a case file; nothing where no days satisfy them."""
        told = {self.diagrams.atoms[number]: value for number, value in answers.items()}
        days = days_of(told, self.law.periods, {}, self.law.on.toordinal())
        if days is None:
            return None
        found: Facts = {self._fact(iri).name: str(date.fromordinal(day)) for iri, day in days.items()}
        for atom, value in told.items():
            fact = self.law.law.facts.get(atom.fact)
            if fact is None or fact.name in found:
                continue
            if isinstance(atom, Yes):
                found[fact.name] = value
            elif isinstance(atom, AtLeast):
                found[fact.name] = self._within(fact, *between(fact.iri, told))
            elif value:
                found[fact.name] = local(atom.value)
        return self._without_days_of_what_did_not_happen(found)

    def _within(self, fact: Fact, low: int, high: int) -> object:
        """A number or a day between two bounds, on one of them if there is one."""
        ends = [end for end in (low, high) if end not in (SMALLEST, GREATEST)]
        chosen = self.chance.choice(ends) if ends else self.chance.randint(0, 70)
        return str(date.fromordinal(chosen)) if fact.type == "date" else chosen

    def _other_days(self) -> Facts:
        """A day for each date, on one side or the other of those that the law draws."""
        dated = (fact for fact in self.law.law.facts.values() if fact.type == "date")
        return {fact.name: self.chance.choice(self.values(fact)) for fact in dated}

    def _otherwise(self, facts: Facts) -> Facts:
        """The facts with one of them made otherwise, where no axiom joins it to others."""
        free = sorted(set(facts) - {fact.name for fact in self._joined})
        if not free:
            return facts
        name = self.chance.choice(free)
        return facts | {name: self.chance.choice(self.values(self._by_name[name]))}

    def values(self, fact: Fact) -> Sequence[object]:
        """Values of a fact on both sides of every bound that the law draws."""
        if fact.type == "boolean":
            return (True, False)
        if fact.type == "enumeration":
            return [local(value) for value in fact.values]
        bounds = [a.bound for a in self.diagrams.atoms if isinstance(a, AtLeast) and a.fact == fact.iri]
        points = sorted({bound + step for bound in bounds for step in (-1, 0, 1)}) or [
            self.law.on.toordinal()
        ]
        return [str(date.fromordinal(p)) for p in points] if fact.type == "date" else points

    def _forgotten(self, facts: Facts) -> Facts:
        """What is left when a part of the facts is unknown, and some are known only within bounds."""
        known = self.chance.choice(KNOWN)
        return {
            name: self._vague(name, value) if self.chance.random() < 0.1 else value
            for name, value in sorted(facts.items())
            if self.chance.random() < known
        }

    def _vague(self, name: str, value: object) -> object:
        fact = self._by_name[name]
        if fact.type == "boolean":
            return value
        other = self.chance.choice(self.values(fact))
        if fact.type == "enumeration":
            return {"in": sorted({str(value), str(other)})}
        low, high = sorted([value, other])  # type: ignore[type-var]
        return self.chance.choice([{"min": low, "max": high}, {"min": low}, {"max": high}])

    def _without_days_of_what_did_not_happen(self, facts: Facts) -> Facts:
        """A case file may not give such days."""
        dated = [(f.name, local(f.companion)) for f in self.law.law.facts.values() if f.companion]
        impossible = {name for name, companion in dated if facts.get(companion) is False}
        return {name: value for name, value in facts.items() if name not in impossible}

    @cached_property
    def _joined(self) -> list[Fact]:
        """The facts that a background axiom joins to others."""
        numbers = {
            int(name[1:]) for support, iris, _ in self.diagrams.components for name in support
            if any(iri in self.law.background for iri in iris)
        }  # fmt: skip
        asked = {self.diagrams.atoms[number].fact for number in numbers}
        return [f for f in self._by_name.values() if f.iri in asked and f.type == "boolean"]

    @cached_property
    def _by_name(self) -> dict[str, Fact]:
        return {fact.name: fact for fact in self.law.law.facts.values()}

    def _fact(self, iri: str) -> Fact:
        return self.law.law.facts[iri]
