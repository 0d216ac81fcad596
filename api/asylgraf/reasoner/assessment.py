"""What the law says of a case: each consequence holds, fails, is undetermined or not in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from asylgraf.errors import ContradictoryFacts
from asylgraf.graph.calendar import reached
from asylgraf.graph.consolidated import Consolidation, Family, OutcomeClass
from asylgraf.graph.law import Labels, Period, Standing
from asylgraf.reasoner.atoms import AtLeast, Atom, Is
from asylgraf.reasoner.case import Case, Choice, Interval, Value, presumptions, read_case
from asylgraf.reasoner.compiled import Compiled, compiled
from asylgraf.reasoner.knowledge import WORDS, Knowledge
from asylgraf.reasoner.proof import Proof, Prover

KINDS = ("assessment", "decision")


@dataclass(frozen=True)
class RestsOn:
    """What an outcome rests on besides the law: findings, discretion used, what nobody raised."""

    assessments: tuple[str, ...]
    decisions: tuple[str, ...]
    presumptions: tuple[str, ...]
    standing: Standing


@dataclass(frozen=True)
class Outcome:
    """One consequence for one case."""

    rule: OutcomeClass
    value: bool | None
    prover: Prover = field(repr=False, compare=False)

    @property
    def outcome(self) -> str:
        """One of holds, fails, undetermined, not in force."""
        return WORDS[self.value] if self.rule.versions else "not in force"

    @cached_property
    def proof(self) -> Proof:
        """Why, as a tree of provisions and facts."""
        return self.prover.prove(self.rule)

    @cached_property
    def rests_on(self) -> RestsOn:
        """The facts its proof names, by kind."""
        law, used, presumed = self.prover.law, self.proof.facts(), self.prover.case.presumed
        taken = {
            kind: sorted(f for f in used - presumed.keys() if law.facts[f].kind == kind) for kind in KINDS
        }
        return RestsOn(
            assessments=tuple(taken["assessment"]),
            decisions=tuple(taken["decision"]),
            presumptions=tuple(sorted(used & presumed.keys())),
            standing=self.proof.standing,
        )

    @property
    def label(self) -> Labels:
        """The consequence's name in each language."""
        return self.rule.consequence.label


@dataclass(frozen=True)
class Grant:
    """Which permit of a family a case gets: the first of the family that applies."""

    family: str
    sure: str | None
    possible: tuple[str, ...]
    surely_one: bool


@dataclass(frozen=True)
class Assessment:
    """All consequences of a case on a day."""

    on: date
    known: date | None
    presume: str
    release: str
    case: Case
    outcomes: tuple[Outcome, ...]
    grants: tuple[Grant, ...]

    def outcome(self, consequence: str) -> Outcome:
        """The outcome for a consequence, by address or by the last step of its address."""
        return next(
            o
            for o in self.outcomes
            if consequence in (o.rule.consequence.iri, o.rule.consequence.iri.rsplit("/", 1)[-1])
        )


def assess(
    law: Consolidation, facts: Mapping[str, object], presume: str = "none", release: str = ""
) -> Assessment:
    """The outcome of every consequence for a case.

    Raises UnknownFact, WrongValue, BadDate, or ContradictoryFacts naming the axiom that the facts break.
    """
    prover = _prover(law, facts, presume)
    knowledge = prover.knowledge
    outcomes = tuple(Outcome(rule, knowledge.of(rule.iri), prover) for rule in law.outcomes)
    grants = tuple(_grant(family, knowledge) for family in law.families)
    return Assessment(law.on, law.known, presume, release, prover.case, outcomes, grants)


def assess_one(
    law: Consolidation, facts: Mapping[str, object], rule: OutcomeClass, presume: str = "none"
) -> Outcome:
    """The outcome of one consequence for a case: as `assess` tells it, without the others."""
    prover = _prover(law, facts, presume)
    return Outcome(rule, prover.knowledge.of(rule.iri), prover)


def _prover(law: Consolidation, facts: Mapping[str, object], presume: str) -> Prover:
    return told(compiled(law), read_case(law.law, facts, presume))


def know(program: Compiled, case: Case) -> tuple[Knowledge, Case]:
    """What is known of a case: its atoms; presumptions that the given facts contradict are left out."""
    prover = told(program, case)
    return prover.knowledge, prover.case


