"""What would change an outcome: the smallest changes of known facts that flip it, each run again as proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations, product

from asylgraf.errors import ContradictoryFacts
from asylgraf.graph.calendar import FIRST, LAST, latest_start
from asylgraf.graph.expressions import Named
from asylgraf.graph.law import Fact, Period
from asylgraf.reasoner.assessment import Outcome, answers, told
from asylgraf.reasoner.atoms import AtLeast
from asylgraf.reasoner.case import Case, Choice, Interval, Value
from asylgraf.reasoner.knowledge import Knowledge
from asylgraf.reasoner.proof import Prover
from asylgraf.reasoner.turning import Movable, Turning
from asylgraf.reasoner.verdicts import FAILS, HOLDS, Told

MOST_CHANGED = 3


@dataclass(frozen=True)
class Change:
    """One fact with another value."""

    fact: Fact
    before: Value
    after: Value

    @property
    def possible(self) -> bool:
        """Whether anybody could change it: birth and past days stay as they are."""
        return not self.fact.unchangeable


@dataclass(frozen=True)
class Flip:
    """Changes that together turn the outcome around."""

    changes: tuple[Change, ...]
    after: Outcome
    """The outcome of the changed case, assessed again, with its proof."""

    @property
    def possible(self) -> bool:
        """Whether all of it is something that somebody could change."""
        return all(change.possible for change in self.changes)


Candidate = tuple[Fact, tuple[Value, ...]]
"""A fact that could be otherwise, and the values it could have."""


def flips(outcome: Outcome, *, only_possible: bool = False) -> tuple[Flip, ...]:
    """The smallest sets of changes, of at most three facts, after which a settled outcome is the opposite.

    With `only_possible`, facts that nobody can change are left as they are. Each flip was run again.
    """
    if outcome.value is None or not outcome.rule.versions:
        return ()
    turner = Turner(outcome, list(_candidates(outcome, only_possible=only_possible)))
    for size in range(1, MOST_CHANGED + 1):
        found = tuple(turner.of_size(size))
        if found:
            return found
    return ()


class Turner:
    """Tries the changes that could turn one outcome."""

    def __init__(self, outcome: Outcome, candidates: list[Candidate]) -> None:
        self._outcome, self._candidates = outcome, candidates
        self._prover = outcome.prover
        self._program = program = outcome.prover.knowledge.program
        self._wanted = FAILS if outcome.value else HOLDS
        self._row = program.verdict[outcome.rule.iri]
        facts = {fact.iri for fact, _ in candidates}
        atoms = {number: _movable(outcome.prover, number, facts) for number in range(len(program.atoms))}
        self._needed = Turning(outcome.prover.knowledge, atoms, self._wanted, MOST_CHANGED).of(self._row)
        self._opening = frozenset[str]().union(*(movable.opened_by for movable in atoms.values()))

    def of_size(self, size: int) -> Iterator[Flip]:
        """The flips by so many changes."""
        for chosen in combinations(self._candidates, size):
            facts = [fact.iri for fact, _ in chosen]
            if any(needed.issubset(facts) for needed in self._needed):
                for values in product(*(options for _, options in chosen)):
                    after = dict(zip(facts, values, strict=True))
                    again = _again(self._outcome, after) if self._may_turn(after) else None
                    if again is not None:
                        yield Flip(tuple(_change(self._outcome, f, after[f.iri]) for f, _ in chosen), again)
                        break

    def _may_turn(self, after: Mapping[str, Value]) -> bool:
        """Whether the class ends as wanted by the changed facts alone; those that open others may do more."""
        if not self._opening.isdisjoint(after):
            return True
        case, knowledge = self._prover.case, self._prover.knowledge
        changed = answers(self._program, after, {**case.presumed, **case.given, **after})
        known = {**knowledge.known, **changed}
        touched = sum(1 << number for number in changed)
        return Told(self._program.verdicts, known, knowledge.told, touched)[self._row] == self._wanted


def _movable(prover: Prover, number: int, changeable: set[str]) -> Movable:
    """What moves an atom: the fact it is about, for a period both of its days.

    It is left open where what the day is the day of has not happened, and, where it is presumed, by any fact
    that may contradict the presumption.
    """
    program, facts = prover.knowledge.program, prover.law.facts
    name = program.atoms[number].fact
    period = prover.day.periods.get(name)
    about = {period.start, period.end or ""} if period else {name}
    opening = {facts[fact].companion or "" for fact in about & facts.keys()}
    if name in prover.case.presumed:
        joined = chain.from_iterable(c.atoms for c in program.components if number in c.atoms)
        opening |= {program.atoms[other].fact for other in joined} - about
    return Movable(frozenset(about & changeable), frozenset(opening & changeable))


def _candidates(outcome: Outcome, *, only_possible: bool) -> Iterator[Candidate]:
    """The known facts the outcome's rules ask about, each with the values that the rules tell apart."""
    prover = outcome.prover
    program, case = prover.knowledge.program, prover.case
    numbers = _support(prover.knowledge, Named(outcome.rule.iri))
    asked: set[str] = set()
    for number in numbers:
        name = program.atoms[number].fact
        period = program.law.periods.get(name)
        asked.update((period.start, period.end or "") if period else (name,))
    for iri in sorted(asked & program.law.law.facts.keys()):
        fact, value = program.law.law.facts[iri], case.value(iri)
        if value is not None and not (only_possible and fact.unchangeable):
            yield fact, tuple(v for v in _values(prover, fact) if v != value)


