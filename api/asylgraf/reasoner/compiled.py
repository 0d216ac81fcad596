"""The compiled law of a day: for every class two decision diagrams in one table of plain numbers.

One diagram is true where the facts entail the class, the other where they entail its complement. At a node
with test t/f (known true, known false) and children hi/lo, `(t & hi) | (f & lo) | (hi & lo)` is exact: what
is true however the unknown facts turn out. Both allow for the background axioms that touch the class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import And, Expression, Named, Not, Or
from asylgraf.reasoner import kept
from asylgraf.reasoner.atoms import Atom
from asylgraf.reasoner.diagrams import Diagram, Diagrams, branches
from asylgraf.reasoner.outline import Outlines
from asylgraf.reasoner.verdicts import Node, Verdicts, support

if TYPE_CHECKING:
    from asylgraf.reasoner.proof import Prover

FALSE, TRUE = 0, 1
_WORTH_KEEPING = 1_000
"""Rows from which reading a compiled law is quicker than compiling it."""


@dataclass(frozen=True)
class Component:
    """Background axioms that share atoms, and the diagram that is true where they are broken."""

    axioms: tuple[str, ...]
    atoms: frozenset[int]
    broken: int


@dataclass(frozen=True, eq=False)
class Compiled:
    """The law of a day, ready to be asked."""

    law: Consolidation
    atoms: tuple[Atom, ...]
    table: tuple[Node, ...]
    entails: Mapping[Expression, tuple[int, int]]
    axioms: tuple[Component, ...]
    components: tuple[Component, ...]

    @cached_property
    def verdicts(self) -> Verdicts:
        """For each class the two diagrams as one."""
        return Verdicts(self.table, self.entails.values())

    @cached_property
    def verdict(self) -> dict[str, int]:
        """The row of each class that has a name, among the diagrams with three ends."""
        return {iri: self.verdicts.of[rows] for iri, rows in self.named.items()}

    @cached_property
    def support(self) -> list[int]:
        """The atoms that each row of the table asks about, a bit an atom."""
        return support(self.table)

    @cached_property
    def blank(self) -> dict[bool, Prover]:
        """What follows where nothing is told, without and with presumptions, once a case has needed it."""
        return {}

    @cached_property
    def outlines(self) -> Outlines:
        """What is the same in every case's proofs, as far as proofs have asked for it."""
        return Outlines(self)

    @cached_property
    def by_fact(self) -> dict[str, tuple[tuple[int, Atom], ...]]:
        """The numbered atoms about each fact; those about a period by the name of that."""
        found: dict[str, list[tuple[int, Atom]]] = {}
        for number, atom in enumerate(self.atoms):
            found.setdefault(atom.fact, []).append((number, atom))
        return {fact: tuple(numbered) for fact, numbered in found.items()}

    def asked_of(self, facts: Iterable[str]) -> int:
        """The atoms that these facts, or periods, may answer, a bit an atom."""
        found = 0
        for fact in facts:
            found |= self._asked_of.get(fact, 0)
        return found

    @cached_property
    def _asked_of(self) -> dict[str, int]:
        """For each fact its own atoms, those of periods it bounds, and those that axioms join to these."""
        found: dict[str, int] = {}
        for number, atom in enumerate(self.atoms):
            period = self.law.periods.get(atom.fact)
            joined = self.joining[number].atoms if number in self.joining else (number,)
            bits = sum(1 << other for other in joined)
            for fact in (atom.fact, *((period.start, period.end or "") if period else ())):
                found[fact] = found.get(fact, 0) | bits
        return found

    @cached_property
    def dated(self) -> frozenset[int]:
        """The atoms about days, and about periods between two."""
        days = {fact.iri for fact in self.law.law.facts.values() if fact.type == "date"}
        about = (n for name in (*days, *self.law.periods) for n, _ in self.by_fact.get(name, ()))
        return frozenset(about)

    @cached_property
    def axioms_about(self) -> dict[int, tuple[Component, ...]]:
        """By an atom, the single background axioms that ask about it."""
        found: dict[int, list[Component]] = {}
        for axiom in self.axioms:
            for number in axiom.atoms:
                found.setdefault(number, []).append(axiom)
        return {number: tuple(axioms) for number, axioms in found.items()}

    @cached_property
    def joining(self) -> dict[int, Component]:
        """By an atom, the background axioms that join it to others."""
        return {number: component for component in self.components for number in component.atoms}

    @cached_property
    def named(self) -> dict[str, tuple[int, int]]:
        """The two diagrams of each class that has a name."""
        return {one.iri: rows for one, rows in self.entails.items() if isinstance(one, Named)}