def told(program: Compiled, case: Case) -> Prover:
    """What follows from a case: from what nobody has told of it, as far as what is told does not touch that.

    Raises ContradictoryFacts.
    """
    blank = _blank(program, presuming=bool(case.presumed))
    otherwise = case.presumed.keys() ^ blank.case.presumed.keys()
    known = dict(blank.knowledge.known)
    for fact in otherwise:
        for number, _ in program.by_fact.get(fact, ()):
            known.pop(number, None)
    known |= _atoms(program, {fact: case.presumed[fact] for fact in otherwise & case.presumed.keys()})
    known |= _atoms(program, case.given)
    touched = program.asked_of((*case.given, *otherwise))
    knowledge = Knowledge(program, known, blank.knowledge, touched)
    return Prover(knowledge, case, blank) if knowledge.possible() else _from_the_start(program, case)


def _blank(program: Compiled, *, presuming: bool) -> Prover:
    """What follows where nothing is told: the same for every case of the day, and worked out once."""
    found = program.blank.get(presuming)
    if found is None:
        presumed = presumptions(program.law.law) if presuming else {}
        found = _from_the_start(program, Case({}, frozenset(), presumed))
        program.blank[presuming] = found
    return found


def _from_the_start(program: Compiled, case: Case) -> Prover:
    """What follows from a case, without the presumptions that what is given contradicts."""
    given = Knowledge(program, _atoms(program, case.given))
    if not given.possible():
        raise _contradiction(given, case)
    presumed = dict(case.presumed)
    knowledge = Knowledge(program, {**_atoms(program, presumed), **given.known})
    while not knowledge.possible():
        clashing = {
            program.atoms[n].fact for c in program.components if knowledge.surely(c.broken) for n in c.atoms
        }
        presumed = {fact: value for fact, value in presumed.items() if fact not in clashing}
        knowledge = Knowledge(program, {**_atoms(program, presumed), **given.known})
    return Prover(knowledge, Case(case.given, case.unknown, presumed))


def _contradiction(knowledge: Knowledge, case: Case) -> ContradictoryFacts:
    law, broken = knowledge.program.law.law, knowledge.broken()
    axioms = [law.axioms[iri] for one in broken for iri in one.axioms if iri in law.axioms]
    reasons = " ".join(
        f"“{axiom.label.get('en', axiom.iri)}”: {axiom.reason.get('en', '')}" for axiom in axioms
    )
    touched = {knowledge.program.atoms[number].fact for one in broken for number in one.atoms}
    names = ", ".join(sorted(law.facts[f].name for f in touched & case.given.keys()))
    return ContradictoryFacts(
        f"These facts cannot all be true of one person: {names}. {reasons}".strip(), where="facts"
    )


def _grant(family: Family, knowledge: Knowledge) -> Grant:
    values = {permit: knowledge.of(permit + "#granted") for permit in family.permits}
    sure = next((permit for permit, value in values.items() if value), None)
    possible = tuple(permit for permit, value in values.items() if value is not False)
    return Grant(family.iri, sure, possible, knowledge.of(family.iri + "#granted") is True)


def _atoms(program: Compiled, values: Mapping[str, Value]) -> dict[int, bool]:
    """What the facts say of each atom."""
    found = answers(program, values, values)
    return {number: answer for number, answer in found.items() if answer is not None}


def answers(
    program: Compiled, told: Mapping[str, Value], values: Mapping[str, Value]
) -> dict[int, bool | None]:
    """What the facts told say of each atom about them, beside the other values of the case.

    Periods between two dates are counted on the calendar.
    """
    found = {
        number: _atom(atom, value)
        for fact, value in told.items()
        for number, atom in program.by_fact.get(fact, ())
    }
    for name, period in program.law.periods.items():
        if period.start in told or period.end in told:
            reached_by_then = _period(period, values)
            found |= {number: reached_by_then for number, _ in program.by_fact.get(name, ())}
    return found


def _atom(atom: Atom, value: Value) -> bool | None:
    if isinstance(value, Interval):
        if not isinstance(atom, AtLeast):
            return None
        return True if value.lowest >= atom.bound else False if value.highest < atom.bound else None
    wanted: bool | str = atom.value if isinstance(atom, Is) else True
    if wanted not in value.values:
        return False
    return True if len(value.values) == 1 else None


def _period(period: Period, values: Mapping[str, Value]) -> bool | None:
    start, end = values.get(period.start), values.get(period.end or "")
    if not isinstance(start, Interval) or not isinstance(end, Interval):
        return None
    day = date.fromordinal
    if reached(day(start.highest), day(end.lowest), period.duration, period.more):
        return True
    return None if reached(day(start.lowest), day(end.highest), period.duration, period.more) else False


__all__ = [
    "Assessment",
    "Case",
    "Choice",
    "Grant",
    "Outcome",
    "RestsOn",
    "answers",
    "assess",
    "assess_one",
    "know",
    "told",
]