def _support(knowledge: Knowledge, expression: Named) -> frozenset[int]:
    seen: set[int] = set()
    todo = list(knowledge.program.entails[expression])
    while todo:
        row = todo.pop()
        if row > 1 and row not in seen:
            seen.add(row)
            todo.extend(knowledge.program.table[row][1:])
    return frozenset(knowledge.program.table[row][0] for row in seen)


def _values(prover: Prover, fact: Fact) -> Iterator[Value]:
    """One value for each answer that the rules of the day can tell apart."""
    if fact.type == "boolean":
        yield from (Choice(frozenset({value})) for value in (True, False))
    elif fact.type == "enumeration":
        yield from (Choice(frozenset({value})) for value in fact.values)
    else:
        atoms = prover.knowledge.program.atoms
        bounds = {a.bound for a in atoms if isinstance(a, AtLeast) and a.fact == fact.iri}
        points = {p for bound in bounds for p in (bound - 1, bound)} | set(_turning(prover, fact.iri))
        days = fact.type == "date"
        yield from (Interval(p, p, days) for p in sorted(points) if FIRST <= p <= LAST or not days)


def _turning(prover: Prover, fact: str) -> Iterator[int]:
    """The days on both sides of those on which a period from or to another day of the case turns."""
    for period in prover.day.periods.values():
        other = prover.case.value((period.end or "") if fact == period.start else period.start)
        if fact in (period.start, period.end) and isinstance(other, Interval):
            for day in {other.lowest, other.highest} - {FIRST, LAST}:
                yield from _beside(period, date.fromordinal(day), backwards=fact == period.start)


def _beside(period: Period, day: date, *, backwards: bool) -> Iterator[int]:
    if backwards:
        last = latest_start(day, period.duration, period.more)
        yield from (last, last + 1) if last is not None else ()
    else:
        complete = period.duration.after(day).toordinal()
        yield from (complete - 1, complete, complete + 1)


def _change(outcome: Outcome, fact: Fact, after: Value) -> Change:
    before = outcome.prover.case.value(fact.iri)
    return Change(fact, before or after, after)


def _again(outcome: Outcome, after: Mapping[str, Value]) -> Outcome | None:
    """The outcome of the changed case when it is the opposite; nothing when no such case can be."""
    case = outcome.prover.case
    kept = {fact: value for fact, value in case.presumed.items() if fact not in after}
    changed = Case(_without_absent_days(outcome, {**case.given, **after}), case.unknown, kept)
    try:
        prover = told(outcome.prover.knowledge.program, changed)
    except ContradictoryFacts:
        return None
    value = prover.knowledge.of(outcome.rule.iri)
    if value is None or value is outcome.value:
        return None
    return Outcome(outcome.rule, value, prover)


def _without_absent_days(outcome: Outcome, given: dict[str, Value]) -> dict[str, Value]:
    """The facts without the days of what, after the change, has not happened."""
    facts = outcome.prover.law.facts
    never = Choice(frozenset({False}))
    return {fact: value for fact, value in given.items() if given.get(facts[fact].companion or "") != never}
