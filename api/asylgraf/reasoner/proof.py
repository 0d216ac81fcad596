"""Proofs: from a consequence through versions and conditions down to facts, out of the same computation.

What holds shows what makes it hold; what fails shows the failing conditions, nearest to success first; what
is undetermined shows what is open. Where an outcome does not depend on an unknown fact although no single
condition decides it, the proof supposes the fact both ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from asylgraf.graph.consolidated import OutcomeClass
from asylgraf.graph.expressions import Expression, Has, Within
from asylgraf.graph.law import NO_LABELS, Labels, Law, Period, Standing, Version
from asylgraf.reasoner.atoms import AtLeast, Is, Yes
from asylgraf.reasoner.case import Case, Value
from asylgraf.reasoner.compiled import Compiled
from asylgraf.reasoner.knowledge import Knowledge
from asylgraf.reasoner.outline import Outline
from asylgraf.reasoner.verdicts import FAILS


class _Step(NamedTuple):
    kind: str
    value: bool | None
    iri: str | None = None
    label: Labels = NO_LABELS
    children: tuple[Proof, ...] = ()
    version: Version | None = None
    test: Expression | None = None
    given: Value | None = None
    presumed: bool = False
    of_days: bool = False
    act: Labels = NO_LABELS


class Proof(_Step):
    """One step and the steps it rests on; made in great numbers, so a tuple with names.

    `kind` is one of consequence, provision, version, scope, override, condition, all, any, not, fact, given,
    period, start, axiom, either, suppose, every, none. A test `of_days` has day ordinals as bounds; `act` is
    the name of the act that a version comes from.
    """

    def steps(self) -> Iterator[Proof]:
        """This step and every one below it."""
        yield self
        for child in self.children:
            yield from child.steps()

    def facts(self) -> frozenset[str]:
        """The facts with a known value that the proof names."""
        return self._basis[0]

    @property
    def standing(self) -> Standing:
        """The weakest standing on the path."""
        return self._basis[1]

    @cached_property
    def _basis(self) -> tuple[frozenset[str], Standing]:
        """The facts and the weakest standing: of the steps below, and its own."""
        below = [child._basis for child in self.children]  # noqa: SLF001 -- its own kind
        facts = frozenset().union(*[facts for facts, _ in below])
        standing = max([standing for _, standing in below], default=Standing.Checked)
        if self.version:
            return facts, max(standing, self.version.weakest)
        if self.given is not None and self.iri and self.kind in ("fact", "given"):
            return facts | {self.iri}, standing
        return facts, standing


class Prover:
    """Proofs for one case under the law of one day; a step that several rest on is made once.

    A step that asks about nothing that is told of the case is as it was `before` anything was told.
    """

    def __init__(self, knowledge: Knowledge, case: Case, before: Prover | None = None) -> None:
        self.knowledge = knowledge
        self.case = case
        self._before = before
        self.day = knowledge.program.law
        self.law: Law = self.day.law
        self._proved: dict[Outline, Proof] = {}

    def prove(self, outcome: OutcomeClass) -> Proof:
        """Why a consequence follows, does not, or is open."""
        return self.step(self.knowledge.program.outlines.of_outcome(outcome))

    def step(self, one: Outline) -> Proof:
        """One step, with what its value rests on in this case."""
        return self._step(one, self.knowledge)

    def _step(self, one: Outline, know: Knowledge) -> Proof:
        """One step, with what its value rests on."""
        if know is not self.knowledge:
            is_same = know.before and not one.asks & know.touched
            return self._step(one, know.before or know) if is_same else self._made(one, know)
        found = self._proved.get(one)
        if found is None:
            if self._before and not one.asks & know.touched:
                return self._before.step(one)
            found = self._proved[one] = self._made(one, know)
        return found

    def _made(self, one: Outline, know: Knowledge) -> Proof:
        match one.kind:
            case "fact" | "period":
                return self._fact(one, know) if one.kind == "fact" else self._period(one, know)
            case "not" | "override":
                below = self._step(one.parts[0], know)
                return Proof(one.kind, know.value(one), below.iri, below.label, (below,))
        children, about = self._children(one, know), one.about
        if one.kind in ("condition", "provision") and len(children) == 1:
            only = children[0]
            if only.iri == about.iri or (one.kind, only.kind) == ("provision", "version"):
                return only
        return Proof(
            one.kind, know.value(one), about.iri, about.label, children, about.version, act=about.act
        )

    def _children(self, one: Outline, know: Knowledge) -> tuple[Proof, ...]:
        """The parts that show why a step has its value."""
        told = know.told
        verdict = told[one.verdict]
        shown = one.parts
        if len(shown) > 1 and (one.joined == "any" or verdict == FAILS):
            shown = tuple([part for part in shown if told[part.verdict] == verdict])
            if not shown:
                return (self._either_way(one, know),)
            if verdict == FAILS and len(shown) > 1:
                shown = tuple(sorted(shown, key=know.distance))
        return tuple([self._step(part, know) for part in shown])

    def _either_way(self, one: Outline, know: Knowledge) -> Proof:
        """The value does not depend on an unknown fact: shown for both of its values."""
        atom = self._best_split(one, know)
        branches = tuple(self._suppose(one, know, atom, value) for value in (True, False))
        fact = know.program.atoms[atom].fact
        label = know.program.outlines.label(fact)
        return Proof("either", know.value(one), fact, label, tuple(b for b in branches if b))

    def _best_split(self, one: Outline, know: Knowledge) -> int:
        # an atom that the whole no longer depends on can still be what its parts differ by
        inside = {n for part in one.parts for n in know.open_atoms(part.rows)}
        open_atoms = list(dict.fromkeys((*know.open_atoms(one.rows), *sorted(inside))))
        decided = (
            n for n in open_atoms if all(self._decided(one, know.supposing(n, v)) for v in (True, False))
        )
        return next(decided, open_atoms[0])

    def _decided(self, one: Outline, know: Knowledge) -> bool:
        """Whether one part alone decides the value."""
        if not know.possible():
            return True
        value = know.value(one)
        return any(know.value(part) is value for part in one.parts)

    def _suppose(self, one: Outline, know: Knowledge, atom: int, value: bool) -> Proof | None:
        supposed = know.supposing(atom, value)
        if not supposed.possible():
            return None
        fact = know.program.atoms[atom].fact
        label = know.program.outlines.label(fact)
        children = self._children(one, supposed)
        test = self._test(atom, know)
        return Proof("suppose", value, fact, label, children, test=test, of_days=self._of_days(test))

    def _test(self, number: int, know: Knowledge) -> Expression:
        atom = know.program.atoms[number]
        if isinstance(atom, Yes):
            return Has(atom.fact, value=True)
        return Has(atom.fact, atom.value) if isinstance(atom, Is) else Within(atom.fact, atom.bound, None)

    def _fact(self, one: Outline, know: Knowledge) -> Proof:
        value, fact, label = know.value(one), one.about.iri or "", one.about.label
        given = self.case.value(fact)
        presumed = fact in self.case.presumed
        children = self._from_axioms(one, know) if value is not None and given is None else ()
        test = one.expression
        return Proof("fact", value, fact, label, children, None, test, given, presumed, self._of_days(test))

    def _of_days(self, test: Expression) -> bool:
        return isinstance(test, Within) and self.law.facts[test.fact].type == "date"

    def _period(self, one: Outline, know: Knowledge) -> Proof:
        about = one.about
        period = self.day.law.conditions[about.iri or ""]
        ends = (period.start, period.end) if isinstance(period, Period) else ()
        children = tuple(self._given(fact) for fact in ends if fact)
        return Proof("period", know.value(one), about.iri, about.label, children)

    def _given(self, fact: str) -> Proof:
        label, test = self.knowledge.program.outlines.label(fact), Within(fact, None, None)
        presumed = fact in self.case.presumed
        return Proof("given", None, fact, label, test=test, given=self.case.value(fact), presumed=presumed)

    def _from_axioms(self, one: Outline, know: Knowledge) -> tuple[Proof, ...]:
        """A fact nobody gave that follows from others: from one axiom alone, else from all that join it."""
        program = know.program
        contrary = _contrary(one.expression, program, holds=bool(know.value(one)))
        touched = sum(1 << number for number in contrary)
        otherwise = Knowledge(program, {**know.known, **contrary}, know, touched)
        near = (axiom for number in contrary for axiom in program.axioms_about.get(number, ()))
        found = next((axiom for axiom in near if otherwise.surely(axiom.broken)), None)
        if found is None:
            numbers = {number for number, _ in program.by_fact[one.about.iri or ""]}
            joining = (program.joining[number] for number in sorted(numbers & program.joining.keys()))
            found = next((component for component in joining if not component.atoms <= numbers), None)
        axioms = found.axioms if found else ()
        return tuple(self._axiom(iri, found.atoms) for iri in axioms if found and iri in self.law.axioms)

    def _axiom(self, iri: str, numbers: frozenset[int]) -> Proof:
        joined = {self.knowledge.program.atoms[number].fact for number in numbers}
        told = joined & (self.case.given.keys() | self.case.presumed.keys())
        return Proof("axiom", True, iri, self.law.axioms[iri].label, tuple(map(self._given, sorted(told))))


def _contrary(test: Expression, program: Compiled, *, holds: bool) -> dict[int, bool]:
    """Answers with which a test of one fact would come out the other way, where they are of one kind."""
    match test:
        case Has(fact, bool(value)):
            return {number: value is not holds for number, _ in program.by_fact[fact]}
        case Within(fact, int(low), None):
            return _beyond(program, fact, low, reached=not holds)
        case Within(fact, None, int(high)):
            return _beyond(program, fact, high + 1, reached=holds)
    return {}


def _beyond(program: Compiled, fact: str, bound: int, *, reached: bool) -> dict[int, bool]:
    """Answers to the bounds of a number or day that is at least so much, or less."""
    asked = ((n, a.bound) for n, a in program.by_fact[fact] if isinstance(a, AtLeast))
    return {n: reached for n, other in asked if (other <= bound if reached else other >= bound)}
