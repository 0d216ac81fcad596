"""The part of a law that a class rests on: what it refers to, and the axioms about the same facts.

What is not in it cannot change who is in the class. HermiT answers about a part many times as quickly as
about the whole, and an answer about a part that is the same on many days need not be asked for again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import Expression, names
from asylgraf.reasoner.atoms import atoms


@dataclass(frozen=True)
class Part:
    """A law cut down to what one class rests on."""

    law: Consolidation
    about: frozenset[str]
    """The facts, periods and unsure first days that it speaks of."""

    @cached_property
    def digest(self) -> str:
        """The same for parts that say the same."""
        law = self.law
        facts = sorted((fact.iri, fact.type, fact.values) for fact in law.law.facts.values())
        said = (sorted(law.classes.items()), sorted(law.background.items()), facts)
        return hashlib.sha256(repr((*said, sorted(law.periods), sorted(law.starts))).encode()).hexdigest()


def part_of(law: Consolidation, *iris: str) -> Part:
    """What classes rest on."""
    classes, facts = _below(law, iris)
    background: dict[str, Expression] = {}
    for group in groups(law):
        if group.about & facts:
            classes, facts = {**classes, **group.law.classes}, facts | group.about
            background |= group.law.background
    return _cut(law, classes, background, facts)


@lru_cache(maxsize=8)
def groups(law: Consolidation) -> tuple[Part, ...]:
    """The background axioms, those together that speak of the same facts.

    A case can be if what it says of each group of facts can be: no axiom joins a fact of one to another.
    """
    found: list[tuple[set[str], dict[str, Expression], dict[str, Expression]]] = []
    for iri, axiom in law.background.items():
        classes, facts = _below(law, names(axiom))
        facts |= set(_facts(axiom))
        background = {iri: axiom}
        for group in [group for group in found if group[0] & facts]:
            found.remove(group)
            facts, background, classes = facts | group[0], group[1] | background, group[2] | classes
        found.append((facts, background, classes))
    return tuple(_cut(law, classes, background, facts) for facts, background, classes in found)


def _cut(
    law: Consolidation, classes: dict[str, Expression], background: Mapping[str, Expression], facts: set[str]
) -> Part:
    periods = {iri: period for iri, period in law.periods.items() if iri in facts}
    dated = {end for period in periods.values() for end in (period.start, period.end or "")}
    kept = {iri: fact for iri, fact in law.law.facts.items() if iri in facts | dated}
    kept |= {f.companion: law.law.facts[f.companion] for f in kept.values() if f.companion}
    axioms = {iri: axiom for iri, axiom in law.law.axioms.items() if iri in background}
    cut = replace(
        law,
        law=replace(law.law, facts=kept, axioms=axioms),
        classes=classes,
        background=background,
        live={},
        outcomes=(),
        families=(),
        periods=periods,
        starts={iri: label for iri, label in law.starts.items() if iri in facts},
        digest=f"{law.digest} cut",
    )
    return Part(cut, frozenset((*kept, *cut.periods, *cut.starts)))


def _below(law: Consolidation, iris: Iterable[str]) -> tuple[dict[str, Expression], set[str]]:
    """The classes that these refer to, themselves included, and the facts that they are made of."""
    classes: dict[str, Expression] = {}
    todo = list(iris)
    while todo:
        iri = todo.pop()
        if iri in law.classes and iri not in classes:
            classes[iri] = law.classes[iri]
            todo.extend(names(classes[iri]))
    return classes, {fact for expression in classes.values() for fact in _facts(expression)}


def _facts(expression: Expression) -> Iterator[str]:
    yield from (atom.fact for atom in atoms(expression))
