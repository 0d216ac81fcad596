"""The law of a day as decision diagrams, background axioms included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from itertools import combinations, pairwise
from typing import Any

from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import CASE, NOTHING, And, Expression, Has, Named, Not, OneOf, Or, Within
from asylgraf.reasoner import engine
from asylgraf.reasoner.atoms import AtLeast, Atom, Is, Yes
from asylgraf.reasoner.order import in_order

Diagram = Any
"""A decision diagram of `dd`, which is not typed."""


class Diagrams:
    """Every class of the law of a day as a decision diagram over numbered atoms.

    Diagrams made `beside` those of another day share its atoms, so that classes of both can be compared;
    the first to be made have the atoms of all the `others` in good order.
    """

    def __init__(
        self, law: Consolidation, beside: Diagrams | None = None, others: Sequence[Consolidation] = ()
    ) -> None:
        self.law = law
        self.bdd: Any = beside.bdd if beside else engine.diagrams()
        self.bdd.configure(reordering=False)
        shared = beside.atoms if beside else ()
        self.atoms: tuple[Atom, ...] = tuple(dict.fromkeys((*shared, *in_order((law, *others)))))
        self.number: dict[Atom, int] = {atom: k for k, atom in enumerate(self.atoms)}
        self.bdd.declare(*(f"a{k}" for k in range(len(shared), len(self.atoms))))
        self._of: dict[Expression, Diagram] = {}
        self.axioms: tuple[tuple[str, Diagram], ...] = tuple(self._axioms())

    def of(self, expression: Expression) -> Diagram:
        """The diagram of an expression."""
        found = self._of.get(expression)
        if found is None:
            found = self._of[expression] = self._build(expression)
        return found

    def _build(self, expression: Expression) -> Diagram:
        match expression:
            case Named(iri):
                return self._of_class(iri)
            case And(parts):
                return reduce(lambda a, b: a & b, map(self.of, parts))
            case Or(parts):
                return reduce(lambda a, b: a | b, map(self.of, parts))
            case Not(part):
                return ~self.of(part)
            case _:
                return self._of_fact(expression)

    def _of_class(self, iri: str) -> Diagram:
        if iri in (CASE, NOTHING):
            return self.bdd.true if iri == CASE else self.bdd.false
        return self.of(self.law.classes[iri])

    def _of_fact(self, expression: Has | OneOf | Within) -> Diagram:
        match expression:
            case Has(fact, value):
                return self._of_value(fact, value)
            case OneOf(fact, values):
                return reduce(lambda a, b: a | b, (self.atom(Is(fact, value)) for value in values))
            case Within(fact, minimum, maximum):
                return self._between(fact, minimum, maximum)

    def _of_value(self, fact: str, value: bool | str) -> Diagram:
        if isinstance(value, str):
            return self.atom(Is(fact, value))
        return self.atom(Yes(fact)) if value else ~self.atom(Yes(fact))

    def _between(self, fact: str, minimum: int | None, maximum: int | None) -> Diagram:
        lower = self.bdd.true if minimum is None else self.atom(AtLeast(fact, minimum))
        return lower if maximum is None else lower & ~self.atom(AtLeast(fact, maximum + 1))

    def atom(self, atom: Atom) -> Diagram:
        """The diagram of one atom."""
        return self.bdd.var(f"a{self.number[atom]}")

    def _axioms(self) -> Iterator[tuple[str, Diagram]]:
        for iri, expression in self.law.background.items():
            yield iri, self.of(expression)
        by_fact: dict[str, list[Atom]] = {}
        for atom in self.atoms:
            by_fact.setdefault(atom.fact, []).append(atom)
        for fact, group in by_fact.items():
            if len(group) > 1 or isinstance(group[0], Is):
                yield fact, self._one_value(group)

    def _one_value(self, group: list[Atom]) -> Diagram:
        """A fact has one value: thresholds follow from each other, values of an enumeration exclude."""
        bounds = sorted(a for a in group if isinstance(a, AtLeast))
        steps = [~self.atom(high) | self.atom(low) for low, high in pairwise(bounds)]
        values = [self.atom(a) for a in group if isinstance(a, Is)]
        steps += [~(one & other) for one, other in combinations(values, 2)]
        if values:
            steps.append(reduce(lambda a, b: a | b, values))
        return reduce(lambda a, b: a & b, steps, self.bdd.true)

    @cached_property
    def components(self) -> tuple[tuple[frozenset[str], tuple[str, ...], Diagram], ...]:
        """Axioms that share atoms, joined: atom names, addresses, their intersection."""
        groups: list[tuple[frozenset[str], tuple[str, ...], Diagram]] = []
        for iri, diagram in self.axioms:
            support, joined = frozenset(self.bdd.support(diagram)), diagram
            names: tuple[str, ...] = (iri,)
            touching = [g for g in groups if g[0] & support]
            for group in touching:
                groups.remove(group)
                support, names, joined = support | group[0], (*group[1], *names), joined & group[2]
            groups.append((support, names, joined))
        return tuple(groups)

    def under_axioms(self, diagram: Diagram) -> tuple[Diagram, Diagram]:
        """Two diagrams: one true where the axioms entail the class, one where they entail its complement."""
        support = self.bdd.support(diagram)
        axioms = reduce(
            lambda a, b: a & b, (c for atoms_, _, c in self.components if atoms_ & support), self.bdd.true
        )
        return ~axioms | diagram, ~axioms | ~diagram


def branches(diagram: Diagram) -> tuple[Diagram, Diagram]:
    """The diagram where its first atom is false, and where it is true."""
    low, high = diagram.low, diagram.high
    return (~low, ~high) if diagram.negated else (low, high)
