"""Rules read wrongly in each way that is easily made: what a comparison that can fail must find out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tests.referee.drawn import Drawer, Facts

from asylgraf.errors import ContradictoryFacts
from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import And, Expression, Has, Named, Not, Or, Within, names
from asylgraf.reasoner.assessment import know
from asylgraf.reasoner.case import read_case
from asylgraf.reasoner.compiled import Compiled, compile_law
from asylgraf.reasoner.diagrams import Diagrams

TRIES = 40


@dataclass(frozen=True)
class Misreading:
    """A rule that says something else, and a case that tells it from the right one."""

    rule: str
    wording: Expression
    program: Compiled
    telling: Facts


def misreadings(law: Consolidation, rules: Sequence[str]) -> Iterator[Misreading]:
    """Every wrong reading of the rules that some possible case tells from the right one."""
    for rule in rules:
        part = needed(law, rule)
        right = compile_law(part)
        for wrong in _misread(law.classes[rule]):
            changed = replace(part, classes={**part.classes, rule: wrong}, digest=f"misread {rule}")
            program = compile_law(changed)
            telling = next(_telling(right, program, rule), None)
            if telling is not None:
                yield Misreading(rule, wrong, program, telling)


def needed(law: Consolidation, rule: str) -> Consolidation:
    """The law cut down to a class, what it refers to and what the background axioms refer to."""
    found: dict[str, Expression] = {}
    todo = [rule, *law.law.axioms, *(iri for axiom in law.background.values() for iri in names(axiom))]
    while todo:
        iri = todo.pop()
        if iri in law.classes and iri not in found:
            found[iri] = law.classes[iri]
            todo.extend(names(found[iri]))
    return replace(law, classes=found, outcomes=(), families=())


def _telling(right: Compiled, wrong: Compiled, rule: str) -> Iterator[Facts]:
    """Cases that only one of the readings is met by; none where they mean the same."""
    diagrams = Diagrams(right.law)
    drawer = Drawer(wrong.law, seed=1, diagrams=Diagrams(wrong.law, beside=diagrams))
    one, two = diagrams.of(Named(rule)), drawer.diagrams.of(Named(rule))
    differs = (one & ~two) | (two & ~one)
    possible = differs & drawer.axioms_of(differs)
    names = diagrams.bdd.support(one) | diagrams.bdd.support(two)
    for _ in range(TRIES if possible != diagrams.bdd.false else 0):
        facts = drawer.facts(drawer.answers_for(possible, names))
        if facts is not None and {_value(right, facts, rule), _value(wrong, facts, rule)} == {True, False}:
            yield facts


def _value(program: Compiled, facts: Facts, rule: str) -> bool | None:
    try:
        return know(program, read_case(program.law.law, facts))[0].of(rule)
    except ContradictoryFacts:
        return None


def _misread(expression: Expression) -> Iterator[Expression]:
    """The expression with one of its parts read wrongly."""
    yield from _slips(expression)
    match expression:
        case And(parts) | Or(parts):
            for place, part in enumerate(parts):
                for wrong in _misread(part):
                    yield type(expression)((*parts[:place], wrong, *parts[place + 1 :]))
        case Not(part):
            yield from (Not(wrong) for wrong in _misread(part))


def _slips(expression: Expression) -> Iterator[Expression]:
    """`and` for `or`, one condition forgotten, the opposite, or a bound off by one."""
    match expression:
        case And(parts) | Or(parts):
            yield Or(parts) if isinstance(expression, And) else And(parts)
            if len(parts) > 1:
                yield from (type(expression)(parts[:k] + parts[k + 1 :]) for k in range(len(parts)))
        case Has(fact, bool(value)):
            yield Has(fact, not value)
        case Within(fact, int(minimum), maximum):
            yield Within(fact, minimum + 1, maximum)
            yield Within(fact, minimum - 1, maximum)
        case Within(fact, None, int(maximum)):
            yield Within(fact, None, maximum + 1)
            yield Within(fact, None, maximum - 1)
        case Not(part):
            yield part
        case _:
            yield Not(expression)
