"""The part of a law that a class rests on: what it refers to, and the axioms about the same facts.

What is not in it cannot change who is in the class. HermiT answers about a part many times as quickly as
about the whole, and an answer about a part that is the same on many days need not be asked for again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tests.referee.drawn import Facts

from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import Expression, names
from asylgraf.namespaces import local
from asylgraf.reasoner.atoms import atoms


@dataclass(frozen=True)
class Part:
    """A law cut down to what one class rests on."""

    law: Consolidation
    facts: frozenset[str]
    happened: Mapping[str, str]
    """By a date, the fact that what it is the day of has happened, where this is a part of it."""

    @property
    def key(self) -> str:
        """The same for parts that say the same."""
        return repr(
            (sorted(self.law.classes.items()), sorted(self.law.background.items()), sorted(self.law.periods))
        )

    def told(self, facts: Facts) -> Facts:
        """What a case says about this part."""
        days = facts.keys() & self.happened.keys()
        implied = {self.happened[name]: True for name in days if facts[name] is not None}
        return implied | {name: value for name, value in facts.items() if name in self.facts}


def as_key(facts: Facts) -> str:
    """Facts as something to look up."""
    return json.dumps(facts, sort_keys=True, default=str)


def part_of(law: Consolidation, iri: str) -> Part:
    """What a class rests on; for every class whatever is in force, what the axioms alone say."""
    classes, facts = _below(law, [iri])
    background: dict[str, Expression] = {}
    grown = True
    while grown:
        grown = False
        for name, axiom in law.background.items():
            below, about = _below(law, names(axiom))
            about |= set(_facts(axiom))
            if name not in background and about & facts:
                background[name] = axiom
                classes, facts, grown = classes | below, facts | about, True
    return _cut(law, classes, background, facts)


def axioms_of(law: Consolidation) -> Part:
    """The background axioms alone: what decides whether a case can be."""
    named = [iri for axiom in law.background.values() for iri in names(axiom)]
    classes, facts = _below(law, named)
    facts |= {fact for axiom in law.background.values() for fact in _facts(axiom)}
    return _cut(law, classes, law.background, facts)


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
    dates = [fact for fact in law.law.facts.values() if fact.companion in kept]
    happened = {fact.name: local(fact.companion or "") for fact in dates}
    return Part(cut, frozenset(fact.name for fact in kept.values()), happened)


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