class Table:
    """Decision diagrams written out as rows of numbers, shared rows written once."""

    def __init__(self) -> None:
        self.rows: list[Node] = [(-1, FALSE, FALSE), (-1, TRUE, TRUE)]
        self._row: dict[Diagram, int] = {}

    def add(self, diagram: Diagram) -> int:
        """The row of a diagram."""
        if diagram.var is None:
            return TRUE if diagram == diagram.bdd.true else FALSE
        found = self._row.get(diagram)
        if found is None:
            low, high = branches(diagram)
            row = (int(diagram.var[1:]), self.add(low), self.add(high))
            found = self._row[diagram] = len(self.rows)
            self.rows.append(row)
        return found


@lru_cache(maxsize=32)
def compiled(law: Consolidation) -> Compiled:
    """The law of a day compiled, kept for the next question about the same day; on disk if it is large."""
    bounds = kept.bounds(law)
    name = kept.key(law, bounds)
    found = _restored(law, bounds, kept.load(name))
    if found is None:
        found = compile_law(law)
        if len(found.table) > _WORTH_KEEPING:
            kept.store(name, _parts(found, bounds))
    return found


def _parts(program: Compiled, bounds: kept.Bounds) -> dict[str, Any]:
    """A compiled law as plain values; expressions are told by their order in the law."""
    return {
        "atoms": [kept.plain(atom, bounds) for atom in program.atoms],
        "rows": program.table,
        "entails": list(program.entails.values()),
        "axioms": [(c.axioms, sorted(c.atoms), c.broken) for c in program.axioms],
        "components": [(c.axioms, sorted(c.atoms), c.broken) for c in program.components],
    }


def _restored(law: Consolidation, bounds: kept.Bounds, parts: dict[str, Any] | None) -> Compiled | None:
    """The compiled law from its parts, or nothing where they are not of this law."""
    expressions = dict.fromkeys(_expressions(law))
    try:
        if parts is None or not kept.sound(parts["rows"], len(parts["atoms"])):
            return None
        atoms = tuple(kept.atom_of(written, bounds) for written in parts["atoms"])
        entails = {e: (holds, fails) for e, (holds, fails) in zip(expressions, parts["entails"], strict=True)}
        axioms, components = (
            tuple(
                Component(tuple(names), frozenset(numbers), broken) for names, numbers, broken in parts[which]
            )
            for which in ("axioms", "components")
        )
    except (IndexError, KeyError, TypeError, ValueError):
        return None
    table = tuple((atom, low, high) for atom, low, high in parts["rows"])
    found = Compiled(law, atoms, table, entails, axioms, components)
    roots = [row for pair in entails.values() for row in pair] + [c.broken for c in (*axioms, *components)]
    return found if all(0 <= row < len(table) for row in roots) else None


def compile_law(law: Consolidation) -> Compiled:
    """Compile every class of the law of a day and every expression that occurs in one."""
    diagrams, table = Diagrams(law), Table()
    entails: dict[Expression, tuple[int, int]] = {}
    for expression in _expressions(law):
        if expression not in entails:
            holds, fails = diagrams.under_axioms(diagrams.of(expression))
            entails[expression] = table.add(holds), table.add(fails)
    axioms = tuple(_component(diagrams, table, (iri,), axiom) for iri, axiom in diagrams.axioms)
    components = tuple(_component(diagrams, table, iris, axiom) for _, iris, axiom in diagrams.components)
    return Compiled(law, diagrams.atoms, tuple(table.rows), entails, axioms, components)


def _component(diagrams: Diagrams, table: Table, iris: tuple[str, ...], axiom: Diagram) -> Component:
    numbers = frozenset(int(name[1:]) for name in diagrams.bdd.support(axiom))
    return Component(iris, numbers, table.add(~axiom))


def _expressions(law: Consolidation) -> Iterator[Expression]:
    for iri, expression in law.classes.items():
        yield Named(iri)
        yield from _within(expression)


def _within(expression: Expression) -> Iterator[Expression]:
    yield expression
    match expression:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _within(part)
        case Not(part):
            yield from _within(part)
