"""The order of atoms in decision diagrams: what belongs together stands together, or the diagrams swell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import CASE, NOTHING, And, Expression, Has, Named, Not, OneOf, Or, Within
from asylgraf.reasoner.atoms import AtLeast, Atom, Is, atoms


def in_order(laws: Sequence[Consolidation]) -> tuple[Atom, ...]:
    """Every atom of these laws: facts as the outcomes meet them, beside those that an axiom joins them with.

    The bounds of one fact stand in a row, from the lowest.
    """
    by_fact: dict[str, list[Atom]] = {}
    for atom in dict.fromkeys(_met(laws)):
        by_fact.setdefault(atom.fact, []).append(atom)
    return tuple(atom for fact in _joined(by_fact, laws) for atom in sorted(by_fact[fact], key=_place))


def _met(laws: Sequence[Consolidation]) -> Iterator[Atom]:
    """The atoms as the outcomes meet them, then those of axioms and classes that no outcome needs.

    What an outcome meets in one law stands beside what it meets in another.
    """
    walks = [_Walk(law) for law in laws]
    for iri in dict.fromkeys(outcome.iri for law in laws for outcome in law.outcomes):
        yield from (atom for walk in walks for atom in walk.below(iri))
    for law, walk in zip(laws, walks, strict=True):
        yield from (atom for iri in (*law.background, *law.classes) for atom in walk.below(iri))


def _place(atom: Atom) -> int:
    return atom.bound if isinstance(atom, AtLeast) else 0


def _joined(facts: Iterable[str], laws: Sequence[Consolidation]) -> list[str]:
    """The facts, each beside those that background axioms join it with, directly or through others."""
    groups: dict[str, tuple[str, ...]] = {fact: (fact,) for fact in facts}
    for law in laws:
        for iri in law.background:
            asked = (atom.fact for atom in _Walk(law).below(iri))
            together = tuple(dict.fromkeys(other for fact in asked for other in groups[fact]))
            groups |= dict.fromkeys(together, together)
    return list(dict.fromkeys(fact for group in groups.values() for fact in group))


class _Walk:
    """Goes through the classes of a law, through each once."""

    def __init__(self, law: Consolidation) -> None:
        self._law = law
        self._seen: set[str] = {CASE, NOTHING}

    def below(self, iri: str) -> Iterator[Atom]:
        """The atoms of a class or axiom and of those it names."""
        expression = self._law.classes.get(iri) or self._law.background.get(iri)
        if expression is not None and iri not in self._seen:
            self._seen.add(iri)
            yield from self._within(expression)

    def _within(self, expression: Expression) -> Iterator[Atom]:
        match expression:
            case Named(iri):
                yield from self.below(iri)
            case And(parts) | Or(parts):
                for part in parts:
                    yield from self._within(part)
            case Not(part):
                yield from self._within(part)
            case _:
                yield from self._of_one_fact(expression)

    def _of_one_fact(self, expression: Has | OneOf | Within) -> Iterator[Atom]:
        """The atoms of a test, and with one value of an enumeration all others: one of them is true."""
        yield from atoms(expression)
        fact = self._law.law.facts.get(expression.fact)
        yield from (Is(expression.fact, value) for value in (fact.values if fact else ()))
