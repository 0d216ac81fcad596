"""Which missing facts would decide: minimal sets that can settle an outcome, and the question to ask next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from asylgraf.graph.expressions import Named
from asylgraf.graph.law import Fact
from asylgraf.reasoner.assessment import Assessment, Outcome
from asylgraf.reasoner.case import Interval
from asylgraf.reasoner.days import days_of
from asylgraf.reasoner.implicants import Implicants, Term, minimal
from asylgraf.reasoner.knowledge import Knowledge
from asylgraf.reasoner.proof import Prover

MOST_SETS, MOST_FACTS = 50, 6


@dataclass(frozen=True)
class Settling:
    """A minimal set of missing facts: some answers make the outcome hold, or fail, and no fewer do."""

    facts: tuple[Fact, ...]
    can_hold: bool
    can_fail: bool
    decides: float
    """The share of the answers to these facts that settle the outcome, each answer counted alike."""


@dataclass(frozen=True)
class Missing:
    """Every minimal set, the best first; not complete when cut at 50 sets or at 6 facts a set."""

    outcome: Outcome
    sets: tuple[Settling, ...]
    complete: bool


def missing(outcome: Outcome) -> Missing:
    """The minimal sets of missing facts that can settle an undetermined outcome either way.

    A day that is known only within bounds counts as missing.
    """
    if outcome.outcome != "undetermined":
        return Missing(outcome, (), complete=True)
    case = Open(outcome.prover)
    rows = case.know.program.entails[Named(outcome.rule.iri)]
    holding, failing = (frozenset(minimal(case.sets(row))) for row in rows)
    found = holding | failing
    small = _smallest([facts for facts in found if len(facts) <= MOST_FACTS])
    settling = (
        Settling(case.ordered(facts), facts in holding, facts in failing, case.decides(rows, facts))
        for facts in small
    )
    ranked = sorted(settling, key=_rank)
    complete = len(ranked) == len(found) <= MOST_SETS
    return Missing(outcome, tuple(ranked[:MOST_SETS]), complete)


def _smallest(sets: list[frozenset[str]]) -> list[frozenset[str]]:
    """Those that can be among the first fifty: no larger than the fiftieth."""
    largest = sorted(map(len, sets))[:MOST_SETS][-1:]
    return [facts for facts in sets if len(facts) <= sum(largest)]


class Open:
    """What one case leaves open, and what to ask about it."""

    def __init__(self, prover: Prover) -> None:
        self.know = prover.knowledge
        self._program = self.know.program
        self._facts = self._program.law.law.facts
        given = prover.case.given
        self._days = {iri: v for iri, v in given.items() if isinstance(v, Interval) and v.days}
        self._told = frozenset(iri for iri, value in self._days.items() if value.lowest == value.highest)
        self.asks = cache(self._asks)

    def _asks(self, number: int) -> frozenset[str]:
        """The facts that answer an atom; none where it is the first day of an act that nobody knows."""
        fact = self._program.atoms[number].fact
        period = self._program.law.periods.get(fact)
        if period:
            return frozenset({period.start, period.end or ""}) - self._told
        return frozenset({fact} & self._facts.keys())

    def sets(self, row: int) -> frozenset[frozenset[str]]:
        """The sets of facts that possible prime implicants are about, up to a little over what is shown."""
        implicants = Implicants(self.know)
        terms = implicants.primes(implicants.open(row), MOST_FACTS + 2)
        return frozenset(facts for term in terms if self._possible(term) and (facts := self._all(term)))

    def _possible(self, term: Term) -> bool:
        """Whether some case is like that: neither the background axioms nor the calendar forbid it."""
        known = {**self.know.known, **dict(term)}
        if not Knowledge(self._program, known).possible():
            return False
        answers = {self._program.atoms[number]: value for number, value in known.items()}
        periods = self._program.law.periods
        if not any(self._program.atoms[number].fact in periods for number, _ in term):
            return True
        return days_of(answers, periods, self._days) is not None

    def _all(self, term: Term) -> frozenset[str]:
        asked = [self.asks(number) for number, _ in term]
        return frozenset().union(*asked) if all(asked) else frozenset()

    def ordered(self, facts: frozenset[str]) -> tuple[Fact, ...]:
        """The facts as a form would ask for them."""
        return tuple(sorted((self._facts[f] for f in facts), key=lambda f: (f.topic or "", f.order, f.iri)))

    def decides(self, rows: tuple[int, int], facts: frozenset[str]) -> float:
        """The share of the answers to these facts that settle one of the diagrams."""
        settled = [any(case.surely(row) for row in rows) for case in self.answers(facts)]
        return sum(settled) / len(settled) if settled else 0.0

    def answers(self, facts: frozenset[str]) -> Iterator[Knowledge]:
        """The case with every possible answer to these facts, as far as the rules can tell answers apart."""
        known = self.know.known
        atoms = [n for n in range(len(self._program.atoms)) if n not in known and self.asks(n) & facts]
        for values in product((True, False), repeat=len(atoms)):
            case = Knowledge(self._program, {**known, **dict(zip(atoms, values, strict=True))})
            if case.possible():
                yield case


def _rank(settling: Settling) -> tuple[int, float, tuple[str, ...]]:
    return len(settling.facts), -settling.decides, tuple(fact.iri for fact in settling.facts)


def next_question(assessment: Assessment, of: Sequence[Outcome] | None = None) -> Fact | None:
    """The fact whose answer leaves the fewest outcomes undetermined on average; nothing when none is open.

    `of` are the outcomes of interest, by default all.
    """
    wanted = assessment.outcomes if of is None else of
    undecided = [o for o in wanted if o.outcome == "undetermined"]
    if not undecided:
        return None
    case = Open(undecided[0].prover)
    facts = case.know.program.law.law.facts
    open_atoms = {o.rule.iri: frozenset(case.know.open_atoms(Named(o.rule.iri))) for o in undecided}
    asking = {number: case.asks(number) for number in frozenset().union(*open_atoms.values())}
    weighed = []
    for fact in sorted(frozenset().union(*asking.values())):
        about = frozenset(number for number, asked in asking.items() if fact in asked)
        touched = [iri for iri, atoms in open_atoms.items() if atoms & about]
        weighed.append((_settles(case, touched, fact), facts[fact].order, fact))
    return facts[min(weighed)[2]] if weighed else None


def _settles(case: Open, touched: list[str], fact: str) -> float:
    """How many of these outcomes the fact's answer settles on average, as a number below zero."""
    settled = [sum(told.of(iri) is not None for iri in touched) for told in case.answers(frozenset({fact}))]
    return -sum(settled) / len(settled)
