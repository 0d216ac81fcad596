"""Proofs: from a consequence through versions and conditions down to facts, out of the same computation.

What holds shows what makes it hold; what fails shows the failing conditions, nearest to success first; what
is undetermined shows what is open. Where an outcome does not depend on an unknown fact although no single
condition decides it, the proof supposes the fact both ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from asylgraf.graph.consolidated import OutcomeClass
from asylgraf.graph.expressions import CASE, NOTHING, And, Expression, Has, Named, Not, OneOf, Or, Within
from asylgraf.graph.law import NO_LABELS, Labels, Law, Standing, Version
from asylgraf.reasoner.atoms import Is, Yes
from asylgraf.reasoner.case import Case, Value
from asylgraf.reasoner.knowledge import Knowledge


@dataclass(frozen=True)
class Proof:
    """One step and the steps it rests on.

    `kind` is one of consequence, provision, version, scope, override, condition, all, any, not, fact, given,
    period, start, axiom, either, suppose, every, none.
    """

    kind: str
    value: bool | None
    iri: str | None = None
    label: Labels = field(default_factory=lambda: NO_LABELS)
    children: tuple[Proof, ...] = ()
    version: Version | None = None
    test: Expression | None = None
    given: Value | None = None
    presumed: bool = False

    def steps(self) -> Iterator[Proof]:
        """This step and every one below it."""
        yield self
        for child in self.children:
            yield from child.steps()

    def facts(self) -> frozenset[str]:
        """The facts with a known value that the proof names."""
        return frozenset(
            s.iri for s in self.steps() if s.kind in ("fact", "given") and s.iri and s.given is not None
        )

    @property
    def standing(self) -> Standing:
        """The weakest standing on the path."""
        versions = [step.version for step in self.steps() if step.version]
        return max((max(v.standing, v.start.standing) for v in versions), default=Standing.Checked)


class Prover:
    """Proofs for one case under the law of one day."""

    def __init__(self, knowledge: Knowledge, case: Case) -> None:
        self.knowledge = knowledge
        self.case = case
        self.day = knowledge.program.law
        self.law: Law = self.day.law
        self._proved: dict[str, Proof] = {}

    def prove(self, outcome: OutcomeClass) -> Proof:
        """Why a consequence follows, does not, or is open."""
        know = self.knowledge
        children = self._inside(self.day.classes[outcome.iri], know) if outcome.versions else ()
        return Proof(
            "consequence", know.of(outcome.iri), outcome.consequence.iri, outcome.consequence.label, children
        )

    def step(self, expression: Expression, know: Knowledge) -> Proof:
        """One expression, with what its value rests on."""
        match expression:
            case Named(iri) if know is self.knowledge:
                if iri not in self._proved:
                    self._proved[iri] = self._named(iri, know)
                return self._proved[iri]
            case Named(iri):
                return self._named(iri, know)
            case Not(part):
                return self._complement(part, know)
            case And() | Or():
                kind = "all" if isinstance(expression, And) else "any"
                return Proof(kind, know.value(expression), children=self._inside(expression, know))
            case _:
                return self._leaf(expression, know)

    def _named(self, iri: str, know: Knowledge) -> Proof:
        if iri in (CASE, NOTHING):
            return Proof("every" if iri == CASE else "none", iri == CASE, iri)
        base, _, part = iri.partition("#")
        value = know.of(iri)
        live = self.day.by_version.get(base)
        if live:
            children = self._all(self._conditions(iri), Named(iri), know)
            label = self.law.labels.get(live.version.provision, NO_LABELS)
            return Proof("version", value, iri, label, children, version=live.version)
        children = self._inside(self.day.classes[iri], know)
        kind = "provision" if part in ("case", "applies") else "condition"
        if len(children) == 1 and (
            children[0].iri == iri or (kind, children[0].kind) == ("provision", "version")
        ):
            return children[0]
        return Proof(kind, value, iri, self.law.labels.get(base, NO_LABELS), children)

    def _complement(self, part: Expression, know: Knowledge) -> Proof:
        value = know.value(Not(part))
        below = self.step(part, know)
        overriding = isinstance(part, Named) and part.iri.endswith("#applies")
        return Proof("override" if overriding else "not", value, below.iri, below.label, (below,))

    def _conditions(self, iri: str) -> tuple[Expression, ...]:
        """The conditions of a named class one by one, found once for all cases of the day."""
        known = self.knowledge.program.conditions
        if iri not in known:
            known[iri] = tuple(self._conjuncts(self.day.classes[iri]))
        return known[iri]

    def _conjuncts(self, expression: Expression) -> Iterator[Expression]:
        """The conditions of a version one by one: its rule, its scope and what could override it."""
        match expression:
            case And(parts):
                for part in parts:
                    yield from self._conjuncts(part)
            case Named(iri) if iri.endswith(("#part", "#rule")):
                yield from self._conjuncts(self.day.classes[iri])
            case _:
                yield expression

    def _inside(self, expression: Expression, know: Knowledge) -> tuple[Proof, ...]:
        """What the value of an expression rests on."""
        match expression:
            case Or(parts):
                return self._any(parts, expression, know)
            case And():
                return self._all(tuple(self._conjuncts(expression)), expression, know)
            case _:
                return (self.step(expression, know),)

    def _all(self, parts: tuple[Expression, ...], whole: Expression, know: Knowledge) -> tuple[Proof, ...]:
        if know.value(whole) is not False:
            return tuple(self.step(part, know) for part in parts)
        failing = [part for part in parts if know.value(part) is False]
        if not failing:
            return (self._either_way(whole, know),)
        return tuple(self.step(part, know) for part in self._nearest_first(failing, know))

    def _any(self, parts: tuple[Expression, ...], whole: Expression, know: Knowledge) -> tuple[Proof, ...]:
        value = know.value(whole)
        shown = [part for part in parts if know.value(part) is value]
        if not shown:
            return (self._either_way(whole, know),)
        if value is False:
            shown = self._nearest_first(shown, know)
        return tuple(self.step(part, know) for part in shown)

    def _nearest_first(self, failing: list[Expression], know: Knowledge) -> list[Expression]:
        """What fails, beginning with what the fewest other facts would make succeed."""
        if len(failing) < 2:
            return failing
        return sorted(failing, key=lambda part: know.distance(part, wanted=True))

    def _either_way(self, expression: Expression, know: Knowledge) -> Proof:
        """The value does not depend on an unknown fact: shown for both of its values."""
        atom = self._best_split(expression, know)
        branches = tuple(self._suppose(expression, know, atom, value) for value in (True, False))
        fact = know.program.atoms[atom].fact
        label = self._fact_label(fact)
        return Proof("either", know.value(expression), fact, label, tuple(b for b in branches if b))

    def _best_split(self, expression: Expression, know: Knowledge) -> int:
        # an atom that the whole no longer depends on can still be what its parts differ by
        inside = {n for part in self._parts(expression) for n in know.open_atoms(part)}
        open_atoms = list(dict.fromkeys((*know.open_atoms(expression), *sorted(inside))))
        decided = (
            n
            for n in open_atoms
            if all(self._decided(expression, know.supposing(n, v)) for v in (True, False))
        )
        return next(decided, open_atoms[0])

    def _decided(self, expression: Expression, know: Knowledge) -> bool:
        """Whether one part alone decides the value."""
        if not know.possible():
            return True
        value = know.value(expression)
        return any(know.value(part) is value for part in self._parts(expression))

    def _suppose(self, expression: Expression, know: Knowledge, atom: int, value: bool) -> Proof | None:
        supposed = know.supposing(atom, value)
        if not supposed.possible():
            return None
        tested = know.program.atoms[atom]
        label = self._fact_label(tested.fact)
        children = self._opened(expression, supposed)
        return Proof("suppose", value, tested.fact, label, children, test=self._test(atom, know))

    def _opened(self, expression: Expression, know: Knowledge) -> tuple[Proof, ...]:
        """Inside an expression; inside its definition where it is a name."""
        if isinstance(expression, Named):
            return self._all(self._conditions(expression.iri), expression, know)
        return self._inside(expression, know)

    def _parts(self, expression: Expression) -> tuple[Expression, ...]:
        if isinstance(expression, Named):
            return self._conditions(expression.iri)
        return expression.parts if isinstance(expression, Or) else tuple(self._conjuncts(expression))

    def _test(self, number: int, know: Knowledge) -> Expression:
        atom = know.program.atoms[number]
        if isinstance(atom, Yes):
            return Has(atom.fact, value=True)
        return Has(atom.fact, atom.value) if isinstance(atom, Is) else Within(atom.fact, atom.bound, None)

    def _leaf(self, expression: Has | OneOf | Within, know: Knowledge) -> Proof:
        value = know.value(expression)
        if expression.fact in self.day.periods:
            return self._period(expression.fact, value)
        if expression.fact in self.day.starts:
            return Proof("start", value, expression.fact, self.day.starts[expression.fact])
        given = self.case.value(expression.fact)
        presumed = expression.fact in self.case.presumed
        children = self._from_axioms(expression, know) if value is not None and given is None else ()
        label = self._fact_label(expression.fact)
        return Proof(
            "fact", value, expression.fact, label, children, test=expression, given=given, presumed=presumed
        )

    def _period(self, name: str, value: bool | None) -> Proof:
        period = self.day.periods[name]
        dates = [Within(fact, None, None) for fact in (period.start, period.end) if fact]
        children = tuple(
            Proof("given", None, d.fact, self._fact_label(d.fact), given=self.case.value(d.fact), test=d)
            for d in dates
        )
        return Proof("period", value, period.iri, self.law.labels.get(period.iri, NO_LABELS), children)

    def _from_axioms(self, expression: Has | OneOf | Within, know: Knowledge) -> tuple[Proof, ...]:
        """A fact nobody gave that follows from others: the axioms that join them and the facts given."""
        program = know.program
        numbers = {n for n, atom in enumerate(program.atoms) if atom.fact == expression.fact}
        for component in program.components:
            if component.atoms & numbers and not component.atoms <= numbers:
                return tuple(
                    self._axiom(iri, component.atoms, know)
                    for iri in component.axioms
                    if iri in self.law.axioms
                )
        return ()

    def _axiom(self, iri: str, numbers: frozenset[int], know: Knowledge) -> Proof:
        facts = sorted(
            {know.program.atoms[n].fact for n in numbers if know.program.atoms[n].fact in self.case.given}
        )
        leaves = tuple(
            Proof("given", None, f, self._fact_label(f), given=self.case.given[f], test=Within(f, None, None))
            for f in facts
        )
        return Proof("axiom", True, iri, self.law.axioms[iri].label, leaves)

    def _fact_label(self, fact: str) -> Labels:
        known = self.law.facts.get(fact)
        return known.label if known else self.law.labels.get(fact.partition("#")[0], NO_LABELS)
